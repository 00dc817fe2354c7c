"""The pages on which is told who knows what."""

import html
import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
MINE, TEAM, NEED = "/knowledge/mine", "/knowledge/", "family.contact"


def tell(visitor: Visitor, number: int, level: str, was: str = "0") -> int:
    sent = {f"level-{NEED}": level, f"was-{NEED}": was, "operation": f"{number:032x}"}
    return visitor.post(MINE, sent).status_code


def test_what_one_tells_the_team_sees_and_another_team_does_not(signed_in: SignIn) -> None:
    own, mate, other = signed_in("own"), signed_in("mate"), signed_in("other")
    assert tell(own, 1, "3") == 303
    assert 'value="3" checked' in own.get(MINE).text
    assert "Contact</strong>: Own" in mate.get(TEAM).text
    told = other.get(TEAM).text
    assert "Own" not in told
    assert "Nog niemand heeft iets ingevuld" in told


def test_a_page_that_is_old_does_not_take_back_what_it_did_not_change(signed_in: SignIn) -> None:
    own = signed_in("own")
    tell(own, 1, "3")
    assert tell(own, 2, "0", was="0") == 303  # as this page had it all along
    assert 'value="3" checked' in own.get(MINE).text


def test_a_level_that_a_script_tells_asks_for_no_page(signed_in: SignIn) -> None:
    own = signed_in("own")
    sent = {f"level-{NEED}": "2", f"was-{NEED}": "0"}
    assert own.post(MINE, sent, headers={"Netwerk-Part": "level"}).status_code == 204
    assert 'value="2" checked' in own.get(MINE).text


@pytest.mark.parametrize(("level", "answer"), [("x", 400), ("9", 200)])
def test_what_is_no_level_changes_nothing(signed_in: SignIn, level: str, answer: int) -> None:
    own = signed_in("own")
    assert tell(own, 1, level) == answer
    assert 'value="0" checked' in own.get(MINE).text


def test_a_case_names_who_knows_and_leads_on_to_asking_them(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    assert tell(mate, 1, "4") == 303
    page = own.get("/inhabitants/annie/who-knows").text
    assert "Mate</a>" in page
    found = re.search(r'href="([^"]+who=team:w-mate[^"]*)"', page)
    assert found is not None
    form = own.get(html.unescape(found[1])).text
    assert 'selected value="team:w-mate"' in form
    assert "Denkt mee over: " in form
    # Who is of another team does not even learn that there is somebody who knows.
    assert "Mate" not in signed_in("other").get("/inhabitants/zwaan/who-knows").text
