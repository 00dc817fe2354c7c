"""The audit log as rows: sealed in order, under the lock on its head."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from netwerk.adapters.neo4j import queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.domain import audit
from netwerk.domain.audit import AuditEntry, AuditEvent, next_entry
from netwerk.ports.clock import Clock

Noted = tuple[str, AuditEvent]
"""An event and the moment it was noted (ISO 8601)."""


class Journal:
    """Seals events with the key of the log."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        """Take the key and the clock."""
        self._key = key
        self._clock = clock

    def now(self) -> str:
        """Return the present moment as it is noted."""
        return self.moment().isoformat()

    def moment(self) -> datetime:
        """Return the present moment."""
        return self._clock.now()

    def note(self, event: AuditEvent) -> Noted:
        """Stamp an event with the present moment."""
        return self.now(), event

    def append(
        self,
        unit: Unit,
        head: tuple[int, str],
        noted: Iterable[Noted],
        operations: Sequence[str] = (),
    ) -> None:
        """Write entries after `head`, the (number, seal) that was read under the lock."""
        unit.ask(queries.APPEND, {**self.sealed(head, noted), "operations": operations})

    def sealed(self, head: tuple[int, str], noted: Iterable[Noted]) -> dict[str, Any]:
        """Return the entries that follow `head`, and the head that they leave, as parameters."""
        last = audit.head(*head)
        entries = []
        for at, event in noted:
            last = next_entry(self._key, last, at, event)
            entries.append(entry_row(last))
        number, seal = (last.number, last.seal) if last is not None else head
        return {"after": head[0], "number": number, "seal": seal, "entries": entries}


def entry_row(entry: AuditEntry) -> dict[str, Any]:
    """Return an entry as it is stored."""
    return {
        "number": entry.number,
        "at": entry.at,
        "body": entry.event.to_json(),
        "seal": entry.seal,
    }


def entry(columns: Sequence[Any]) -> AuditEntry:
    """Read an entry: number, at, body, seal."""
    number, at, body, seal = columns
    return AuditEntry(number=number, at=at, event=AuditEvent.from_json(body), seal=seal)
