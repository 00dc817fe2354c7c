"""The store in one file."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import apsw

from netwerk.adapters.embedded import loading, migrations, queries
from netwerk.adapters.embedded.database import Database, value
from netwerk.adapters.embedded.files import EmbeddedFilesWork
from netwerk.adapters.embedded.journal import Journal, about, entries, put_entry
from netwerk.adapters.embedded.reading import Reader
from netwerk.adapters.embedded.records import Records
from netwerk.adapters.embedded.rows import read_link, read_node
from netwerk.adapters.embedded.view import EmbeddedDirectory, EmbeddedView
from netwerk.adapters.embedded.work import (
    EmbeddedDirectoryWork,
    EmbeddedSystemWork,
    EmbeddedWork,
    put_system,
)
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEntry, AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidRecordError, NotVisibleError
from netwerk.domain.grants import require_all_files, require_changing
from netwerk.domain.ids import OperationId, PersonId
from netwerk.domain.records import Node, Properties, Record, from_json
from netwerk.ports.clock import Clock
from netwerk.schema import Schema

BUSY_SECONDS: Final = 4.0


class EmbeddedStore:
    """A Store in a SQLite file: many readers, each with one moment in view, and one writer."""

    def __init__(
        self,
        path: Path,
        *,
        schema: Schema,
        audit_key: bytes,
        clock: Clock,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        """Prepare; the file is opened at the first question."""
        self._database = Database(path, busy_seconds=busy_seconds)
        self._schema = schema
        self._journal = Journal(audit_key, clock)
        self._current = False

    @contextmanager
    def view(
        self, scope: Scope, action: str, details: Mapping[str, str] | None = None
    ) -> Iterator[EmbeddedView]:
        """See GraphStore.view."""
        event = AuditEvent(
            action=action,
            actor=scope.viewer,
            purpose=scope.purpose,
            subject=scope.subject,
            details=details or {},
        )
        with self._reading() as connection:
            purpose = Reader(connection, scope).purpose(self._journal.moment())
            if purpose is not None:
                yield EmbeddedView(connection, scope)
        if purpose is None:
            self._log(replace(event, outcome="refused"))
            raise NotVisibleError
        self._log(replace(event, purpose=purpose))

    @contextmanager
    def directory(self, scope: Scope, action: str | None = None) -> Iterator[EmbeddedDirectory]:
        """See GraphStore.directory."""
        with self._reading() as connection:
            yield EmbeddedDirectory(connection, replace(scope, subject=None))
        if action is not None:
            self._log(AuditEvent(action=action, actor=scope.viewer, purpose=scope.purpose))

    @contextmanager
    def work(self, scope: Scope, operation: OperationId) -> Iterator[EmbeddedWork]:
        """See GraphStore.work."""
        with self._writing() as connection:
            if value(connection, queries.DONE, {"id": operation}):
                raise AlreadyDoneError
            work = EmbeddedWork(connection, scope, self._schema, self._journal)
            connection.execute(queries.NOTE_DONE, {"id": operation})
            yield work
            work.require_access()
            work.finish()

    @contextmanager
    def directory_work(
        self,
        scope: Scope,
        operation: OperationId,
        *,
        patient: bool = False,  # noqa: ARG002 -- a file is as quick as it is
    ) -> Iterator[EmbeddedDirectoryWork]:
        """See GraphStore.directory_work."""
        with self._writing() as connection:
            if value(connection, queries.DONE, {"id": operation}):
                raise AlreadyDoneError
            if scope.subject is not None:
                require_changing(Reader(connection, scope).purpose(self._journal.moment()))
            connection.execute(queries.NOTE_DONE, {"id": operation})
            records = Records(connection, self._schema)
            nobody = replace(scope, subject=None)
            yield EmbeddedDirectoryWork(connection, nobody, records, self._journal, operation)
            records.finish()

    @contextmanager
    def files_work(self, scope: Scope, operation: OperationId) -> Iterator[EmbeddedFilesWork]:
        """See GraphStore.files_work."""
        with self._writing() as connection:
            if value(connection, queries.DONE, {"id": operation}):
                raise AlreadyDoneError
            records = Records(connection, self._schema)
            require_all_files(records.node(scope.viewer), scope)
            connection.execute(queries.NOTE_DONE, {"id": operation})
            yield EmbeddedFilesWork(connection, scope, records, self._journal)
            records.finish()

    @contextmanager
    def system(self) -> Iterator[EmbeddedSystemWork]:
        """See GraphStore.system."""
        with self._writing() as connection:
            yield EmbeddedSystemWork(connection, self._journal)

    def peek(self, kind: str, key: str) -> Properties | None:
        """See GraphStore.peek."""
        with self._reading() as connection:
            found = value(connection, queries.SYSTEM_GET, {"kind": kind, "key": key})
            return None if found is None else from_json(found)

    def migrate(self) -> int:
        """See StoreAdministration.migrate."""
        return migrations.migrate(self._database, self._schema.version)

    def is_empty(self) -> bool:
        """See StoreAdministration.is_empty."""
        with self._reading() as connection:
            return not value(connection, queries.ANY_NODE, {})

    def load(self, records: Iterable[Record]) -> int:
        """See StoreAdministration.load."""
        with self._writing() as connection:
            first = (replace(record, version=1) for record in records)
            count = loading.load(connection, self._schema, first)
        self._database.tidy()
        return count

    def dump(self) -> Iterator[Record]:
        """See StoreAdministration.dump."""
        with self._reading() as connection:
            for row in connection.execute(queries.DUMP_NODES):
                yield read_node(row)
            for row in connection.execute(queries.DUMP_LINKS):
                yield read_link(row)

    def closed_asks(self) -> Iterator[tuple[str, Node]]:
        """See StoreAdministration.closed_asks."""
        with self._reading() as connection:
            for about, *columns in connection.execute(queries.CLOSED_ASKS):
                if about is not None:
                    yield about, read_node(tuple(columns))

    def audit_entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_entries."""
        with self._reading() as connection:
            yield from entries(connection, after)

    def audit_about(self, person: PersonId) -> Iterator[AuditEntry]:
        """See StoreAdministration.audit_about."""
        with self._reading() as connection:
            yield from about(connection, person)

    def system_records(self) -> Iterator[tuple[str, str, Properties]]:
        """See StoreAdministration.system_records."""
        with self._reading() as connection:
            for kind, key, facts in connection.execute(queries.SYSTEM_ALL):
                yield kind, key, from_json(facts)

    def restore(
        self,
        records: Iterable[Record],
        system: Iterable[tuple[str, str, Properties]],
        entries: Iterable[AuditEntry],
    ) -> None:
        """See StoreAdministration.restore."""
        with self._writing() as connection:
            if any(value(connection, each, {}) for each in (queries.ANY_NODE, queries.ANY_OTHER)):
                raise InvalidRecordError("The store is not empty.")
            loading.load(connection, self._schema, records)
            for kind, key, facts in system:
                put_system(connection, kind, key, facts)
            for entry in entries:
                put_entry(connection, entry)
        self._database.tidy()

    def close(self) -> None:
        """See StoreAdministration.close."""
        self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with self._database.reading() as connection:
            self._require_current(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        with self._database.writing() as connection:
            self._require_current(connection)
            yield connection

    def _require_current(self, connection: apsw.Connection) -> None:
        if not self._current:
            migrations.require_current(connection, self._schema.version)
            self._current = True

    def _log(self, event: AuditEvent) -> None:
        with self._writing() as connection:
            self._journal.append(connection, event)
