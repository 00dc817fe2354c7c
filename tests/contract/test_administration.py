"""Loading, dumping, restoring: whole, or not at all."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from netwerk.domain.audit import first_bad_entry
from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Record, Subgraph
from netwerk.ports.stores import Store
from tests.contract.conftest import Fresh
from tests.worlds import KEY, SCOPE, in_order, link, node, worlds

FILE: list[Record] = [
    node("Worker", "w0", role="worker", name="W"),
    node("Person", "p0", name="Zij"),
    node("Case", "c0", question="?"),
    node("Ask", "a0", need="n", asked_on="2026-10-01", outcome="accepted"),
    link("CONCERNS", "c0", "p0"),
    link("LEADS", "w0", "c0"),
    link("ASKED_IN", "a0", "c0"),
]


@given(world=worlds())
@settings(suppress_health_check=[*HealthCheck], max_examples=10, deadline=None)
def test_a_dump_is_what_was_loaded_in_order(fresh: Fresh, world: Subgraph) -> None:
    store = fresh(in_order(world))
    dumped = list(store.dump())
    assert [(r.id, r.properties) for r in dumped] == [(r.id, r.properties) for r in in_order(world)]
    assert {record.version for record in dumped} == {1}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (node("Person", "p0", name="Nog eens"), "p0 is there already"),
        (link("LEADS", "w0", "c0"), "LEADS.w0.c0 is there already"),
        (link("TIE", "p0", "nobody", owner="p0"), "not there"),
        (node("Person", "p9", no_such_property=1), "no_such_property"),
        (link("LEADS", "p0", "c0"), "LEADS"),
    ],
)
def test_one_bad_record_and_nothing_is_loaded(store: Store, bad: Record, said: str) -> None:
    with pytest.raises(InvalidRecordError, match=said):
        store.load([*FILE, bad])
    assert store.is_empty()
    assert store.load(FILE) == len(FILE)
    before = list(store.dump())
    with pytest.raises(InvalidRecordError):
        store.load([node("Person", "p8", name="Goed"), bad])
    assert list(store.dump()) == before


def test_a_relationship_before_its_end_is_refused(store: Store) -> None:
    early = [*FILE, link("TIE", "p0", "p9", owner="p0", kind="friend")]
    early.append(node("Person", "p9", name="Te laat"))
    with pytest.raises(InvalidRecordError, match="not there"):
        store.load(early)
    assert store.is_empty()
    assert store.load([*early[:-2], *reversed(early[-2:])]) == len(early)


def test_what_fails_while_it_is_read_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[Record]:
        yield from FILE
        raise KeyError

    with pytest.raises(KeyError):
        store.load(broken())
    assert store.is_empty()


def test_more_can_be_loaded_beside_what_is_there(store: Store) -> None:
    store.load(FILE)
    assert (
        store.load(
            [
                node("Need", "n", label_nl="n", label_en="n"),
                node("Service", "s", name="s", formality="informal"),
                link("ADDRESSES", "s", "n"),
            ]
        )
        == 3
    )
    assert len(list(store.dump())) == len(FILE) + 3


def test_asks_are_told_with_the_person_of_their_case(fresh: Fresh) -> None:
    store = fresh(
        [
            *FILE,
            node("Ask", "a1", need="n", asked_on="2026-10-01", outcome="accepted"),
            node("Case", "c1", question="?"),
            link("ASKED_IN", "a1", "c1"),
        ]
    )
    assert [(person, ask.id) for person, ask in store.closed_asks()] == [("p0", "a0")]


def test_a_restored_store_is_the_same_in_everything(fresh: Fresh) -> None:
    store = fresh(FILE)
    with store.work(SCOPE, OperationId("one")) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
        work.save(work.own_file().of_type("CONCERNS")[0])
    with store.view(SCOPE, "look"):
        pass
    with store.system() as system:
        system.put("account", "a", {"owner": "w0"})
    records, others = list(store.dump()), list(store.system_records())
    entries = list(store.audit_entries())
    with pytest.raises(InvalidRecordError, match="not empty"):
        store.restore(records, others, entries)
    again = fresh(())
    again.restore(records, others, entries)
    assert list(again.dump()) == records
    assert list(again.system_records()) == others
    assert list(again.audit_entries()) == entries
    with again.view(SCOPE, "look"):
        pass
    assert first_bad_entry(KEY, again.audit_entries()) is None
    assert len(list(again.audit_entries())) == len(entries) + 1


def test_setting_up_twice_changes_nothing(fresh: Fresh) -> None:
    store = fresh(FILE)
    before = list(store.dump())
    assert store.migrate() == store.migrate()
    assert list(store.dump()) == before
