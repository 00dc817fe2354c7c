"""Who may use the routes of the questionnaires, and of the timeline."""

from tests.web.access_rules import Rule, filled_in, in_file

FILLED_IN = {"taken_on": "2026-11-01", "item_1": "2"}
OF_ASSESSMENTS: dict[str, list[Rule]] = {
    "timeline.index": [in_file("GET", "timeline/")],
    "assessments.index": [in_file("GET", "assessments/")],
    "assessments.new": [
        in_file("GET", "assessments/new/lsns_6"),
        in_file("POST", "assessments/new/lsns_6", 303, **FILLED_IN),
    ],
    "assessments.remove": [
        in_file("GET", "assessments/{assessment}/remove"),
        in_file("POST", "assessments/{assessment}/remove", 303, version="1"),
    ],
    "assessments.change": filled_in("assessments/{assessment}", **FILLED_IN),
}
