"""The page on which the team tells what it gives: what is drawn, what is kept, who is not named."""

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
EFFORT = "/inhabitants/annie/effort/"
NOTHING = {f"{name}_{number}": "" for name in ("on", "hours", "who") for number in range(4)}
HOURS = {"worker": "w-mate", "hours": "1,5", "since": "2026-10-01", "note": "Elke week."} | NOTHING
STEP = {
    "on_0": "2026-10-15",
    "hours_0": "0,5",
    "who_0": "network:bo",
    "what_0": "De koffie op dinsdag.",
}


def send(visitor: Visitor, number: int, address: str, **sent: str) -> int:
    return visitor.post(address, sent | {"operation": f"{number:032x}"}).status_code


def test_what_ran_late_is_on_every_page_that_should_tell(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert send(own, 1, f"{EFFORT}new", **(HOURS | STEP)) == 303
    late = "zou vanaf donderdag 15 oktober naar 30 minuten per week gaan"
    for where in (EFFORT, "/cases/", "/inhabitants/annie/duty/"):
        assert late in own.get(where).text
    page = own.get(EFFORT).text
    assert "Bo Daalder neemt over: De koffie op dinsdag." in page
    assert "effort__planned" in page
    assert 'value="1,5"' in own.get(f"{EFFORT}of/w-mate").text


def test_only_the_rows_that_stand_on_the_page_are_sent(signed_in: SignIn) -> None:
    own = signed_in("own")
    rows = re.findall(r'name="(who_\d)"', own.get(f"{EFFORT}new").text)
    unseen = {name for name in NOTHING if f"who_{name[-1]}" not in rows}
    assert unseen
    sent = {name: value for name, value in (HOURS | STEP).items() if name not in unseen}
    assert send(own, 1, f"{EFFORT}new", **sent) == 303
    sent |= {"version": "1", "note": "Anders."}
    assert send(own, 2, f"{EFFORT}of/w-mate", **sent) == 303
    assert "Anders." in own.get(EFFORT).text


def test_a_step_is_made_so_with_the_button_that_stands_there(signed_in: SignIn) -> None:
    own = signed_in("own")
    send(own, 1, f"{EFFORT}new", **(HOURS | STEP))
    found = re.search(rf'action="({EFFORT}steps/[^"]+)"', own.get(EFFORT).text)
    assert found is not None
    assert send(own, 2, found[1]) == 303
    page = own.get(EFFORT).text
    assert "staat nog op" not in page
    assert "30 minuten per week" in page


def test_who_is_left_alone_later_is_not_named(signed_in: SignIn) -> None:
    own = signed_in("own")
    send(own, 1, f"{EFFORT}new", **(HOURS | STEP))
    send(own, 2, "/inhabitants/annie/approach/annie-bo", approach="do_not_approach")
    own_file = "/inhabitants/annie/own-file/"
    for where in (EFFORT, f"{EFFORT}of/w-mate", "/inhabitants/annie/duty/", own_file):
        told = own.get(where).text
        # Whom they named themselves stands in their own file, but not what we had asked of them.
        assert where == own_file or "Bo Daalder" not in told
        assert "De koffie op dinsdag." not in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "veel"},
        {"hours": ""},
        {"hours": "41"},
        {"since": ""},
        {"on_0": "2026-12-01"},
        {"hours_1": "1"},
    ],
)
def test_what_is_wrong_is_told_and_stays_on_the_form(
    signed_in: SignIn, wrong: dict[str, str]
) -> None:
    own = signed_in("own")
    answer = own.post(f"{EFFORT}new", HOURS | wrong | {"operation": f"{1:032x}"})
    assert answer.status_code == 200
    assert "Elke week." in answer.text
    assert "notice--error" in answer.text


def test_two_who_change_at_once_see_each_other(signed_in: SignIn) -> None:
    own, where = signed_in("own"), f"{EFFORT}of/w-own"
    sent = HOURS | {"worker": "w-own", "since": "2026-09-01", "version": "1"}
    assert send(own, 1, where, **sent) == 303
    answer = own.post(where, sent | {"note": "Iets anders.", "operation": f"{2:032x}"})
    assert answer.status_code == 200
    for told in ("Iets anders.", "Elke week.", 'value="2"'):
        assert told in answer.text


def test_more_help_is_told_to_who_is_on_duty(signed_in: SignIn) -> None:
    own = signed_in("own")
    told = {"direction": "up", "scaled_on": "2026-11-01", "reason": "Het gaat niet."}
    assert send(own, 1, f"{EFFORT}scaling/new", **told, to_whom="de huisarts") == 303
    for where in (EFFORT, "/inhabitants/annie/duty/"):
        page = own.get(where).text
        assert "Het gaat niet." in page
        assert "naar: de huisarts" in page
    assert send(own, 2, f"{EFFORT}scaling/new", **(told | {"reason": " "})) == 200
