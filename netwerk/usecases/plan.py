"""The plan: goals in the inhabitant's words, and who does what by when."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn

from netwerk.domain import visibility
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.people import Worker
from netwerk.domain.plans import WHO, Action, Goal, Side
from netwerk.domain.records import Node, Value
from netwerk.graph import casework
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore, Work


class Close(StrEnum):
    """What became of something that was agreed."""

    DONE = "done"
    DROPPED = "dropped"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFacts:
    """A goal as it is told; with a result it has ended."""

    text: str
    look_back_on: date | None = None
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFacts:
    """What is agreed: `who` is somebody of the network, a partner or a colleague."""

    text: str
    side: Side
    who: NodeId | None = None
    goal: NodeId | None = None
    due_on: date | None = None
    note: str = ""


def colleagues(store: GraphStore, scope: Scope) -> list[Worker]:
    """Return the viewer and who is in their teams, the viewer first."""
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team")
    mine = visibility.colleagues(graph, scope.viewer)
    every = [Worker.from_node(node) for node in graph.labelled("Worker") if node.id in mine]
    return sorted(every, key=lambda each: (each.id != scope.viewer, each.name))


def on_paper(store: GraphStore, scope: Scope, action: str) -> PersonFile:
    """Return the file for a letter; that it was printed or exported is logged as `action`."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        return PersonFile(view.own_file(), scope.subject, scope.as_of)


def goal(file: PersonFile, key: str) -> Goal:
    """Return a goal of the file. Raises NotVisibleError."""
    return next((g.goal for g in casework.goals(file) if g.goal.id == key), None) or _missing()


def action(file: PersonFile, key: str) -> casework.ActionInPlan:
    """Return what was agreed in the file. Raises NotVisibleError."""
    return next((a for a in casework.actions(file) if a.action.id == key), None) or _missing()


def set_goal(
    store: GraphStore, scope: Scope, operation: OperationId, read: Goal | None, facts: GoalFacts
) -> None:
    """Add a goal, or change the one that was read. Raises ConflictError if it changed since."""
    if not facts.text.strip():
        raise InvalidInputError("Write down what the inhabitant wants, in their own words.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        told: dict[str, Value | None] = {
            "text": facts.text.strip(),
            "look_back_on": _day(facts.look_back_on),
            "result": facts.result or None,
            "ended_on": _ended(facts, read, scope),
            "note": facts.note.strip() or None,
        }
        if read is None:
            told |= {"set_on": scope.as_of.isoformat(), "set_by": scope.viewer}
            _add(work, file, Node(label="Goal", id=NodeId(f"goal-{operation}")), told)
        else:
            work.save(read.node.with_properties(**told))
        work.audit(AuditEvent.within(scope, "set-goal", None if read is None else read.id))


def set_action(
    store: GraphStore, scope: Scope, operation: OperationId, read: Action | None, facts: ActionFacts
) -> None:
    """Agree on something, or change it. Raises ConflictError if it changed since it was read.

    Somebody of the network can do something only where the inhabitant said that they may be asked.
    """
    if not facts.text.strip():
        raise InvalidInputError("Write down what is agreed.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        _require_asked(file, facts)
        told: dict[str, Value | None] = {
            **dict.fromkeys(WHO.values()),
            "text": facts.text.strip(),
            "by_whom": facts.side.value,
            "goal": facts.goal,
            "due_on": _day(facts.due_on),
            "note": facts.note.strip() or None,
        }
        if facts.side in WHO:
            told[WHO[facts.side]] = facts.who
        if read is None:
            told |= {"agreed_on": scope.as_of.isoformat(), "agreed_by": scope.viewer}
            _add(work, file, Node(label="Action", id=NodeId(f"action-{operation}")), told)
        else:
            work.save(read.node.with_properties(**told))
        work.audit(AuditEvent.within(scope, "set-action", None if read is None else read.id))


def close_action(
    store: GraphStore, scope: Scope, operation: OperationId, key: str, how: Close
) -> None:
    """Note that it was done, that it is no longer needed, or that it is to be done after all.

    No version is asked: it says one thing, and can be taken back.
    """
    today = scope.as_of.isoformat()
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        read = action(PersonFile.in_work(work, scope), key).action
        work.save(
            read.node.with_properties(
                done_on=today if how is Close.DONE else None,
                dropped_on=today if how is Close.DROPPED else None,
            )
        )
        work.audit(AuditEvent.within(scope, "close-action", read.id))


def _require_asked(file: PersonFile, facts: ActionFacts) -> None:
    if facts.side in WHO and facts.who is None:
        raise InvalidInputError("Choose who does it.")
    casework.require_asked(file, facts.side, facts.who)
    if facts.goal is not None:
        goal(file, facts.goal)


def _ended(facts: GoalFacts, read: Goal | None, scope: Scope) -> str | None:
    if not facts.result:
        return None
    known = None if read is None else _day(read.ended_on)
    return known or scope.as_of.isoformat()


def _add(work: Work, file: PersonFile, new: Node, told: dict[str, Value | None]) -> None:
    if file.case is None:  # pragma: no cover -- no file can be opened without an open case
        raise NotVisibleError
    work.save(new.with_properties(**told))
    work.save(casework.kept_in(file.case, new.id))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _missing() -> NoReturn:
    raise NotVisibleError
