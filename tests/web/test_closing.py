"""Closing a file on the screen: it is shut at once, and what was filled in is not lost before."""

from collections.abc import Callable

from netwerk.adapters.memory import MemoryStore
from tests.web.conftest import Visitor
from tests.worlds import link, node

SignIn = Callable[[str], Visitor]
CLOSE = "/inhabitants/annie/close"
DONE = {
    "version": "1",
    "because": "informal_help",
    "closed_on": "2026-11-02",
    "helped": "De koffie op woensdag.",
    "operation": f"{1:032x}",
}


def test_a_closed_file_is_gone_from_every_page(signed_in: SignIn) -> None:
    own = signed_in("own")
    first = own.post(CLOSE, DONE)
    again = own.post(CLOSE, DONE)
    for answer in (first, again):
        assert (answer.status_code, answer.location) == (303, "/cases/?closed=1")
    page = own.get("/cases/?closed=1").text
    assert "Het dossier is afgesloten." in page
    assert "Annie Bergman" not in page
    for where in ("/inhabitants/annie/", "/inhabitants/annie/effort/", CLOSE):
        assert own.get(where).status_code == 404
    assert own.post(CLOSE, DONE | {"operation": f"{2:032x}"}).status_code == 404


def test_names_are_asked_about_only_where_it_is_told_on(signed_in: SignIn) -> None:
    own = signed_in("own")
    named = DONE | {"told_on": "y", "helped": "Het was Karel die hielp."}
    asked = own.post(CLOSE, named)
    assert asked.status_code == 200
    for told in ("Het was Karel die hielp.", 'name="sure"', "notice--error"):
        assert told in asked.text
    sure = own.post(CLOSE, named | {"sure": "y", "operation": f"{2:032x}"})
    assert sure.status_code == 303


def test_who_closes_what_changed_meanwhile_sees_it(signed_in: SignIn) -> None:
    own = signed_in("own")
    question = {"version": "1", "question": "Heel iets anders.", "safety": "none"}
    sent = question | {"operation": f"{1:032x}"}
    assert own.post("/inhabitants/annie/question", sent).status_code == 303
    answer = own.post(CLOSE, DONE)
    assert answer.status_code == 200
    for told in ("Heel iets anders.", "De koffie op woensdag.", 'value="2"'):
        assert told in answer.text


def test_what_is_missing_is_told(signed_in: SignIn) -> None:
    own = signed_in("own")
    for wrong in (
        {"because": ""},
        {"because": "?"},
        {"closed_on": ""},
        {"closed_on": "2027-01-01"},
    ):
        answer = own.post(CLOSE, DONE | wrong)
        assert answer.status_code == 200
        assert "De koffie op woensdag." in answer.text
    assert "1 afspraak staat nog open" in own.get(CLOSE).text


def test_a_family_is_told_by_name_for_whom_it_closes_as_well(
    signed_in: SignIn, store: MemoryStore
) -> None:
    own = signed_in("own")
    assert "dossier van een gezin" not in own.get(CLOSE).text
    store.load([node("Person", "kim", name="Kim"), link("CONCERNS", "case-annie", "kim")])
    page = own.get(CLOSE).text
    assert "Het sluit dan ook voor Kim." in page
