"""Who may use the routes of what colleagues know."""

from tests.web.access_rules import WORKERS, Rule, in_file, only

LEVEL = {"level-family.contact": "3", "was-family.contact": "0"}

OF_KNOWLEDGE: dict[str, list[Rule]] = {
    "knowledge.index": [only(WORKERS, "GET", "/knowledge/?domain=family")],
    "knowledge.mine": [
        only(WORKERS, "GET", "/knowledge/mine"),
        only(WORKERS, "POST", "/knowledge/mine", 303, **LEVEL),
    ],
    "who_knows.index": [in_file("GET", "who-knows")],
}
