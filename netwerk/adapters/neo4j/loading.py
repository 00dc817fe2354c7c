"""Loading: all or nothing, whatever the size.

A transaction of Neo4j lives in memory. So what is small, or is added to what is there, goes in one
transaction; a large load into an empty store goes batch by batch while the head of the log
is marked. As long as it is, nothing can be opened; the last step takes the mark away. A load that
broke off is swept out by itself, or when the next load or migration finds its mark.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final, TypeVar
from uuid import uuid4

from netwerk.adapters.neo4j import items, queries
from netwerk.adapters.neo4j.connection import Connection, Unit, unavailable
from netwerk.adapters.neo4j.journal import entry_row
from netwerk.adapters.neo4j.kinds import Kinds
from netwerk.adapters.neo4j.records import row
from netwerk.adapters.neo4j.work import Tools, system_row
from netwerk.domain.audit import AuditEntry
from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import NodeId
from netwerk.domain.item_parts import added
from netwerk.domain.records import Node, Properties, Record, Relationship

T = TypeVar("T")
LONG: Final = 600.0
"""Seconds that one statement of an operator's task may take."""
BATCH: Final = 10_000
ONE_TRANSACTION: Final = 40_000
"""Records that go into one transaction."""
_LEASE: Final = 15_000
"""Milliseconds after which a load that shows no sign of life may be swept out."""
_SWEEP: Final = 10_000


class Loading:
    """Puts records into the store in runs of one kind, as rows of a few statements."""

    def __init__(self, connection: Connection, tools: Tools) -> None:
        """Take the server and the rules."""
        self._connection = connection
        self._tools = tools

    def load(self, records: Iterable[Record]) -> int:
        """See StoreAdministration.load."""
        stream = (replace(record, version=1) for record in records)
        first = list(islice(stream, ONE_TRANSACTION))
        rest = next(stream, None)
        if rest is None:
            return self._in_one(first)
        everything = chain(first, [rest], stream)
        if not self._connection.read(queries.IS_EMPTY, {})["no_records"]:
            return self._in_one(everything)
        with self._filling(whole=False) as load:
            return self._in_batches(everything, load)

    def restore(
        self,
        records: Iterable[Record],
        system: Iterable[tuple[str, str, Properties]],
        entries: Iterable[AuditEntry],
    ) -> None:
        """See StoreAdministration.restore."""
        state = self._connection.read(queries.IS_EMPTY, {})
        if not (state["no_records"] and state["no_others"]):
            raise InvalidRecordError("The store is not empty.")
        with self._filling(whole=True) as load:
            self._in_batches(records, load)
            rows = (system_row(*each) for each in system)
            for batch in _batches(rows):
                with self._batch(load) as unit:
                    unit.tell(queries.CREATE_SYSTEM, {"rows": batch})
            for some in _batches(entries):
                load.head = (some[-1].number, some[-1].seal)
                with self._batch(load) as unit:
                    unit.tell(queries.CREATE_ENTRIES, {"rows": [entry_row(e) for e in some]})

    def sweep(self) -> None:
        """Take out what a load that broke off has left, if any."""
        load = _Load(whole=False)
        if self._claim(load):
            self._sweep(load)
        self._connection.write(lambda unit: unit.ask(queries.FILLED, load.facts), LONG)

    def _in_one(self, records: Iterable[Record]) -> int:
        count = 0
        with self._connection.unit(LONG, queries.LOCK, {"operation": ""}) as (unit, lock):
            if lock["filling"]:
                raise unavailable()
            # To look for each id among every type takes longer than to store all of them.
            old = not unit.ask(queries.IS_EMPTY, {})["no_records"]
            run = _Run(unit, self._tools, set(), old=old)
            found: set[NodeId] = set()
            for batch in _batches(records):
                run.put(batch)
                found |= {key for record in batch for key in added(record)}
                count += len(batch)
            items.refresh(unit, found)
        return count

    def _in_batches(self, records: Iterable[Record], load: "_Load") -> int:
        count = 0
        found: set[NodeId] = set()
        for batch in _batches(records):
            with self._batch(load) as unit:
                _Run(unit, self._tools, load.met, old=False).put(batch)
            found |= {key for record in batch for key in added(record)}
            count += len(batch)
        self._index(found, load)
        return count

    def _index(self, found: Iterable[NodeId], load: "_Load") -> None:
        """Make all items, each once: of what is loaded at once nearly all depend on each other."""
        nodes: set[str] = set()
        for some in items.batches(sorted(found)):
            with self._batch(load) as unit:
                nodes |= items.dependent(unit, some)
        for some in items.batches(sorted(nodes)):
            with self._batch(load) as unit:
                items.make(unit, some, new=True)

    @contextmanager
    def _batch(self, load: "_Load") -> Iterator[Unit]:
        with self._connection.unit(LONG, queries.FILL, load.facts) as (unit, mark):
            if not mark["ours"]:
                raise unavailable()
            yield unit

    @contextmanager
    def _filling(self, *, whole: bool) -> Iterator["_Load"]:
        load = _Load(whole=whole)
        if self._claim(load):
            self._sweep(load)
        try:
            yield load
            self._connection.write(lambda unit: unit.ask(queries.FILLED, load.facts), LONG)
        except BaseException:
            self._sweep(load)
            load.head = (None, None)
            self._connection.write(lambda unit: unit.ask(queries.FILLED, load.facts), LONG)
            raise

    def _claim(self, load: "_Load") -> bool:
        """Mark the store as being filled; return whether an earlier mark was there."""
        mark = self._connection.write(lambda unit: unit.ask(queries.FILL, load.facts), LONG)
        if not mark["ours"]:
            raise unavailable()
        return mark["before"] is not None

    def _sweep(self, load: "_Load") -> None:
        asked = {**load.facts, "limit": _SWEEP}
        while self._connection.write(lambda unit: unit.ask(queries.SWEEP, asked), LONG)["swept"]:
            pass


