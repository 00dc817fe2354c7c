"""Changing: one inhabitant's file, and what is not graph. One transaction, one writer."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import apsw

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.database import rows, value
from netwerk.adapters.embedded.journal import Journal
from netwerk.adapters.embedded.reading import Reader
from netwerk.adapters.embedded.records import Records
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.grants import require_changing
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.keeping import (
    FORGOTTEN,
    HISTORY,
    Change,
    comes_back,
    hidden_end,
    next_number,
    pointed,
    record_type,
    require_alike,
    require_keeping,
)
from netwerk.domain.people import Worker
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Subgraph,
    from_json,
    text,
    to_json,
)
from netwerk.domain.visibility import require_changeable
from netwerk.schema import Schema


class EmbeddedWork:
    """A unit of work on one file."""

    def __init__(
        self, connection: apsw.Connection, scope: Scope, schema: Schema, journal: Journal
    ) -> None:
        """Work in a writing transaction. Raises NotVisibleError without access."""
        self._connection = connection
        self._scope = scope
        self._records = Records(connection, schema)
        self._journal = journal
        self._reader = Reader(connection, scope)
        self._made: list[NodeId] = []
        opened: str | None = scope.purpose
        if scope.subject is not None:
            opened = self._reader.purpose(journal.moment())
        if opened is None:
            raise NotVisibleError
        require_changing(opened)
        self._purpose = opened

    def own_file(self) -> Subgraph:
        """See Work.own_file."""
        return self._new() if self._scope.subject is None else self._reader.own_file()

    def save(self, record: Record) -> None:
        """See Work.save."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._records.require_version(record)
        self._records.check(record)
        self._records.put(replace(record, version=record.version + 1))
        if isinstance(record, Node):
            self._made.append(record.id)

    def remove(self, record: Record) -> None:
        """See Work.remove."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._records.require_version(record)
        self._records.drop(record)

    def leave_alone(self, person: PersonId, until: str) -> None:
        """See Work.leave_alone."""
        found = self._records.node(person)
        if found is None or found.label != "Person" or not self._reader.in_sight([person]):
            raise NotVisibleError
        stands = text(found.properties, "ask_again_from")
        told = found.with_properties(ask_again_from=max(until, stands or until))
        self._records.put(replace(told, version=found.version + 1))

    def beside(self, kind: str) -> Properties | None:
        """See Work.beside."""
        return get_system(self._connection, kind, self._scope.beside)

    def keep_beside(self, kind: str, value: Properties, key: str | None = None) -> None:
        """See Work.keep_beside."""
        value = {**value, "owner": f"{self._scope.subject}"}
        put_system(self._connection, kind, key or self._scope.beside, value)

    def audit(self, event: AuditEvent) -> None:
        """See Work.audit."""
        self._journal.append(self._connection, event.opened_for(self._scope, self._purpose))

    def require_access(self) -> None:
        """Refuse a new file that its maker could not open afterwards."""
        if self._scope.subject is not None:
            return
        for node in self._new().labelled("Person"):
            mine = replace(self._scope, subject=PersonId(node.id))
            if not Reader(self._connection, mine).has_access():
                raise NotVisibleError

    def finish(self) -> None:
        """Bring up to date by what is found: somebody may be a volunteer and have a file."""
        self._records.finish()

    def _new(self) -> Subgraph:
        return self._reader.joined([], self._made)


class EmbeddedSystemWork:
    """A unit of work on what is not graph."""

    def __init__(self, connection: apsw.Connection, journal: Journal) -> None:
        """Work in a writing transaction."""
        self._connection = connection
        self._journal = journal

    def get(self, kind: str, key: str) -> Properties | None:
        """See SystemWork.get."""
        return get_system(self._connection, kind, key)

    def put(self, kind: str, key: str, value: Properties) -> None:
        """See SystemWork.put."""
        put_system(self._connection, kind, key, value)

    def delete(self, kind: str, key: str) -> None:
        """See SystemWork.delete."""
        self._connection.execute(queries.SYSTEM_DELETE, {"kind": kind, "key": key})

    def find(self, kind: str, owner: str | None = None) -> Sequence[tuple[str, Properties]]:
        """See SystemWork.find."""
        query = queries.SYSTEM_FIND if owner is None else queries.SYSTEM_OF
        found = rows(self._connection, query, {"kind": kind, "owner": owner})
        return [(key, from_json(facts)) for key, facts in found]

    def audit(self, event: AuditEvent) -> None:
        """See SystemWork.audit."""
        self._journal.append(self._connection, event)


class EmbeddedDirectoryWork(EmbeddedSystemWork):
    """A unit of work on the directory."""

    def __init__(
        self,
        connection: apsw.Connection,
        scope: Scope,
        records: Records,
        journal: Journal,
        operation: OperationId,
    ) -> None:
        """Work in a writing transaction, for whoever the scope says."""
        super().__init__(connection, journal)
        self._scope = scope
        self._operation = operation
        self._reader = Reader(connection, scope)
        self._records = records
        self._made: set[NodeId] = set()
        self._replaced = Subgraph()
        node = records.node(scope.viewer)
        known = node is not None and node.label == "Worker"
        self._keeper = Worker.from_node(node) if node is not None and known else None

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryWork.around."""
        made = self._reader.joined([], self._made & set(ids))
        return self._reader.around(ids) | made

    def save(self, *records: Record) -> None:
        """See DirectoryWork.save."""
        for record in records:
            require_keeping(self._around(record), record, self._keeper, self._scope)
            before = self._records.require_version(record)
            self._records.check(record)
            self._keep(record, before, removed=False)
            self._records.put(replace(record, version=record.version + 1))
            if isinstance(record, Node):
                self._made.add(record.id)

    def remove(self, *records: Record) -> None:
        """See DirectoryWork.remove."""
        seen = Subgraph()
        for record in records:
            seen |= self._around(record)
        for record in records:
            require_keeping(seen, record, self._keeper, self._scope)
            before = self._records.require_version(record)
            self._records.drop(record)
            self._keep(record, before, removed=True)

    def repoint(
        self, old: NodeId, new: NodeId, only: Collection[RelationshipId] | None = None
    ) -> tuple[RelationshipId, ...]:
        """See DirectoryWork.repoint."""
        seen = self.around({old, new})
        require_alike(seen, old, new)
        require_keeping(seen, seen.nodes[old], self._keeper, self._scope)
        moved = [
            r
            for r in self._reader.links(queries.ENDING_AT, id=old)
            if new not in {r.source, r.target} and (only is None or r.id in only)
        ]
        for each in moved:
            self._records.put(pointed(each, old, new))
        self._replaced |= Subgraph.of(moved)
        return tuple(sorted(each.id for each in moved))

    def _around(self, record: Record) -> Subgraph:
        stored = self._records.stored(record)
        # Who is replaced had a public role until then: their record may go.
        seen = self._replaced | self._beside(record, stored)
        back = hidden_end(record, seen)
        if back is not None and comes_back(record, self._changes(record)):
            seen |= self._reader.joined([], {back})
        return seen if stored is None else seen | Subgraph.of([stored])

    def _beside(self, record: Record, stored: Record | None) -> Subgraph:
        """Return as much of what is around a record as its judge looks at: an import has many."""
        if isinstance(record, Node):
            return Subgraph() if stored is None else self.around({record.id})
        ends = {record.source, record.target}
        if record.type == "ADDRESSES":
            return self.around(ends)  # whether it is of somebody in a public role
        return self._reader.joined([], self._reader.in_sight(ends) | (self._made & ends))

    def _changes(self, record: Record) -> list[Change]:
        return [Change.read(facts) for _, facts in self.find(HISTORY, record.id)]

    def _keep(self, record: Record, before: Record | None, *, removed: bool) -> None:
        if record_type(record) in FORGOTTEN:
            return
        asked = {"kind": HISTORY, "owner": record.id}
        change = Change(
            record=record.id,
            number=next_number(value(self._connection, queries.LAST_KEY, asked)),
            before=before,
            removed=removed,
            by=self._scope.viewer,
            at=self._journal.now(),
            operation=self._operation,
        )
        self.put(HISTORY, change.key, change.written())


def get_system(connection: apsw.Connection, kind: str, key: str) -> Properties | None:
    """Return what is stored that is not graph; None where there is nothing."""
    found = value(connection, queries.SYSTEM_GET, {"kind": kind, "key": key})
    return None if found is None else from_json(found)


def put_system(connection: apsw.Connection, kind: str, key: str, value: Properties) -> None:
    """Store or replace what is not graph."""
    row = {"kind": kind, "key": key, "owner": text(value, "owner"), "value": to_json(value)}
    connection.execute(queries.SYSTEM_PUT, row)
