"""Bringing in what was staged: all of it at once, or nothing."""

from collections.abc import Iterator
from dataclasses import replace

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.comparing import Entry
from netwerk.domain.drafts import Choice, Standing
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError
from netwerk.domain.records import Node, Relationship
from netwerk.domain.staging import (
    INDEX,
    MATCH,
    PART,
    Import,
    State,
    entries_key,
    read_entries,
    rows_key,
)
from netwerk.ports.clock import Clock
from netwerk.ports.stores import DirectoryWork, GraphStore
from netwerk.usecases.importing.staging import opened


def enter(store: GraphStore, scope: Scope, clock: Clock, key: str) -> Import:
    """Bring everything in that is new, changed or chosen: all of it at once, or nothing.

    Once: a second time answers as the first. Raises InvalidInputError while a double waits for a
    choice, ConflictError where the directory changed since it was compared.
    """
    found = opened(store, scope, key)
    if found.state is not State.CHECKED:
        return found
    done = found.ended_as(State.ENTERED, clock.now())
    try:
        with store.directory_work(scope, found.operation, patient=True) as work:
            _enter(work, found)
            work.put(INDEX, key, done.written())
            work.audit(AuditEvent.within(scope, "enter-import", key))
    except AlreadyDoneError:
        return opened(store, scope, key)
    _forget_rows(store, done)
    return done


def _enter(work: DirectoryWork, found: Import) -> None:
    """Save nodes, then what joins them, then remove; part by part, so that memory stays small."""
    for kind in (Node, Relationship):
        for entries in _parts(work, found):
            records = [r for entry in entries for r in entry.saves if isinstance(r, kind)]
            if records:
                work.save(*records)
    for entries in _parts(work, found):
        removed = [r for entry in entries for r in entry.removes]
        if removed:
            work.remove(*removed)
        for entry in entries:
            if entry.choice is Choice.UPDATE:
                work.put(MATCH, entry.draft.key, {"id": entry.likes[0].id})


def _parts(work: DirectoryWork, found: Import) -> Iterator[list[Entry]]:
    for number, (standing, _) in enumerate(found.parts):
        if standing in {Standing.WRONG, Standing.SAME}:
            continue
        entries = read_entries(work.get(PART, entries_key(found.id, number)))
        if not all(entry.is_decided for entry in entries):
            raise InvalidInputError("Choose first what to do with what may be there already.")
        yield entries


def _forget_rows(store: GraphStore, found: Import) -> None:
    """Remove the rows of a sheet that was brought in: nobody needs them again."""
    with store.system() as work:
        for number in range(found.rows):
            work.delete(PART, rows_key(found.id, number))
        work.put(INDEX, found.id, replace(found, rows=0, sample=()).written())
