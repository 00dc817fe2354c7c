"""Proposals: nothing changes until it is accepted, once, and whoever told it sees what came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.proposals import ProposalKind, ProposalState
from netwerk.domain.records import Node, Record
from netwerk.usecases import keeping, proposals, todo
from netwerk.usecases.keeping import Place
from netwerk.usecases.proposals import NewProposal
from tests.builders import memory_store
from tests.worlds import TODAY, link, node

SAM, MO = (
    Scope(viewer=WorkerId(NodeId(who)), purpose=Purpose.DIRECTORY, as_of=TODAY)
    for who in ("sam", "mo")
)
CO = replace(SAM, viewer=WorkerId(NodeId("co")))
CHURCH, COFFEE = NodeId("church"), NodeId("coffee")


def records() -> list[Record]:
    old, less = ((TODAY - timedelta(days=days)).isoformat() for days in (500, 400))
    return [
        node("Worker", "sam", name="Sam", role="worker"),
        node("Worker", "mo", name="Mo", role="worker"),
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "rev", name="Rev", role="reviewer"),
        node("Organization", "church", name="De Lichtkring", phone="1", verified_on=old),
        node("Service", "coffee", name="Koffie", formality="informal", load=3, verified_on=old),
        node("Service", "walk", name="Lopen", formality="informal", capacity=8, verified_on=less),
        node("Service", "new", name="Nieuw", formality="informal", verified_on="2026-11-01"),
        node("Location", "hall", name="Zaal"),
        node("Person", "vera", name="Vera", vog_on="2020-01-01"),
        link("PROVIDES", "church", "coffee"),
        link("PROVIDES", "church", "new"),
        link("VOLUNTEERS_FOR", "vera", "walk", capacity=1, load=1),
    ]


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(records())


def told(store: MemoryStore, kind: ProposalKind, about: NodeId = CHURCH, **said: str) -> str:
    new = NewProposal(kind=kind, **said)
    number = len(proposals.mine(store, SAM))
    proposals.propose(store, SAM, OperationId(f"p{number}"), about, new)
    return f"proposal-p{number}"


def stored(store: MemoryStore, key: NodeId) -> Node:
    (found,) = (each for each in store.dump() if each.id == key and isinstance(each, Node))
    return found


def test_nothing_changes_before_it_is_accepted(store: MemoryStore) -> None:
    before = list(store.dump())
    key = told(store, ProposalKind.PHONE, value="2")
    assert list(store.dump()) == before
    proposals.accept(store, CO, OperationId("a"), key)
    assert stored(store, CHURCH).properties["phone"] == "2"
    (mine,) = proposals.mine(store, SAM)
    assert mine.proposal.state is ProposalState.ACCEPTED
    assert mine.proposal.answered_by == "Co"
    assert mine.name == "De Lichtkring"
    assert proposals.mine(store, MO) == []


def test_accepting_twice_does_it_once(store: MemoryStore) -> None:
    key = told(store, ProposalKind.PHONE, value="2")
    proposals.accept(store, CO, OperationId("a"), key)
    once = stored(store, CHURCH)
    for operation in ("a", "b"):
        proposals.accept(store, CO, OperationId(operation), key)
        proposals.decline(store, CO, OperationId(f"no {operation}"), key, "Nee.")
    assert stored(store, CHURCH) == once
    assert proposals.one(store, CO, key).proposal.state is ProposalState.ACCEPTED


@pytest.mark.parametrize(
    ("kind", "about", "said", "changes"),
    [
        (ProposalKind.CLOSED, CHURCH, {}, {"valid_to": TODAY.isoformat()}),
        (ProposalKind.CLOSED, COFFEE, {}, {"valid_to": TODAY.isoformat()}),
        (ProposalKind.PHONE, COFFEE, {"value": "2"}, {"phone": "2"}),
        (ProposalKind.FULL, COFFEE, {}, {"capacity": 3, "load": 3}),
        (ProposalKind.FULL, NodeId("walk"), {}, {"capacity": 8, "load": 8}),
        (ProposalKind.FULL, NodeId("new"), {}, {"capacity": 1, "load": 1}),
        (ProposalKind.FULL, CHURCH, {}, {}),
        (ProposalKind.MOVED, CHURCH, {"value": "Kerkstraat 1"}, {}),
        (ProposalKind.OTHER, CHURCH, {"note": "De naam is anders."}, {}),
    ],
)
def test_what_is_simple_is_done_at_once_and_the_rest_is_for_people(
    store: MemoryStore,
    kind: ProposalKind,
    about: NodeId,
    said: dict[str, str],
    changes: dict[str, str],
) -> None:
    before = stored(store, about)
    key = told(store, kind, about, **said)
    assert proposals.one(store, CO, key).simple is bool(changes)
    proposals.accept(store, CO, OperationId("a"), key)
    assert stored(store, about).properties == {**before.properties, **changes}


def test_a_proposal_is_declined_with_a_sentence(store: MemoryStore) -> None:
    key = told(store, ProposalKind.CLOSED)
    with pytest.raises(InvalidInputError):
        proposals.decline(store, CO, OperationId("d"), key, "")
    proposals.decline(store, CO, OperationId("d"), key, "Ze zijn er nog.")
    proposals.decline(store, CO, OperationId("d"), key, "Nog een keer.")
    (mine,) = proposals.mine(store, SAM)
    assert (mine.proposal.state, mine.proposal.answer) == (
        ProposalState.DECLINED,
        "Ze zijn er nog.",
    )
    assert "valid_to" not in stored(store, CHURCH).properties


@pytest.mark.parametrize(
    "new",
    [
        NewProposal(kind=ProposalKind.PHONE),
        NewProposal(kind=ProposalKind.MOVED),
        NewProposal(kind=ProposalKind.OTHER),
        NewProposal(kind=ProposalKind.PHONE, value="1" * 41),
    ],
)
def test_what_cannot_be_understood_is_asked_again(store: MemoryStore, new: NewProposal) -> None:
    with pytest.raises(InvalidInputError):
        proposals.propose(store, SAM, OperationId("p"), CHURCH, new)
    assert proposals.mine(store, SAM) == []


def test_sent_twice_is_told_once(store: MemoryStore) -> None:
    new = NewProposal(kind=ProposalKind.CLOSED)
    for _ in range(2):
        proposals.propose(store, SAM, OperationId("p"), CHURCH, new)
    assert len(proposals.mine(store, SAM)) == 1


@pytest.mark.parametrize("key", ["hall", "vera", "nothing", "sam"])
def test_only_partners_and_what_they_offer_are_told_about(store: MemoryStore, key: str) -> None:
    new = NewProposal(kind=ProposalKind.CLOSED)
    with pytest.raises(NotVisibleError):
        proposals.propose(store, SAM, OperationId("p"), NodeId(key), new)
    with pytest.raises(NotVisibleError):
        proposals.about(store, SAM, NodeId(key))
    assert proposals.about(store, SAM, COFFEE).id == COFFEE


@pytest.mark.parametrize("who", ["sam", "rev", "nobody", "vera"])
def test_who_does_not_keep_the_directory_decides_nothing(store: MemoryStore, who: str) -> None:
    key = told(store, ProposalKind.CLOSED)
    scope = replace(SAM, viewer=WorkerId(NodeId(who)))
    with pytest.raises(NotAllowedError):
        proposals.accept(store, scope, OperationId("a"), key)
    with pytest.raises(NotAllowedError):
        proposals.decline(store, scope, OperationId("a"), key, "Nee.")
    with pytest.raises(NotAllowedError):
        todo.to_do(store, scope)
    assert proposals.one(store, CO, key).proposal.state is ProposalState.OPEN


def test_a_coordinator_tells_nothing_to_themselves(store: MemoryStore) -> None:
    with pytest.raises(NotAllowedError):
        proposals.propose(
            store, CO, OperationId("p"), CHURCH, NewProposal(kind=ProposalKind.CLOSED)
        )


def test_what_is_not_there_is_not_there(store: MemoryStore) -> None:
    for act in (
        lambda: proposals.one(store, CO, "proposal-x"),
        lambda: proposals.accept(store, CO, OperationId("a"), "proposal-x"),
    ):
        with pytest.raises(NotVisibleError):
            act()


def test_a_proposal_stays_readable_when_what_it_is_about_is_gone(store: MemoryStore) -> None:
    key = told(store, ProposalKind.CLOSED, NodeId("walk"))
    operator = replace(CO, viewer=OPERATOR)
    with store.directory_work(operator, OperationId("gone")) as work:
        seen = work.around([NodeId("walk")])
        work.remove(*seen.of_type("VOLUNTEERS_FOR"), seen.nodes[NodeId("walk")])
    shown = proposals.one(store, CO, key)
    assert (shown.node, shown.name, shown.simple) == (None, "", False)
    proposals.accept(store, operator, OperationId("a"), key)
    assert proposals.one(store, CO, key).proposal.answered_by == OPERATOR


def test_still_right_is_said_of_a_partner_with_all_that_is_old(store: MemoryStore) -> None:
    (row, alone) = todo.to_do(store, CO).stale
    assert (row.node.id, [each.id for each in row.services]) == ("church", ["coffee"])
    assert alone.node.id == "walk"
    for _ in range(2):
        keeping.verify(store, CO, OperationId("v"), Place(kind="organizations", key=CHURCH))
    for key in (CHURCH, COFFEE):
        facts = stored(store, key).properties
        assert (facts["verified_on"], facts["verified_by"]) == (TODAY.isoformat(), "Co")
    assert stored(store, NodeId("new")).version == 1
    assert [each.node.id for each in todo.to_do(store, CO).stale] == ["walk"]


def test_everything_to_do_is_in_its_list(store: MemoryStore) -> None:
    second, first = told(store, ProposalKind.CLOSED), told(store, ProposalKind.CLOSED, COFFEE)
    proposals.accept(store, CO, OperationId("a"), second)
    found = todo.to_do(store, CO)
    assert [(each.key, node and node.id) for each, node in found.proposals] == [(first, "coffee")]
    assert [each.person.id for each in found.certificates] == ["vera"]
    assert [each.person.id for each in found.overloaded] == ["vera"]
    assert (found.unreached, found.counted_on) == ((), None)
    assert [e.event.action for e in store.audit_entries()][-1] == "list-to-do"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("Kerkstraat 12, 5701ab Helmond", ("Kerkstraat 12", "5701 AB", "Helmond")),
        ("Kerkstraat 12 5701 AB", ("Kerkstraat 12", "5701 AB", "")),
        ("Kerkstraat 12, Helmond", ("Kerkstraat 12", "", "Helmond")),
        ("Kerkstraat 12", ("Kerkstraat 12", "", "")),
        ("5701 AB", ("", "5701 AB", "")),
    ],
)
def test_a_new_address_is_read_in_its_parts(
    store: MemoryStore, value: str, address: tuple[str, str, str]
) -> None:
    key = told(store, ProposalKind.MOVED, value=value)
    assert proposals.one(store, CO, key).proposal.address() == address


def test_what_waits_is_filled_in_and_what_was_answered_is_not(store: MemoryStore) -> None:
    key = told(store, ProposalKind.MOVED, value="Laan 1")
    waits = proposals.waiting(store, CO, key)
    assert waits is not None
    assert (waits.proposal.value, waits.place, waits.becomes) == ("Laan 1", None, {})
    proposals.accept(store, CO, OperationId("a"), key)
    for other in (key, "proposal-x", ""):
        assert proposals.waiting(store, CO, other) is None


@pytest.mark.parametrize(
    ("joined", "own"),
    [
        ([("church", "hall")], True),
        ([("church", "hall"), ("coffee", "hall")], True),
        ([("church", "hall"), ("walk", "hall")], False),
        ([("church", "hall"), ("church", "barn")], False),
        ([], False),
    ],
)
def test_only_a_place_of_ones_own_can_move(joined: list[tuple[str, str]], own: bool) -> None:
    places: list[Record] = [
        node("Location", "barn", name="Schuur"),
        *(link("LOCATED_AT", of, at) for of, at in joined),
    ]
    store = memory_store([*records(), *places])
    key = told(store, ProposalKind.MOVED, value="Laan 1")
    place = proposals.one(store, CO, key).place
    assert (place.id if place else None) == ("hall" if own else None)
