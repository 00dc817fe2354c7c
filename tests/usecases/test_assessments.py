"""Questionnaires: kept in the case, mended, and never another's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.usecases import assessments, network
from netwerk.usecases.assessments import SheetFacts
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
SHEET = SheetFacts(
    taken_on=TODAY,
    points={"1": 2, "4": 0},
    note=" Samen gedaan. ",
    taken_by="Annie en Sam ",
    about="",
)


def op(number: int) -> OperationId:
    return OperationId(str(number) * 32)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def test_it_is_kept_newest_first_and_can_be_mended(store: MemoryStore) -> None:
    for _ in range(2):
        assessments.fill_in(store, ANNIE, op(1), "lsns_6", SHEET)
    new, old = assessments.every(network.open_file(store, ANNIE))
    assert (new.instrument, new.points, new.note) == ("lsns_6", {"1": 2, "4": 0}, "Samen gedaan.")
    assert (new.taken_by, new.about) == ("Annie en Sam", "")
    assert old.id == "sheet-annie"
    assessments.fill_in(store, ANNIE, op(2), new, replace(SHEET, points={"1": 5}))
    mended = assessments.one(network.open_file(store, ANNIE), new.id)
    assert mended.points == {"1": 5}
    with pytest.raises(ConflictError):
        assessments.fill_in(store, ANNIE, op(3), new, SHEET)


def test_what_cannot_be_is_told(store: MemoryStore) -> None:
    later = TODAY + timedelta(days=1)
    wrong: tuple[dict[str, Any], ...] = ({"points": {"1": 9}}, {"points": {}}, {"taken_on": later})
    for change in wrong:
        with pytest.raises(InvalidInputError):
            assessments.fill_in(store, ANNIE, op(1), "lsns_6", replace(SHEET, **change))


def test_one_that_does_not_belong_here_goes_whole(store: MemoryStore) -> None:
    read = assessments.one(network.open_file(store, ANNIE), "sheet-annie")
    stale = replace(read, node=replace(read.node, version=read.node.version + 1))
    with pytest.raises(ConflictError):
        assessments.take_away(store, ANNIE, op(1), stale)
    for _ in range(2):
        assessments.take_away(store, ANNIE, op(2), read)
    assert assessments.every(network.open_file(store, ANNIE)) == []
    kept = {r.id: r for r in store.dump()}
    assert set(kept[NodeId("sheet-annie")].properties) == {"instrument", "taken_on"}
    assert kept[NodeId("sheet-zwaan")].properties["scores"]


def test_another_s_is_not_there(store: MemoryStore) -> None:
    with pytest.raises(NotVisibleError):
        assessments.one(network.open_file(store, ANNIE), "sheet-zwaan")
    for subject in (None, PersonId(NodeId("zwaan"))):
        with pytest.raises(NotVisibleError):
            assessments.fill_in(store, replace(ANNIE, subject=subject), op(1), "lsns_6", SHEET)
