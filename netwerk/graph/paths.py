"""The search for support paths: frontier by frontier through the view, best paths only.

A label is a chain to a node. Chances only shrink along a chain, so of two labels at one node the
one that is at least as likely, no longer, and first in the order of nodes makes the other
superfluous.
The search stops where the first k paths are certain: nothing that was left unexplored, or that
the store held back, could still come before them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from netwerk.domain.cases import Case, Safety, highest_safety
from netwerk.domain.chances import Chances, Priors
from netwerk.domain.directory import Service
from netwerk.domain.ids import NodeId, ServiceId
from netwerk.domain.people import Person
from netwerk.domain.records import Subgraph
from netwerk.graph.ends import (
    FIT,
    FIT_SIBLING,
    PROXIMITY_UNKNOWN,
    ROOM,
    ROOM_UNKNOWN,
    End,
    EndKind,
    Ends,
    Family,
    Links,
    best_factor,
)
from netwerk.graph.gates import Gates
from netwerk.graph.question import Answer, Question, Step, SupportPath
from netwerk.graph.ranking import SAME, better, chosen, first_certain, ranked
from netwerk.graph.steps import Steps
from netwerk.ports.stores import GraphView, OfferGroup, OfferQuery

_WIDER = 8
"""How many times more offers are asked of the store when the first lot was not enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """A chain from the inhabitant: its chance, its nodes, its steps."""

    p: float
    nodes: tuple[NodeId, ...]
    steps: tuple[Step, ...]

    def beyond(self, step: Step, target: NodeId) -> "_Label":
        return _Label(p=self.p * step.p, nodes=(*self.nodes, target), steps=(*self.steps, step))

    def makes_superfluous(self, other: "_Label") -> bool:
        if self.p < other.p or len(self.nodes) > len(other.nodes):
            return False
        return len(self.nodes) < len(other.nodes) or self.nodes <= other.nodes


def support_paths(view: GraphView, question: Question, priors: Priors) -> Answer:
    """Return whom could be asked for the question, as the view shows the graph.

    Raises InvalidInputError for a need that is not there.
    """
    chances = Chances.published(priors, view.publication())
    search = _Search(view, question, chances)
    paths = () if search.safety is Safety.ACUTE else search.run()
    return Answer(
        question=question,
        safety=search.safety,
        paths=paths,
        left_out=search.gates.left_out(),
        chances=chances,
        graph=search.graph,
    )


