"""Who may close a file."""

from tests.web.access_rules import Rule, filled_in

OF_CLOSING: dict[str, list[Rule]] = {
    "closing.index": filled_in("close", because="moved", closed_on="2026-11-02"),
}
