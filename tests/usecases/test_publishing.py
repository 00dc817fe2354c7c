"""Taking the directory out as a standard: by whose role it is, for a reason, and noted."""

import json

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import NotAllowedError
from netwerk.domain.keeping import HISTORY, Change
from netwerk.schema import load_schema
from netwerk.usecases import publishing
from tests.builders import memory_store
from tests.web import street
from tests.worlds import TODAY


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def scope(name: str) -> Scope:
    return Scope(viewer=street.worker(name), purpose=Purpose.DIRECTORY, as_of=TODAY)


def change(record: str, at: str) -> Change:
    return Change(record=record, number=0, before=None, removed=False, by="x", at=at, operation="o")


@pytest.mark.parametrize("name", ["own", "reviewer", "administrator", "officer", "nobody"])
def test_only_who_may_takes_it_out(store: MemoryStore, name: str) -> None:
    with pytest.raises(NotAllowedError):
        publishing.taken_out(store, load_schema(), scope(name), publishing.Wish(kind="oruk"))
    assert not list(store.audit_entries())


@pytest.mark.parametrize("kind", ["hsds", "oruk", "tables"])
def test_what_is_taken_out_is_marked_and_noted(store: MemoryStore, kind: str) -> None:
    wish = publishing.Wish(kind=kind, reason="voor de site", mark="Co, 2026-11-02 09:00 UTC")
    taken = publishing.taken_out(store, load_schema(), scope("coordinator"), wish)
    whole = taken.get("datapackage.json") or taken[f"{kind}.json"]
    assert json.loads(whole)["taken_out"] == wish.mark
    [entry] = store.audit_entries()
    noted = (entry.event.action, entry.event.actor, dict(entry.event.details))
    assert noted == (
        "export-directory",
        street.worker("coordinator"),
        {"kind": kind, "reason": "voor de site"},
    )


def test_of_what_was_changed_more_than_once_the_last_time_counts(store: MemoryStore) -> None:
    assert publishing.modified(store) == {}
    with store.system() as work:
        for number, at in enumerate(("2026-10-02T09:00", "2026-10-03T09:00", "2026-10-01T09:00")):
            work.put(HISTORY, str(number), change("church", at).written())
        work.put(HISTORY, "else", change("library", "2026-10-02T09:00").written())
    assert publishing.modified(store) == {
        "church": "2026-10-03T09:00",
        "library": "2026-10-02T09:00",
    }
