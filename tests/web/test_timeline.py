"""The page of what happened: in words, by kind, linked, and silent about who is left alone."""

from collections.abc import Callable
from dataclasses import replace

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.ids import NodeId, OperationId, PersonId
from tests.web import street
from tests.web.conftest import Visitor
from tests.worlds import SCOPE, link, node

SignIn = Callable[[str], Visitor]
TIMELINE = "/inhabitants/annie/timeline/"
TOLD = {
    "kind": "neighbour",
    "closeness": "5",
    "contact": "weekly",
    "support": "companionship",
    "approach": "may_ask",
}


def test_what_changed_is_told_with_the_pictures_of_before_and_after(signed_in: SignIn) -> None:
    own = signed_in("own")
    address = "/inhabitants/annie/ties/annie-bo"
    assert own.post(address, TOLD | {"version": "1", "operation": "1" * 32}).status_code == 303
    page = own.get(f"{TIMELINE}?kind=network").text
    assert "Veranderd met Bo Daalder" in page
    assert "hoe dichtbij: eerst" in page
    assert "Het netwerk ervoor en erna" in page
    assert "then=2026-10-31&amp;now=2026-11-02" in page
    assert "We begonnen" not in page


def test_all_kinds_are_told_in_words(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert own.post(
        "/inhabitants/annie/assessments/new/self_sufficiency",
        {"taken_on": "2026-10-20", "item_housing": "4", "note": "Rustig.", "operation": "1" * 32},
    ).location.endswith("saved=1")
    page = own.get(TIMELINE).text
    for told in ("We begonnen", "Zelfredzaamheid (13 domeinen)", "Rustig.", "Te weinig antwoorden"):
        assert told in page
    assert "assessments/sheet-annie" in page
    assert "Zwaan" not in page
    assert (
        own.get(f"{TIMELINE}?until=2020-01-01&kind=else").text.count("Hier is nog niets over") == 1
    )
    assert own.get(f"{TIMELINE}?until=niets").status_code == 200


def test_an_ask_falls_silent_when_somebody_in_it_is_left_alone(
    store: MemoryStore, signed_in: SignIn
) -> None:
    own = signed_in("own")
    scope = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
    with store.work(scope, OperationId("9" * 32)) as work:
        ask = work.own_file().nodes[NodeId("ask-annie")]
        way = '[{"from": "annie", "to": "bo"}]'
        work.save(ask.with_properties(path=way, title="Vraag het Bo Daalder", outcome="declined"))
    asked = f"{TIMELINE}?kind=asks"
    before = own.get(asked).text
    said = "/inhabitants/annie/approach/annie-bo"
    sent = {"approach": "do_not_approach", "operation": "2" * 32}
    assert own.post(said, sent).status_code == 303
    after = own.get(asked).text
    assert "asks/ask-annie" in before
    assert "Vraag het Bo Daalder" in before
    assert "Om hulp gevraagd" in after
    assert "asks/ask-annie" not in after
    assert "Bo Daalder" not in after


def test_why_a_case_was_closed_is_told_in_words(store: MemoryStore, signed_in: SignIn) -> None:
    scope = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
    facts = {"question": "v", "safety": "none", "opened_on": "2025-01-01"}
    ended = {"closed_on": "2025-06-01", "closed_because": "own_network"}
    with store.work(scope, OperationId("c" * 32)) as work:
        work.save(node("Case", "before", **facts, **ended))
        work.save(link("CONCERNS", "before", "annie"))
    page = signed_in("own").get(TIMELINE).text
    assert "opgelost met het eigen netwerk" in page
    assert "own_network" not in page
