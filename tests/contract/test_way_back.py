"""Keeping the map on every store: changed, closed, stopped, taken away, and all of it back."""

from dataclasses import replace
from typing import Any

import pytest

from netwerk.domain.errors import ConflictError
from netwerk.domain.ids import OperationId
from netwerk.ports.stores import Store
from netwerk.usecases import keeping
from netwerk.usecases.keeping import Filling, Place
from tests.contract.conftest import Fresh
from tests.usecases.test_keeping import BO, CHURCH, KEEPER, PASTOR, records
from tests.web.street import NEED
from tests.worlds import TODAY

BED = Place(kind="services", key="bed")


@pytest.fixture
def street(fresh: Fresh) -> Store:
    return fresh(records())


def facts(store: Store) -> dict[str, Any]:
    return {record.id: replace(record, version=0) for record in store.dump()}


def change(store: Store, place: Place, operation: str, **changes: Any) -> None:
    was = keeping.read(store, KEEPER, place).fields
    filling = Filling(was=was, typed=dict(was) | changes)
    keeping.change(store, KEEPER, OperationId(operation), place, filling)


def test_everything_goes_back_step_by_step(street: Store) -> None:
    before = facts(street)
    change(street, BO, "1", talents=[NEED], willing_to_help=True, phone="06")
    change(street, PASTOR, "2", name="Gijs", role="chair")
    keeping.stop(street, KEEPER, OperationId("3"), PASTOR)
    keeping.close(street, KEEPER, OperationId("4"), CHURCH, TODAY)
    keeping.stop(street, KEEPER, OperationId("5"), BO)
    keeping.remove(street, KEEPER, OperationId("6"), BED)
    gone = keeping.gone(street, KEEPER)
    assert {each.place for each in gone} == {BO, BED}
    assert {each.name for each in gone} == {"Bo Daalder", "Opvang voor vrouwen"}
    keeping.undo(street, KEEPER, OperationId("7"), BED, "6")
    keeping.undo(street, KEEPER, OperationId("8"), BO, "5")
    keeping.undo(street, KEEPER, OperationId("9"), CHURCH, "2")
    told = keeping.past(street, KEEPER, BO)
    assert [step.operation for step in told.steps] == ["1", "5", "8"]
    keeping.undo(street, KEEPER, OperationId("10"), BO, "1")
    assert facts(street) == before


def test_what_somebody_else_did_is_not_overwritten(street: Store) -> None:
    was = keeping.read(street, KEEPER, CHURCH).fields
    change(street, CHURCH, "1", name="De Kring")
    before = facts(street)
    with pytest.raises(ConflictError):
        late = Filling(was=was, typed=dict(was) | {"name": "Kring"})
        keeping.change(street, KEEPER, OperationId("2"), CHURCH, late)
    assert keeping.preview(street, KEEPER, CHURCH).taking_part
    assert facts(street) == before
