"""Who may use the routes of what colleagues know."""

from tests.web.access_rules import WORKERS, Rule, in_file, only

TRAINING = "/knowledge/training/{training}"
LEARNED = {"how": "learned"}
TOGETHER = "/knowledge/together/{together}"
LEVEL = {"level-family.contact": "3", "was-family.contact": "0"}

OF_KNOWLEDGE: dict[str, list[Rule]] = {
    "knowledge.index": [only(WORKERS, "GET", "/knowledge/?domain=family")],
    "knowledge.mine": [
        only(WORKERS, "GET", "/knowledge/mine"),
        only(WORKERS, "POST", "/knowledge/mine", 303, **LEVEL),
    ],
    "knowledge.colleague": [
        Rule("GET", "/knowledge/colleagues/{colleague}", WORKERS, in_file=True),
    ],
    "training.index": [only(WORKERS, "GET", "/knowledge/training/?saved=1")],
    "training.new": [
        only(WORKERS, "GET", "/knowledge/training/new?need=family.contact"),
        only(WORKERS, "POST", "/knowledge/training/new", 200, need="family.contact", how=""),
    ],
    "training.one": [
        Rule("GET", TRAINING, WORKERS, in_file=True),
        Rule("POST", TRAINING, WORKERS, in_file=True, sent={"version": "1", "how": ""}),
    ],
    "training.end": [
        Rule("POST", f"{TRAINING}/end", WORKERS, in_file=True, sent=LEARNED, answers=303),
    ],
    "knowing.new": [
        only(WORKERS, "GET", "/knowledge/together/new"),
        only(WORKERS, "POST", "/knowledge/together/new", 303),
    ],
    "knowing.show": [
        Rule("GET", TOGETHER, WORKERS, in_file=True),
        Rule("POST", TOGETHER, WORKERS, in_file=True, answers=303),
    ],
    "knowing.seats": [Rule("POST", f"{TOGETHER}/seats", WORKERS, in_file=True, answers=303)],
    "knowing.close": [Rule("POST", f"{TOGETHER}/close", WORKERS, in_file=True, answers=303)],
    "who_knows.index": [in_file("GET", "who-knows")],
}
