"""The audit log, for who watches over privacy."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.audit import AuditEntry, AuditEvent, first_bad_entry
from netwerk.domain.people import Worker
from netwerk.ports.stores import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """The newest entries, and whether the whole log is as it was written."""

    entries: tuple[AuditEntry, ...]
    total: int
    first_bad: int | None
    names: Mapping[str, str] = field(default_factory=dict)
    """What colleagues are called, by the id that stands in the log."""


def newest(store: Store, scope: Scope, audit_key: bytes, most: int = 50) -> LogPage:
    """Return the newest entries, verified; that they were read is logged itself."""
    last: deque[AuditEntry] = deque(maxlen=most)
    total = 0

    def passed() -> Iterator[AuditEntry]:
        nonlocal total
        for entry in store.audit_entries():
            total += 1
            last.append(entry)
            yield entry

    first_bad = first_bad_entry(audit_key, passed())
    event = AuditEvent(action="read-log", actor=scope.viewer, purpose=Purpose.OVERSIGHT)
    with store.system() as work:
        work.audit(event)
    with store.directory(scope) as view:
        workers = view.nodes("Worker").labelled("Worker")
    names = {str(node.id): Worker.from_node(node).name for node in workers}
    return LogPage(entries=tuple(reversed(last)), total=total, first_bad=first_bad, names=names)
