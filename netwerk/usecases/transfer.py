"""A whole store: checked, kept in a file, put back, carried to another store."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from netwerk.domain.audit import AuditEntry, AuditEvent, first_bad_entry
from netwerk.domain.errors import AuditBrokenError, InvalidInputError, InvalidRecordError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Properties, Record, Relationship
from netwerk.exchange import backup, jsonlines
from netwerk.ports.stores import Store
from netwerk.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of each there are."""

    records: int
    system: int
    entries: int


def load(store: Store, lines: Iterable[str], again: Iterable[str] | None = None) -> int:
    """Add the records of JSON Lines, all or nothing; return how many.

    `again` are the same lines once more, to name the one that the store refused. Raises
    InvalidRecordError.
    """
    try:
        return store.load(jsonlines.read(lines))
    except InvalidRecordError as error:
        record = error.values.get("id")
        line = None if again is None else jsonlines.line_of(again, str(record))
        if line is None:
            raise
        raise InvalidRecordError(
            "Line %(line)s: %(reason)s", line=line, reason=str(error)
        ) from error


def dump(store: Store, to: TextIO) -> int:
    """Write the graph as JSON Lines; return how many records."""
    count = 0
    for record in store.dump():
        to.write(jsonlines.write(record) + "\n")
        count += 1
    return count


def dump_to(store: Store, path: Path) -> int:
    """Write the graph to a file that appears only when it is whole; return how many records."""
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as to:  # a device or a pipe stays what it is
            return dump(store, to)
    with (
        _appearing(path) as partial,
        open(partial, "w", encoding="utf-8", opener=_for_owner) as to,
    ):
        return dump(store, to)


def check(store: Store, schema: Schema, audit_key: bytes) -> Counted:
    """Hold every record against graph_schema, and the log against its seals.

    Raises InvalidRecordError or AuditBrokenError for the first that is wrong.
    """
    labels: dict[NodeId, str] = {}
    records = 0
    for record in store.dump():
        records += 1
        if isinstance(record, Node):
            schema.check_node(record)
            labels[record.id] = record.label
        else:
            schema.check_relationship(
                record, labels.get(record.source, ""), labels.get(record.target, "")
            )
    entries = verify(store, audit_key)
    return Counted(records=records, system=len(list(store.system_records())), entries=entries)


def verify(store: Store, audit_key: bytes, anchor: tuple[int, str] | None = None) -> int:
    """Return how many entries the log has. Raises AuditBrokenError for the first bad one."""
    count = 0

    def counted() -> Iterator[AuditEntry]:
        nonlocal count
        for entry in store.audit_entries():
            count += 1
            yield entry

    bad = first_bad_entry(audit_key, counted(), anchor)
    if bad is not None:
        raise AuditBrokenError("The audit log is not as it was written, from entry %(n)s.", n=bad)
    return count


def keep(store: Store, path: Path, key: bytes) -> Counted:
    """Write everything to an encrypted file that appears only when it is whole."""
    counts = dict.fromkeys(("record", "system", "entry"), 0)
    with _appearing(path) as partial, backup.writing(partial, key) as write:
        for kind, facts in _everything(store):
            counts[kind] += 1
            write(json.dumps([kind, facts], ensure_ascii=False))
    return _counted(counts)


def put_back(store: Store, path: Path, key: bytes) -> Counted:
    """Fill an empty store from an encrypted file; all or nothing."""
    with backup.reading(path, key) as lines:
        return _fill(store, (_parsed(line) for line in lines))


def copy(store: Store, to: Store) -> Counted:
    """Fill an empty store with everything of another."""
    return _fill(to, _everything(store))


def _everything(store: Store) -> Iterator[tuple[str, Any]]:
    for record in store.dump():
        yield "record", asdict(record)
    for kind, key, facts in store.system_records():
        # Who is signed in here is not signed in there.
        if kind != "session":
            yield "system", [kind, key, facts]
    for entry in store.audit_entries():
        yield "entry", asdict(entry)


def _fill(store: Store, everything: Iterator[tuple[str, Any]]) -> Counted:
    stream = _Stream(everything)
    store.restore(
        (_record(facts) for facts in stream.of("record")),
        ((kind, key, facts) for kind, key, facts in stream.of("system")),
        (_entry(facts) for facts in stream.of("entry")),
    )
    stream.require_end()
    return _counted(stream.counts)


class _Stream:
    """Deals out a stream that has its kinds one after the other."""

    def __init__(self, everything: Iterator[tuple[str, Any]]) -> None:
        self._everything = everything
        self._next: tuple[str, Any] | None = None
        self.counts = dict.fromkeys(("record", "system", "entry"), 0)

    def of(self, kind: str) -> Iterator[Any]:
        while (item := self._next or next(self._everything, None)) is not None:
            self._next = item
            if item[0] != kind:
                return
            self._next = None
            self.counts[kind] += 1
            yield item[1]

    def require_end(self) -> None:
        if self._next is not None:
            raise InvalidInputError("This is not a backup of Netwerk.")


def _counted(counts: dict[str, int]) -> Counted:
    return Counted(records=counts["record"], system=counts["system"], entries=counts["entry"])


def _parsed(line: str) -> tuple[str, Any]:
    kind, facts = json.loads(line)
    return kind, facts


def _record(facts: Properties) -> Record:
    given: Any = dict(facts)
    if "label" in given:
        return Node(**{**given, "id": NodeId(given["id"])})
    return Relationship(**{**given, "id": RelationshipId(given["id"])})


def _entry(facts: Properties) -> AuditEntry:
    given: Any = dict(facts)
    return AuditEntry(**{**given, "event": AuditEvent(**given["event"])})


def _for_owner(path: str, flags: int) -> int:
    """Open a file that holds the files of inhabitants: for nobody else."""
    return os.open(path, flags, 0o600)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    partial = path.with_name(path.name + ".partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:
        raise InvalidInputError(
            "%(file)s cannot be written: %(reason)s.",
            file=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        partial.unlink(missing_ok=True)
