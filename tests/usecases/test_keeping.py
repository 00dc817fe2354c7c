"""Keeping the directory: nobody overwrites anybody, everything can go back, no file changes."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Record, Relationship
from netwerk.usecases import keeping
from netwerk.usecases.keeping import Entry, Filling, New, Place
from tests.builders import memory_store
from tests.web import street
from tests.web.street import NEED
from tests.worlds import TODAY, node

KEEPER = Scope(viewer=street.worker("coordinator"), purpose=Purpose.DIRECTORY, as_of=TODAY)
WORKER = replace(KEEPER, viewer=street.worker("own"))
CHURCH = Place(kind="organizations", key="church")
COFFEE = Place(kind="services", key="coffee")
HALL = Place(kind="locations", key="hall")
BO = Place(kind="volunteers", key="bo")
PASTOR = Place(kind="contacts", key="CONTACT_FOR.pastor.church", of="church")
WALKS = Place(kind="helps", key="VOLUNTEERS_FOR.bo.walk", of="bo")
AREA = Place(kind="areas", key="area")
EVERY = (CHURCH, COFFEE, HALL, BO, PASTOR, WALKS, AREA, Place(kind="needs", key=NEED))
_numbers = count()


def records() -> list[Record]:
    every = [
        each
        for each in street.records()
        if not each.id.startswith(("volunteer", "VOLUNTEERS_FOR.volunteer"))
    ]
    return [*every, node("Area", "area", code="B1", name="Noord", level="neighbourhood")]


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(records())


def once() -> OperationId:
    return OperationId(f"op{next(_numbers)}")


def stored(store: MemoryStore) -> dict[str, Record]:
    return {each.id: each for each in store.dump()}


def fields(store: MemoryStore, place: Place) -> dict[str, Any]:
    return dict(keeping.read(store, KEEPER, place).fields)


def change(store: MemoryStore, place: Place, **changes: Any) -> OperationId:
    was, operation = fields(store, place), once()
    keeping.change(store, KEEPER, operation, place, Filling(was=was, typed=was | changes))
    return operation


def facts(store: MemoryStore) -> dict[str, Any]:
    """Return everything but versions."""
    return {key: replace(each, version=0) for key, each in stored(store).items()}


def files(store: MemoryStore) -> dict[str, Record]:
    """Return what belongs to files."""
    own = {"Case", "Ask"}
    private = {"TIE", "TAKES_PART", "CONCERNS", "LEADS", "HANDLED_BY", "ASKED_IN"}
    return {
        key: each
        for key, each in stored(store).items()
        if (each.type in private if isinstance(each, Relationship) else each.label in own)
        or key in {"annie", "zwaan", "xi"}
    }


# --- filling in


@pytest.mark.parametrize("place", EVERY, ids=lambda place: place.kind)
def test_saving_what_was_not_changed_changes_no_fact(place: Place, store: MemoryStore) -> None:
    before = facts(store)
    change(store, place)
    assert facts(store) == before


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (CHURCH, {"name": "De Kring", "alternate_names": ["Kring"], "places": []}),
        (COFFEE, {"needs": ["family"], "capacity": 0, "places": None, "hours": ["tu 10:00-12:00"]}),
        (HALL, {"point": [5.66, 51.49], "areas": ["area"], "masked": True}),
        (BO, {"phone": "06", "talents": [NEED], "willing_to_help": True, "vog_on": "2024-01-01"}),
        (PASTOR, {"name": "Gijs M.", "role": "chair", "phone": "0492"}),
        (WALKS, {"capacity": 3, "load": 1}),
        (AREA, {"name": "Zuid", "cluster": "Zuid"}),
    ],
    ids=lambda each: each.kind if isinstance(each, Place) else "",
)
def test_what_is_filled_in_is_there_and_can_go_back(
    place: Place, changes: dict[str, Any], store: MemoryStore
) -> None:
    before, told = facts(store), files(store)
    step = change(store, place, **changes)
    now = fields(store, place)
    assert {name: now.get(name) for name in changes} == {
        k: v or now.get(k) for k, v in changes.items()
    }
    past = keeping.past(store, KEEPER, place.whole)
    assert [each.operation for each in past.steps] == [step]
    assert past.acts == {step: "change"}
    keeping.undo(store, KEEPER, once(), place.whole, step)
    assert facts(store) == before
    assert files(store) == told


def test_nobody_overwrites_what_they_did_not_see(store: MemoryStore) -> None:
    was = fields(store, COFFEE)
    change(store, COFFEE, name="Thee", needs=["family"])
    late = Filling(was=was, typed=was | {"name": "Soep", "cost": "2 euro"})
    with pytest.raises(ConflictError) as conflict:
        keeping.change(store, KEEPER, once(), COFFEE, late)
    there = conflict.value.stored
    assert isinstance(there, Entry)
    assert there.fields == fields(store, COFFEE)
    assert there.fields["name"] == "Thee"
    chosen = Filling(was=there.fields, typed=dict(there.fields) | {"cost": "2 euro"})
    keeping.change(store, KEEPER, once(), COFFEE, chosen)
    assert fields(store, COFFEE)["name"] == "Thee"
    assert fields(store, COFFEE)["cost"] == "2 euro"


def test_two_who_made_the_same_of_it_are_not_asked_to_choose(store: MemoryStore) -> None:
    was = fields(store, COFFEE)
    change(store, COFFEE, name="Thee")
    same = Filling(was=was, typed=was | {"name": "Thee", "cost": "gratis"})
    keeping.change(store, KEEPER, once(), COFFEE, same)
    assert fields(store, COFFEE)["cost"] == "gratis"


def test_doing_it_twice_does_it_once(store: MemoryStore) -> None:
    filling = Filling(was=fields(store, CHURCH), typed={"name": "De Kring", "kind": "church"})
    operation = once()
    for _ in range(2):
        keeping.change(store, KEEPER, operation, CHURCH, filling)
    new = New(kind="services", of="church", fields={"name": "Soep", "formality": "informal"})
    again = once()
    assert keeping.make(store, KEEPER, again, new) == keeping.make(store, KEEPER, again, new)
    assert len(keeping.past(store, KEEPER, CHURCH).steps) == 2


def test_what_was_asked_after_is_right_today_with_all_that_goes_on(store: MemoryStore) -> None:
    change(store, COFFEE, valid_to="2026-10-01")
    keeping.verify(store, KEEPER, once(), CHURCH)
    told = {key: each.properties.get("verified_on") for key, each in stored(store).items()}
    assert [key for key, day in told.items() if day] == ["church", "walk"]
    assert stored(store)["walk"].properties["verified_by"] == "Coordinator"
    keeping.verify(store, KEEPER, once(), BO)
    assert stored(store)["bo"].properties["verified_on"] == TODAY.isoformat()


# --- adding


NEW = {
    "organizations": New(kind="organizations", fields={"name": "Nieuw"}),
    "services": New(
        kind="services",
        of="church",
        fields={"name": "Soep", "formality": "informal", "needs": [NEED], "places": ["hall"]},
    ),
    "locations": New(kind="locations", of="church", fields={"name": "Zaal", "areas": ["area"]}),
    "contacts": New(kind="contacts", of="church", fields={"name": "Jo", "role": "chair"}),
    "volunteers": New(
        kind="volunteers", service="walk", fields={"name": "Vic", "talents": [NEED], "capacity": 2}
    ),
    "helps": New(kind="helps", of="bo", service="coffee", fields={"capacity": 2}),
    "needs": New(
        kind="needs", fields={"label_nl": "Knuffels", "label_en": "A hug!", "parent": "family"}
    ),
}


@pytest.mark.parametrize("new", NEW.values(), ids=NEW.keys())
def test_what_is_added_is_kept_like_the_rest(new: New, store: MemoryStore) -> None:
    told = files(store)
    place = keeping.make(store, KEEPER, once(), new)
    now = fields(store, place)
    assert {k: v for k, v in new.fields.items() if k != "talents"} == {
        k: now.get(k) for k in new.fields if k != "talents"
    }
    change(store, place)
    assert [each.name for each in keeping.listed(store, KEEPER, place.whole.kind)]
    assert keeping.past(store, KEEPER, place.whole).steps
    assert files(store) == told


def test_the_code_of_a_need_comes_from_its_label_and_stays(store: MemoryStore) -> None:
    place = keeping.make(store, KEEPER, once(), NEW["needs"])
    assert place.key == "family.a_hug"
    change(store, place, label_en="Embrace")
    assert fields(store, place)["label_en"] == "Embrace"
    with pytest.raises(InvalidInputError):
        keeping.make(store, KEEPER, once(), NEW["needs"])
    with pytest.raises(InvalidInputError):
        keeping.make(store, KEEPER, once(), New(kind="needs", fields={"label_en": "!"}))
    domain = New(kind="needs", fields={"label_nl": "Rust", "label_en": "Rest"})
    assert keeping.make(store, KEEPER, once(), domain).key == "rest"


def test_nothing_hangs_in_the_air(store: MemoryStore) -> None:
    before = stored(store)
    for new in (
        replace(NEW["services"], of="nothing"),
        replace(NEW["contacts"], of="nothing"),
        replace(NEW["volunteers"], service="nothing"),
        replace(NEW["helps"], service=None),
    ):
        with pytest.raises(NotVisibleError):
            keeping.make(store, KEEPER, once(), new)
    assert stored(store) == before


# --- ending


def test_an_organization_closes_with_its_services_and_opens_again(store: MemoryStore) -> None:
    before, told = facts(store), files(store)
    change(store, COFFEE, valid_to="2026-10-01")
    ending = keeping.preview(store, KEEPER, CHURCH)
    assert [each.id for each in ending.services] == ["walk"]
    assert (ending.volunteers, ending.taking_part) == (1, True)
    step = once()
    keeping.close(store, KEEPER, step, CHURCH, TODAY)
    ends = {key: stored(store)[key].properties["valid_to"] for key in ("church", "coffee", "walk")}
    assert ends == {"church": "2026-11-02", "coffee": "2026-10-01", "walk": "2026-11-02"}
    change(store, Place(kind="services", key="walk"), name="Wandelen")
    keeping.undo(store, KEEPER, once(), CHURCH, step)
    walk = stored(store)["walk"]
    assert ("valid_to" in walk.properties, walk.properties["name"]) == (False, "Wandelen")
    assert stored(store)["church"].properties == before["church"].properties
    assert files(store) == told


def test_whether_anybody_takes_part_is_told_and_nothing_more(store: MemoryStore) -> None:
    place = keeping.make(store, KEEPER, once(), NEW["organizations"])
    before = stored(store)
    assert not keeping.preview(store, KEEPER, place).taking_part
    assert keeping.preview(store, KEEPER, CHURCH).taking_part
    assert stored(store) == before


def test_it_does_not_end_before_it_began(store: MemoryStore) -> None:
    change(store, COFFEE, valid_from="2026-12-01")
    with pytest.raises(InvalidInputError):
        keeping.close(store, KEEPER, once(), COFFEE, TODAY)


def test_only_what_nothing_hangs_on_is_taken_away_and_comes_back(store: MemoryStore) -> None:
    for place in (CHURCH, Place(kind="services", key="walk"), HALL):
        before = stored(store)
        with pytest.raises(ConflictError):
            keeping.remove(store, KEEPER, once(), place)
        assert stored(store) == before
    before, step = facts(store), once()
    keeping.remove(store, KEEPER, step, COFFEE)
    assert "coffee" not in stored(store)
    (gone,) = keeping.gone(store, KEEPER)
    assert (gone.place, gone.name, gone.by) == (COFFEE, "Koffie op woensdag", "w-coordinator")
    past = keeping.past(store, KEEPER, COFFEE)
    assert (past.entry, past.name) == (None, "Koffie op woensdag")
    keeping.undo(store, KEEPER, once(), COFFEE, step)
    assert facts(store) == before
    assert keeping.gone(store, KEEPER) == []


def test_a_place_of_an_organization_alone_goes(store: MemoryStore) -> None:
    place = keeping.make(store, KEEPER, once(), NEW["locations"])
    keeping.remove(store, KEEPER, once(), place)
    assert place.key not in stored(store)


def test_a_volunteer_who_stops_is_nobodys_to_find_and_can_come_back(store: MemoryStore) -> None:
    change(store, BO, willing_to_help=True, connector=True, talents=[NEED])
    before, told, step = facts(store), files(store), once()
    keeping.stop(store, KEEPER, step, BO)
    assert "willing_to_help" not in stored(store)["bo"].properties
    assert keeping.listed(store, KEEPER, "volunteers") == []
    with pytest.raises(NotVisibleError):
        keeping.read(store, KEEPER, BO)
    assert [each.name for each in keeping.gone(store, KEEPER)] == ["Bo Daalder"]
    assert keeping.gone(store, WORKER) == []
    keeping.undo(store, KEEPER, once(), BO, step)
    assert facts(store) == before
    assert files(store) == told


def test_somebody_leaves_a_role_and_can_have_it_again(store: MemoryStore) -> None:
    before, step = facts(store), once()
    keeping.stop(store, KEEPER, step, PASTOR)
    assert keeping.read(store, KEEPER, CHURCH).parts("contacts") == []
    with pytest.raises(NotVisibleError):
        keeping.read(store, KEEPER, PASTOR)
    keeping.undo(store, KEEPER, once(), CHURCH, step)
    assert facts(store) == before


def test_the_last_thing_somebody_helps_with_is_not_left_alone(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError):
        keeping.stop(store, KEEPER, once(), WALKS)
    more = keeping.make(store, KEEPER, once(), NEW["helps"])
    keeping.stop(store, KEEPER, once(), WALKS)
    assert [each.place for each in keeping.read(store, KEEPER, BO).parts("helps")] == [more]
