"""Who may close a file."""

from tests.web.access_rules import WORKERS, Rule, filled_in, only

OF_CLOSING: dict[str, list[Rule]] = {
    "closing.index": filled_in("close", because="moved", closed_on="2026-11-02"),
    "reopening.index": [
        only(WORKERS, "GET", "/cases/closed/"),
        only(WORKERS, "POST", "/cases/closed/", name="Wie Dan"),
    ],
    "reopening.again": [
        only(WORKERS, "GET", "/cases/closed/case-annie/open", 404),
        only(WORKERS, "POST", "/cases/closed/case-annie/open", 404, reason="Ze belde weer."),
    ],
}
