"""Doubles: put together with everything that is joined to them, and taken apart as if never."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.doubles import MERGE, Merge, pair_key, successors
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NetwerkError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.proposals import ProposalKind
from netwerk.domain.records import Node, Record, Relationship
from netwerk.domain.upkeep import USED, Usage
from netwerk.ports.stores import Store
from netwerk.usecases import doubles, learning, proposals
from netwerk.usecases.doubles import Double
from tests.builders import memory_store
from tests.worlds import SCOPE, TODAY, StoppedClock, link, node

CO = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
SAM = replace(CO, viewer=WorkerId(NodeId("sam")))
ONE, TWO = NodeId("o0"), NodeId("o1")


def records() -> list[Record]:
    return [
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Need", "n", label_nl="n", label_en="n"),
        node("Organization", "o0", name="De Lichtkring", kind="church", phone="0492-111111"),
        node(
            "Organization", "o1", name="Lichtkring, de", phone="0492 11 11 11", email="a@b.example"
        ),
        node("Organization", "o2", name="VV Noord", kind="sports_club"),
        node("Service", "s0", name="Koffie op woensdag", formality="informal"),
        node("Service", "s1", name="Koffie op woensdagen", formality="informal"),
        node("Service", "s2", name="Koffie op woensdag", formality="informal"),
        node("Location", "l0", address="Kerkstraat 1", postcode="5701 AA"),
        node("Location", "l1", address="Elders 2", postcode="5702 AA"),
        node("Person", "v0", name="Vera Smits", phone="06-1"),
        node("Person", "v1", name="Vera Smits", phone="06 1"),
        node("Person", "p0", name="Annie", birth_year=1948),
        node("Person", "p1", name="Bo", told_by="p0"),
        node("Worker", "w0", name="W", role="worker"),
        node("Case", "c0", question="?"),
        node("Ask", "a0", need="n", asked_on="2026-10-01", outcome="accepted", supporter="o1"),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        link("ASKED_IN", "a0", "c0"),
        link("PROVIDES", "o0", "s0"),
        link("PROVIDES", "o0", "s1"),
        link("PROVIDES", "o1", "s2"),
        link("LOCATED_AT", "o0", "l0"),
        link("LOCATED_AT", "o1", "l0"),
        link("LOCATED_AT", "o1", "l1"),
        link("PART_OF", "o1", "o0"),
        link("VOLUNTEERS_FOR", "v0", "s0"),
        link("VOLUNTEERS_FOR", "v1", "s2"),
        link("CONTACT_FOR", "v1", "o1", role="pastor"),
        link("ACQUAINTED", "w0", "o1", warmth="warm"),
        link("TAKES_PART", "p0", "o1", "tp0", owner="p0", how="member"),
        link("TAKES_PART", "p1", "o0", "tp1", owner="p0", how="member"),
        link("TIE", "p0", "v1", "t0", owner="p0", kind="friend"),
    ]


@pytest.fixture
def store() -> Store:
    return memory_store(records())


def without_versions(store: Store) -> dict[tuple[str, str], Record]:
    return {(type(each).__name__, each.id): replace(each, version=0) for each in store.dump()}


def stored(store: Store, key: str) -> Any:
    return next((each for each in store.dump() if each.id == key), None)


def put_together(store: Store, kept: str, gone: str, *taken: str, name: str = "m") -> str:
    read = doubles.beside(store, CO, NodeId(kept), NodeId(gone))
    doubles.merge(store, CO, OperationId(name), read, taken)
    return f"merge-{name}"


def test_what_may_be_one_is_found_with_why(store: Store) -> None:
    found = doubles.candidates(store, CO)
    pairs = {(each.kept.id, each.gone.id): each.why for each in found}
    assert pairs == {
        ("o0", "o1"): ("name", "phone", "place"),
        ("s0", "s1"): ("name",),
        ("v0", "v1"): ("name", "phone"),
    }


def test_what_is_not_the_same_is_not_asked_again(store: Store) -> None:
    for _ in range(2):
        doubles.not_same(store, CO, OperationId("n"), (TWO, ONE))
    assert {each.kept.id for each in doubles.candidates(store, CO)} == {"s0", "v0"}
    with pytest.raises(NotVisibleError):
        doubles.not_same(store, CO, OperationId("x"), (ONE, NodeId("s0")))


def test_one_stays_with_what_was_chosen_and_all_that_was_joined_to_both(store: Store) -> None:
    put_together(store, "o0", "o1", "email", "nonsense")
    kept = stored(store, "o0")
    assert stored(store, "o1") is None
    assert (kept.properties["email"], kept.properties["phone"]) == ("a@b.example", "0492-111111")
    links = [each for each in store.dump() if isinstance(each, Relationship)]
    assert not [each for each in links if "o1" in {each.source, each.target}]
    located = [each.target for each in links if (each.type, each.source) == ("LOCATED_AT", "o0")]
    assert sorted(located) == ["l0", "l1"]
    assert sorted(each.target for each in links if each.type == "PROVIDES") == ["s0", "s1", "s2"]
    with store.view(SCOPE, "look") as view:
        assert {r.target for r in view.own_file().of_type("TAKES_PART")} == {"o0"}


def test_an_ask_that_names_the_one_that_went_counts_for_the_one_that_stayed(store: Store) -> None:
    put_together(store, "o0", "o1")
    put_together(store, "o2", "o0", name="again")
    learning.learn(store, StoppedClock())
    with store.system() as system:
        usage = Usage.read(system.get(*USED))
        merges = [Merge.read(key, facts) for key, facts in system.find(MERGE)]
    assert dict(usage.counts) == {"o2": 1}
    assert successors(merges) == {"o1": "o2", "o0": "o2"}
    doubles.undo(store, CO, OperationId("u"), "merge-again")
    learning.learn(store, StoppedClock())
    with store.system() as system:
        assert dict(Usage.read(system.get(*USED)).counts) == {"o0": 1}


pairs = st.sampled_from([("o0", "o1"), ("o1", "o0"), ("s0", "s1"), ("s1", "s2"), ("v0", "v1")])
KEYS = ["name", "kind", "phone", "email"]


@given(pair=pairs, taken=st.sets(st.sampled_from(KEYS)))
def test_put_together_and_taken_apart_is_as_it_was(pair: tuple[str, str], taken: set[str]) -> None:
    store = memory_store(records())
    told = proposals.NewProposal(kind=ProposalKind.OTHER, note="?")
    if pair[0] != "v0":
        proposals.propose(store, SAM, OperationId("p"), NodeId(pair[1]), told)
    before, system = without_versions(store), _proposals(store)
    key = put_together(store, *pair, *sorted(taken))
    assert without_versions(store) != before
    for _ in range(2):
        doubles.undo(store, CO, OperationId("u"), key)
    assert without_versions(store) == before
    assert _proposals(store) == system
    doubles.undo(store, CO, OperationId("again"), key)
    assert without_versions(store) == before


def _proposals(store: Store) -> list[Any]:
    return [row for row in store.system_records() if row[0] == "proposal"]


def test_what_colleagues_told_of_it_stays_told(store: Store) -> None:
    told = proposals.NewProposal(kind=ProposalKind.OTHER, note="?")
    proposals.propose(store, SAM, OperationId("p"), TWO, told)
    key = put_together(store, "o0", "o1")
    assert proposals.mine(store, SAM)[0].name == "De Lichtkring"
    with store.system() as system:
        system.delete("proposal", "proposal-p")
    doubles.undo(store, CO, OperationId("u"), key)
    assert proposals.mine(store, SAM) == []


def test_what_changed_since_stays_changed_and_is_named(store: Store) -> None:
    key = put_together(store, "o0", "o1", "email")
    _change(store, "o0", description="Nieuw")
    _change(store, "o0", email="c@d.example")
    with pytest.raises(InvalidInputError) as refused:
        doubles.undo(store, CO, OperationId("u"), key)
    assert refused.value.values == {"fields": "email"}
    _change(store, "o0", email="a@b.example")
    doubles.undo(store, CO, OperationId("u"), key)
    assert stored(store, "o0").properties["description"] == "Nieuw"
    assert "email" not in stored(store, "o0").properties
    assert stored(store, "o1").properties["email"] == "a@b.example"


def _change(store: Store, key: str, **facts: str) -> None:
    number = sum(1 for _ in store.system_records())
    with store.directory_work(CO, OperationId(f"change {number}")) as work:
        found = work.around([NodeId(key)]).nodes[NodeId(key)]
        work.save(found.with_properties(**facts))


def test_what_went_into_another_since_is_taken_apart_in_order(store: Store) -> None:
    first = put_together(store, "o0", "o1")
    put_together(store, "o2", "o0", name="second")
    with pytest.raises(InvalidInputError):
        doubles.undo(store, CO, OperationId("u1"), first)
    doubles.undo(store, CO, OperationId("u2"), "merge-second")
    doubles.undo(store, CO, OperationId("u3"), first)
    assert without_versions(store) == without_versions(memory_store(records()))


def test_who_lost_their_last_role_since_is_not_taken_apart(store: Store) -> None:
    key = put_together(store, "v0", "v1")
    with store.directory_work(CO, OperationId("x")) as work:
        seen = work.around([NodeId("v0")])
        work.remove(seen.relationships[link("VOLUNTEERS_FOR", "v0", "s0").id])
    before = without_versions(store)
    with pytest.raises(InvalidInputError):
        doubles.undo(store, CO, OperationId("u"), key)
    assert without_versions(store) == before


def test_what_was_made_again_under_the_same_name_is_not_overwritten(store: Store) -> None:
    key = put_together(store, "s0", "s1")
    with store.directory_work(CO, OperationId("x")) as work:
        work.save(node("Service", "s1", name="Anders", formality="general"))
    with pytest.raises(InvalidInputError):
        doubles.undo(store, CO, OperationId("u"), key)


@pytest.mark.parametrize("which", ["o0", "o1"])
def test_what_changed_since_it_was_read_is_shown_first(store: Store, which: str) -> None:
    read = doubles.beside(store, CO, ONE, TWO)
    _change(store, which, description="Nieuw")
    before = without_versions(store)
    with pytest.raises(ConflictError):
        doubles.merge(store, CO, OperationId("m"), read, ())
    assert without_versions(store) == before


def test_whom_a_file_tells_about_stays(store: Store) -> None:
    store.load([node("Person", "v2", name="Vera Smits", alias="V"), _helps("v2")])
    found = [each for each in doubles.candidates(store, CO) if each.kept.label == "Person"]
    assert {each.kept.id for each in found if "v2" in {each.kept.id, each.gone.id}} == {"v2"}
    with pytest.raises(InvalidInputError) as refused:
        put_together(store, "v0", "v2")
    store.load([link("TIE", "v0", "v1", "t9", owner="p0", kind="friend")])
    with pytest.raises(InvalidInputError) as joined:
        put_together(store, "v0", "v1")
    # Nobody learns from it what a file says.
    assert joined.value.template == refused.value.template


def _helps(person: str) -> Record:
    return link("VOLUNTEERS_FOR", person, "s0")


@pytest.mark.parametrize(
    "pair",
    [
        ("o0", "o0"),
        ("o0", "s0"),
        ("o0", "nothing"),
        ("p0", "p1"),
        ("v0", "p0"),
        ("l0", "l1"),
        ("w0", "co"),
    ],
)
def test_only_two_of_a_kind_that_is_kept_here_are_put_together(
    store: Store, pair: tuple[str, str]
) -> None:
    with pytest.raises(NotVisibleError):
        doubles.beside(store, CO, *map(NodeId, pair))


ACTS: list[Callable[[Store, Scope], object]] = [
    doubles.candidates,
    doubles.merged,
    lambda store, scope: doubles.beside(store, scope, ONE, TWO),
    lambda store, scope: doubles.not_same(store, scope, OperationId("n"), (ONE, TWO)),
    lambda store, scope: doubles.merge(store, scope, OperationId("n"), _read(store), ()),
    lambda store, scope: doubles.undo(store, scope, OperationId("n"), "merge-x"),
]


def _read(store: Store) -> Double:
    return Double(kept=stored(store, "o0"), gone=stored(store, "o1"))


@pytest.mark.parametrize("act", ACTS)
def test_only_who_keeps_the_directory_puts_together(
    store: Store, act: Callable[[Store, Scope], object]
) -> None:
    before = without_versions(store)
    with pytest.raises(NotAllowedError):
        act(store, SAM)
    assert without_versions(store) == before


def test_what_was_put_together_is_listed_until_it_is_taken_apart(store: Store) -> None:
    key = put_together(store, "o0", "o1")
    ((done, kept),) = doubles.merged(store, CO)
    assert (done.key, done.by, done.on, kept.id) == (key, "Co", TODAY.isoformat(), "o0")
    assert isinstance(done.gone, Node)
    doubles.undo(store, CO, OperationId("u"), key)
    assert doubles.merged(store, CO) == []
    with pytest.raises(NotVisibleError):
        doubles.undo(store, CO, OperationId("x"), "merge-x")


def test_who_was_put_together_leads_on_to_who_stayed_until_taken_apart(store: Store) -> None:
    key = put_together(store, "o0", "o1")
    assert doubles.stayed(store, ONE if ONE != "o0" else TWO) == "o0"
    doubles.undo(store, CO, OperationId("u"), key)
    for gone in (ONE, TWO, NodeId("nobody")):
        with pytest.raises(NotVisibleError):
            doubles.stayed(store, gone)


def test_a_pair_has_one_name() -> None:
    assert pair_key("a", "b") == pair_key("b", "a")
    assert issubclass(InvalidInputError, NetwerkError)
