"""Undoing a whole import: what it changed is as before, what it made is gone, unless in use."""

from collections.abc import Iterator
from dataclasses import replace

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.comparing import Entry
from netwerk.domain.drafts import Standing
from netwerk.domain.errors import AlreadyDoneError, ConflictError, InvalidInputError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.keeping import HISTORY, Change
from netwerk.domain.records import Node, Record, Relationship
from netwerk.domain.staging import INDEX, PART, Import, State, entries_key, read_entries
from netwerk.ports.clock import Clock
from netwerk.ports.stores import DirectoryWork, GraphStore
from netwerk.usecases.importing.staging import opened


class _InUseError(Exception):
    """Something hangs on what an entry made, perhaps where the viewer cannot look."""

    def __init__(self, key: NodeId) -> None:
        self.key = key
        super().__init__(key)


def undo(store: GraphStore, scope: Scope, clock: Clock, key: str) -> Import:
    """Take an import back, all of it at once; `kept` of the answer names what had to stay.

    What somebody changed since stays as they made it, and what was new stays where something
    hangs on it by now. Once: a second time answers as the first.
    """
    found = opened(store, scope, key)
    if found.state is State.UNDONE:
        return found
    if found.state is not State.ENTERED:
        raise InvalidInputError("This was not brought in yet: there is nothing to undo.")
    in_use: set[NodeId] = set()
    while True:
        try:
            return _undone(store, scope, clock, found, in_use)
        except AlreadyDoneError:
            return opened(store, scope, key)
        except _InUseError as error:
            # Begun anew without it: half of it may be gone by now, and nothing was stored.
            in_use.add(error.key)


def _undone(
    store: GraphStore, scope: Scope, clock: Clock, found: Import, in_use: set[NodeId]
) -> Import:
    kept: list[str] = []
    operation = OperationId(f"undo-{found.id}")
    with store.directory_work(scope, operation, patient=True) as work:
        for entry in _entered(work, found):
            if not _take_back(work, found, entry, in_use=entry.draft.key in in_use):
                kept.append(entry.draft.title)
        done = found.ended_as(State.UNDONE, clock.now(), kept)
        work.put(INDEX, found.id, done.written())
        work.audit(AuditEvent.within(scope, "undo-import", found.id))
    return done


def _entered(work: DirectoryWork, found: Import) -> Iterator[Entry]:
    """Yield what was brought in, the last first: what joins to another comes after it."""
    for number in reversed(range(len(found.parts))):
        if found.parts[number][0] not in {Standing.WRONG, Standing.SAME}:
            entries = read_entries(work.get(PART, entries_key(found.id, number)))
            yield from reversed(entries)


def _take_back(work: DirectoryWork, found: Import, entry: Entry, *, in_use: bool) -> bool:
    """Take one entry back; whether nothing of it had to stay."""
    touched = (*entry.saves, *entry.removes)
    ours = [(each, change) for each in touched if (change := _last_of_ours(work, found, each))]
    restored = [
        replace(change.before, version=0 if change.removed else record.version + 1)
        for record, change in ours
        if change.before is not None
    ]
    added = [replace(each, version=1) for each, change in ours if change.before is None]
    if restored:
        work.save(*sorted(restored, key=lambda each: isinstance(each, Relationship)))
    if in_use or _is_joined(work, added):
        return False
    try:
        _remove(work, added)
    except ConflictError as error:
        raise _InUseError(entry.draft.key) from error
    return len(ours) == len(touched)


def _last_of_ours(work: DirectoryWork, found: Import, record: Record) -> Change | None:
    """Return what this import did to a record; None where somebody changed it since."""
    changes = [Change.read(facts) for _, facts in work.find(HISTORY, record.id)]
    last = changes[-1] if changes else None
    return last if last is not None and last.operation == found.operation else None


def _is_joined(work: DirectoryWork, added: list[Record]) -> bool:
    """Whether something else hangs on what was new, as far as the directory shows it."""
    nodes = {record.id for record in added if isinstance(record, Node)}
    own = {record.id for record in added if isinstance(record, Relationship)}
    seen = work.around(nodes).relationships.values() if nodes else ()
    return any(r.id not in own and nodes & {r.source, r.target} for r in seen)


def _remove(work: DirectoryWork, added: list[Record]) -> None:
    """Remove what joins and what was joined in one call: a contact person is known by the tie."""
    links = [record for record in added if isinstance(record, Relationship)]
    nodes = [record for record in added if isinstance(record, Node)]
    if links or nodes:
        work.remove(*links, *nodes)
