"""The reference store: dictionaries, copied for a unit of work and put back when it is done."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Self

from netwerk.adapters.memory import queries
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEntry, AuditEvent, next_entry
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidRecordError,
    NotVisibleError,
)
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Node, Properties, Record, Relationship, Subgraph, text
from netwerk.domain.visibility import require_changeable, visible
from netwerk.ports.clock import Clock
from netwerk.ports.stores import OfferQuery, Offers
from netwerk.schema import Schema


@dataclass(slots=True)
class _State:
    """Everything that a unit of work may change."""

    nodes: dict[NodeId, Node] = field(default_factory=dict)
    relationships: dict[RelationshipId, Relationship] = field(default_factory=dict)
    system: dict[tuple[str, str], Properties] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    operations: set[OperationId] = field(default_factory=set)

    def copy(self) -> Self:
        return type(self)(
            dict(self.nodes),
            dict(self.relationships),
            dict(self.system),
            list(self.entries),
            set(self.operations),
        )

    @property
    def world(self) -> Subgraph:
        return Subgraph(nodes=self.nodes, relationships=self.relationships)

    def put(self, record: Record) -> None:
        if isinstance(record, Node):
            self.nodes[record.id] = record
        else:
            self.relationships[record.id] = record

    def find(self, record: Record) -> Record | None:
        if isinstance(record, Node):
            return self.nodes.get(record.id)
        return self.relationships.get(record.id)


class MemoryStore:
    """A Store without a disk: for tests, and to try things out."""

    def __init__(self, *, schema: Schema, audit_key: bytes, clock: Clock) -> None:
        """Start empty."""
        self._schema = schema
        self._key = audit_key
        self._clock = clock
        self._state = _State()
        self._lock = RLock()

    @contextmanager
    def view(
        self, scope: Scope, action: str, details: Mapping[str, str] | None = None
    ) -> Iterator["MemoryView"]:
        """See GraphStore.view."""
        with self._lock:
            world = self._state.copy().world
        event = AuditEvent(
            action=action,
            actor=scope.viewer,
            purpose=scope.purpose,
            subject=scope.subject,
            details=details or {},
        )
        if not queries.has_access(world, scope):
            self._log(replace(event, outcome="refused"))
            raise NotVisibleError
        yield MemoryView(visible(world, scope), scope, self._publication())
        self._log(event)

    @contextmanager
    def directory(self, scope: Scope, action: str | None = None) -> Iterator["MemoryDirectory"]:
        """See GraphStore.directory."""
        with self._lock:
            world = self._state.copy().world
        yield MemoryDirectory(world, scope)
        if action is not None:
            self._log(AuditEvent(action=action, actor=scope.viewer, purpose=scope.purpose))

    @contextmanager
    def work(self, scope: Scope, operation: OperationId) -> Iterator["MemoryWork"]:
        """See GraphStore.work."""
        with self._changing() as state:
            if operation in state.operations:
                raise AlreadyDoneError
            if scope.subject is not None and not queries.has_access(state.world, scope):
                raise NotVisibleError
            state.operations.add(operation)
            work = MemoryWork(self, state, scope)
            yield work
            work.require_access()

    @contextmanager
    def system(self) -> Iterator["MemorySystemWork"]:
        """See GraphStore.system."""
        with self._changing() as state:
            yield MemorySystemWork(self, state)

    def migrate(self) -> int:
        """See StoreAdministration.migrate: there is nothing to upgrade."""
        return self._schema.version

    def is_empty(self) -> bool:
        """See StoreAdministration.is_empty."""
        return not self._state.nodes

    def load(self, records: Iterable[Record]) -> int:
        """See StoreAdministration.load."""
        count = 0
        with self._changing() as state:
            for record in records:
                if state.find(record) is not None:
                    raise InvalidRecordError("%(id)s is there already.", id=record.id)
                self.check(state, record)
                state.put(replace(record, version=1))
                count += 1
        return count

    def dump(self) -> Iterator[Record]:
        """See StoreAdministration.dump."""
        state = self._state
        yield from sorted(state.nodes.values(), key=lambda n: (n.label, n.id))
        yield from sorted(state.relationships.values(), key=lambda r: (r.type, r.id))

    def closed_asks(self) -> Iterator[tuple[str, Node]]:
        """See StoreAdministration.closed_asks."""
        world = self._state.world
        about = {r.source: r.target for r in world.of_type("CONCERNS")}
        for asked in world.of_type("ASKED_IN"):
            if asked.target in about:
                yield about[asked.target], world.nodes[asked.source]

    def audit_entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_entries."""
        yield from self._state.entries[after:]

    def system_records(self) -> Iterator[tuple[str, str, Properties]]:
        """See StoreAdministration.system_records."""
        for (kind, key), value in sorted(self._state.system.items()):
            yield kind, key, value

    def restore(
        self,
        records: Iterable[Record],
        system: Iterable[tuple[str, str, Properties]],
        entries: Iterable[AuditEntry],
    ) -> None:
        """See StoreAdministration.restore."""
        with self._changing() as state:
            if state.nodes or state.entries or state.system:
                raise InvalidRecordError("The store is not empty.")
            for record in records:
                self.check(state, record)
                state.put(record)
            state.system.update({(kind, key): value for kind, key, value in system})
            state.entries.extend(entries)

    def close(self) -> None:
        """See StoreAdministration.close: nothing is held."""

    def check(self, state: _State, record: Record) -> None:
        """Refuse what breaks graph_schema or hangs in the air."""
        if isinstance(record, Node):
            self._schema.check_node(record)
            return
        ends = [state.nodes.get(record.source), state.nodes.get(record.target)]
        labels = [end.label for end in ends if end is not None]
        if len(labels) < len(ends):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=record.id)
        self._schema.check_relationship(record, *labels)

    def append(self, state: _State, event: AuditEvent) -> None:
        """Seal one more entry to the audit log."""
        last = state.entries[-1] if state.entries else None
        at = self._clock.now().isoformat()
        state.entries.append(next_entry(self._key, last, at, event))

    @contextmanager
    def _changing(self) -> Iterator[_State]:
        with self._lock:
            state = self._state.copy()
            yield state
            self._state = state

    def _log(self, event: AuditEvent) -> None:
        with self._changing() as state:
            self.append(state, event)

    def _publication(self) -> Properties | None:
        return self._state.system.get(("publication", "outcomes"))


