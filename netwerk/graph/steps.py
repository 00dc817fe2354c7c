"""The steps that lead from one node to the next, before any end."""

from collections.abc import Iterator
from dataclasses import replace

from netwerk.domain.chances import Chances
from netwerk.domain.ids import NodeId, RelationshipId, WorkerId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Subgraph, text
from netwerk.domain.ties import Tie
from netwerk.graph.gates import Gates
from netwerk.graph.question import Step
from netwerk.graph.ranking import SAME


class Steps:
    """Steps by the node they start from, gathered as the search learns of the graph."""

    def __init__(self, gates: Gates, chances: Chances) -> None:
        """Start with the file's own usable ties and participations."""
        self._gates = gates
        self._chances = chances
        self._known: dict[NodeId, dict[NodeId, Step]] = {}
        self._taken_in: set[RelationshipId] = set()
        self._judged: dict[NodeId, bool] = {}
        for tie in gates.usable_ties():
            self._add_tie(tie)
        for part in gates.usable_participations():
            record = part.record.id
            self._keep(self._step("takes_part", part.person, part.organization, part.how, record))

    def add(self, graph: Subgraph) -> None:
        """Take in roles, contacts and shared ties of a part of the graph."""
        for key, relationship in graph.relationships.items():
            if key in self._taken_in:
                continue
            self._taken_in.add(key)
            if relationship.type == "CONTACT_FOR":
                person, organization = relationship.source, relationship.target
                record = relationship.id
                self._keep(self._step("role", person, organization, "role", record))
                self._keep(self._step("contact", organization, person, "contact", record))
            elif relationship.type == "TIE":
                tie = Tie.from_relationship(relationship)
                if tie.owner != self._gates.inhabitant and tie.held_on(self._gates.on):
                    self._add_tie(tie)

    def add_acquaintances(self, graph: Subgraph) -> None:
        """Take in whom the viewer's team knows, as first steps of the inhabitant."""
        for relationship in graph.of_type("ACQUAINTED"):
            warmth = text(relationship.properties, "warmth") or "cold"
            ends = self._gates.inhabitant, relationship.target
            step = self._step("acquainted", *ends, warmth, relationship.id)
            self._keep(replace(step, via=WorkerId(relationship.source)))

    def of(self, node: NodeId, graph: Subgraph) -> Iterator[Step]:
        """Yield the steps from `node` to nodes of `graph` that are not barred."""
        for target, step in self._known.get(node, {}).items():
            if target != self._gates.inhabitant and self._open(target, graph):
                yield step

    def _open(self, node: NodeId, graph: Subgraph) -> bool:
        judged = self._judged.get(node)
        if judged is None and (found := graph.nodes.get(node)) is not None:
            judged = self._judged[node] = self._passes(found)
        return judged is True

    def _passes(self, node: Node) -> bool:
        if node.id in self._gates.barred:
            return False
        return node.label != "Person" or self._gates.open_to(Person.from_node(node))

    def _add_tie(self, tie: Tie) -> None:
        strength = self._chances.priors.strength(tie.closeness, tie.contact)
        for source in (tie.source, tie.target):
            chance = self._chances.p(f"tie.{tie.kind}", strength)
            target = tie.other(source)
            self._keep(
                Step(
                    step="tie",
                    source=source,
                    target=target,
                    kind=tie.kind,
                    p=chance,
                    strength=strength,
                    record=tie.id,
                )
            )

    def _step(
        self, step: str, source: NodeId, target: NodeId, kind: str, record: RelationshipId
    ) -> Step:
        chance = self._chances.p(step if kind == step else f"{step}.{kind}")
        return Step(step=step, source=source, target=target, kind=kind, p=chance, record=record)

    def _keep(self, step: Step) -> None:
        """Of the steps that join the same two nodes only the best can be in a best path."""
        assert step.target is not None  # noqa: S101 -- only an end has no target
        ways = self._known.setdefault(step.source, {})
        known = ways.get(step.target)
        if known is None or _beats(step, known):
            ways[step.target] = step


def _beats(step: Step, known: Step) -> bool:
    if abs(step.p - known.p) > SAME:
        return step.p > known.p
    return step.order < known.order
