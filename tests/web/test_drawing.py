"""The drawing as a page and as answers to its script: bad input loses nothing and shows nobody."""

import io
import json
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from netwerk.adapters.memory import MemoryStore
from netwerk.web import pdf
from tests.web.conftest import Clock, Visitor
from tests.worlds import link, node

DRAWING: Final = "/inhabitants/annie/drawing/"
SCRIPT: Final = {"Netwerk-Part": "drawing"}
_TOLD: Final = re.compile(r"data-told='([^']*)'")
_KEY: Final = re.compile(r'data-key="([A-Za-z0-9+/=]{44})"')
SignIn = Callable[[str], Visitor]


def told(page: str) -> dict[str, dict[str, Any]]:
    """Return everybody on the drawing by name, as its script gets them."""
    every = [json.loads(each) for each in _TOLD.findall(page)]
    return {each["name"]: each for each in every}


def acts(own: Visitor, where: str, number: int = 1, **sent: Any) -> TestResponse:
    """Do something as the script does it: each act with a number of its own."""
    return own.post(DRAWING + where, {"operation": f"{number:032x}", **sent}, headers=SCRIPT)


def key_of(own: Visitor) -> str:
    found = _KEY.search(own.get(DRAWING).text)
    assert found is not None
    return found[1]


@pytest.fixture
def own(signed_in: SignIn) -> Visitor:
    return signed_in("own")


def test_a_line_is_somebody_on_the_drawing(own: Visitor) -> None:
    assert own.post(f"{DRAWING}add", {"line": "zus Truus, elke week, koffie"}).status_code == 303
    truus = told(own.get(DRAWING).text)["Truus"]
    assert truus["called"] == "zus"
    assert truus["contact"] == "weekly"
    assert truus["support"] == ["companionship"]
    assert truus["approach"] == "not_discussed"


def test_an_act_that_arrives_twice_is_done_once(own: Visitor) -> None:
    answers = [acts(own, "add", line="zus") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["Netwerk-Made"] for answer in answers}) == 1
    assert "zus 2" not in told(own.get(DRAWING).text)


def test_the_script_goes_on_with_somebody_who_is_not_answered_yet(own: Visitor) -> None:
    acts(own, "add", 1, line="zus Truus")
    new = f"new-{1:032x}"
    moved = acts(own, f"move/{new}", 2, version="1", closeness="5", place="500")
    assert told(moved.text)["Truus"]["closeness"] == 5
    said = acts(own, f"say/{new}", 3, approach="support_only")
    assert told(said.text)["Truus"]["approach"] == "support_only"
    known = acts(own, f"know/{new}", 4, other="bo")
    assert told(known.text)["Truus"]["knows"] == ["bo"]
    gone = acts(own, f"gone/{new}", 5, version="3")
    assert "Truus" not in told(gone.text)
    back = acts(own, "undo", 6)
    assert told(back.text)["Truus"]["approach"] == "support_only"


def test_a_number_chosen_elsewhere_reaches_nobody(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    acts(own, "add", 1, line="zus Truus")
    assert acts(mate, f"say/new-{1:032x}", 2, approach="may_ask").status_code == 404
    assert acts(mate, "add", 1, line="broer Piet").status_code == 200
    assert {"Truus", "Piet"} <= set(told(own.get(DRAWING).text))


@pytest.mark.parametrize("operation", ["", "x", "0" * 31, "G" * 32])
def test_an_act_without_a_number_is_refused(own: Visitor, operation: str) -> None:
    sent = {"line": "zus", "operation": operation}
    assert own.post(f"{DRAWING}add", sent, headers=SCRIPT).status_code == 400


def test_what_a_colleague_changed_is_shown_beside_ones_own(own: Visitor) -> None:
    acts(own, "move/annie-bo", 1, version="1", closeness="5")
    answer = acts(own, "move/annie-bo", 2, version="1", closeness="2")
    assert answer.status_code == 409
    assert "heel dichtbij" in answer.text
    assert "niet zo dichtbij" in answer.text
    assert 'name="version" value="2"' in answer.text
    told_too = {"version": "1", "person_version": "1", "name": "Bo", "kind": "friend"}
    page = own.post(f"{DRAWING}tell/annie-bo", told_too | {"support": ["emotional"]})
    assert page.status_code == 409
    assert "luistert en troost" in page.text


def test_taking_back_what_a_colleague_changed_says_so(signed_in: SignIn) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    acts(own, "move/annie-bo", 1, version="1", closeness="5")
    acts(mate, "move/annie-bo", 2, version="2", closeness="1")
    answer = acts(own, "undo", 3)
    assert answer.status_code == 409
    assert "Er is niets overschreven of teruggedraaid." in answer.text
    assert told(answer.text)["Bo Daalder"]["closeness"] == 1


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("add", {"line": ""}),
        ("add", {"line": "x" * 301}),
        ("add", {"line": "zus", "place": "1001"}),
        ("move/annie-bo", {"version": "1", "closeness": "6"}),
        ("move/annie-bo", {"version": "1", "closeness": "veel"}),
        ("move/annie-bo", {"closeness": "2"}),
        ("tell/annie-bo", {"version": "1", "name": "Bo", "kind": "nothing"}),
        ("tell/annie-bo", {"version": "1", "name": "", "kind": "friend"}),
        (
            "tell/annie-bo",
            {"version": "1", "name": "Bo", "kind": "friend", "valid_from": "2026-11-03"},
        ),
        ("tell/annie-bo", {"version": "1", "name": "Bo", "kind": "friend", "valid_from": "ooit"}),
        ("say/annie-bo", {"approach": "yes"}),
        ("take-part", {"organization": "nowhere", "how": "member"}),
        ("take-part", {"organization": "shelter", "how": "king"}),
        ("take-part", {"organization": "church", "how": "member"}),
        ("pets", {"pets": "Minoes"}),
    ],
)
def test_what_cannot_be_changes_nothing(
    own: Visitor, store: MemoryStore, where: str, sent: dict[str, Any]
) -> None:
    before = list(store.dump())
    assert own.post(DRAWING + where, sent).status_code == 400
    assert acts(own, where, **sent).status_code == 400
    assert list(store.dump()) == before


