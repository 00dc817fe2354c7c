"""Changing: one inhabitant's file, and what is not graph. One transaction, one writer."""

from collections.abc import Sequence
from dataclasses import replace

import apsw

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.database import rows, value
from netwerk.adapters.embedded.journal import Journal
from netwerk.adapters.embedded.reading import Reader
from netwerk.adapters.embedded.rows import link_row, node_row, read_link, read_node
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import ConflictError, InvalidRecordError, NotVisibleError
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
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
        self._schema = schema
        self._journal = journal
        self._reader = Reader(connection, scope)
        self._made: list[NodeId] = []
        if scope.subject is not None and not self._reader.has_access():
            raise NotVisibleError

    def own_file(self) -> Subgraph:
        """See Work.own_file."""
        return self._new() if self._scope.subject is None else self._reader.own_file()

    def save(self, record: Record) -> None:
        """See Work.save."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._require_version(record)
        self._check(record)
        self._put(replace(record, version=record.version + 1))
        if isinstance(record, Node):
            self._made.append(record.id)

    def remove(self, record: Record) -> None:
        """See Work.remove."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._require_version(record)
        if isinstance(record, Relationship):
            self._connection.execute(queries.REMOVE_LINK, {"id": record.id})
            return
        if value(self._connection, queries.TOUCHED, {"id": record.id}):
            raise ConflictError(record.id, record)
        self._connection.execute(queries.REMOVE_NODE, {"id": record.id})

    def leave_alone(self, person: PersonId, until: str) -> None:
        """See Work.leave_alone."""
        found = self._stored_node(person)
        if found is None or found.label != "Person" or not self._reader.in_sight([person]):
            raise NotVisibleError
        stands = text(found.properties, "ask_again_from")
        told = found.with_properties(ask_again_from=max(until, stands or until))
        self._put(replace(told, version=found.version + 1))

    def audit(self, event: AuditEvent) -> None:
        """See Work.audit."""
        self._journal.append(self._connection, event)

    def require_access(self) -> None:
        """Refuse a new file that its maker could not open afterwards."""
        if self._scope.subject is not None:
            return
        for node in self._new().labelled("Person"):
            mine = replace(self._scope, subject=PersonId(node.id))
            if not Reader(self._connection, mine).has_access():
                raise NotVisibleError

    def _new(self) -> Subgraph:
        return self._reader.joined([], self._made)

    def _require_version(self, record: Record) -> None:
        stored = self._stored(record)
        if (stored.version if stored else 0) != record.version:
            raise ConflictError(record.id, stored)

    def _check(self, record: Record) -> None:
        if isinstance(record, Node):
            self._schema.check_node(record)
            return
        ends = to_json([record.source, record.target])
        labels = dict(rows(self._connection, queries.LABELS, {"ids": ends}))
        if not {record.source, record.target} <= set(labels):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=record.id)
        self._schema.check_relationship(record, labels[record.source], labels[record.target])

    def _put(self, record: Record) -> None:
        new = record.version == 1
        if isinstance(record, Node):
            query = queries.ADD_NODE if new else queries.CHANGE_NODE
            self._connection.execute(query, node_row(record))
        else:
            query = queries.ADD_LINK if new else queries.CHANGE_LINK
            self._connection.execute(query, link_row(record))

    def _stored(self, record: Record) -> Record | None:
        if isinstance(record, Node):
            return self._stored_node(record.id)
        found = rows(self._connection, queries.LINK, {"id": record.id})
        return read_link(found[0]) if found else None

    def _stored_node(self, key: str) -> Node | None:
        found = rows(self._connection, queries.NODE, {"id": key})
        return read_node(found[0]) if found else None


class EmbeddedSystemWork:
    """A unit of work on what is not graph."""

    def __init__(self, connection: apsw.Connection, journal: Journal) -> None:
        """Work in a writing transaction."""
        self._connection = connection
        self._journal = journal

    def get(self, kind: str, key: str) -> Properties | None:
        """See SystemWork.get."""
        found = value(self._connection, queries.SYSTEM_GET, {"kind": kind, "key": key})
        return None if found is None else from_json(found)

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


def put_system(connection: apsw.Connection, kind: str, key: str, value: Properties) -> None:
    """Store or replace what is not graph."""
    row = {"kind": kind, "key": key, "owner": text(value, "owner"), "value": to_json(value)}
    connection.execute(queries.SYSTEM_PUT, row)
