"""Signals on the screen: nothing typed is lost, names are asked about, a case can follow."""

from collections.abc import Callable

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
TOLD = {
    "noticed": "een moeder huilt op het plein",
    "place": "church",
    "elsewhere": "",
    "on": "2026-11-01",
    "minutes": "45",
    "outcome": "talked",
    "done": "",
}
THERE = "/signals/signal-of-annie"


def test_it_is_noted_and_stands_in_the_list_of_the_team(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.post("/signals/new", TOLD | {"operation": "1" * 32}, follow_redirects=True)
    assert "Opgeslagen" in answer.text
    for who, seen in (("mate", True), ("other", False)):
        page = signed_in(who).get("/signals/").text
        assert (TOLD["noticed"] in page, "De Lichtkring" in page) == (seen, seen)


def test_what_looks_like_a_name_is_asked_about_and_kept_in_the_form(signed_in: SignIn) -> None:
    own = signed_in("own")
    named = TOLD | {"done": "gebeld met Fatima", "operation": "2" * 32}
    page = own.post("/signals/new", named).text
    assert "Fatima?" in page
    assert "gebeld met Fatima" in page
    assert 'name="sure"' in page
    assert own.post("/signals/new", named | {"sure": "y"}).status_code == 303


def test_a_name_of_the_caseload_is_refused_whatever_is_ticked(signed_in: SignIn) -> None:
    page = signed_in("own").post("/signals/new", TOLD | {"noticed": "annie huilt", "sure": "y"})
    assert (page.status_code, "Hieraan is te zien over wie het gaat: annie" in page.text) == (
        200,
        True,
    )


def test_bad_input_is_told_and_nothing_is_lost(signed_in: SignIn) -> None:
    wrong = TOLD | {"on": "31-02-2026", "minutes": "een uur", "done": "samen thee gedronken"}
    page = signed_in("own").post("/signals/new", wrong).text
    assert "Nog niet opgeslagen" in page
    assert "samen thee gedronken" in page
    assert "een uur" in page


def test_two_at_once_see_each_other(signed_in: SignIn) -> None:
    mine, theirs = ({"version": "1", "operation": letter * 32} for letter in "ab")
    first, second = TOLD | mine | {"done": "gebeld"}, TOLD | theirs | {"done": "langsgegaan"}
    assert signed_in("mate").post(THERE, first).status_code == 303
    own = signed_in("own")
    page = own.post(THERE, second).text
    assert "gebeld" in page
    assert "langsgegaan" in page
    assert 'name="version" type="hidden" value="2"' in page
    assert own.post(THERE, second | {"version": "2"}).status_code == 303
    assert "langsgegaan" in own.get("/signals/").text


def test_a_signal_that_becomes_a_question_leads_on_to_a_new_file(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.post(THERE, TOLD | {"version": "1", "outcome": "case", "operation": "c" * 32})
    assert answer.status_code == 303
    page = own.get(answer.headers["Location"]).text
    assert "Wat is de vraag?" in page
    assert TOLD["noticed"] in page
    assert signed_in("other").get(answer.headers["Location"]).status_code == 404
