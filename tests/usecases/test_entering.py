"""Bringing in and taking back: once, all of it, and nothing that is somebody else's by now."""

import pytest

from netwerk.domain.drafts import Choice
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import OperationId
from netwerk.domain.keeping import HISTORY, Change
from netwerk.domain.staging import State
from netwerk.ports.stores import Store
from netwerk.usecases import importing
from tests.usecases.test_importing import (
    CHURCH,
    CLOCK,
    HEAD,
    HOUSE,
    KEEPER,
    LIKE,
    checked,
    counts,
    entered,
    facts,
    store,
    stored,
)
from tests.worlds import link

__all__ = ("store",)


def test_undoing_brings_back_what_was(store: Store) -> None:
    before = facts(store)
    checked(store, HEAD, CHURCH, HOUSE, LIKE)
    importing.choose(store, KEEPER, "a", Choice.UPDATE)
    importing.enter(store, KEEPER, CLOCK, "a")
    assert facts(store) != before
    undone = importing.undo(store, KEEPER, CLOCK, "a")
    assert (undone.state, undone.kept) == (State.UNDONE, ())
    assert facts(store) == before
    assert importing.undo(store, KEEPER, CLOCK, "a") == undone


def test_undoing_keeps_what_is_in_use_by_now_and_names_it(store: Store) -> None:
    entered(store, HEAD, CHURCH, HOUSE)
    by_name = {r.properties.get("name"): r.id for r in stored(store).values()}
    # Somebody's own file leads to the one, a colleague changed the other: neither is shown here.
    part = link("TAKES_PART", "p0", by_name["Buurthuis Zuid"], owner="p0", how="visitor")
    store.load([part])
    undone = importing.undo(store, KEEPER, CLOCK, "a")
    assert undone.kept == ("Buurthuis Zuid",)
    names = {r.properties.get("name") for r in stored(store).values()}
    assert {"Buurthuis Zuid", "Eettafel"} <= names
    assert not {"De Kandelaar", "Bea Brand", "Koffie"} & names


def test_undoing_leaves_alone_what_somebody_changed_since(store: Store) -> None:
    entered(store, HEAD, CHURCH)
    church = next(r for r in stored(store).values() if r.properties.get("name") == "De Kandelaar")
    with store.directory_work(KEEPER, OperationId("x")) as work:
        work.save(church.with_properties(phone="0492 000000"))
        work.save(link("ACQUAINTED", "w0", church.id, warmth="warm"))
    undone = importing.undo(store, KEEPER, CLOCK, "a")
    assert undone.kept == ("De Kandelaar",)
    assert stored(store)[church.id].properties["phone"] == "0492 000000"


def test_every_change_is_in_the_history_under_the_import(store: Store) -> None:
    entered(store, HEAD, CHURCH)
    with store.system() as work:
        changes = [Change.read(value) for _, value in work.find(HISTORY)]
    assert {(c.operation, c.by) for c in changes} == {("import-a", "co")}
    assert {e.event.action for e in store.audit_entries()} == {"stage-import", "enter-import"}


def test_entering_twice_is_entering_once(store: Store) -> None:
    first = entered(store, HEAD, CHURCH)
    before = stored(store)
    assert importing.enter(store, KEEPER, CLOCK, "a").state is first.state
    assert stored(store) == before


def test_two_who_bring_in_the_same_do_not_overwrite_each_other(store: Store) -> None:
    checked(store, HEAD, CHURCH, key="a")
    checked(store, HEAD, CHURCH, HOUSE, key="b")
    importing.enter(store, KEEPER, CLOCK, "a")
    before = stored(store)
    with pytest.raises(ConflictError):
        importing.enter(store, KEEPER, CLOCK, "b")
    assert stored(store) == before
    assert counts(importing.recheck(store, KEEPER, CLOCK, "b")) == {"same": 1, "new": 1}
    assert importing.enter(store, KEEPER, CLOCK, "b").state is State.ENTERED


def test_comparing_again_keeps_the_choices(store: Store) -> None:
    checked(store, HEAD, LIKE)
    importing.choose(store, KEEPER, "a", Choice.NEW)
    importing.recheck(store, KEEPER, CLOCK, "a")
    assert [e.choice for e in importing.part(store, KEEPER, "a", 0)] == [Choice.NEW]


def test_what_was_brought_in_cannot_be_changed_any_more(store: Store) -> None:
    entered(store, HEAD, CHURCH)
    with pytest.raises(InvalidInputError):
        importing.drop(store, KEEPER, "a")
    with pytest.raises(InvalidInputError):
        importing.recheck(store, KEEPER, CLOCK, "a")


def test_what_is_not_there_is_not_there(store: Store) -> None:
    with pytest.raises(NotVisibleError):
        importing.opened(store, KEEPER, "nothing")
    with pytest.raises(InvalidInputError):
        checked(store, HEAD, CHURCH)
        importing.undo(store, KEEPER, CLOCK, "a")
