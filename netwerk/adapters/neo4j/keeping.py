"""Changing the directory. Many records go in one statement: an import is thousands of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from netwerk.adapters.neo4j import items, queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.adapters.neo4j.records import links, nodes, row, subgraph
from netwerk.adapters.neo4j.view import touching, who
from netwerk.adapters.neo4j.work import Neo4jSystemWork, Tools, system_row
from netwerk.domain.access import Scope
from netwerk.domain.errors import ConflictError
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.item_parts import touched
from netwerk.domain.keeping import (
    FORGOTTEN,
    HISTORY,
    Change,
    comes_back,
    hidden_end,
    next_number,
    pointed,
    record_type,
    require_alike,
    require_keeping,
)
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Record, Relationship, Subgraph

_Run = tuple[str, bool]
_Key = tuple[bool, str]


class Neo4jDirectoryWork(Neo4jSystemWork):
    """A unit of work on the directory."""

    def __init__(self, tools: Tools, unit: Unit, scope: Scope, operation: OperationId) -> None:
        """Work in a transaction that holds the lock, for whoever the scope says."""
        super().__init__(tools, unit)
        self._scope = scope
        self._operation = operation
        self._made: set[NodeId] = set()
        self._replaced = Subgraph()
        self._found: set[NodeId] = set()
        found = nodes(unit.ask(queries.NODE, {"id": scope.viewer})["nodes"])
        self._keeper = next((Worker.from_node(n) for n in found if n.label == "Worker"), None)

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryWork.around."""
        made = self._made & set(ids)
        own = self._unit.ask(queries.SEVERAL, {"ids": sorted(made)})["nodes"] if made else None
        asked = {**who(self._scope), **touching(ids)}
        seen = subgraph(self._unit.ask(queries.TOUCHING, asked))
        return seen if own is None else seen | Subgraph.of(nodes(own))

    def save(self, *records: Record) -> None:
        """See DirectoryWork.save."""
        stored = self._stored(records)
        seen = self._around(records) | Subgraph.of(stored.values())
        befores: list[tuple[Record, Record | None]] = []
        for record in records:
            require_keeping(seen, record, self._keeper, self._scope)
            before = _at_its_version(record, stored)
            self._check(record, seen)
            after = replace(record, version=record.version + 1)
            stored[_key(record)] = after
            seen |= Subgraph.of([after])
            befores.append((record, before))
            self._found |= touched(record) | (touched(before) if before else set())
        self._write(befores)
        self._keep(befores, removed=False)
        self._made |= {NodeId(each.id) for each in records if isinstance(each, Node)}

    def remove(self, *records: Record) -> None:
        """See DirectoryWork.remove."""
        stored = self._stored(records)
        seen = self._around(records) | Subgraph.of(stored.values())
        for record in records:
            require_keeping(seen, record, self._keeper, self._scope)
            before = _at_its_version(record, stored)
            linked = isinstance(record, Relationship)
            query = self._tools.kinds.remove if linked else queries.REMOVE_NODE
            asked = {"id": record.id, "version": record.version}
            if not self._unit.ask(query, asked)["done"]:
                raise ConflictError(record.id, before)
            stored.pop(_key(record))
            self._found |= touched(record) | (touched(before) if before else set())
            self._keep([(record, before)], removed=True)

    def repoint(
        self, old: NodeId, new: NodeId, only: Collection[RelationshipId] | None = None
    ) -> tuple[RelationshipId, ...]:
        """See DirectoryWork.repoint."""
        seen = self.around({old, new})
        require_alike(seen, old, new)
        require_keeping(seen, seen.nodes[old], self._keeper, self._scope)
        moved = [
            r
            for r in links(self._unit.ask(queries.ENDING_AT, {"id": old})["links"])
            if new not in {r.source, r.target} and (only is None or r.id in only)
        ]
        after = [pointed(each, old, new) for each in moved]
        self._replace_links(after)
        self._found |= {key for each in (*moved, *after) for key in touched(each)}
        self._replaced |= Subgraph.of(moved)
        return tuple(sorted(each.id for each in moved))

    def finish(self) -> None:
        """Bring up to date by what things are found that this unit of work changed."""
        items.refresh(self._unit, self._found)

    def _stored(self, records: Sequence[Record]) -> dict[_Key, Record]:
        keys = {"ids": sorted({r.id for r in records if isinstance(r, Node)})}
        names = {"ids": sorted({r.id for r in records if isinstance(r, Relationship)})}
        found: list[Record] = []
        if keys["ids"]:
            found += nodes(self._unit.ask(queries.SEVERAL, keys)["nodes"])
        if names["ids"]:
            found += links(self._unit.ask(self._tools.kinds.several, names)["links"])
        return {_key(each): each for each in found}

    def _around(self, records: Sequence[Record]) -> Subgraph:
        ids: set[NodeId] = set()
        for record in records:
            ids |= {record.id} if isinstance(record, Node) else {record.source, record.target}
        # Who is replaced had a public role until then: their record may go.
        seen = self._replaced | self.around(ids)
        back = [self._comes_back(each, seen) for each in records]
        hidden = {"ids": sorted({key for key in back if key is not None})}
        if not hidden["ids"]:
            return seen
        return seen | Subgraph.of(nodes(self._unit.ask(queries.SEVERAL, hidden)["nodes"]))

    def _comes_back(self, record: Record, seen: Subgraph) -> NodeId | None:
        """Return whose role comes back with a record, if the directory does not show them."""
        back = hidden_end(record, seen)
        if back is None:
            return None
        changes = (Change.read(facts) for _, facts in self.find(HISTORY, record.id))
        return back if comes_back(record, changes) else None

    def _check(self, record: Record, seen: Subgraph) -> None:
        if isinstance(record, Node):
            self._tools.schema.check_node(record)
            return
        ends = [seen.nodes[record.source].label, seen.nodes[record.target].label]
        self._tools.schema.check_relationship(record, *ends)

    def _write(self, befores: Iterable[tuple[Record, Record | None]]) -> None:
        def run(each: tuple[Record, Record | None]) -> _Run:
            record, before = each
            return ("" if isinstance(record, Relationship) else record.label), before is None

        for (label, new), group in groupby(befores, key=run):
            after = [replace(record, version=record.version + 1) for record, _ in group]
            if label:
                query = queries.CREATE_NODES if new else queries.UPDATE_SEVERAL
                self._unit.tell(query, {"label": label, "rows": [row(each) for each in after]})
            else:
                self._replace_links([each for each in after if isinstance(each, Relationship)])

    def _replace_links(self, changed: Sequence[Relationship]) -> None:
        again = {"ids": [each.id for each in changed if each.version > 1]}
        if again["ids"]:
            self._unit.ask(self._tools.kinds.remove_several, again)
        for kind, group in groupby(sorted(changed, key=lambda r: r.type), key=lambda r: r.type):
            rows = [{"source": r.source, "target": r.target, "facts": row(r)} for r in group]
            self._unit.tell(queries.CREATE_LINKS, {"type": kind, "rows": rows})

    def _keep(self, befores: Sequence[tuple[Record, Record | None]], *, removed: bool) -> None:
        befores = [each for each in befores if record_type(each[0]) not in FORGOTTEN]
        if not befores:
            return
        asked = {"kind": HISTORY, "ids": sorted({record.id for record, _ in befores})}
        last: Mapping[str, str] = dict(self._unit.ask(queries.LAST_KEYS, asked)["found"])
        passed: Counter[str] = Counter()
        rows: list[dict[str, Any]] = []
        for record, before in befores:
            change = Change(
                record=record.id,
                number=next_number(last.get(record.id)) + passed[record.id],
                before=before,
                removed=removed,
                by=self._scope.viewer,
                at=self._tools.journal.now(),
                operation=self._operation,
            )
            passed[record.id] += 1
            rows.append(system_row(HISTORY, change.key, change.written()))
        self._unit.tell(queries.PUT_SEVERAL, {"rows": rows})


def _key(record: Record) -> _Key:
    """Return what a record is called: nodes and relationships may share an id."""
    return isinstance(record, Node), record.id


def _at_its_version(record: Record, stored: Mapping[_Key, Record]) -> Record | None:
    """Return what is stored, or refuse a record that was read at another version."""
    known = stored.get(_key(record))
    if (known.version if known else 0) != record.version:
        raise ConflictError(record.id, known)
    return known
