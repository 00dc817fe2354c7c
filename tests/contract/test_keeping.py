"""Keeping the directory: by whose role it is, never into a file, with what was before."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.audit import AuditEvent, first_bad_entry
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidRecordError,
    NetwerkError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NeedId, NodeId, OperationId, RelationshipId, WorkerId
from netwerk.domain.keeping import HISTORY, Change
from netwerk.domain.records import Record, Relationship
from netwerk.ports.stores import DirectoryWork, OfferQuery, Store
from tests.builders import memory_store
from tests.contract.conftest import Fresh
from tests.worlds import KEY, SCOPE, TODAY, link, node

ONE, TWO, THREE = (OperationId(each) for each in ("one", "two", "three"))
KEEPER = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
WORKER = replace(KEEPER, viewer=WorkerId(NodeId("w0")))


def records() -> list[Record]:
    """Return a street: a church listed twice, its walk, its volunteer, and one file."""
    return [
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Worker", "co", role="coordinator", name="Co"),
        node("Worker", "w0", role="worker", name="W"),
        node("Worker", "w1", role="reviewer", name="R"),
        node("Organization", "o0", name="De Lichtkring", kind="church"),
        node("Organization", "o1", name="Lichtkring, de", kind="church"),
        node("Service", "s0", name="Wandelen", formality="informal"),
        node("Location", "l0", point=[5.65, 51.48]),
        node("Person", "v0", name="Vera", willing_to_help=True),
        node("Person", "p0", name="Annie", birth_year=1948),
        node("Person", "p1", name="Bo", told_by="p0"),
        node("Person", "p2", name="Wil", willing_to_help=True),
        node("Case", "c0", question="?"),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        link("PROVIDES", "o0", "s0"),
        link("ADDRESSES", "s0", "n.a"),
        link("LOCATED_AT", "s0", "l0"),
        link("VOLUNTEERS_FOR", "v0", "s0"),
        link("CONTACT_FOR", "v0", "o1", role="pastor"),
        link("TIE", "p0", "p1", "t0", owner="p0", kind="neighbour"),
        link("TAKES_PART", "p0", "o1", "tp0", owner="p0", how="member"),
        link("TAKES_PART", "p1", "o1", "tp1", owner="p0", how="member"),
        link("ACQUAINTED", "w0", "o1", warmth="warm"),
    ]


@pytest.fixture
def street(fresh: Fresh) -> Store:
    return fresh(records())


def stored(store: Store) -> dict[str, Record]:
    return {record.id: record for record in store.dump()}


def history(store: Store, key: str) -> list[Change]:
    with store.system() as work:
        return [Change.read(facts) for _, facts in work.find(HISTORY, key)]


def offered(store: Store, radius: float = 500.0) -> set[str]:
    query = OfferQuery(
        need=NeedId(NodeId("n.a")),
        formalities=frozenset({"informal"}),
        on=TODAY.isoformat(),
        age=None,
        origin=(5.65, 51.48),
        radius=radius,
        limit=10,
    )
    with store.directory(KEEPER) as view:
        return {n.id for n in view.offers(query).subgraph.labelled("Service")}


def test_what_is_kept_is_there_one_version_further_with_what_it_was(street: Store) -> None:
    with street.directory_work(KEEPER, ONE) as work:
        church = work.around([NodeId("o0")]).nodes[NodeId("o0")]
        work.save(church.with_properties(phone="0492"), node("Organization", "o9", name="Nieuw"))
        work.audit(AuditEvent.within(KEEPER, "change-organization", "o0"))
    after = stored(street)["o0"]
    assert (after.version, after.properties["phone"]) == (2, "0492")
    (change,) = history(street, "o0")
    assert change == Change(
        record="o0",
        number=0,
        before=church,
        removed=False,
        by="co",
        at="2026-11-02T09:00:00+00:00",
        operation="one",
    )
    assert [each.before for each in history(street, "o9")] == [None]
    assert first_bad_entry(KEY, street.audit_entries()) is None


def test_the_history_of_what_was_removed_and_made_again_goes_on(street: Store) -> None:
    for number in range(3):
        with street.directory_work(KEEPER, OperationId(f"made {number}")) as work:
            work.save(node("Organization", "o9", name=f"Nieuw {number}"))
        with street.directory_work(KEEPER, OperationId(f"gone {number}")) as work:
            work.remove(work.around([NodeId("o9")]).nodes[NodeId("o9")])
    assert [(c.number, c.removed) for c in history(street, "o9")] == [
        (0, False),
        (1, True),
        (2, False),
        (3, True),
        (4, False),
        (5, True),
    ]
    assert "o9" not in stored(street)


def test_all_of_it_or_nothing_once_and_never_over_somebody_elses_change(street: Store) -> None:
    before = stored(street)
    church = before["o0"]
    with pytest.raises(InvalidRecordError), street.directory_work(KEEPER, ONE) as work:
        work.put("proposal", "x", {"owner": "o0"})
        work.save(node("Organization", "o9", name="Nieuw"))
        work.save(node("Organization", "o10", name="Nieuw", kind="no such kind"))
    assert stored(street) == before
    assert not history(street, "o9")
    with street.directory_work(KEEPER, ONE) as work:
        work.put("proposal", "x", {"owner": "o0"})
        work.save(church.with_properties(phone="1"))
    with street.system() as system:
        assert system.get("proposal", "x") == {"owner": "o0"}
    with pytest.raises(AlreadyDoneError), street.directory_work(KEEPER, ONE):
        pass
    with pytest.raises(ConflictError) as conflict, street.directory_work(KEEPER, TWO) as work:
        work.save(church.with_properties(phone="2"))
    assert conflict.value.stored == stored(street)["o0"]
    with pytest.raises(ConflictError), street.directory_work(KEEPER, TWO) as work:
        work.remove(church)


@pytest.mark.parametrize(
    "record",
    [
        node("Team", "t9", name="T"),
        node("Worker", "w9", name="W"),
        node("Case", "c9", question="?"),
        node("Person", "p9", name="Nieuw", told_by="p0"),
        node("Person", "p1", name="Bo"),
        replace(node("Person", "p1", name="Bo"), version=1),
        replace(node("Person", "p0", name="Annie"), version=1),
        replace(node("Person", "p2", name="Wil", willing_to_help=True), version=1),
        replace(node("Person", "v0", name="Vera", alias="V"), version=1),
        replace(node("Person", "nobody", name="?"), version=1),
        link("TIE", "v0", "p2", owner="v0", kind="friend"),
        link("TAKES_PART", "v0", "o0", owner="v0", how="member"),
        link("LEADS", "co", "c0"),
        link("CONTACT_FOR", "p1", "o0", role="pastor"),
        link("VOLUNTEERS_FOR", "p0", "s0"),
        link("ADDRESSES", "p2", "n.a"),
        link("PROVIDES", "o0", "nothing"),
        replace(link("TAKES_PART", "p0", "o1", "tp0", owner="p0", how="visitor"), version=1),
        replace(link("PROVIDES", "o1", "s0", "PROVIDES.o0.s0"), version=1),
    ],
)
def test_what_is_no_part_of_the_directory_is_not_kept_there(street: Store, record: Record) -> None:
    before = stored(street)
    with pytest.raises(NotVisibleError), street.directory_work(KEEPER, ONE) as work:
        work.save(record)
    if record.version:
        with pytest.raises(NotVisibleError), street.directory_work(KEEPER, ONE) as work:
            work.remove(record)
    assert stored(street) == before


@pytest.mark.parametrize("viewer", ["w0", "w1", "nobody", "p0"])
def test_who_does_not_keep_the_directory_changes_nothing_of_it(street: Store, viewer: str) -> None:
    before = stored(street)
    scope = replace(KEEPER, viewer=WorkerId(NodeId(viewer)))
    for record in (
        before["o0"].with_properties(name="Anders"),
        before["v0"].with_properties(name="Anders"),
        link("ACQUAINTED", "co", "o0", warmth="warm"),
        link("VOLUNTEERS_FOR", "v0", "s0", "again"),
    ):
        with pytest.raises(NotAllowedError), street.directory_work(scope, ONE) as work:
            work.save(record)
    with pytest.raises(NotAllowedError), street.directory_work(scope, ONE) as work:
        work.repoint(NodeId("o1"), NodeId("o0"))
    assert stored(street) == before


def test_whom_one_knows_oneself_is_ones_own_to_keep(street: Store) -> None:
    known = link("ACQUAINTED", "w0", "o0", warmth="cold")
    there = link("PRESENT_AT", "w0", "o0", hours=["tu 09:00-10:00"])
    with street.directory_work(WORKER, ONE) as work:
        work.save(known, there)
    with street.directory_work(WORKER, TWO) as work:
        work.remove(stored(street)[known.id])
    assert known.id not in stored(street)
    assert there.id in stored(street)
    reviewer = replace(KEEPER, viewer=WorkerId(NodeId("w1")))
    with pytest.raises(NotAllowedError), street.directory_work(reviewer, THREE) as work:
        work.save(link("ACQUAINTED", "w1", "o0", warmth="cold"))


def test_an_operator_keeps_everything(street: Store) -> None:
    with street.directory_work(replace(KEEPER, viewer=OPERATOR), ONE, patient=True) as work:
        work.save(
            node("Person", "v9", name="Nieuw"),
            link("VOLUNTEERS_FOR", "v9", "s0"),
            link("ACQUAINTED", "w0", "v0", warmth="cold"),
        )
    with street.directory_work(KEEPER, TWO) as work:
        volunteer = work.around([NodeId("v9")]).nodes[NodeId("v9")]
        work.save(volunteer.with_properties(rather_not="tillen"))
    assert stored(street)["v9"].version == 2


def test_a_search_finds_what_was_kept_and_no_longer_what_was_not(street: Store) -> None:
    assert offered(street) == {"s0"}
    far = stored(street)["l0"].with_properties(point=[5.75, 51.48])
    with street.directory_work(KEEPER, ONE) as work:
        work.save(far)
        work.save(node("Location", "l1", point=[5.65, 51.48]))
        work.save(node("Service", "s1", name="Koffie", formality="informal"))
        work.save(link("PROVIDES", "o0", "s1"), link("ADDRESSES", "s1", "n.a"))
        work.save(link("LOCATED_AT", "s1", "l1"))
    assert offered(street) == {"s1"}
    assert offered(street, 20_000) == {"s0", "s1"}
    with street.directory_work(KEEPER, TWO) as work:
        seen = work.around([NodeId("s1"), NodeId("l0")])
        work.remove(*seen.of_type("LOCATED_AT"))
        work.save(seen.nodes[NodeId("l0")].with_properties(point=None))
    # Nobody knows any more where either is: they are offers without a place.
    assert offered(street) == {"s0", "s1"}
    with street.directory_work(KEEPER, THREE) as work:
        seen = work.around([NodeId("s1")])
        work.remove(*seen.of_type("PROVIDES", "ADDRESSES"), seen.nodes[NodeId("s1")])
    assert offered(street) == {"s0"}


def test_what_something_is_joined_to_stays(street: Store) -> None:
    with street.directory_work(KEEPER, ONE) as work:
        church = work.around([NodeId("o1")])
        work.remove(*church.of_type("CONTACT_FOR", "ACQUAINTED"))
    before = stored(street)
    # Two inhabitants take part there: nobody is told, and nobody loses it.
    with pytest.raises(ConflictError), street.directory_work(KEEPER, TWO) as work:
        work.remove(before["o1"])
    assert stored(street) == before


def test_one_takes_the_place_of_the_other_in_every_file_and_back(street: Store) -> None:
    before = stored(street)
    with street.directory_work(KEEPER, ONE) as work:
        moved = work.repoint(NodeId("o1"), NodeId("o0"))
        gone = work.around([NodeId("o1")]).nodes[NodeId("o1")]
        work.remove(gone)
    after = stored(street)
    assert {key for key, each in after.items() if before.get(key) != each} == set(moved)
    assert set(moved) == {"tp0", "tp1", "CONTACT_FOR.v0.o1", "ACQUAINTED.w0.o1"}
    assert all(ends(after[key])[1] == "o0" and after[key].version == 2 for key in moved)
    with street.view(SCOPE, "look") as view:
        assert {r.target for r in view.own_file().of_type("TAKES_PART")} == {"o0"}
    with street.directory_work(KEEPER, TWO) as work:
        work.save(replace(gone, version=0))
        back = work.repoint(NodeId("o0"), NodeId("o1"), only=moved)
    assert back == moved
    assert {k: ends(r) for k, r in stored(street).items()} == {
        k: ends(r) for k, r in before.items()
    }


def ends(record: Record) -> tuple[str, str]:
    if isinstance(record, Relationship):
        return record.source, record.target
    return record.label, record.id


@pytest.mark.parametrize(
    ("old", "new"), [("o0", "s0"), ("p0", "p1"), ("p2", "v0"), ("n", "n.a"), ("o0", "o0")]
)
def test_only_what_is_kept_and_alike_takes_the_place_of_another(
    street: Store, old: str, new: str
) -> None:
    before = stored(street)
    with pytest.raises(NotVisibleError), street.directory_work(KEEPER, ONE) as work:
        work.repoint(NodeId(old), NodeId(new))
    assert stored(street) == before


def test_somebody_known_twice_is_never_tied_to_themselves(street: Store) -> None:
    with street.directory_work(replace(KEEPER, viewer=OPERATOR), ONE) as work:
        work.save(node("Person", "v1", name="Vera"), link("VOLUNTEERS_FOR", "v1", "s0"))
    street.load([link("TIE", "v0", "v1", "shared", owner="v0", kind="friend", shared=True)])
    with street.directory_work(KEEPER, TWO) as work:
        moved = work.repoint(NodeId("v1"), NodeId("v0"))
    assert moved == ("VOLUNTEERS_FOR.v1.s0",)
    assert ends(stored(street)["shared"]) == ("v0", "v1")


KEYS = ["o0", "o1", "s0", "l0", "v0", "p0", "p1", "p2", "n", "o9", "v9", "s9"]
made = st.sampled_from(
    [
        node("Organization", "o9", name="Nieuw"),
        node("Service", "s9", name="Nieuw", formality="informal"),
        node("Person", "v9", name="Nieuw"),
        link("PROVIDES", "o0", "s9"),
        link("VOLUNTEERS_FOR", "v9", "s0"),
        link("CONTACT_FOR", "p1", "o9"),
        link("LOCATED_AT", "s9", "l0"),
        link("TAKES_PART", "p0", "o0", "tp9", owner="p0", how="member"),
    ]
)
acts = st.one_of(
    st.tuples(st.just("save"), made),
    st.tuples(st.just("change"), st.sampled_from(KEYS)),
    st.tuples(st.just("remove"), st.sampled_from(KEYS)),
    st.tuples(st.just("unlink"), st.sampled_from(KEYS)),
    st.tuples(st.just("repoint"), st.tuples(*[st.sampled_from(KEYS)] * 2)),
)
units = st.lists(st.lists(acts, min_size=1, max_size=4), max_size=4)
viewers = st.sampled_from(["co", "co", "w0", OPERATOR])


def played(store: Store, work_of: Iterable[list[tuple[str, Any]]], viewer: str) -> object:
    """Do all of it; return what came of each unit, and what is stored at the end."""
    scope = replace(KEEPER, viewer=WorkerId(NodeId(viewer)))
    told: list[object] = []
    for number, unit in enumerate(work_of):
        try:
            with store.directory_work(scope, OperationId(f"unit {number}")) as work:
                told += [_act(work, *each) for each in unit]
        except (NetwerkError, KeyError) as error:
            told.append(type(error))
    return told, stored(store), list(store.system_records()), offered(store)


def _act(work: DirectoryWork, act: str, what: Any) -> object:
    if act == "save":
        work.save(what)
        return None
    if act == "repoint":
        return work.repoint(NodeId(what[0]), NodeId(what[1]))
    seen = work.around([NodeId(what)])
    if act == "unlink":
        work.remove(*seen.relationships.values())
    elif act == "remove":
        work.remove(seen.nodes[NodeId(what)])
    else:
        work.save(seen.nodes[NodeId(what)].with_properties(source="elsewhere"))
    return seen


@given(work_of=units, viewer=viewers)
@settings(suppress_health_check=[*HealthCheck], max_examples=25, deadline=None)
def test_every_store_keeps_what_the_memory_store_keeps(
    fresh: Fresh, work_of: list[list[tuple[str, Any]]], viewer: str
) -> None:
    expected = played(memory_store(records()), work_of, viewer)
    assert played(fresh(records()), work_of, viewer) == expected


def test_ids_of_moved_relationships_are_no_part_of_what_is_shown(street: Store) -> None:
    with street.directory_work(KEEPER, ONE) as work:
        moved = work.repoint(NodeId("o1"), NodeId("o0"))
        seen = work.around([NodeId("o0")])
    assert RelationshipId("tp0") in moved
    assert RelationshipId("tp0") not in seen.relationships
