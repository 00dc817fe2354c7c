"""Everything the reference store holds, and what each change of it is held to."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from netwerk.domain.audit import AuditEntry, AuditEvent, next_entry
from netwerk.domain.errors import ConflictError, InvalidRecordError
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.records import Node, Properties, Record, Relationship, Subgraph
from netwerk.ports.clock import Clock
from netwerk.schema import Schema


@dataclass(slots=True)
class State:
    """Everything that a unit of work may change."""

    nodes: dict[NodeId, Node] = field(default_factory=dict)
    relationships: dict[RelationshipId, Relationship] = field(default_factory=dict)
    system: dict[tuple[str, str], Properties] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    operations: set[OperationId] = field(default_factory=set)

    def copy(self) -> Self:
        """Return what a unit of work may change without anybody seeing it."""
        return type(self)(
            dict(self.nodes),
            dict(self.relationships),
            dict(self.system),
            list(self.entries),
            set(self.operations),
        )

    @property
    def world(self) -> Subgraph:
        """The whole graph."""
        return Subgraph(nodes=self.nodes, relationships=self.relationships)

    def put(self, record: Record) -> None:
        """Store or replace."""
        if isinstance(record, Node):
            self.nodes[record.id] = record
        else:
            self.relationships[record.id] = record

    def find(self, record: Record) -> Record | None:
        """Return what is stored under the record's id."""
        if isinstance(record, Node):
            return self.nodes.get(record.id)
        return self.relationships.get(record.id)

    def require_version(self, record: Record) -> Record | None:
        """Return what is stored, or refuse a record that was read at another version."""
        stored = self.find(record)
        if (stored.version if stored else 0) != record.version:
            raise ConflictError(record.id, stored)
        return stored

    def drop(self, record: Record) -> None:
        """Remove a record that nothing hangs on."""
        if isinstance(record, Relationship):
            del self.relationships[record.id]
            return
        if any(record.id in {r.source, r.target} for r in self.relationships.values()):
            raise ConflictError(record.id, record)
        del self.nodes[record.id]


class Rules:
    """What every change is held to and sealed with."""

    def __init__(self, schema: Schema, audit_key: bytes, clock: Clock) -> None:
        """Take graph_schema, the key of the log and the clock."""
        self.schema = schema
        self._key = audit_key
        self._clock = clock

    def check(self, state: State, record: Record) -> None:
        """Refuse what breaks graph_schema or hangs in the air."""
        if isinstance(record, Node):
            self.schema.check_node(record)
            return
        ends = [state.nodes.get(record.source), state.nodes.get(record.target)]
        labels = [end.label for end in ends if end is not None]
        if len(labels) < len(ends):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=record.id)
        self.schema.check_relationship(record, *labels)

    def now(self) -> str:
        """Return the present moment as it is noted."""
        return self.moment().isoformat()

    def moment(self) -> datetime:
        """Return the present moment."""
        return self._clock.now()

    def append(self, state: State, event: AuditEvent) -> None:
        """Seal one more entry to the audit log."""
        last = state.entries[-1] if state.entries else None
        state.entries.append(next_entry(self._key, last, self.now(), event))
