"""Who may see the report, and decide about what was learnt."""

from tests.web.access_rules import SITTERS, Rule, in_file, keeper, only
from tests.web.street import NEED

READERS = SITTERS | {"coordinator", "officer"}
_ASK = {"asked_by": "Own", "look_again_on": "2026-11-16"}
OF_REPORT: dict[str, list[Rule]] = {
    "report.index": [only(READERS, "GET", "/report/")],
    "report.table": [only(READERS, "GET", "/report/needs.csv")],
    "report.costs": [only(READERS, "GET", "/report/costs")],
    "asks.own": [
        in_file("GET", "asks/own"),
        in_file("POST", "asks/own", 303, title="De bieb", tie="", need=NEED, **_ASK),
    ],
    "learning.index": [only(READERS, "GET", "/learning/")],
    "learning.decide": [
        keeper("GET", "/learning/tie.friend"),
        keeper("POST", "/learning/tie.friend", 200, version="0", act="fix", reason="?"),
        keeper(
            "POST", "/learning/role", 303, version="0", act="reset", reason="Een nieuw begin hier."
        ),
    ],
}