class _Search:
    """One search: what is known of the graph by now, and the best path to each supporter."""

    def __init__(self, view: GraphView, question: Question, chances: Chances) -> None:
        self.view = view
        self.question = question
        self.chances = chances
        file = view.own_file()
        self.graph = file
        self.inhabitant = Person.from_node(file.nodes[question.person])
        self.safety = highest_safety(_open_cases(file, question))
        self.gates = Gates(file, question.person, question.on)
        self.steps = Steps(self.gates, chances)
        self.steps.add(file)
        self.links = Links()
        self.limit = question.k
        self.offered = self._around()
        self.best: dict[NodeId, SupportPath] = {}
        self.expanded: set[NodeId] = {question.person}
        self.services: dict[NodeId, set[NodeId]] = {}
        self.most = best_factor(chances)
        self._take_direct()

    def run(self) -> tuple[SupportPath, ...]:
        """Return the first k paths."""
        left = self._explore(prune=True)
        while not self._certain(left):
            if left > 0.0:
                left = self._explore(prune=False)
            else:
                self._ask_for_more_offers()
        return chosen(ranked(self.best.values()), self.question.k, self._is_person)

    def _around(self) -> tuple[OfferGroup, ...]:
        start = self.view.around(self._query())
        self.family = Family(self.question.need, start.subgraph)
        self.ends = Ends(self.question, self.inhabitant, self.family)
        self.steps.add_acquaintances(start.subgraph)
        self._learn(start.subgraph)
        return start.cut

    def _query(self) -> OfferQuery:
        return OfferQuery(
            need=self.question.need,
            formalities=frozenset(self.question.formality),
            on=self.question.on.isoformat(),
            age=self.inhabitant.age_on(self.question.on),
            origin=self.inhabitant.point,
            radius=self.question.radius,
            limit=self.limit,
        )

    def _learn(self, found: Subgraph) -> None:
        self.graph = self.graph | found
        self.links.add(found)

    def _ask_for_more_offers(self) -> None:
        self.limit *= _WIDER
        more = self.view.offers(self._query())
        self._learn(more.subgraph)
        self.offered = more.cut
        self._take_direct()

    def _explore(self, *, prune: bool) -> float:
        """Walk the frontiers; return the most that an unexplored chain could still be worth."""
        start = self.question.person
        labels: dict[NodeId, list[_Label]] = {}
        frontier = [_Label(p=1.0, nodes=(start,), steps=())]
        left = 0.0
        for _ in range(self.question.max_steps):
            frontier = self._beyond(frontier, labels)
            bar = self._bar() if prune else 0.0
            left = max([left, *(label.p for label in frontier if label.p * self.most < bar)])
            frontier = [label for label in frontier if label.p * self.most >= bar]
            self._expand({label.nodes[-1] for label in frontier})
            self._take_ends(frontier)
        return left * self.most

    def _beyond(
        self, frontier: Iterable[_Label], labels: dict[NodeId, list[_Label]]
    ) -> list[_Label]:
        """Return the labels one step on that no other makes superfluous."""
        fresh: dict[NodeId, list[_Label]] = {}
        for label in frontier:
            for step in self.steps.of(label.nodes[-1], self.graph):
                target = step.target
                if target is None or target in label.nodes:
                    continue
                further = label.beyond(step, target)
                rivals = (*labels.get(target, ()), *fresh.get(target, ()))
                if not any(rival.makes_superfluous(further) for rival in rivals):
                    kept = [r for r in fresh.get(target, ()) if not further.makes_superfluous(r)]
                    fresh[target] = [*kept, further]
        for node, found in fresh.items():
            labels.setdefault(node, []).extend(found)
        return [label for found in fresh.values() for label in found]

    def _bar(self) -> float:
        """Return the score below which nothing new is likely to matter."""
        first = chosen(ranked(self.best.values()), self.question.k, self._is_person)
        return first[-1].score - SAME if len(first) == self.question.k else 0.0

    def _expand(self, nodes: set[NodeId]) -> None:
        fresh = nodes - self.expanded
        if not fresh:
            return
        found = self.view.expand(sorted(fresh), self.family.all)
        self.expanded |= fresh
        self._learn(found)
        self.steps.add(found)
        for relationship in found.relationships.values():
            if relationship.type in {"PROVIDES", "VOLUNTEERS_FOR"}:
                self.services.setdefault(relationship.source, set()).add(relationship.target)

    def _take_ends(self, frontier: Iterable[_Label]) -> None:
        judged: dict[NodeId, list[tuple[EndKind, End]]] = {}
        for label in frontier:
            node = label.nodes[-1]
            if node not in judged:
                judged[node] = list(self._ends_at(node))
            for kind, end in judged[node]:
                step = Step(
                    step=kind, source=node, target=end.service, kind=kind, p=self.chances.p(kind)
                )
                self._take(node, (*label.steps, step), label.p * step.p, end)

    def _ends_at(self, node: NodeId) -> Iterable[tuple[EndKind, End]]:
        supporter = self.graph.nodes[node]
        if supporter.label != "Person":
            return self._offers_at(node, EndKind.PROVIDES)
        person = Person.from_node(supporter)
        talent = self.ends.of_talent(person, self.links)
        ends = [] if talent is None else [(EndKind.TALENT, talent)]
        if person.willing_to_help is not False:
            ends += self._offers_at(node, EndKind.VOLUNTEERS)
        return ends

    def _offers_at(self, node: NodeId, kind: EndKind) -> list[tuple[EndKind, End]]:
        found = (self._end(service) for service in sorted(self.services.get(node, ())))
        return [(kind, end) for end in found if end is not None]

    def _end(self, service: NodeId) -> End | None:
        record = self.graph.nodes[service]
        return self.ends.of_service(Service.from_node(record), self.graph, self.links)

    def _take_direct(self) -> None:
        for relationship in self.graph.of_type("PROVIDES"):
            organization, service = relationship.source, relationship.target
            end = None if organization in self.gates.barred else self._end(service)
            if end is not None:
                step = Step(
                    step=EndKind.DIRECT,
                    source=self.question.person,
                    target=ServiceId(service),
                    kind=EndKind.DIRECT,
                    p=self.chances.p(EndKind.DIRECT),
                )
                self._take(organization, (step,), step.p, end)

    def _take(self, supporter: NodeId, steps: tuple[Step, ...], p: float, end: End) -> None:
        path = SupportPath(
            supporter=supporter,
            service=end.service,
            steps=steps,
            fit=end.fit,
            proximity=end.proximity,
            availability=end.availability,
            distance_m=end.distance_m,
            score=p * end.fit * end.proximity * end.availability,
        )
        known = self.best.get(supporter)
        if known is None or better(path, known):
            self.best[supporter] = path

    def _certain(self, left: float) -> bool:
        """Whether the first k can no longer change."""
        worth = {group: self._worth(group) for group in self.offered}
        if left <= 0.0 and not worth:
            return True

        def certain(path: SupportPath) -> bool:
            return path.score > left + SAME and all(
                _before(path, score, group) for group, score in worth.items()
            )

        paths = ranked(self.best.values())
        return first_certain(paths, self.question.k, self._is_person, certain)

    def _worth(self, group: OfferGroup) -> float:
        """Return the most that a direct path to an offer of this group can score."""
        fit = FIT if group.need in self.family.met else FIT_SIBLING
        proximity = 1.0 if group.comes_to_you else PROXIMITY_UNKNOWN
        room = ROOM if group.room_known else ROOM_UNKNOWN
        return self.chances.p(EndKind.DIRECT) * fit * proximity * room

    def _is_person(self, node: NodeId) -> bool:
        return self.graph.nodes[node].label == "Person"


def _before(path: SupportPath, score: float, group: OfferGroup) -> bool:
    """Whether a path comes before every offer that the store held back of a group."""
    if abs(path.score - score) > SAME:
        return path.score > score
    return (len(path.steps), path.supporter) <= (1, group.last[0])


def _open_cases(file: Subgraph, question: Question) -> list[Case]:
    about = {r.source for r in file.of_type("CONCERNS") if r.target == question.person}
    cases: Mapping[NodeId, Case] = {n.id: Case.from_node(n) for n in file.labelled("Case")}
    return [c for key, c in cases.items() if key in about and c.open_on(question.on)]
