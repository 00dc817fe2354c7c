"""The plan as it is read: to a colleague, and on paper to the inhabitant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext

from netwerk.domain.cases import Outcome
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.plans import Goal, Side
from netwerk.graph import casework
from netwerk.graph.file import PersonFile
from netwerk.web import context
from netwerk.web.language import day

Names = Mapping[NodeId, str]
RUNNING = frozenset({Outcome.OPEN, Outcome.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """Something that was agreed; of who is left alone by now nothing is told."""

    id: str
    closed_off: bool
    is_open: bool
    text: str
    who: str
    told: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCard:
    """A goal, with what was agreed for it."""

    id: str
    text: str
    told: str
    late: bool
    ended: bool
    note: str
    rows: tuple[ActionRow, ...]


def names(workers: Iterable[Worker], partners: Iterable[tuple[str, str]]) -> dict[NodeId, str]:
    """Return what colleagues and partners are called."""
    found: dict[NodeId, str] = {NodeId(key): name for key, name in partners}
    return found | {worker.id: worker.name for worker in workers}


def goals(file: PersonFile, known: Names) -> list[GoalCard]:
    """Return the goals, those that are worked on first."""
    return [_goal(file, each, known) for each in casework.goals(file)]


def loose(file: PersonFile, known: Names) -> list[ActionRow]:
    """Return what was agreed apart from the goals."""
    return [row(file, each, known) for each in casework.loose(file)]


def who(
    file: PersonFile, workers: Iterable[Worker], partners: Iterable[tuple[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """Return who may be chosen to do something; whoever is left alone is not offered."""
    people = sorted((file.name(key), key) for key in casework.may_do(file))
    groups = {
        gettext("The inhabitant"): [("inhabitant:", file.person.name)],
        gettext("From the network"): [(f"network:{key}", name) for name, key in people],
        gettext("The team"): [(f"team:{each.id}", each.name) for each in workers],
        gettext("A partner"): [
            (f"partner:{key}", name) for key, name in partners if key not in file.gates.barred
        ],
    }
    return {label: every for label, every in groups.items() if every}


def running(file: PersonFile) -> list[tuple[str, str, str]]:
    """Return the asks that run or wait, as (id, title, what came of it)."""
    return [
        (
            each.ask.id,
            gettext("To be left alone") if each.closed_off else each.ask.title,
            context.schema_label("outcome", each.ask.outcome.value),
        )
        for each in file.asks
        if each.ask.outcome in RUNNING
    ]


def _goal(file: PersonFile, found: casework.GoalInPlan, known: Names) -> GoalCard:
    goal = found.goal
    back = goal.look_back_on
    return GoalCard(
        id=goal.id,
        text=goal.text,
        told=_told_of(file, goal),
        late=goal.ended_on is None and back is not None and back < file.on,
        ended=goal.ended_on is not None,
        note=goal.note,
        rows=tuple(row(file, each, known) for each in found.actions),
    )


def _told_of(file: PersonFile, goal: Goal) -> str:
    if goal.ended_on is not None:
        result = context.schema_label("goal_result", goal.result)
        return gettext("%(result)s on %(day)s", result=result, day=day(goal.ended_on, file.on))
    if goal.look_back_on is None:
        return ""
    return gettext("We look back on %(day)s", day=day(goal.look_back_on, file.on))


def row(file: PersonFile, found: casework.ActionInPlan, known: Names) -> ActionRow:
    """Return something that was agreed, as it is shown."""
    action = found.action
    late = action.is_open and action.due_on is not None and action.due_on < file.on
    return ActionRow(
        id=action.id,
        closed_off=found.closed_off,
        is_open=action.is_open,
        text="" if found.closed_off else action.text,
        who="" if found.closed_off else _who(file, found, known),
        told=_when(file, found),
        late=late,
    )


def _who(file: PersonFile, found: casework.ActionInPlan, known: Names) -> str:
    if found.action.side is Side.INHABITANT or found.action.who is None:
        return file.person.name
    return known.get(found.action.who) or file.name(found.action.who) or gettext("a colleague")


def _when(file: PersonFile, found: casework.ActionInPlan) -> str:
    action = found.action
    if action.done_on is not None:
        return gettext("done on %(day)s", day=day(action.done_on, file.on))
    if action.dropped_on is not None:
        return gettext("no longer needed")
    return "" if action.due_on is None else gettext("by %(day)s", day=day(action.due_on, file.on))
