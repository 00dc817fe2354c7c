"""Bringing in and taking back: once, all of it, and nothing that is somebody else's by now."""

from typing import Any

import pytest

from netwerk.domain.drafts import Choice
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.keeping import HISTORY, Change
from netwerk.domain.records import Relationship
from netwerk.domain.staging import INDEX, State
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
from tests.worlds import link, node

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


def test_undoing_a_mere_change_brings_back_what_was(store: Store) -> None:
    entered(store, HEAD, CHURCH)
    before = facts(store)
    entered(store, HEAD, CHURCH.replace("0492 123456", "0492 654321"), key="b")
    assert facts(store) != before
    assert importing.undo(store, KEEPER, CLOCK, "b").kept == ()
    assert facts(store) == before


def test_a_school_is_known_by_its_number_and_two_metres_are_no_change(store: Store) -> None:
    school = {"name": "De Ark", "kind": "school", "source": "DUO", "source_id": "00AA"}
    place = node("Location", "l-ark", point=[5.65, 51.48], postcode="5701AB")
    store.load([node("Organization", "ark", **school), place, link("LOCATED_AT", "ark", "l-ark")])
    head = (
        "vestigingscode,naam,type,straat,huisnummer,huisletter,huisnummertoevoeging,postcode,plaats,"
        "internetadres,lon,lat"
    )
    near = checked(store, head, "00AA,De Ark,BO,,,,,5701AB,,,5.65001,51.48001")
    assert counts(near) == {"same": 1}
    far = checked(store, head, "00AA,De Ark,BO,,,,,5701AB,,,5.66,51.48", key="b")
    assert counts(far) == {"changed": 1}


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


def masked(store: Store, *, masked: bool = True) -> None:
    place = next(r for r in stored(store).values() if r.id == "l0")
    with store.directory_work(KEEPER, OperationId("mask")) as work:
        work.save(place.with_properties(masked=masked))


def test_what_is_secret_is_not_shown_where_it_would_change(store: Store) -> None:
    masked(store)
    found = checked(store, "Naam;Postcode;Kenmerk;Kenmerk plek", "De Lichtkring;5799XX;o0;l0")
    assert counts(found) == {"changed": 1}
    [entry] = importing.part(store, KEEPER, "a", 0)
    [change] = entry.differences
    assert (change.label, change.name, change.before, change.after) == (
        *("Location", "postcode"),
        *("", ""),
    )


def test_what_is_new_only_comes_where_its_partner_is_new(store: Store) -> None:
    # The partner is there without a place of this name: a place of one offer does not become its.
    head = "Naam;Adres;Postcode;Kenmerk;Aanbod"
    checked(store, head, "De Lichtkring;Elders 9;5799AB;o0;Zwemmen")
    importing.enter(store, KEEPER, CLOCK, "a")
    places = {
        r.target
        for r in stored(store).values()
        if isinstance(r, Relationship) and (r.type, r.source) == ("LOCATED_AT", "o0")
    }
    assert places == {"l0"}


@pytest.mark.parametrize("act", [importing.enter, importing.undo])
def test_an_answer_that_was_lost_is_looked_up(store: Store, act: Any) -> None:
    checked(store, HEAD, CHURCH)
    if act is importing.undo:
        importing.enter(store, KEEPER, CLOCK, "a")
    with store.system() as work:
        index = work.get(INDEX, "a")
    done = act(store, KEEPER, CLOCK, "a")
    with store.system() as work:
        work.put(INDEX, "a", index or {})
    # Whoever asks again while the first is about to be answered gets what the store has by then.
    assert act(store, KEEPER, CLOCK, "a").state in {done.state, State.CHECKED, State.ENTERED}


def test_comparing_again_leaves_no_part_behind(store: Store) -> None:
    checked(store, HEAD, CHURCH, LIKE)
    importing.choose(store, KEEPER, "a", Choice.UPDATE)
    with store.directory_work(KEEPER, OperationId("gone")) as work:
        seen = work.around({NodeId("o0")})
        links = list(seen.relationships.values())
        work.remove(*links, seen.nodes[NodeId("o0")])
    again = importing.recheck(store, KEEPER, CLOCK, "a")
    assert counts(again) == {"new": 2}
    assert len(again.parts) == 1


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
