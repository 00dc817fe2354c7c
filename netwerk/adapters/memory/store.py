"""The reference store: dictionaries, copied for a unit of work and put back when it is done."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock

from netwerk.adapters.memory import queries
from netwerk.adapters.memory.state import Rules, State
from netwerk.adapters.memory.view import MemoryDirectory, MemoryView
from netwerk.adapters.memory.work import (
    MemoryDirectoryWork,
    MemoryFilesWork,
    MemorySystemWork,
    MemoryWork,
)
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEntry, AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidRecordError, NotVisibleError
from netwerk.domain.grants import GRANT, grant_key, require_all_files, require_changing
from netwerk.domain.ids import OperationId, PersonId
from netwerk.domain.records import Node, Properties, Record
from netwerk.domain.visibility import visible
from netwerk.ports.clock import Clock
from netwerk.schema import Schema


class MemoryStore:
    """A Store without a disk: for tests, and to try things out."""

    def __init__(self, *, schema: Schema, audit_key: bytes, clock: Clock) -> None:
        """Start empty."""
        self._rules = Rules(schema, audit_key, clock)
        self._state = State()
        self._lock = RLock()

    @contextmanager
    def view(
        self, scope: Scope, action: str, details: Mapping[str, str] | None = None
    ) -> Iterator[MemoryView]:
        """See GraphStore.view."""
        with self._lock:
            state = self._state.copy()
        world, opened_for = state.world, self._purpose(state, scope)
        event = AuditEvent(
            action=action,
            actor=scope.viewer,
            purpose=opened_for or scope.purpose,
            subject=scope.subject,
            details=details or {},
        )
        if opened_for is None:
            self._log(replace(event, outcome="refused"))
            raise NotVisibleError
        yield MemoryView(visible(world, scope), scope, self._publication())
        self._log(event)

    @contextmanager
    def directory(self, scope: Scope, action: str | None = None) -> Iterator[MemoryDirectory]:
        """See GraphStore.directory."""
        with self._lock:
            world = self._state.copy().world
        yield MemoryDirectory(world, scope)
        if action is not None:
            self._log(AuditEvent(action=action, actor=scope.viewer, purpose=scope.purpose))

    @contextmanager
    def work(self, scope: Scope, operation: OperationId) -> Iterator[MemoryWork]:
        """See GraphStore.work."""
        with self._changing() as state:
            if operation in state.operations:
                raise AlreadyDoneError
            purpose = scope.purpose if scope.subject is None else self._purpose(state, scope)
            if purpose is None:
                raise NotVisibleError
            require_changing(purpose)
            state.operations.add(operation)
            work = MemoryWork(self._rules, state, scope, purpose)
            yield work
            work.require_access()

    @contextmanager
    def directory_work(
        self,
        scope: Scope,
        operation: OperationId,
        *,
        patient: bool = False,  # noqa: ARG002 -- memory is never late
    ) -> Iterator[MemoryDirectoryWork]:
        """See GraphStore.directory_work."""
        with self._changing() as state:
            if operation in state.operations:
                raise AlreadyDoneError
            if scope.subject is not None:
                require_changing(self._purpose(state, scope))
            state.operations.add(operation)
            yield MemoryDirectoryWork(self._rules, state, replace(scope, subject=None), operation)

    @contextmanager
    def files_work(self, scope: Scope, operation: OperationId) -> Iterator[MemoryFilesWork]:
        """See GraphStore.files_work."""
        with self._changing() as state:
            if operation in state.operations:
                raise AlreadyDoneError
            require_all_files(state.nodes.get(scope.viewer), scope)
            state.operations.add(operation)
            yield MemoryFilesWork(self._rules, state)

    @contextmanager
    def system(self) -> Iterator[MemorySystemWork]:
        """See GraphStore.system."""
        with self._changing() as state:
            yield MemorySystemWork(self._rules, state)

    def peek(self, kind: str, key: str) -> Properties | None:
        """See GraphStore.peek."""
        return self._state.system.get((kind, key))

    def migrate(self) -> int:
        """See StoreAdministration.migrate: there is nothing to upgrade."""
        return self._rules.schema.version

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
                self._rules.check(state, record)
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

    def audit_about(self, person: PersonId) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_about."""
        yield from (each for each in self._state.entries if each.event.subject == person)

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
                self._rules.check(state, record)
                state.put(record)
            state.system.update({(kind, key): value for kind, key, value in system})
            state.entries.extend(entries)

    def close(self) -> None:
        """See StoreAdministration.close: nothing is held."""

    @contextmanager
    def _changing(self) -> Iterator[State]:
        with self._lock:
            state = self._state.copy()
            yield state
            self._state = state

    def _purpose(self, state: State, scope: Scope) -> str | None:
        facts = state.system.get((GRANT, grant_key(scope.viewer, scope.subject)))
        return queries.purpose_of(state.world, scope, facts, self._rules.moment())

    def _log(self, event: AuditEvent) -> None:
        with self._changing() as state:
            self._rules.append(state, event)

    def _publication(self) -> Properties | None:
        return self._state.system.get(("publication", "outcomes"))
