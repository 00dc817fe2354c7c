"""The session in which a team fills in together what it knows."""

from collections.abc import Callable

import pytest

from tests.web.conftest import Clock, Visitor

SignIn = Callable[[str], Visitor]
SESSION = "/knowledge/together/knowing-annie"


def test_what_one_types_in_for_another_is_told_to_them(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    sent = {"level-w-mate": "4", "was-w-mate": "0", "level-w-own": "0", "was-w-own": "0"}
    assert own.post(SESSION, sent).status_code == 303
    page = mate.get("/knowledge/mine").text
    assert 'value="4" checked' in page
    assert "ingevuld door Own" in page
    assert "1 van 1 gehad" in own.get(SESSION).text


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(3, "nog 57 minuten"), (50, "Iets sneller: 600 seconden"), (75, "Het uur is om")],
)
def test_the_time_that_is_left_is_told(
    signed_in: SignIn, clock: Clock, minutes: int, told: str
) -> None:
    clock.wait(minutes=minutes)
    assert told in signed_in("own").get(SESSION).text


def test_who_is_not_there_sees_it_and_cannot_type(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    assert own.post(f"{SESSION}/seats", {}).status_code == 303
    page = mate.get(SESSION).text
    assert "niet invullen" in page
    assert mate.post(SESSION, {"level-w-own": "1", "was-w-own": "0"}).status_code == 404


def test_what_is_no_level_is_refused(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert own.post(SESSION, {"level-w-own": "x", "was-w-own": "0"}).status_code == 400
    told = own.post(SESSION, {"level-w-own": "7", "was-w-own": "0"}).text
    assert "Kies een van de niveaus." in told


def test_after_the_end_what_is_missing_is_shown(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.post(f"{SESSION}/close", {})
    assert "Hier staat wat er nog ontbreekt" in own.get(answer.headers["Location"]).text
