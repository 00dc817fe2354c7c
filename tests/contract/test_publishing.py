"""What is told to other programs is the same from every store, and what they tell comes back."""

import json
from typing import Any

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.hsds import files
from netwerk.exchange.hsds.taking import canonical
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import importing, publishing
from tests.builders import memory_store
from tests.contract.conftest import Fresh
from tests.exchange.hsds_worlds import documents
from tests.web import street
from tests.web.test_api import FOUND, MASKED
from tests.worlds import TODAY, StoppedClock

SCOPE = Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=TODAY)
RECORDS = [*street.records(), *FOUND]
OTHER = documents("hsds-3.1", "organization_full.json")[0]


def told(store: Store) -> dict[str, Any]:
    public = publishing.published(store, load_schema(), SCOPE)
    return files.write(publishing.everything(public, "hsds"))


def brought_in(store: Store, key: str, document: Any) -> importing.NewImport:
    new = importing.NewImport(key=key * 32, title="other.json")
    data = files.read_document(document)
    importing.stage_hsds(store, SCOPE, StoppedClock(), new, data)
    importing.enter(store, SCOPE, StoppedClock(), new.key)
    return new


def test_every_store_tells_the_same(fresh: Fresh) -> None:
    for records in (RECORDS, [*FOUND, *MASKED]):
        assert canonical(told(fresh(records))) == canonical(told(memory_store(records)))


def test_another_system_comes_in_goes_out_as_it_came_and_is_undone_as_a_whole(
    fresh: Fresh,
) -> None:
    store = fresh(RECORDS)
    before = told(store)
    new = brought_in(store, "a", OTHER)
    known = {each["id"]: each for each in told(store)["services"]}
    for service in OTHER["services"]:
        found = {k: v for k, v in known[service["id"]].items() if k != "organization"}
        assert canonical(found) == canonical(service)
    importing.undo(store, SCOPE, StoppedClock(), new.key)
    assert canonical(told(store)) == canonical(before)


def test_what_we_told_changes_nothing_when_it_comes_back(fresh: Fresh) -> None:
    store = fresh(RECORDS)
    before = [json.dumps(r.properties, sort_keys=True) for r in store.dump()]
    brought_in(store, "b", told(store))
    assert [json.dumps(r.properties, sort_keys=True) for r in store.dump()] == before


def test_a_broken_reference_leaves_nothing_behind(store: Store) -> None:
    broken = [{"id": "s", "name": "n", "status": "active", "organization_id": "nobody"}]
    with pytest.raises(InvalidInputError, match="nobody"):
        brought_in(store, "c", broken)
    assert not list(store.dump())
    assert not importing.imports(store, SCOPE)
