"""The audit log as rows, sealed in order: whoever writes here is the only writer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import apsw

from netwerk.domain import audit
from netwerk.domain.audit import AuditEntry, AuditEvent, next_entry
from netwerk.ports.clock import Clock

_HEAD = "SELECT number, seal FROM entry ORDER BY number DESC LIMIT 1"
_ADD = "INSERT INTO entry (number, at, body, seal) VALUES (?, ?, ?, ?)"
_AFTER = "SELECT number, at, body, seal FROM entry WHERE number > ? ORDER BY number"

_ABOUT = """
SELECT number, at, body, seal FROM entry WHERE body ->> 'subject' = ? ORDER BY number
"""


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

    def append(self, connection: apsw.Connection, event: AuditEvent) -> None:
        """Write one more entry, in the transaction that is open."""
        number, seal = connection.execute(_HEAD).fetchone() or (0, "")
        last = audit.head(number, seal)
        put_entry(connection, next_entry(self._key, last, self.now(), event))


def put_entry(connection: apsw.Connection, entry: AuditEntry) -> None:
    """Write an entry as it is."""
    connection.execute(_ADD, (entry.number, entry.at, entry.event.to_json(), entry.seal))


def entries(connection: apsw.Connection, after: int) -> Iterator[AuditEntry]:
    """Yield the entries after this number, in order."""
    yield from _read(connection.execute(_AFTER, (after,)))


def about(connection: apsw.Connection, person: str) -> Iterator[AuditEntry]:
    """Yield the entries about one person, in order."""
    yield from _read(connection.execute(_ABOUT, (person,)))


def _read(found: Iterable[tuple[Any, ...]]) -> Iterator[AuditEntry]:
    for number, at, body, seal in found:
        yield AuditEntry(number=number, at=at, event=AuditEvent.from_json(body), seal=seal)
