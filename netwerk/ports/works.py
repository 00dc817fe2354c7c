"""Units of work that are not about one file: on what is no graph, and on all files at once."""

from collections.abc import Collection, Sequence
from typing import Protocol

from netwerk.domain.audit import AuditEvent
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Node, Properties, Record, Subgraph


class SystemWork(Protocol):
    """A unit of work on what is not graph: accounts, sessions, publications. Audited alike."""

    def get(self, kind: str, key: str) -> Properties | None:
        """Return what is stored, locked until the end; None where there is nothing."""
        ...

    def put(self, kind: str, key: str, value: Properties) -> None:
        """Store or replace. The property `owner`, if any, can be searched for."""
        ...

    def delete(self, kind: str, key: str) -> None:
        """Remove; no error where there is nothing."""
        ...

    def find(self, kind: str, owner: str | None = None) -> Sequence[tuple[str, Properties]]:
        """Return all of a kind by key; with `owner`, those whose property `owner` equals it."""
        ...

    def audit(self, event: AuditEvent) -> None:
        """Append to the audit log."""
        ...


class FilesWork(SystemWork, Protocol):
    """A unit of work on all files at once: erasing somebody, and what was kept long enough.

    Everything in it is stored together with its audit entries, or nothing is.
    """

    def named(self, name: str) -> Sequence[Node]:
        """Return the Persons whose name or alias is exactly this, in small or capital letters."""
        ...

    def touching(self, ids: Collection[NodeId]) -> Subgraph:
        """Return these nodes, all that is joined to them in whosever file, and its other ends."""
        ...

    def owned(self, owner: PersonId) -> Subgraph:
        """Return all ties and participations of somebody's file, with their ends."""
        ...

    def save(self, *records: Record) -> None:
        """Store records at the version that was read. Raises ConflictError, InvalidRecordError."""
        ...

    def remove(self, *records: Record) -> None:
        """Remove records at the version that was read, in this order. Raises ConflictError."""
        ...
