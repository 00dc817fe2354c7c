"""Who may see the report."""

from tests.web.access_rules import SITTERS, Rule, only

READERS = SITTERS | {"coordinator", "officer"}
OF_REPORT: dict[str, list[Rule]] = {
    "report.index": [only(READERS, "GET", "/report/")],
    "report.table": [only(READERS, "GET", "/report/needs.csv")],
}
