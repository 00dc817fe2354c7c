"""Who keeps the directory, what nobody sees of a file there, and the way back for any history."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Scope
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.sheets import Fields
from netwerk.usecases import keeping
from netwerk.usecases.keeping import Filling, Place
from tests.builders import memory_store
from tests.usecases.test_keeping import (
    BO,
    CHURCH,
    COFFEE,
    EVERY,
    HALL,
    KEEPER,
    NEW,
    PASTOR,
    WORKER,
    change,
    fields,
    files,
    once,
    records,
    stored,
)
from tests.web.street import NEED
from tests.worlds import link, node


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(records())


@pytest.mark.parametrize("place", EVERY, ids=lambda place: place.kind)
def test_who_does_not_keep_it_neither_reads_nor_changes_it(
    place: Place, store: MemoryStore
) -> None:
    change(store, place)
    before, step = stored(store), keeping.past(store, KEEPER, place.whole).steps[-1].operation
    filling = Filling(was=fields(store, place), typed={"name": "Anders"})
    acts: list[Callable[[Scope], object]] = [
        lambda scope: keeping.read(store, scope, place),
        lambda scope: keeping.change(store, scope, once(), place, filling),
        lambda scope: keeping.verify(store, scope, once(), place),
        lambda scope: keeping.past(store, scope, place.whole),
        lambda scope: keeping.undo(store, scope, once(), place.whole, step),
        lambda scope: keeping.preview(store, scope, place),
        lambda scope: keeping.listed(store, scope, place.whole.kind),
    ]
    for viewer in (WORKER.viewer, WorkerId(NodeId("nobody")), WorkerId(NodeId("church"))):
        for act in acts:
            with pytest.raises(NotAllowedError):
                act(replace(KEEPER, viewer=viewer))
    assert stored(store) == before


def test_who_does_not_keep_it_adds_and_takes_nothing_away(store: MemoryStore) -> None:
    before = stored(store)
    for new in NEW.values():
        with pytest.raises(NotAllowedError):
            keeping.make(store, WORKER, once(), new)
    for place in (CHURCH, COFFEE, HALL):
        with pytest.raises(NotAllowedError):
            keeping.remove(store, WORKER, once(), place)
    assert stored(store) == before


def test_an_operator_keeps_it_too(store: MemoryStore) -> None:
    operator = replace(KEEPER, viewer=OPERATOR)
    keeping.verify(store, operator, once(), CHURCH)
    assert stored(store)["church"].properties["verified_by"] == OPERATOR


@pytest.mark.parametrize(
    "place",
    [
        Place(kind="organizations", key="coffee"),
        Place(kind="organizations", key="nothing"),
        Place(kind="volunteers", key="pastor"),
        Place(kind="volunteers", key="annie"),
        Place(kind="volunteers", key="willing"),
        Place(kind="contacts", key="CONTACT_FOR.pastor.church", of="other"),
        Place(kind="contacts", key="annie-church", of="church"),
        Place(kind="helps", key="nothing", of="bo"),
        Place(kind="contacts", key="PROVIDES.church.walk", of="church"),
    ],
)
def test_what_is_not_kept_there_is_not_there(place: Place, store: MemoryStore) -> None:
    willing = node("Person", "willing", name="Wil", willing_to_help=True)
    store.load([willing, node("Organization", "other", name="Ander")])
    before = stored(store)
    acts: list[Callable[[], object]] = [
        lambda: keeping.read(store, KEEPER, place),
        lambda: keeping.past(store, KEEPER, place),
        lambda: keeping.undo(store, KEEPER, once(), place, "x"),
    ]
    for act in acts:
        with pytest.raises(NotVisibleError):
            act()
    assert stored(store) == before


def test_a_step_that_never_was_cannot_be_undone(store: MemoryStore) -> None:
    with pytest.raises(NotVisibleError):
        keeping.undo(store, KEEPER, once(), CHURCH, "never")


def test_what_is_listed_is_told_apart_and_found_by_its_words(store: MemoryStore) -> None:
    rows = {kind: keeping.listed(store, KEEPER, kind) for kind in ("services", "needs", "areas")}
    assert [(r.name, r.near) for r in rows["services"]] == [
        ("Koffie op woensdag", "De Lichtkring"),
        ("Opvang voor vrouwen", "Veilig Huis"),
        ("Wandelen in het park", "De Lichtkring"),
    ]
    assert ("contact", "familie") in [(r.name, r.near) for r in rows["needs"]]
    found = keeping.searched(rows["services"], "WOENSDAG licht")
    assert [r.place for r in found] == [COFFEE]
    assert [r.name for r in keeping.listed(store, KEEPER, "volunteers")] == ["Bo Daalder"]
    assert {"family", NEED, "area"} <= set(keeping.terms(store, KEEPER))


def test_history_tells_nothing_that_a_file_says_of_a_volunteer(store: MemoryStore) -> None:
    person = node("Person", "vera", name="Vera", alias="V.", address="Straat 1", told_by="annie")
    store.load([person, link("VOLUNTEERS_FOR", "vera", "walk")])
    vera = Place(kind="volunteers", key="vera")
    step = change(store, vera, phone="1")
    past = keeping.past(store, KEEPER, vera)
    images = [i for s in past.steps for t in s.turns for i in (t.before, t.after) if i is not None]
    assert {name for image in images for name in image.properties} == {"name", "phone"}
    keeping.undo(store, KEEPER, once(), vera, step)
    assert stored(store)["vera"].properties["alias"] == "V."


def test_what_a_contact_person_volunteers_is_not_in_the_history_of_the_organization(
    store: MemoryStore,
) -> None:
    store.load([link("VOLUNTEERS_FOR", "pastor", "walk")])
    change(store, PASTOR, name="Gijs")
    change(store, Place(kind="volunteers", key="pastor"), phone="0612", rather_not="tillen")
    turns = [t for s in keeping.past(store, KEEPER, CHURCH).steps for t in s.turns]
    told = {name for t in turns if t.record is not None for name in t.record.properties}
    assert "name" in told
    assert not {"phone", "rather_not"} & told


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Een", "Twee", "Drie"]),
    "description": st.sampled_from([None, "x", "y"]),
    "needs": st.sampled_from([[], [NEED], ["family", NEED]]),
    "talents": st.sampled_from([[], [NEED], ["family"]]),
    "places": st.sampled_from([[], ["hall"]]),
    "phone": st.sampled_from([None, "1"]),
    "willing_to_help": st.sampled_from([True, None]),
    "areas": st.sampled_from([[], ["area"]]),
    "role": st.sampled_from(["pastor", "chair"]),
}


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Place, Mapping[str, Any]]]:
    found: list[tuple[Place, Mapping[str, Any]]] = []
    changed = st.sampled_from([CHURCH, COFFEE, BO, PASTOR, HALL])
    for place in draw(st.lists(changed, min_size=1, max_size=5)):
        names = [name for name in place.sheet.fields if name in VALUES]
        found.append((place, {name: draw(VALUES[name]) for name in names}))
    return found


def around(store: MemoryStore) -> dict[Place, Fields]:
    """Return all fields, but talents: these are seen of who is willing alone."""
    found: dict[Place, Fields] = {}
    for place in (CHURCH, COFFEE, BO, HALL, PASTOR):
        told = fields(store, place)
        told.pop("talents", None)
        found[place] = told
    return found


def talents(store: MemoryStore) -> list[tuple[str, str]]:
    every = stored(store).values()
    links = [r for r in every if not hasattr(r, "label") and r.type == "ADDRESSES"]
    return sorted((r.source, r.target) for r in links)


@given(edits=edits(), data=st.data())
def test_undoing_a_step_gives_what_was_before_it_and_touches_no_file(
    edits: list[tuple[Place, Mapping[str, Any]]], data: st.DataObject
) -> None:
    store = memory_store(records())
    told = files(store)
    before: list[dict[Place, Fields]] = []
    steps: list[OperationId] = []
    for place, changes in edits:
        before.append(around(store))
        steps.append(change(store, place, **changes))
    at = data.draw(st.integers(0, len(steps) - 1))
    whole, then = edits[at][0].whole, around(store)
    keeping.undo(store, KEEPER, once(), whole, steps[at])
    for place, now in around(store).items():
        assert now == (before[at] if place.whole == whole else then)[place]
    assert files(store) == told


def test_what_is_gone_without_a_trace_is_nobodys_to_bring_back(store: MemoryStore) -> None:
    with store.system() as work:
        work.put("gone", "lost", {"kind": "services", "operation": "never"})
    assert keeping.gone(store, KEEPER) == []
