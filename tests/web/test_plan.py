"""The pages on which a case is worked: what is kept, and who is not named."""

import io
import re
from collections.abc import Callable

from pypdf import PdfReader

from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
PLAN = "/inhabitants/annie/plan/"
CLARIFY = "/inhabitants/annie/clarify/"
WALKS = {"text": "Loopt een keer mee.", "who": "network:bo", "goal": "goal-annie", "due_on": ""}


def send(visitor: Visitor, number: int, address: str, **sent: str) -> int:
    return visitor.post(address, sent | {"operation": f"{number:032x}"}).status_code


def test_what_is_agreed_is_on_the_page_and_on_paper(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert send(own, 1, f"{PLAN}actions/new", **WALKS) == 303
    page, letter = own.get(PLAN).text, own.get(f"{PLAN}letter").text
    pages = PdfReader(io.BytesIO(own.get(f"{PLAN}letter.pdf").data)).pages
    paper = " ".join(page.extract_text() for page in pages)
    for told in (page, letter, " ".join(paper.split())):
        assert "Annie Bergman wil koken." in told
        assert "Bo Daalder" in told
        assert "Loopt een keer mee." in told


def test_who_is_left_alone_later_is_named_nowhere_in_the_plan(signed_in: SignIn) -> None:
    own = signed_in("own")
    send(own, 1, f"{PLAN}actions/new", **WALKS)
    found = re.search(r'id="action-(action-[0-9a-f]{32})"', own.get(PLAN).text)
    assert found is not None
    said = "/inhabitants/annie/approach/annie-bo"
    assert send(own, 2, said, approach="do_not_approach") == 303
    assert "Met rust laten" in own.get(PLAN).text
    for where in (PLAN, f"{PLAN}letter", f"{PLAN}actions/new", "/cases/"):
        told = own.get(where).text
        assert "Bo Daalder" not in told
        assert "Loopt een keer mee." not in told
    assert own.get(f"{PLAN}actions/{found[1]}").status_code == 404
    assert send(own, 3, f"{PLAN}actions/new", **WALKS) == 200


def test_done_is_one_tap_and_can_be_put_back(signed_in: SignIn) -> None:
    own = signed_in("own")
    close = f"{PLAN}actions/action-annie/close"
    assert send(own, 1, close, how="done") == 303
    assert "gedaan op" in own.get(PLAN).text
    assert send(own, 2, close, how="again") == 303
    assert "gedaan op" not in own.get(PLAN).text
    assert send(own, 3, close, how="?") == 400


def test_a_goal_that_changed_meanwhile_keeps_what_was_typed(signed_in: SignIn) -> None:
    own, goal = signed_in("own"), f"{PLAN}goals/goal-annie"
    assert send(own, 1, goal, version="1", text="Ik wil fietsen.", result="") == 303
    answer = own.post(goal, {"version": "1", "text": "Ik wil dansen.", "result": ""})
    for told in ("Ik wil fietsen.", "Ik wil dansen.", 'name="version" type="hidden" value="2"'):
        assert told in answer.text


def test_all_of_life_is_told_with_its_history(signed_in: SignIn) -> None:
    own = signed_in("own")
    told = {"question": "Hoe nu?", "goes-family": "well", "text-family": "Elke zondag samen."}
    assert send(own, 1, CLARIFY, version="1", **told) == 303
    found = re.search(r'name="was-family" value="([^"]+)"', own.get(CLARIFY).text)
    assert found is not None
    again = told | {"goes-family": "not_told", "text-family": "", "was-family": found[1]}
    assert send(own, 2, CLARIFY, version="2", **again) == 303
    page = own.get(CLARIFY).text
    assert "Elke zondag samen." in page
    assert 'value="not_told" id="goes-family-not_told" checked' in page


def test_clarifying_at_once_loses_nobody_s_words(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    theirs = {"question": "Hoe nu?", "text-family": "Van de collega."}
    assert send(mate, 1, CLARIFY, version="1", **theirs) == 303
    mine = {"version": "1", "question": "Wat nu?", "text-family": "Van mij.", "goes-family": "?"}
    answer = own.post(CLARIFY, mine | {"operation": f"{2:032x}"})
    for told in ("Hoe nu?", "Wat nu?", "Van de collega.", "Van mij."):
        assert told in answer.text
    found = re.search(r'name="was-family" value="([^"]+)"', answer.text)
    assert found is not None
    assert send(own, 3, CLARIFY, **(mine | {"version": "2", "was-family": found[1]})) == 303
    assert "Van de collega." in own.get(CLARIFY).text