class _Load:
    """One load in batches: its name, the relationship ids it met, the head it leaves."""

    def __init__(self, *, whole: bool) -> None:
        self.name = uuid4().hex
        self.whole = whole
        self.met: set[str] = set()
        self.head: tuple[int | None, str | None] = (None, None)

    @property
    def facts(self) -> dict[str, Any]:
        number, seal = self.head
        mark = {"load": self.name, "lease": _LEASE, "whole": self.whole}
        return {**mark, "number": number, "seal": seal}


class _Run:
    """Puts batches into one transaction."""

    def __init__(self, unit: Unit, tools: Tools, met: set[str], *, old: bool) -> None:
        self._unit = unit
        self._schema = tools.schema
        self._kinds: Kinds = tools.kinds
        self._met = met
        self._old = old

    def put(self, records: Sequence[Record]) -> None:
        """Check records in their order, then create them: as few statements as there are kinds."""
        links = [r for r in records if isinstance(r, Relationship)]
        ends = {end for r in links for end in (r.source, r.target)}
        labels = self._labels(ends | {r.id for r in records if isinstance(r, Node)})
        self._met |= self._known([r.id for r in links]) if self._old else set()
        rows: dict[str, list[dict[str, Any]]] = {}
        joins: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            if isinstance(record, Node):
                self._check_node(record, labels)
                rows.setdefault(record.label, []).append(row(record))
            else:
                self._check_link(record, labels)
                ends_of = {"source": record.source, "target": record.target}
                joins.setdefault(record.type, []).append({**ends_of, "facts": row(record)})
        for label, some in rows.items():
            self._unit.tell(queries.CREATE_NODES, {"label": label, "rows": some})
        for kind, some in joins.items():
            self._unit.tell(queries.CREATE_LINKS, {"type": kind, "rows": some})

    def _check_node(self, node: Node, labels: dict[str, str]) -> None:
        if node.id in labels:
            raise _there_already(node.id)
        self._schema.check_node(node)
        labels[node.id] = node.label

    def _check_link(self, link: Relationship, labels: dict[str, str]) -> None:
        if link.id in self._met:
            raise _there_already(link.id)
        self._met.add(link.id)
        if link.source not in labels or link.target not in labels:
            raise InvalidRecordError("%(id)s joins something that is not there.", id=link.id)
        self._schema.check_relationship(link, labels[link.source], labels[link.target])

    def _labels(self, ids: Iterable[str]) -> dict[str, str]:
        found = self._unit.ask(queries.ENDS, {"ids": list(ids)})
        return dict(zip(found["found"], found["labels"], strict=True))

    def _known(self, ids: list[str]) -> set[str]:
        return set(self._unit.ask(self._kinds.known, {"ids": ids})["known"])


def _there_already(key: str) -> InvalidRecordError:
    return InvalidRecordError("%(id)s is there already.", id=key)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield batch
