"""Filling in: what is right is stored once, what is wrong is said and nothing typed is lost."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.records import Record, Relationship
from tests.web import street
from tests.web.conftest import Visitor
from tests.web.street import NEED
from tests.worlds import TODAY, link

SignIn = Callable[[str], Visitor]
SCOPE_OF_ANNIE = Scope(
    viewer=street.worker("own"),
    purpose=Purpose.SUPPORT,
    as_of=TODAY,
    subject=PersonId(NodeId("annie")),
)
TIE = {"kind": "friend", "approach": "may_ask", "contact": "", "closeness": "", "valence": ""}
PERSON = {"version": "1", "name": "A", "area": ""}
CASE = {"name": "Mies", "area": "", "question": "Wie helpt?", "safety": "none"}
CHOSEN = f"/inhabitants/annie/asks/new?need={NEED}&path=annie,church,coffee"
ASK = {"asked_by": "Own", "look_again_on": "2026-11-16"}


def stored(store: MemoryStore) -> list[Record]:
    return list(store.dump())


def tie(store: MemoryStore, key: str) -> Relationship:
    found = next(r for r in stored(store) if r.id == key)
    assert isinstance(found, Relationship)
    return found


def said(page: str) -> str:
    alert = re.search(r'role="alert".*?</div>', page, re.DOTALL)
    assert alert is not None, "the page says nothing of an error"
    return unescape(alert[0])


WRONG = [
    ("/inhabitants/annie/ties/new", TIE | {"name": "   "}, "Vul in hoe diegene heet"),
    ("/inhabitants/annie/ties/new", TIE | {"name": "Cor", "kind": ""}, "Kies"),
    ("/inhabitants/annie/ties/new", TIE | {"name": "Cor", "kind": "enemy"}, ""),
    (
        "/inhabitants/annie/ties/new",
        TIE | {"name": "C", "valid_from": "31-2-2026"},
        "30-11-2026",
    ),
    ("/inhabitants/annie/ties/new", TIE | {"name": "x" * 201}, "200"),
    ("/inhabitants/annie/ties/annie-bo/end", {"on": "gisteren"}, "30-11-2026"),
    ("/inhabitants/annie/ties/annie-bo/end", {"on": ""}, ""),
    ("/inhabitants/annie/talents", {"willing": "yes"}, "Kies wat"),
    ("/inhabitants/annie/talents", {"willing": "maybe", "needs": [NEED]}, ""),
    ("/inhabitants/annie/question", {"version": "1", "question": " ", "safety": "none"}, ""),
    ("/inhabitants/annie/question", {"version": "1", "question": "?", "safety": "so so"}, ""),
    ("/inhabitants/annie/person", {"version": "1", "name": "", "area": ""}, ""),
    (
        "/inhabitants/annie/person",
        PERSON | {"birth_year": "48"},
        "1948",
    ),
    ("/inhabitants/annie/person", PERSON | {"birth_year": "x"}, ""),
    ("/inhabitants/annie/person", PERSON | {"area": "nowhere"}, ""),
    ("/cases/new", CASE | {"name": ""}, ""),
    ("/cases/new", CASE | {"question": ""}, ""),
    ("/cases/new", CASE | {"birth_year": "19480"}, "1948"),
    (CHOSEN, ASK | {"asked_by": ""}, ""),
    (CHOSEN, ASK | {"look_again_on": "32-13-2026"}, "30-11-2026"),
    (CHOSEN, ASK | {"look_again_on": "2026-11-01"}, ""),
    ("/inhabitants/annie/asks/ask-annie", {"version": "1", "outcome": "", "on": "2026-11-01"}, ""),
    ("/inhabitants/annie/asks/ask-annie", {"version": "1", "outcome": "accepted", "on": "x"}, ""),
    (
        "/inhabitants/annie/asks/ask-annie",
        {"version": "1", "outcome": "accepted", "on": "2027-01-01"},
        "",
    ),
]


@pytest.mark.parametrize(("address", "typed", "told"), WRONG)
def test_what_is_wrong_is_said_and_kept(
    address: str, typed: dict[str, Any], told: str, signed_in: SignIn, store: MemoryStore
) -> None:
    before = stored(store)
    answer = signed_in("own").post(address, typed)
    assert answer.status_code == 200
    assert told in said(answer.text)
    assert stored(store) == before
    page = unescape(answer.text)
    for name, value in typed.items():
        if name in {"name", "question", "on", "valid_from", "look_again_on", "birth_year"}:
            assert str(value).strip() in page
    if "needs" in typed:
        assert re.search(rf'value="{NEED}"[^>]* checked', page)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/inhabitants/annie/approach/annie-bo", {"approach": "sometimes"}),
        ("/inhabitants/annie/ties/new", TIE | {"operation": "x"}),
        ("/inhabitants/annie/ties/annie-bo", TIE | {"version": "one"}),
        ("/inhabitants/annie/asks/new", ASK),
        ("/inhabitants/annie/asks/new?need=nothing&path=annie", ASK),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(
    address: str, typed: dict[str, Any], signed_in: SignIn, store: MemoryStore
) -> None:
    before = stored(store)
    assert signed_in("own").post(address, typed).status_code in {400, 404}
    assert stored(store) == before


def test_one_tap_says_no_and_the_next_answer_knows(signed_in: SignIn) -> None:
    own, paths = signed_in("own"), f"/inhabitants/annie/paths/?need={NEED}"
    assert "Bo Daalder" in own.get(paths).text
    own.post("/inhabitants/annie/approach/annie-bo", {"approach": "do_not_approach"})
    assert "Bo Daalder" not in own.get(paths).text


def test_a_tap_by_script_answers_with_the_row(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.post(
        "/inhabitants/annie/approach/annie-bo",
        {"approach": "support_only"},
        headers={"Netwerk-Part": "row"},
    )
    assert answer.status_code == 200
    assert "Bo Daalder" in answer.text
    assert 'id="approach-counts"' in answer.text
    assert "<html" not in answer.text


def test_a_tap_from_a_page_that_came_back_counts(signed_in: SignIn) -> None:
    own, tap = signed_in("own"), "/inhabitants/annie/approach/annie-bo"
    for word in ("do_not_approach", "may_ask", "do_not_approach"):
        # The browser shows a page as it was: with the id that was used already.
        own.post(tap, {"approach": word, "operation": "5" * 32})
    page = own.get(f"/inhabitants/annie/paths/?need={NEED}").text
    assert "Bo Daalder" not in page


def test_what_is_filled_in_anew_on_a_page_that_came_back_is_stored(signed_in: SignIn) -> None:
    own = signed_in("own")
    for name in ("Cor", "Dirk"):
        own.post("/inhabitants/annie/ties/new", TIE | {"name": name, "operation": "6" * 32})
    page = own.get("/inhabitants/annie/").text
    assert "Cor" in page
    assert "Dirk" in page


def test_sending_a_form_twice_stores_it_once(signed_in: SignIn, store: MemoryStore) -> None:
    own, before = signed_in("own"), len(stored(store))
    answers = [own.post("/inhabitants/annie/ties/new", TIE | {"name": "Cor"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert len(stored(store)) == before + 2
    cases = [own.post("/cases/new", CASE | {"operation": "1" * 32}) for _ in range(2)]
    assert cases[0].location == cases[1].location


def test_who_is_late_sees_both_and_loses_nothing(signed_in: SignIn, store: MemoryStore) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    first = {"version": "1", "question": "Wie gaat mee?", "safety": "none", "needs": [NEED]}
    late = first | {"question": "Wie kookt er?", "operation": "a" * 32}
    assert mate.post("/inhabitants/annie/question", first).status_code == 303
    answer = own.post("/inhabitants/annie/question", late)
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert "Iemand anders" in said(page)
    assert "Wie gaat mee?" in page
    assert "Wie kookt er?" in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    again = late | {"version": version[1], "operation": "b" * 32}
    assert own.post("/inhabitants/annie/question", again).status_code == 303
    questions = [r.properties.get("question") for r in stored(store)]
    assert "Wie kookt er?" in questions
    assert "Wie gaat mee?" not in questions


def test_an_ask_goes_its_way(signed_in: SignIn, store: MemoryStore) -> None:
    own = signed_in("own")
    assert "Koffie op woensdag" in own.get(CHOSEN).text
    assert own.post(CHOSEN, ASK | {"operation": "c" * 32}).status_code == 303
    key = next(r.id for r in stored(store) if r.id.startswith("ask-") and r.id != "ask-annie")
    ask = f"/inhabitants/annie/asks/{key}"
    page = own.get(ask).text
    assert "De Lichtkring" in page
    no = {
        "version": "1",
        "outcome": "declined",
        "on": "2026-11-02",
        "declined_step": "0",
        "again_from": "2027-02-01",
        "operation": "d" * 32,
    }
    assert own.post(ask, no).status_code == 303
    found = next(r for r in stored(store) if r.id == key)
    assert found.properties["outcome"] == "declined"
    taken = own.post(f"{ask}/take-back", {"operation": "e" * 32})
    assert taken.status_code == 303
    found = next(r for r in stored(store) if r.id == key)
    assert found.properties["outcome"] == "withdrawn"


def test_a_path_that_is_no_longer_allowed_cannot_be_asked(
    signed_in: SignIn, store: MemoryStore
) -> None:
    own, mate = signed_in("own"), signed_in("mate")
    chosen = f"/inhabitants/annie/asks/new?need={NEED}&path=annie,bo,walk"
    assert own.get(chosen).status_code == 200
    mate.post("/inhabitants/annie/approach/annie-bo", {"approach": "do_not_approach"})
    before = stored(store)
    assert own.post(chosen, ASK | {"operation": "f" * 32}).status_code == 404
    assert stored(store) == before


@pytest.mark.parametrize("safety", ["concern", "acute"])
def test_safety_comes_before_asking(safety: str, signed_in: SignIn) -> None:
    own = signed_in("own")
    changed = {"version": "1", "question": "?", "safety": safety, "needs": [NEED]}
    own.post("/inhabitants/annie/question", changed)
    page = own.get(f"/inhabitants/annie/paths/?need={NEED}").text
    assert ("Koffie op woensdag" in page) is (safety == "concern")
    assert "0800-2000" in page
    assert ("112" in page) is (safety == "acute") or safety == "concern"
    if safety == "acute":
        assert own.post(CHOSEN, ASK).status_code == 404


def test_a_search_for_a_person_leaves_no_trace_in_an_address(signed_in: SignIn) -> None:
    own = signed_in("own")
    page = own.get("/cases/").text
    search = re.search(r'<form[^>]*role="search"[^>]*>', page)
    assert search is not None
    assert 'method="post"' in search[0]
    assert "Annie Bergman" in own.post("/cases/", {"q": "bergm"}).text
    assert "Annie Bergman" not in own.post("/cases/", {"q": "zwaan"}).text


@pytest.mark.parametrize("typed", ["contact", "kontakt", "familie", "zonder iemand"])
def test_words_find_needs(typed: str, signed_in: SignIn) -> None:
    answer = signed_in("own").post("/inhabitants/annie/paths/", {"words": typed})
    assert answer.status_code == 200
    assert typed in answer.text


def test_a_new_file_is_open_to_its_maker_alone(signed_in: SignIn) -> None:
    where = signed_in("own").post("/cases/new", CASE).location
    assert signed_in("own").get(where).status_code == 200
    assert signed_in("other").get(where).status_code == 404


class Sent(HTMLParser):
    """What a browser sends of the main form of a page when nothing is changed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.select = ""
        self.text = ""
        self.feed(page.partition('class="form"')[2].partition("</form>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag == "input" and (said.get("type") not in {"radio", "checkbox"} or "checked" in said):
            self.sent.setdefault(name, []).append(value)
        if tag == "select":
            self.select = name
            self.sent[name] = [""]
        if tag == "option" and "selected" in said:
            self.sent[self.select] = [value]
        if tag == "textarea":
            self.text = name
            self.sent[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.text:
            self.sent[self.text] = [self.sent[self.text][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""


@pytest.mark.parametrize(
    "address", ["ties/annie-bo", "person", "question", "talents", "asks/ask-annie"]
)
def test_saving_what_was_not_changed_changes_nothing(
    address: str, signed_in: SignIn, store: MemoryStore
) -> None:
    own, where = signed_in("own"), f"/inhabitants/annie/{address}"
    full = link(
        "TIE",
        "annie",
        "bo",
        "annie-bo",
        owner="annie",
        kind="neighbour",
        closeness=4,
        contact="weekly",
        support=["emotional"],
        support_given=["instrumental"],
        valence="supportive",
        approach="may_ask",
        valid_from="2024-03-01",
    )
    with store.work(SCOPE_OF_ANNIE, OperationId("9" * 32)) as work:
        work.save(replace(full, version=1))
    before = facts(store)
    answer = own.post(where, dict(Sent(own.get(where).text).sent))
    assert answer.status_code == 303
    assert facts(store) == before


def facts(store: MemoryStore) -> dict[str, dict[str, Any]]:
    """Return all properties, but that a talent was not talked about is no fact."""
    every: dict[str, dict[str, Any]] = {r.id: dict(r.properties) for r in stored(store)}
    every["annie"].pop("willing_to_help", None)
    return every


def test_where_somebody_takes_part_is_in_the_network(signed_in: SignIn) -> None:
    own, row = signed_in("own"), 'id="tie-tp-'
    new = {"organization": "church", "how": "visitor", "approach": "may_ask", "operation": "8" * 32}
    assert row not in own.get("/inhabitants/annie/").text
    wrong = own.post("/inhabitants/annie/participations/new", new | {"organization": "nowhere"})
    assert "Waar?" in said(wrong.text)
    assert own.post("/inhabitants/annie/participations/new", new).status_code == 303
    assert row in own.get("/inhabitants/annie/").text
