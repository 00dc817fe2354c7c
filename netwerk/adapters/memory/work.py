"""Changing: one file, what is not graph, and the directory."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from netwerk.adapters.memory import queries
from netwerk.adapters.memory.state import Rules, State
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.grants import is_named
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
from netwerk.domain.records import Node, Properties, Record, Subgraph, text
from netwerk.domain.visibility import require_changeable, visible


class MemoryWork:
    """A unit of work on one file."""

    def __init__(self, rules: Rules, state: State, scope: Scope, purpose: str) -> None:
        """Work on a copy of the state, which the store keeps at the end.

        `purpose` is that for which the file was opened: by way of exception it is another.
        """
        self._rules = rules
        self._state = state
        self._scope = scope
        self._purpose = purpose
        self._made: list[NodeId] = []

    def own_file(self) -> Subgraph:
        """See Work.own_file."""
        if self._scope.subject is None:
            return self._new()
        return queries.own_file(visible(self._state.world, self._scope), self._scope)

    def save(self, record: Record) -> None:
        """See Work.save."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._state.require_version(record)
        self._rules.check(self._state, record)
        self._state.put(replace(record, version=record.version + 1))
        if isinstance(record, Node):
            self._made.append(record.id)

    def remove(self, record: Record) -> None:
        """See Work.remove."""
        require_changeable(self.own_file() | self._new(), record, self._scope)
        self._state.require_version(record)
        self._state.drop(record)

    def leave_alone(self, person: PersonId, until: str) -> None:
        """See Work.leave_alone."""
        found = visible(self._state.world, self._scope).nodes.get(person)
        if found is None or found.label != "Person":
            raise NotVisibleError
        stands = text(found.properties, "ask_again_from")
        later = max(until, stands or until)
        told = found.with_properties(ask_again_from=later)
        self._state.put(replace(told, version=found.version + 1))

    def beside(self, kind: str) -> Properties | None:
        """See Work.beside."""
        return self._state.system.get((kind, self._scope.beside))

    def keep_beside(self, kind: str, value: Properties, key: str | None = None) -> None:
        """See Work.keep_beside."""
        self._state.system[kind, key or self._scope.beside] = {
            **value,
            "owner": f"{self._scope.subject}",
        }

    def audit(self, event: AuditEvent) -> None:
        """See Work.audit."""
        self._rules.append(self._state, event.opened_for(self._scope, self._purpose))

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


class MemorySystemWork:
    """A unit of work on what is not graph."""

    def __init__(self, rules: Rules, state: State) -> None:
        """Work on a copy of the state."""
        self._rules = rules
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
        self._rules.append(self._state, event)


class MemoryFilesWork(MemorySystemWork):
    """A unit of work on all files."""

    def named(self, name: str) -> Sequence[Node]:
        """See FilesWork.named."""
        every = sorted(self._state.nodes.values(), key=lambda each: each.id)
        return [each for each in every if each.label == "Person" and is_named(each, name)]

    def touching(self, ids: Collection[NodeId]) -> Subgraph:
        """See FilesWork.touching."""
        return queries.touching(self._state.world, ids)

    def owned(self, owner: PersonId) -> Subgraph:
        """See FilesWork.owned."""
        return queries.owned(self._state.world, owner)

    def save(self, *records: Record) -> None:
        """See FilesWork.save."""
        for record in records:
            self._state.require_version(record)
            self._rules.check(self._state, record)
            self._state.put(replace(record, version=record.version + 1))

    def remove(self, *records: Record) -> None:
        """See FilesWork.remove."""
        for record in records:
            self._state.require_version(record)
            self._state.drop(record)


class MemoryDirectoryWork(MemorySystemWork):
    """A unit of work on the directory."""

    def __init__(self, rules: Rules, state: State, scope: Scope, operation: OperationId) -> None:
        """Work on a copy of the state, for whoever the scope says."""
        super().__init__(rules, state)
        self._scope = scope
        self._operation = operation
        self._made: set[NodeId] = set()
        self._replaced = Subgraph()
        node = state.nodes.get(scope.viewer)
        known = node is not None and node.label == "Worker"
        self._keeper = Worker.from_node(node) if node is not None and known else None

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryWork.around."""
        nodes = self._state.nodes
        made = {key: nodes[key] for key in self._made & set(ids) if key in nodes}
        seen = visible(self._state.world, self._scope)
        return queries.around_ids(seen, ids) | Subgraph(nodes=made)

    def save(self, *records: Record) -> None:
        """See DirectoryWork.save."""
        for record in records:
            require_keeping(self._around(record), record, self._keeper, self._scope)
            before = self._state.require_version(record)
            self._rules.check(self._state, record)
            self._keep(record, before, removed=False)
            self._state.put(replace(record, version=record.version + 1))
            if isinstance(record, Node):
                self._made.add(record.id)

    def remove(self, *records: Record) -> None:
        """See DirectoryWork.remove."""
        seen = Subgraph()
        for record in records:
            seen |= self._around(record)
        for record in records:
            require_keeping(seen, record, self._keeper, self._scope)
            before = self._state.require_version(record)
            self._state.drop(record)
            self._keep(record, before, removed=True)

    def repoint(
        self, old: NodeId, new: NodeId, only: Collection[RelationshipId] | None = None
    ) -> tuple[RelationshipId, ...]:
        """See DirectoryWork.repoint."""
        require_alike(self.around({old, new}), old, new)
        require_keeping(self.around({old}), self._state.nodes[old], self._keeper, self._scope)
        moved = [
            r
            for r in self._state.relationships.values()
            if old in {r.source, r.target}
            and new not in {r.source, r.target}
            and (only is None or r.id in only)
        ]
        for each in moved:
            self._state.put(pointed(each, old, new))
        self._replaced |= Subgraph.of(moved)
        return tuple(sorted(each.id for each in moved))

    def _around(self, record: Record) -> Subgraph:
        ids = {record.id} if isinstance(record, Node) else {record.source, record.target}
        # Who is replaced had a public role until then: their record may go.
        seen = self._replaced | self.around({NodeId(each) for each in ids})
        stored = self._state.find(record)
        back = hidden_end(record, seen)
        if back is not None and comes_back(record, self._changes(record)):
            seen |= Subgraph.of([self._state.nodes[back]])
        return seen if stored is None else seen | Subgraph.of([stored])

    def _changes(self, record: Record) -> list[Change]:
        return [Change.read(facts) for _, facts in self.find(HISTORY, record.id)]

    def _keep(self, record: Record, before: Record | None, *, removed: bool) -> None:
        if record_type(record) in FORGOTTEN:
            return
        kept = max((key for key, _ in self.find(HISTORY, record.id)), default=None)
        change = Change(
            record=record.id,
            number=next_number(kept),
            before=before,
            removed=removed,
            by=self._scope.viewer,
            at=self._rules.now(),
            operation=self._operation,
        )
        self.put(HISTORY, change.key, change.written())
