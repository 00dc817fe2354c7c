"""Who may see the report, and decide about what was learnt."""

from tests.web.access_rules import SITTERS, Rule, keeper, only

READERS = SITTERS | {"coordinator", "officer"}
OF_REPORT: dict[str, list[Rule]] = {
    "report.index": [only(READERS, "GET", "/report/")],
    "report.table": [only(READERS, "GET", "/report/needs.csv")],
    "report.costs": [only(READERS, "GET", "/report/costs")],
    "learning.index": [only(READERS, "GET", "/learning/")],
    "learning.decide": [
        keeper("GET", "/learning/tie.friend"),
        keeper("POST", "/learning/tie.friend", 200, version="0", act="fix", reason="?"),
        keeper(
            "POST", "/learning/role", 303, version="0", act="reset", reason="Een nieuw begin hier."
        ),
    ],
}
