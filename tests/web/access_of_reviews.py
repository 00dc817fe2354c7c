"""Who may use the routes of casuïstiek."""

from typing import Any

from tests.web.access_rules import SITTERS, WORKERS, Rule, in_file, only


def in_session(
    may: frozenset[str], method: str, address: str, answers: int = 200, **sent: Any
) -> Rule:
    where = f"/reviews/{{session}}{address}"
    return Rule(method, where, may, in_file=True, sent=sent, answers=answers)


OF_REVIEWS: dict[str, list[Rule]] = {
    "case_review.index": [only(SITTERS, "GET", "/reviews/")],
    "case_review.proposed": [only(WORKERS, "GET", "/reviews/proposed")],
    "case_review.new": [
        only(WORKERS, "GET", "/reviews/new"),
        only(WORKERS, "POST", "/reviews/new", 200, on="", chair="w-own"),
    ],
    "case_review.change": [
        in_session(WORKERS, "GET", "/change"),
        in_session(WORKERS, "POST", "/change", 303, version="1", on="2026-11-10", chair="w-own"),
    ],
    "case_review.show": [in_session(SITTERS, "GET", "")],
    "case_review.case": [in_session(SITTERS, "GET", "/cases/{item}")],
    "case_review.notes": [
        in_session(WORKERS, "GET", "/cases/{item}/notes"),
        in_session(
            WORKERS, "POST", "/cases/{item}/notes", 303, version="1", decision="Ja.", taken_up_by=""
        ),
    ],
    "case_review.withdraw": [in_session(WORKERS, "POST", "/cases/{item}/withdraw", 303)],
    "case_review.close": [in_session(WORKERS, "POST", "/close", 303, version="1")],
    "case_review.minutes": [in_session(SITTERS, "GET", "/minutes")],
    "case_review.paper": [in_session(SITTERS, "GET", "/minutes.pdf")],
    "case_review.bring": [
        in_file("GET", "review"),
        in_file("POST", "review", 200, question=""),
    ],
}
