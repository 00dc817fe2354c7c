"""Bringing in and undoing, on every store."""

from dataclasses import replace

from netwerk.domain.drafts import Choice
from netwerk.domain.errors import ConflictError
from netwerk.domain.records import Record
from netwerk.ports.stores import Store
from netwerk.usecases import importing
from tests.contract.conftest import Fresh
from tests.usecases.test_importing import CHURCH, CLOCK, HEAD, HOUSE, KEEPER, LIKE, checked, records
from tests.worlds import link


def stored(store: Store) -> dict[str, Record]:
    return {record.id: replace(record, version=0) for record in store.dump()}


def test_what_is_brought_in_can_be_undone(fresh: Fresh) -> None:
    store = fresh(records())
    before = stored(store)
    checked(store, HEAD, CHURCH, HOUSE, LIKE)
    importing.choose(store, KEEPER, "a", Choice.UPDATE)
    importing.enter(store, KEEPER, CLOCK, "a")
    after = stored(store)
    assert len(after) == len(before) + 18
    assert importing.enter(store, KEEPER, CLOCK, "a").state == "entered"
    checked(store, HEAD, CHURCH, HOUSE, LIKE, key="b")
    importing.enter(store, KEEPER, CLOCK, "b")
    assert stored(store) == after
    assert importing.undo(store, KEEPER, CLOCK, "a").kept == ()
    assert stored(store) == before


def test_what_somebody_hangs_on_by_now_stays(fresh: Fresh) -> None:
    store = fresh(records())
    checked(store, HEAD, CHURCH, HOUSE)
    importing.enter(store, KEEPER, CLOCK, "a")
    house = next(r.id for r in store.dump() if r.properties.get("name") == "Buurthuis Zuid")
    store.load([link("TAKES_PART", "p0", house, owner="p0", how="visitor")])
    assert importing.undo(store, KEEPER, CLOCK, "a").kept == ("Buurthuis Zuid",)
    names = {record.properties.get("name") for record in store.dump()}
    assert {"Buurthuis Zuid", "Eettafel"} <= names
    assert not {"De Kandelaar", "Bea Brand", "Koffie"} & names


def test_a_store_that_changed_since_takes_nothing(fresh: Fresh) -> None:
    store = fresh(records())
    checked(store, HEAD, CHURCH, key="a")
    checked(store, HEAD, HOUSE, CHURCH, key="b")
    importing.enter(store, KEEPER, CLOCK, "a")
    before = stored(store)
    try:
        importing.enter(store, KEEPER, CLOCK, "b")
    except ConflictError:
        assert stored(store) == before
    else:
        raise AssertionError
    importing.recheck(store, KEEPER, CLOCK, "b")
    importing.enter(store, KEEPER, CLOCK, "b")
    assert len(stored(store)) > len(before)