class MemoryView:
    """A GraphView on the part of the graph that the scope shows, as it was when it was opened."""

    def __init__(self, seen: Subgraph, scope: Scope, publication: Properties | None) -> None:
        """Take the visible part."""
        self._seen = seen
        self._scope = scope
        self._publication = publication

    def own_file(self) -> Subgraph:
        """See GraphView.own_file."""
        return queries.own_file(self._seen, self._scope)

    def around(self, query: OfferQuery) -> Offers:
        """See GraphView.around."""
        return queries.around(self._seen, self._scope, query)

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """See GraphView.expand."""
        return queries.expand(self._seen, reached, needs)

    def offers(self, query: OfferQuery) -> Offers:
        """See GraphView.offers."""
        return queries.offers(self._seen, query)

    def publication(self) -> Properties | None:
        """See GraphView.publication."""
        return self._publication


class MemoryDirectory:
    """A DirectoryView."""

    def __init__(self, world: Subgraph, scope: Scope) -> None:
        """Take the graph as it was when it was opened."""
        self._world = world
        self._scope = scope
        self._seen = visible(world, replace(scope, subject=None))

    def nodes(self, *labels: str) -> Subgraph:
        """See DirectoryView.nodes."""
        return queries.public_nodes(self._seen, labels)

    def caseload(self) -> Subgraph:
        """See DirectoryView.caseload."""
        return queries.caseload(self._world, self._scope)

    def offers(self, query: OfferQuery) -> Offers:
        """See DirectoryView.offers."""
        return queries.offers(self._seen, query)


class MemoryWork:
    """A unit of work on one file."""

    def __init__(self, store: MemoryStore, state: _State, scope: Scope) -> None:
        """Work on a copy of the state, which the store keeps at the end."""
        self._store = store
        self._state = state
        self._scope = scope
        self._made: list[NodeId] = []

    def own_file(self) -> Subgraph:
        """See Work.own_file."""
        if self._scope.subject is None:
            return self._new()
        return queries.own_file(visible(self._state.world, self._scope), self._scope)

    def save(self, record: Record) -> None:
        """See Work.save."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._require_version(record)
        self._store.check(self._state, record)
        self._state.put(replace(record, version=record.version + 1))
        if isinstance(record, Node):
            self._made.append(record.id)

    def remove(self, record: Record) -> None:
        """See Work.remove."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._require_version(record)
        if isinstance(record, Relationship):
            del self._state.relationships[record.id]
            return
        if any(record.id in {r.source, r.target} for r in self._state.relationships.values()):
            raise ConflictError(record.id, record)
        del self._state.nodes[record.id]

    def leave_alone(self, person: PersonId, until: str) -> None:
        """See Work.leave_alone."""
        found = visible(self._state.world, self._scope).nodes.get(person)
        if found is None or found.label != "Person":
            raise NotVisibleError
        stands = text(found.properties, "ask_again_from")
        later = max(until, stands or until)
        told = found.with_properties(ask_again_from=later)
        self._state.put(replace(told, version=found.version + 1))

    def audit(self, event: AuditEvent) -> None:
        """See Work.audit."""
        self._store.append(self._state, event)

    def require_access(self) -> None:
        """Refuse a new file that its maker could not open afterwards."""
        if self._scope.subject is not None:
            return
        for node in self._new().labelled("Person"):
            mine = replace(self._scope, subject=PersonId(node.id))
            if not queries.has_access(self._state.world, mine):
                raise NotVisibleError

    def _new(self) -> Subgraph:
        """Return the nodes that this unit of work made and that are still there."""
        nodes = self._state.nodes
        return Subgraph(nodes={key: nodes[key] for key in self._made if key in nodes})

    def _require_version(self, record: Record) -> None:
        stored = self._state.find(record)
        if (stored.version if stored else 0) != record.version:
            raise ConflictError(record.id, stored)


class MemorySystemWork:
    """A unit of work on what is not graph."""

    def __init__(self, store: MemoryStore, state: _State) -> None:
        """Work on a copy of the state."""
        self._store = store
        self._state = state

    def get(self, kind: str, key: str) -> Properties | None:
        """See SystemWork.get."""
        return self._state.system.get((kind, key))

    def put(self, kind: str, key: str, value: Properties) -> None:
        """See SystemWork.put."""
        self._state.system[kind, key] = value

    def delete(self, kind: str, key: str) -> None:
        """See SystemWork.delete."""
        self._state.system.pop((kind, key), None)

    def find(self, kind: str, owner: str | None = None) -> Sequence[tuple[str, Properties]]:
        """See SystemWork.find."""
        return [
            (key, value)
            for (each, key), value in sorted(self._state.system.items())
            if each == kind and (owner is None or value.get("owner") == owner)
        ]

    def audit(self, event: AuditEvent) -> None:
        """See SystemWork.audit."""
        self._store.append(self._state, event)
