"""What was kept long enough, by the terms of graph_schema.

A term counts from when it is over: a tie that ended, or else the day on which the last case of the
inhabitant was closed. While a case is open nothing in it goes. Who is joined to nothing any more
goes with the last of what joined them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Record, Relationship, Subgraph, day, flag, text
from netwerk.domain.terms import is_over
from netwerk.domain.visibility import CASE_RECORDS, CASE_TYPES, OWNED_TYPES
from netwerk.schema import Schema

_HOLDS_NOBODY = frozenset({"ADDRESSES", "IN_AREA", "ACQUAINTED"})
_NEEDED = frozenset(
    {"valid_to", "owner", "closed_on", "told_by", "willing_to_help", "connector", "opened_on"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What goes together: relationships first, then nodes."""

    records: tuple[Record, ...]


def needed(records: Iterable[Record], schema: Schema) -> Subgraph:
    """Return of a whole dump what terms depend on: people, cases, what is kept of them."""
    private = {name for name, kind in schema.nodes.items() if kind.private is not None}
    found: list[Record] = []
    people: set[NodeId] = set()
    for record in records:
        if isinstance(record, Node):
            if record.label in private:
                people.add(record.id)
                found.append(_light(record))
        elif {record.source, record.target} & people:
            found.append(_light(record))
    return Subgraph.of(found)


class Terms:
    """Judges every record of the files on one day."""

    def __init__(self, graph: Subgraph, schema: Schema, on: date) -> None:
        """Take what `needed` returned."""
        self._graph = graph
        self._schema = schema
        self._on = on
        self._at: dict[NodeId, list[Relationship]] = {}
        for link in graph.relationships.values():
            for end in {link.source, link.target}:
                self._at.setdefault(end, []).append(link)
        self.closed = {n.id: self._closed(n.id) for n in graph.labelled("Person")}

    def bundles(self) -> Iterator[Bundle]:
        """Yield what goes, in an order in which nothing hangs in the air."""
        gone: set[str] = set()
        for bundle in (*self._cases(), *self._records(), *self._owned()):
            fresh = tuple(each for each in bundle if _key(each) not in gone)
            gone |= {_key(each) for each in fresh}
            if fresh:
                yield Bundle(records=fresh)
        for node in self._graph.labelled("Person"):
            if self._is_left(node, gone):
                rest = [r for r in self._at.get(node.id, ()) if _key(r) not in gone]
                gone |= {_key(each) for each in rest}
                yield Bundle(records=(*rest, node))

    def over(self, since: date | None, months: int | None) -> bool:
        """Whether a term that counts from this day is over."""
        return since is not None and months is not None and is_over(since, months, self._on)

    def _cases(self) -> Iterator[list[Record]]:
        for case in self._graph.labelled("Case"):
            if self.over(day(case.properties, "closed_on"), self._months("Case")):
                inside = [n for n in self._inside(case) if self._only_in(n, {case.id})]
                links = {r.id: r for n in (case, *inside) for r in self._at.get(n.id, ())}
                yield [*links.values(), *inside, case]

    def _records(self) -> Iterator[list[Record]]:
        for label in sorted(CASE_RECORDS):
            for node in self._graph.labelled(label):
                links = self._at.get(node.id, [])
                ends = {end for r in links for end in (r.source, r.target)} - {node.id}
                closings = [
                    day(self._graph.nodes[end].properties, "closed_on")
                    for end in ends
                    if end in self._graph.nodes and self._graph.nodes[end].label == "Case"
                ]
                if all(self.over(each, self._months(label)) for each in closings):
                    yield [*links, node]

    def _owned(self) -> Iterator[list[Record]]:
        for link in self._graph.of_type(*OWNED_TYPES):
            months = self._schema.relationships[link.type].keep_months
            owner = NodeId(text(link.properties, "owner") or "")
            ends = (day(link.properties, "valid_to"), self.closed.get(owner))
            if any(self.over(each, months) for each in ends):
                yield [link]

    def _is_left(self, node: Node, gone: set[str]) -> bool:
        """Whether nothing holds a person any more, now that this went."""
        links = self._at.get(node.id, [])
        holding = [r for r in links if _key(r) not in gone and r.type not in _HOLDS_NOBODY]
        offers = any(flag(node.properties, key) for key in ("willing_to_help", "connector"))
        if holding or offers:
            return False
        was_held = any(_key(r) in gone for r in links)
        return was_held or text(node.properties, "told_by") is not None

    def _closed(self, person: NodeId) -> date | None:
        """Return when the last case of somebody was closed; None if one is open, or none is."""
        cases = [
            self._graph.nodes[r.source]
            for r in self._at.get(person, ())
            if r.type == "CONCERNS" and r.source in self._graph.nodes
        ]
        ends = [day(case.properties, "closed_on") for case in cases]
        known = [each for each in ends if each is not None]
        return max(known) if known and len(known) == len(ends) else None

    def _inside(self, case: Node) -> list[Node]:
        ends = {e for r in self._at.get(case.id, ()) for e in (r.source, r.target)}
        found = (self._graph.nodes[e] for e in sorted(ends) if e in self._graph.nodes)
        return [n for n in found if n.label in CASE_RECORDS]

    def _only_in(self, node: Node, cases: set[NodeId]) -> bool:
        links = (r for r in self._at.get(node.id, ()) if r.type in CASE_TYPES)
        return all({r.source, r.target} - {node.id} <= cases for r in links)

    def _months(self, label: str) -> int | None:
        return self._schema.nodes[label].keep_months


def counts(bundles: Iterable[Bundle]) -> Mapping[str, int]:
    """Return how many of each kind go."""
    found: dict[str, int] = {}
    for bundle in bundles:
        for each in bundle.records:
            name = each.label if isinstance(each, Node) else each.type
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


def _key(record: Record) -> str:
    return f"{'n' if isinstance(record, Node) else 'r'}:{record.id}"


def _light(record: Record) -> Record:
    """Return a record with what terms depend on, so that a whole store fits in memory."""
    return record.with_properties(**{k: None for k in record.properties if k not in _NEEDED})
