"""What is worked on in an inhabitant's case, read from the file with the inhabitant's word."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from netwerk.domain.cases import Case
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId, RelationshipId, WorkerId
from netwerk.domain.plans import Action, DomainNote, Goal, Side
from netwerk.domain.records import Node, Relationship
from netwerk.domain.ties import Approach
from netwerk.graph.file import PersonFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionInPlan:
    """An action as it may be shown today.

    `closed_off`: who would do it is to be left alone by now, so nothing of it may be shown.
    """

    action: Action
    closed_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalInPlan:
    """A goal with what was agreed for it."""

    goal: Goal
    actions: tuple[ActionInPlan, ...]


def is_of_team(file: PersonFile, case: Case, viewer: WorkerId, teams: Container[NodeId]) -> bool:
    """Whether a case is the viewer's own, or that of one of their teams.

    Who opened a file by way of exception may look; what tells of it outside is not theirs to do.
    """
    led = any(r.source == viewer for r in file.graph.of_type("LEADS") if r.target == case.id)
    handled = (r.target for r in file.graph.of_type("HANDLED_BY") if r.source == case.id)
    return led or any(team in teams for team in handled)


def handled_by(file: PersonFile, case: Case, own: Iterable[NodeId]) -> tuple[NodeId, ...]:
    """Return the teams that a case is of; `own`, those of who asks, where it is of none."""
    handled = {r.target for r in file.graph.of_type("HANDLED_BY") if r.source == case.id}
    return tuple(sorted(handled or own))


def kept_in(case: Case, record: NodeId) -> Relationship:
    """Return what keeps a record in a case."""
    key = RelationshipId(f"kept-{record}")
    return Relationship(type="KEPT_IN", id=key, source=record, target=NodeId(case.id))


def notes(file: PersonFile) -> Mapping[NeedId, list[DomainNote]]:
    """Return what was told of each life domain, newest first."""
    found: dict[NeedId, list[DomainNote]] = {}
    every = [DomainNote.from_node(node) for node in file.graph.labelled("DomainNote")]
    for note in sorted(every, key=lambda each: (each.told_on, each.id), reverse=True):
        found.setdefault(note.domain, []).append(note)
    return found


def kept(file: PersonFile, label: str) -> list[Node]:
    """Return what is kept under a label in the cases that are open."""
    cases = {case.id for case in file.cases}
    inside = {r.source for r in file.graph.of_type("KEPT_IN") if r.target in cases}
    return [node for node in file.graph.labelled(label) if node.id in inside]


def goals(file: PersonFile) -> list[GoalInPlan]:
    """Return the goals, those still worked on first, with what was agreed for each."""
    every = [Goal.from_node(node) for node in kept(file, "Goal")]
    agreed = actions(file)
    every.sort(key=lambda each: (each.ended_on is not None, each.set_on or date.min, each.id))
    return [
        GoalInPlan(goal=goal, actions=tuple(a for a in agreed if a.action.goal == goal.id))
        for goal in every
    ]


def actions(file: PersonFile) -> list[ActionInPlan]:
    """Return what was agreed: what is to be done first, by day."""
    every = [Action.from_node(node) for node in kept(file, "Action")]
    every.sort(key=lambda each: (not each.is_open, each.due_on or date.max, each.id))
    return [
        ActionInPlan(action=each, closed_off=closed_off(file, each.side, each.who))
        for each in every
    ]


def loose(file: PersonFile) -> list[ActionInPlan]:
    """Return what was agreed beside the goals."""
    known = {node.id for node in kept(file, "Goal")}
    return [each for each in actions(file) if each.action.goal not in known]


def may_do(file: PersonFile) -> set[NodeId]:
    """Return who of the network may be asked to do something: the inhabitant said yes."""
    own = [tie for tie in file.gates.usable_ties() if tie.joins(file.person.id)]
    reached: set[NodeId] = {tie.other(file.person.id) for tie in own}
    return reached - file.gates.barred


def closed_off(file: PersonFile, side: Side | None, who: NodeId | None) -> bool:
    """Whether somebody who does something is to be left alone by now."""
    if side not in (Side.NETWORK, Side.PARTNER):
        return False
    accounts = [tie for tie in file.gates.ties if tie.joins(file.person.id)]
    said = {tie.approach for tie in accounts if tie.other(file.person.id) == who}
    asked_for = side is Side.NETWORK and Approach.MAY_ASK not in said
    return who in file.gates.barred or asked_for


def require_asked(file: PersonFile, side: Side, who: NodeId | None) -> None:
    """Refuse, with InvalidInputError, to count on somebody who is not to be asked."""
    if side is Side.NETWORK and who not in may_do(file):
        raise InvalidInputError("Choose somebody who may be asked: the inhabitant decides.")
    if side is Side.PARTNER and who in file.gates.barred:
        raise InvalidInputError("The inhabitant wants this partner to be left alone.")
