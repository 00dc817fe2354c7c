"""An inhabitant's file, read from what a view returned."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Self

from netwerk.domain.access import Scope
from netwerk.domain.cases import Ask, Case, Outcome, Safety, highest_safety
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId, RelationshipId
from netwerk.domain.people import Person, Worker
from netwerk.domain.records import Node, Subgraph, text
from netwerk.domain.ties import Approach, Participation, Tie
from netwerk.graph.gates import Gates
from netwerk.ports.stores import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AskInFile:
    """An ask as it may be shown today.

    `closed_off`: somebody in it is to be left alone by now, so nothing of the path may be shown.
    """

    ask: Ask
    closed_off: bool


class PersonFile:
    """What a worker works with: the person, their cases, network, talents and asks.

    `on` is the day for which it is read: ended ties are in `past_ties`.
    """

    def __init__(self, graph: Subgraph, person: PersonId, on: date) -> None:
        """Read the file of `person`."""
        self.graph = graph
        self.on = on
        self.node: Node = graph.nodes[person]
        self.person = Person.from_node(self.node)
        self.gates = Gates(graph, person, on)
        self.talents = tuple(
            NeedId(r.target) for r in graph.of_type("ADDRESSES") if r.source == person
        )

    @classmethod
    def in_work(cls, work: Work, scope: Scope) -> Self:
        """Return the file that a unit of work changes, locked. Raises NotVisibleError."""
        if scope.subject is None:
            raise NotVisibleError
        return cls(work.own_file(), scope.subject, scope.as_of)

    @property
    def cases(self) -> list[Case]:
        """The inhabitant's cases that are open on the day."""
        about = {r.source for r in self.graph.of_type("CONCERNS") if r.target == self.person.id}
        every = (Case.from_node(node) for node in self.graph.labelled("Case"))
        return [case for case in every if case.id in about and case.open_on(self.on)]

    @property
    def case(self) -> Case | None:
        """The case that was opened last, if any is open."""
        return max(self.cases, key=lambda case: (case.opened_on or date.min, case.id), default=None)

    @property
    def safety(self) -> Safety:
        """The most serious safety level of the open cases."""
        return highest_safety(self.cases)

    @property
    def ties(self) -> list[Tie]:
        """The ties of the file that hold on the day, the inhabitant's own first."""
        held = [tie.as_on(self.on) for tie in self.gates.ties if tie.held_on(self.on)]
        return sorted(held, key=lambda tie: (not tie.joins(self.person.id), tie.id))

    @property
    def past_ties(self) -> list[Tie]:
        """The ties of the file that do not hold on the day."""
        return [tie for tie in self.gates.ties if not tie.held_on(self.on)]

    @property
    def participations(self) -> list[Participation]:
        """What the inhabitant takes part in on the day."""
        return [part for part in self.gates.participations if part.held_on(self.on)]

    def tie(self, key: RelationshipId) -> Tie | None:
        """Return a tie of the file, ended or not."""
        return next((tie for tie in self.gates.ties if tie.id == key), None)

    def participation(self, key: RelationshipId) -> Participation | None:
        """Return a participation of the file, ended or not."""
        return next((part for part in self.gates.participations if part.id == key), None)

    def ask(self, key: NodeId) -> Ask | None:
        """Return an ask of the file, whatever its people wish by now."""
        node = self.graph.nodes.get(key)
        return Ask.from_node(node) if node is not None and node.label == "Ask" else None

    @property
    def asks(self) -> list[AskInFile]:
        """The asks of the cases, newest first."""
        every = [Ask.from_node(node) for node in self.graph.labelled("Ask")]
        every.sort(key=lambda ask: (ask.asked_on or date.min, ask.id), reverse=True)
        return [AskInFile(ask=ask, closed_off=self._closed_off(ask)) for ask in every]

    def name(self, node: NodeId) -> str:
        """Return what somebody or something in the file is called."""
        found = self.graph.nodes.get(node)
        return "" if found is None else text(found.properties, "name") or ""

    def colleagues(self) -> list[Worker]:
        """Return the workers who lead the cases."""
        leads = {r.source for r in self.graph.of_type("LEADS")}
        return [
            Worker.from_node(node) for node in self.graph.labelled("Worker") if node.id in leads
        ]

    def _closed_off(self, ask: Ask) -> bool:
        """Whether the inhabitant took back that somebody in this path may be asked."""
        if ask.outcome is Outcome.WITHDRAWN:
            return False
        steps = json.loads(text(ask.node.properties, "path") or "[]")
        mentioned = {step.get(end) for step in steps for end in ("from", "to")}
        if mentioned & self.gates.barred:
            return True
        records = {step.get("record") for step in steps}
        accounts: list[Tie | Participation] = [*self.gates.ties, *self.gates.participations]
        return any(
            account.id in records and account.approach is not Approach.MAY_ASK
            for account in accounts
        )
