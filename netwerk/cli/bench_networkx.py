"""The search as one would write it with networkx: the whole graph loaded, k shortest simple paths.

Edges weigh -log p, so the likeliest chain is the shortest. What depends on the question (whom the
team knows, what an offer is worth) is joined to a source and a sink for the question, and taken
away after it. Whose file a tie is from is looked at in one of two ways: when a path is there, as
`shortest_simple_paths` over the loaded graph leaves it; or while the graph is walked, by a weight
that hides what the question may not pass, which is our own rule lent to networkx.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice, pairwise
from math import exp, log
from time import monotonic
from typing import Any, Final

import networkx as nx

from netwerk.cli.bench_questions import MAX_STEPS, Asked
from netwerk.domain.chances import Chances, Priors
from netwerk.domain.directory import Service
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Record, Relationship, Subgraph
from netwerk.domain.ties import Tie
from netwerk.graph.ends import EndKind, Ends, Family, Links
from netwerk.graph.file import PersonFile
from netwerk.graph.gates import Gates
from netwerk.graph.question import Question

PATIENCE: Final = 20.0
"""Seconds after which a question is given up, and counts for so long."""
_SINK: Final = "the sink of the question"
_MOST_PATHS: Final = 200_000
_SPARE: Final = 3
"""So many times k, since a path through a crowded go-between gives way to one behind it."""


class Networkx:
    """The graph in memory, and the questions put to it."""

    def __init__(self, records: Iterable[Record], priors: Priors, on: date) -> None:
        """Load the graph."""
        self.on = on
        self.chances = Chances.published(priors, None)
        self.graph: nx.DiGraph[Any] = nx.DiGraph()
        self.nodes: dict[NodeId, Node] = {}
        self.links = Links()
        self.needs: list[Node] = []
        self.known: dict[str, list[Relationship]] = {}
        self.providers: dict[str, list[str]] = {}
        self.addressing: dict[str, list[str]] = {}
        everything: dict[str, list[Relationship]] = {}
        for record in records:
            if isinstance(record, Node):
                self.nodes[record.id] = record
                if record.label == "Need":
                    self.needs.append(record)
            else:
                everything.setdefault(record.type, []).append(record)
        self._join(everything)

    def _join(self, everything: dict[str, list[Relationship]]) -> None:
        for each in everything.get("TIE", ()):
            tie = Tie.from_relationship(each)
            strength = self.chances.priors.strength(tie.closeness, tie.contact)
            for one, other in ((each.source, each.target), (each.target, each.source)):
                self._edge(one, other, self.chances.p(f"tie.{tie.kind}", strength), each)
        for each in everything.get("TAKES_PART", ()):
            p = self.chances.p(f"takes_part.{each.properties['how']}")
            self._edge(each.source, each.target, p, each)
        for each in everything.get("CONTACT_FOR", ()):
            self._edge(each.source, each.target, self.chances.p("role"))
            self._edge(each.target, each.source, self.chances.p("contact"))
        self._join_offers(everything)
        for each in (*everything.get("ACQUAINTED", ()), *everything.get("MEMBER_OF", ())):
            self.known.setdefault(each.source, []).append(each)

    def _join_offers(self, everything: dict[str, list[Relationship]]) -> None:
        for each in everything.get("PROVIDES", ()):
            self._edge(each.source, each.target, self.chances.p(EndKind.PROVIDES))
            self.providers.setdefault(each.target, []).append(each.source)
        for each in everything.get("VOLUNTEERS_FOR", ()):
            self._edge(each.source, each.target, self.chances.p(EndKind.VOLUNTEERS))
        for kind in ("ADDRESSES", "LOCATED_AT"):
            self.links.add(Subgraph.of(everything.get(kind, ())))
        for each in everything.get("ADDRESSES", ()):
            self.addressing.setdefault(each.target, []).append(each.source)
        self.places = Subgraph.of([n for n in self.nodes.values() if n.label == "Location"])

    def _edge(self, one: str, other: str, p: float, record: Relationship | None = None) -> None:
        """Join two nodes in one more way; whose word it is decides for each question."""
        if not self.graph.has_edge(one, other):
            self.graph.add_edge(one, other, ways=[])
        self.graph.edges[one, other]["ways"].append((record, -log(p)))

    def answer(self, asked: Asked, file: PersonFile, *, helped: bool) -> dict[str, float] | None:
        """Return the first supporters with their scores; None when patience ran out.

        `helped`: what the question may not pass is hidden while the graph is walked.
        """
        question = asked.question(self.on)
        gates = Gates(file.graph, question.person, self.on)
        family = Family(question.need, Subgraph.of(self.needs))
        ends = Ends(question, Person.from_node(self.nodes[question.person]), family)
        added = [*self._first_steps(asked.viewer, question), *self._sinks(ends, family)]
        for one, other, p in added:
            self._edge(one, other, p)
        try:
            return self._found(question, gates, helped=helped)
        finally:
            for one, other, _ in reversed(added):
                self._part(one, other)

    def _part(self, one: str, other: str) -> None:
        ways = self.graph.edges[one, other]["ways"]
        ways.pop()
        if not ways:
            self.graph.remove_edge(one, other)

    def _first_steps(self, viewer: str, question: Question) -> Iterator[tuple[str, str, float]]:
        teams = {r.target for r in self.known.get(viewer, ()) if r.type == "MEMBER_OF"}
        for found in self.known.values():
            if any(r.type == "MEMBER_OF" and r.target in teams for r in found):
                for each in (r for r in found if r.type == "ACQUAINTED"):
                    p = self.chances.p(f"acquainted.{each.properties.get('warmth', 'cold')}")
                    yield question.person, each.target, p

    def _sinks(self, ends: Ends, family: Family) -> Iterator[tuple[str, str, float]]:
        offering = {each for need in family.all for each in self.addressing.get(need, ())}
        for key in sorted(offering):
            node = self.nodes[NodeId(key)]
            if node.label == "Service":
                end = ends.of_service(Service.from_node(node), self.places, self.links)
                own = 1.0
            else:
                end = ends.of_talent(Person.from_node(node), self.links)
                own = self.chances.p(EndKind.TALENT)
            if end is not None:
                worth = own * end.fit * end.proximity * end.availability
                yield key, _SINK, worth
                if node.label == "Service":
                    yield ends.question.person, f"direct {key}", self.chances.p(EndKind.DIRECT)
                    yield f"direct {key}", _SINK, worth

    def _found(self, question: Question, gates: Gates, *, helped: bool) -> dict[str, float] | None:
        usable = {tie.id for tie in gates.usable_ties()}
        usable |= {part.record.id for part in gates.usable_participations()}
        view = _Weight(usable, gates.barred)
        until = monotonic() + PATIENCE
        best: dict[str, float] = {}
        for path in self._paths(question.person, view if helped else _any_way):
            if monotonic() > until:
                return None
            far = self._length(path, view)
            supporter = self._supporter(path)
            if far is not None and len(path) - 3 <= MAX_STEPS and supporter != question.person:
                best[supporter] = max(exp(-far), best.get(supporter, 0.0))
            if len(best) == _SPARE * question.k:
                break
        return best

    def _paths(self, start: str, weight: Any) -> Iterator[list[str]]:
        paths = nx.shortest_simple_paths(self.graph, start, _SINK, weight=weight)
        with suppress(nx.NetworkXNoPath):
            yield from islice(paths, _MOST_PATHS)

    def _length(self, path: list[str], view: "_Weight") -> float | None:
        steps = (view(one, other, self.graph.edges[one, other]) for one, other in pairwise(path))
        far = 0.0
        for step in steps:
            if step is None:
                return None
            far += step
        return far

    def _supporter(self, path: list[str]) -> str:
        if path[-2].startswith("direct "):
            return self.providers[path[-2].removeprefix("direct ")][0]
        return path[-2] if self.nodes[NodeId(path[-2])].label == "Person" else path[-3]


def _any_way(_: str, __: str, joined: Any) -> float:
    """Return how far two nodes are apart, whoever says so."""
    return float(min(far for _, far in joined["ways"]))


class _Weight:
    """How far two nodes are apart for one question; None where the step may not be taken."""

    def __init__(self, usable: Collection[str], barred: Collection[str]) -> None:
        self._usable = usable
        self._barred = barred

    def __call__(self, one: str, other: str, joined: Any) -> float | None:
        if other in self._barred or one in self._barred:
            return None
        return min((far for record, far in joined["ways"] if self._open(record)), default=None)

    def _open(self, record: Relationship | None) -> bool:
        if record is None or record.id in self._usable:
            return True
        return record.type == "TIE" and record.properties.get("shared") is True
