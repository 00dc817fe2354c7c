"""The store on Neo4j."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic, sleep
from typing import Any, Final, LiteralString

from netwerk.adapters.neo4j import migrations, queries
from netwerk.adapters.neo4j.connection import CommitDoubtError, Connection, Unit, unavailable
from netwerk.adapters.neo4j.files import Neo4jFilesWork
from netwerk.adapters.neo4j.journal import Journal, entry
from netwerk.adapters.neo4j.keeping import Neo4jDirectoryWork
from netwerk.adapters.neo4j.kinds import Kinds
from netwerk.adapters.neo4j.loading import LONG, Loading
from netwerk.adapters.neo4j.records import links, nodes
from netwerk.adapters.neo4j.view import Neo4jDirectory, Neo4jView, opened_by_grant, who
from netwerk.adapters.neo4j.work import Neo4jSystemWork, Neo4jWork, Tools
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEntry, AuditEvent
from netwerk.domain.errors import AlreadyDoneError, NotVisibleError, StoreUnavailableError
from netwerk.domain.grants import GRANT, grant_key, require_changing
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.records import Node, Properties, Record, from_json, to_json
from netwerk.ports.clock import Clock
from netwerk.schema import Schema

PAGE: Final = 2000
"""Records per statement of a dump."""
DEADLINE: Final = 4.0
_DOUBT: Final = 0.2


class Neo4jStore:
    """A Store on a Neo4j server.

    Writers take one lock, the head of the audit log, before anything else: so they come one by one,
    and nobody waits in a circle. `url` may hold a name and password; no exchange with a
    person waiting takes longer than `deadline_seconds`.
    """

    def __init__(
        self,
        url: str,
        *,
        schema: Schema,
        audit_key: bytes,
        clock: Clock,
        deadline_seconds: float = DEADLINE,
    ) -> None:
        """Prepare; the server is met at the first question."""
        self._connection = Connection(url, deadline_seconds)
        self._schema = schema
        self._kinds = Kinds(schema.nodes, schema.relationships)
        self._journal = Journal(audit_key, clock)
        self._tools = Tools(schema=schema, kinds=self._kinds, journal=self._journal)
        self._loading = Loading(self._connection, self._tools)

    @contextmanager
    def view(
        self, scope: Scope, action: str, details: Mapping[str, str] | None = None
    ) -> Iterator[Neo4jView]:
        """See GraphStore.view."""
        opened = self._connection.read(queries.OPEN, who(scope))
        if opened["filling"]:
            raise unavailable()
        event = AuditEvent(
            action=action,
            actor=scope.viewer,
            purpose=scope.purpose,
            subject=scope.subject,
            details=details or {},
        )
        if not opened["access"] and (purpose := self._granted(scope)) is not None:
            event = replace(event, purpose=purpose)
            opened = self._connection.read(queries.OPEN, {**who(scope), "granted": True})
        if not opened["access"]:
            self._log(replace(event, outcome="refused"))
            raise NotVisibleError
        yield Neo4jView(self._connection, scope, opened)
        self._log(event, (opened["number"], opened["seal"]))

    @contextmanager
    def directory(self, scope: Scope, action: str | None = None) -> Iterator[Neo4jDirectory]:
        """See GraphStore.directory."""
        yield Neo4jDirectory(self._connection, replace(scope, subject=None))
        if action is not None:
            self._log(AuditEvent(action=action, actor=scope.viewer, purpose=scope.purpose))

    @contextmanager
    def work(self, scope: Scope, operation: OperationId) -> Iterator[Neo4jWork]:
        """See GraphStore.work."""
        try:
            with self._changing(operation) as (unit, head):
                work = Neo4jWork(self._tools, unit, scope)
                yield work
                work.require_access()
                work.finish()
                self._journal.append(unit, head, work.noted, [operation])
        except CommitDoubtError as doubt:
            if not self._was_stored(operation, doubt.since + self._connection.deadline):
                raise

    @contextmanager
    def directory_work(
        self, scope: Scope, operation: OperationId, *, patient: bool = False
    ) -> Iterator[Neo4jDirectoryWork]:
        """See GraphStore.directory_work."""
        seconds = LONG if patient else self._connection.deadline
        self._require_changing(scope)
        try:
            with self._changing(operation, seconds) as (unit, head):
                nobody = replace(scope, subject=None)
                work = Neo4jDirectoryWork(self._tools, unit, nobody, operation)
                yield work
                work.finish()
                self._journal.append(unit, head, work.noted, [operation])
        except CommitDoubtError as doubt:
            if not self._was_stored(operation, doubt.since + seconds):
                raise

    @contextmanager
    def files_work(self, scope: Scope, operation: OperationId) -> Iterator[Neo4jFilesWork]:
        """See GraphStore.files_work."""
        try:
            with self._changing(operation, LONG) as (unit, head):
                work = Neo4jFilesWork(self._tools, unit, scope)
                yield work
                work.finish()
                self._journal.append(unit, head, work.noted, [operation])
        except CommitDoubtError as doubt:
            if not self._was_stored(operation, doubt.since + LONG):
                raise

    @contextmanager
    def system(self) -> Iterator[Neo4jSystemWork]:
        """See GraphStore.system."""
        with self._changing(OperationId("")) as (unit, head):
            work = Neo4jSystemWork(self._tools, unit)
            yield work
            if work.noted:
                self._journal.append(unit, head, work.noted)

    def peek(self, kind: str, key: str) -> Properties | None:
        """See GraphStore.peek."""
        answer = self._connection.read(queries.SYSTEM_PEEK, {"kind": kind, "key": key})
        if answer["filling"]:
            raise unavailable()
        return from_json(answer["found"][0]) if answer["found"] else None

    def migrate(self) -> int:
        """See StoreAdministration.migrate; what a load that broke off has left goes too."""
        version = migrations.migrate(self._connection, self._kinds, self._schema.version)
        if self._connection.read(queries.NEEDS, {})["filling"]:
            self._loading.sweep()
        return version

    def is_empty(self) -> bool:
        """See StoreAdministration.is_empty."""
        return bool(self._connection.read(queries.IS_EMPTY, {})["no_records"])

    def load(self, records: Iterable[Record]) -> int:
        """See StoreAdministration.load."""
        return self._loading.load(records)

    def dump(self) -> Iterator[Record]:
        """See StoreAdministration.dump."""
        for label in self._kinds.labels:
            after = ""
            while page := list(nodes(self._page(queries.NODES_AFTER, after, label)["nodes"])):
                yield from page
                after = page[-1].id
        for name in self._kinds.types:
            after = ""
            while found := list(links(self._page(self._kinds.after(name), after)["links"])):
                yield from found
                after = found[-1].id

    def closed_asks(self) -> Iterator[tuple[str, Node]]:
        """See StoreAdministration.closed_asks."""
        after = ""
        while page := self._page(queries.ASKS_AFTER, after)["asks"]:
            for _, label, key, version, facts, about in page:
                ask = Node(
                    label=label, id=NodeId(key), version=version, properties=from_json(facts)
                )
                if about:
                    yield about[0], ask
            after = page[-1][0]

    def audit_entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_entries."""
        while page := self._page(queries.ENTRIES_AFTER, after)["entries"]:
            for each in page:
                yield entry(each)
            after = page[-1][0]

    def audit_about(self, person: PersonId) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_about."""
        after = 0
        asked = {"label": f'"subject": {json.dumps(person, ensure_ascii=False)}', "limit": PAGE}
        while page := self._connection.read(queries.ENTRIES_ABOUT, {**asked, "after": after}, LONG)[
            "entries"
        ]:
            yield from (each for each in map(entry, page) if each.event.subject == person)
            after = page[-1][0]

    def system_records(self) -> Iterator[tuple[str, str, Properties]]:
        """See StoreAdministration.system_records."""
        found = self._connection.read(queries.SYSTEM_ALL, {}, LONG)["found"]
        for kind, key, value in sorted(found):
            yield kind, key, from_json(value)

    def restore(
        self,
        records: Iterable[Record],
        system: Iterable[tuple[str, str, Properties]],
        entries: Iterable[AuditEntry],
    ) -> None:
        """See StoreAdministration.restore."""
        self._loading.restore(records, system, entries)

    def close(self) -> None:
        """See StoreAdministration.close."""
        self._connection.close()

    def _granted(self, scope: Scope) -> str | None:
        kept = self.peek(GRANT, grant_key(scope.viewer, scope.subject))
        if kept is None:
            return None
        ids = {"ids": [scope.viewer, scope.subject]}
        ends = {n.id: n for n in nodes(self._connection.read(queries.SEVERAL, ids)["nodes"])}
        return opened_by_grant(ends, scope, to_json(kept), self._journal.moment())

    def _require_changing(self, scope: Scope) -> None:
        """Refuse what is kept beside a file that the viewer may only read for a while."""
        opened = None if scope.subject is None else self._granted(scope)
        if opened is not None and not self._connection.read(queries.OPEN, who(scope))["access"]:
            require_changing(opened)

    @contextmanager
    def _changing(
        self, operation: OperationId, seconds: float | None = None
    ) -> Iterator[tuple[Unit, tuple[int, str]]]:
        asked = {"operation": operation}
        allowed = self._connection.deadline if seconds is None else seconds
        with self._connection.unit(allowed, queries.LOCK, asked) as (unit, lock):
            if lock["filling"]:
                raise unavailable()
            if lock["done"]:
                raise AlreadyDoneError
            yield unit, (lock["number"], lock["seal"])

    def _log(self, event: AuditEvent, head: tuple[int, str] | None = None) -> None:
        """Append an entry; at once, where nobody wrote one since `head` was read."""
        noted = self._journal.note(event)
        if head is not None:
            asked = self._journal.sealed(head, [noted])
            if self._connection.write_at_once(queries.APPEND_AFTER, asked)["is_last"]:
                return

        def append(unit: Unit) -> None:
            lock = unit.ask(queries.LOCK, {"operation": ""})
            self._journal.append(unit, (lock["number"], lock["seal"]), [noted])

        self._connection.write(append)

    def _was_stored(self, operation: OperationId, until: float) -> bool:
        """Look up what became of a commit, behind the lock that it may still hold."""
        asked = {"operation": operation}
        while (left := until - monotonic()) > _DOUBT:
            try:
                lock = self._connection.write(lambda unit: unit.ask(queries.LOCK, asked), left)
                return bool(lock["done"])
            except StoreUnavailableError:
                sleep(_DOUBT)
        return False

    def _page(
        self, query: LiteralString, after: str | int, label: str | None = None
    ) -> Mapping[str, list[Any]]:
        asked = {"after": after, "label": label, "limit": PAGE}
        page: Mapping[str, list[Any]] = self._connection.read(query, asked, LONG)
        return page
