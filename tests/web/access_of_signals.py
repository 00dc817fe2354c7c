"""Who may use the routes of signals."""

from tests.web.access_rules import WORKERS, Rule, only

TOLD = {"noticed": "een moeder huilt", "elsewhere": "het plein", "place": "", "done": ""}
WHEN = {"on": "2026-11-01", "minutes": "", "outcome": "talked"}
OF_SIGNALS: dict[str, list[Rule]] = {
    "signals.index": [only(WORKERS, "GET", "/signals/")],
    "signals.new": [
        only(WORKERS, "GET", "/signals/new"),
        only(WORKERS, "POST", "/signals/new", 303, **TOLD, **WHEN),
    ],
    "signals.change": [
        Rule("GET", "/signals/{signal}", WORKERS, in_file=True),
        Rule(
            "POST",
            "/signals/{signal}",
            WORKERS,
            in_file=True,
            sent={"version": "1", **TOLD, **WHEN},
            answers=303,
        ),
    ],
}