def test_what_was_typed_stays_when_it_is_wrong(own: Visitor) -> None:
    sent = {"version": "1", "name": "Bo", "kind": "friend", "valid_from": "2030-01-01"}
    page = own.post(f"{DRAWING}tell/annie-bo", sent | {"remark": "kent iedereen"})
    assert "Het kan niet na vandaag begonnen zijn." in page.text
    assert 'value="kent iedereen"' in page.text


def test_three_hundred_people_are_all_there(own: Visitor, store: MemoryStore) -> None:
    crowd = [node("Person", f"x{n}", name=f"Kennis {n}", told_by="annie") for n in range(300)]
    ties = [
        link("TIE", "annie", f"x{n}", f"tx{n}", owner="annie", kind="friend") for n in range(300)
    ]
    store.load([*crowd, *ties])
    page = own.get(DRAWING)
    assert page.status_code == 200
    assert all(f">Kennis {n}<" in page.text for n in range(300))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "O'Brien", 'a"b', "مريم", "👩\u200d👧", "{{ 7*7 }}"]
)
def test_every_name_comes_through_whole(own: Visitor, name: str) -> None:
    acts(own, "add", line=name)
    assert name in told(own.get(DRAWING).text)
    assert "<script>alert" not in own.get(DRAWING).text


def test_what_is_understood_is_said_and_not_kept(own: Visitor, store: MemoryStore) -> None:
    before = list(store.dump())
    answer = own.post(f"{DRAWING}understand", {"line": "buurvrouw Ans, dagelijks, woont hier"})
    for word in ("Ans", "buur", "elke dag", "hetzelfde huis"):
        assert word in answer.text
    assert list(store.dump()) == before


def test_the_sheet_tells_nothing_of_asking_nor_of_what_is_hard(own: Visitor) -> None:
    acts(own, "add", 1, line="schoonzoon Frank, ruzie, elke week")
    acts(own, "say/annie-bo", 2, approach="do_not_approach")
    acts(own, "pets", 3, version="1", pets="poes Minoes")
    page = own.get(f"{DRAWING}paper").text
    for word in ("Frank", "elke week", "Bo Daalder", "poes Minoes", "De Lichtkring"):
        assert word in page
    for word in ("moeite", "rust laten", "gevraagd", "ruzie", "besproken"):
        assert word not in page


@pytest.mark.skipif(not pdf.possible(), reason="this system cannot make a PDF")
def test_the_sheet_is_one_landscape_page(own: Visitor) -> None:
    for number in range(12):
        acts(own, "add", number, line=f"vriend Kees{number}, elke week, koffie, advies")
    answer = own.get(f"{DRAWING}paper.pdf")
    assert answer.headers["Content-Disposition"] == "inline; filename=tekening-2026-11-02.pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert "Kees11" in pages[0].extract_text()


def test_the_key_of_a_device_is_one_persons_and_gone_at_sign_out(
    signed_in: SignIn, clock: Clock
) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    first = key_of(own)
    assert key_of(own) == first
    assert key_of(mate) != first
    clock.wait(minutes=31)
    assert own.signs_in("own").status_code == 303
    assert key_of(own) == first, "a session that ran out loses nothing"
    clock.wait(minutes=31)
    own.signs_in("mate")
    assert key_of(own) != first
    own.signs_in("own")
    answer = own.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    own.signs_in("own")
    assert key_of(own) != first


def test_each_look_is_logged_once(own: Visitor, store: MemoryStore) -> None:
    def logged() -> list[str]:
        return [e.event.action for e in store.audit_entries() if e.event.subject == "annie"]

    before = len(logged())
    own.get(DRAWING)
    own.get(f"{DRAWING}paper")
    assert logged()[before:] == ["open-drawing", "print-drawing"]
