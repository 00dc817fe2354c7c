"""The audit log as rows, sealed in order: whoever writes here is the only writer."""

from collections.abc import Iterator

import apsw

from netwerk.domain import audit
from netwerk.domain.audit import AuditEntry, AuditEvent, next_entry
from netwerk.ports.clock import Clock

_HEAD = "SELECT number, seal FROM entry ORDER BY number DESC LIMIT 1"
_ADD = "INSERT INTO entry (number, at, body, seal) VALUES (?, ?, ?, ?)"
_AFTER = "SELECT number, at, body, seal FROM entry WHERE number > ? ORDER BY number"


class Journal:
    """Seals events with the key of the log."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        """Take the key and the clock."""
        self._key = key
        self._clock = clock

    def now(self) -> str:
        """Return the present moment as it is noted."""
        return self._clock.now().isoformat()

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
    for number, at, body, seal in connection.execute(_AFTER, (after,)):
        yield AuditEntry(number=number, at=at, event=AuditEvent.from_json(body), seal=seal)
