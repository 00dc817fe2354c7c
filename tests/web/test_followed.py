"""Which suggestion was asked: the form asks why it was not the first, the page tells a team."""

import csv
import io
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.records import Node
from netwerk.domain.report import REPORT, Block, Figure, Published, Row
from tests.web.conftest import Visitor
from tests.web.street import NEED

SignIn = Callable[[str], Visitor]
ASK = {"asked_by": "Own", "look_again_on": "2026-11-16"}
WHY = "Waarom niet het eerste voorstel?"


def proposals(own: Visitor) -> list[str]:
    """Return the addresses under which Annie's proposals are asked, the first one first."""
    page = own.get(f"/inhabitants/annie/paths/?need={NEED}").text
    return [unescape(each.split('"')[0]) for each in page.split('href="')[1:] if "asks/new" in each]


def newest(store: MemoryStore) -> dict[str, Any]:
    """Return the one ask that kept which proposal it was."""
    asks = [n.properties for n in store.dump() if isinstance(n, Node) and n.label == "Ask"]
    [found] = [dict(facts) for facts in asks if "suggested_rank" in facts]
    return found


def test_of_the_first_proposal_nobody_asks_why(signed_in: SignIn, store: MemoryStore) -> None:
    own = signed_in("own")
    first, second, *_ = proposals(own)
    assert WHY not in own.get(first).text
    assert WHY in own.get(second).text
    told = {"operation": "a" * 32, "because": "wish", "suggested_rank": "2"}
    assert own.post(first, ASK | told).status_code == 303
    facts = newest(store)
    assert facts["suggested_rank"] == 1, "the place is what the server finds, not what is sent"
    assert "overruled_because" not in facts


@pytest.mark.parametrize("why", ["", "expects_no"])
def test_another_proposal_keeps_why_if_it_is_told(
    why: str, signed_in: SignIn, store: MemoryStore
) -> None:
    own = signed_in("own")
    second = proposals(own)[1]
    told = {"operation": "b" * 32, "because_note": "Zij zei vorige week al nee."}
    assert own.post(second, ASK | told | ({"because": why} if why else {})).status_code == 303
    facts = newest(store)
    assert facts["suggested_rank"] == 2
    assert facts.get("overruled_because", "") == why
    assert facts["overruled_note"] == "Zij zei vorige week al nee."


@pytest.mark.parametrize(
    "wrong", [{"look_again_on": "morgen"}, {"because": "boss"}, {"because_note": "x" * 501}]
)
def test_what_is_wrong_is_said_and_the_reason_stays(
    wrong: dict[str, str], signed_in: SignIn, store: MemoryStore
) -> None:
    own = signed_in("own")
    second = proposals(own)[1]
    before = list(store.dump())
    told = {"because": "nearer", "because_note": "om de hoek"} | wrong
    page = own.post(second, ASK | told)
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    if "because" not in wrong:
        assert 'checked class="option__input" id="because-4"' in page.text
    if "because_note" not in wrong:
        assert "om de hoek" in page.text
    assert list(store.dump()) == before


OWN = f"/inhabitants/annie/asks/own?need={NEED}"


def test_somebody_else_is_asked_than_anybody_suggested(
    signed_in: SignIn, store: MemoryStore
) -> None:
    own = signed_in("own")
    assert "/inhabitants/annie/asks/own?" in own.get(f"/inhabitants/annie/paths/?need={NEED}").text
    told = ASK | {"operation": "d" * 32, "title": "De bibliotheek", "need": NEED, "tie": ""}
    assert own.post(OWN, told | {"because": "nearer"}).status_code == 303
    facts = newest(store)
    assert (facts["suggested_rank"], facts["overruled_because"]) == (0, "nearer")
    [ask] = [n.id for n in store.dump() if isinstance(n, Node) and "suggested_rank" in n.properties]
    page = own.get(f"/inhabitants/annie/asks/{ask}").text
    assert '<option value="0">stap 1</option>' in page, "it was not the inhabitant who said no"
    assert "De bibliotheek" in own.get("/inhabitants/annie/").text


@pytest.mark.parametrize(
    "wrong", [{"title": "  "}, {"tie": "annie-pastor"}, {"need": "x"}, {"look_again_on": "morgen"}]
)
def test_a_wrong_idea_is_said_and_stays(
    wrong: dict[str, str], signed_in: SignIn, store: MemoryStore
) -> None:
    own, before = signed_in("own"), list(store.dump())
    told = {"title": "De bibliotheek", "need": NEED, "tie": "", "note": "Op dinsdag."}
    page = own.post(OWN, ASK | told | wrong)
    assert (page.status_code, 'role="alert"' in page.text) == (200, True)
    assert "Op dinsdag." in page.text
    assert list(store.dump()) == before


@pytest.mark.parametrize(("safety", "answers"), [("acute", 404), ("concern", 200)])
def test_in_danger_there_is_no_form_for_an_own_idea(
    safety: str, answers: int, signed_in: SignIn
) -> None:
    own = signed_in("own")
    told = {"version": "1", "question": "?", "safety": safety, "needs": [NEED]}
    own.post("/inhabitants/annie/question", told)
    assert own.get(OWN).status_code == answers
    offered = "asks/own" in own.get(f"/inhabitants/annie/paths/?need={NEED}").text
    assert offered is (answers == 200)


def test_an_idea_is_for_something(signed_in: SignIn) -> None:
    own = signed_in("own")
    own.post("/inhabitants/annie/question", {"version": "1", "question": "?", "safety": "none"})
    assert own.get("/inhabitants/annie/asks/own").status_code == 302


def row(*keys: str, yes: int, no: int, share: int) -> Row:
    return Row(keys=keys, counts={"yes": yes, "no": no}, share=share)


@pytest.fixture
def told(store: MemoryStore) -> None:
    """Publish a half year of asks by hand."""
    asks = Block(
        whole=row("team-own", yes=85, no=75, share=53),
        ways={
            "suggested": (
                row("first", yes=50, no=55, share=47),
                row("wish", yes=15, no=10, share=62),
                row("own", "enough", "not_said", "not_kept", yes=20, no=10, share=65),
            )
        },
    )
    kept = {Figure.ASKS.value: Published(total=asks, teams=(asks,)).written()}
    with store.system() as work:
        work.put(REPORT, "2026-01-01", {"published_on": "2026-07-01", "figures": kept})


@pytest.mark.usefixtures("told")
def test_a_team_sees_what_it_followed_and_why_not(signed_in: SignIn) -> None:
    own = signed_in("own")
    page = own.get("/learning/").text
    assert "Team Noord, januari tot en met juni 2026" in page
    for said in ("het eerste voorstel", "47 %", "de inwoner wil het liever anders", "62 %"):
        assert said in page
    assert "de andere 4 samen" in page
    assert "Het eerste voorstel volgen is niet beter" in page
    assert own.get("/learning/?team=team-other").status_code == 404
    assert own.get("/learning/?start=2020-01-01").status_code == 404
    sheet = own.get("/report/asks.csv").data.decode("utf-8-sig")
    rows = [each for each in csv.reader(io.StringIO(sheet), delimiter=";") if "Zo niet" in each[2]]
    assert [each[3:] for each in rows[:2]] == [
        ["het eerste voorstel", "ja", "50", "47"],
        ["het eerste voorstel", "nee of geen antwoord", "55", "47"],
    ]


def test_before_anything_was_counted_the_page_says_so(signed_in: SignIn) -> None:
    assert "Er is nog niets geteld" in signed_in("own").get("/learning/").text
    assert "Er is nog niets geteld" in signed_in("reviewer").get("/learning/").text
