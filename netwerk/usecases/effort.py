"""The team's own effort in a case: appearing and stepping back; and more help or less, and why."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.effort import TAKERS, Effort, Scaling
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.plans import WHO, Side
from netwerk.domain.records import Node, Value
from netwerk.graph import casework
from netwerk.graph import effort as told
from netwerk.graph.effort import OfColleague
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """From a day on so many minutes a week, who takes over what."""

    on: date
    minutes: int
    side: Side | None = None
    who: NodeId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortFacts:
    """What a colleague gives since a day, and the steps back from there. With 0 it stops."""

    worker: WorkerId
    minutes: int
    since: date
    note: str = ""
    steps: tuple[StepFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalingFacts:
    """More help or less, as it is told."""

    direction: str
    on: date
    reason: str
    to_whom: str = ""
    change: str = ""


def of_worker(file: PersonFile, worker: str) -> OfColleague:
    """Return what a colleague gives now. Raises NotVisibleError where that is nothing."""
    every = (each for each in told.by_colleague(file) if each.worker == worker and each.now)
    return next(every, None) or _missing()


def scaling(file: PersonFile, key: str) -> Scaling:
    """Return a time that there was more help or less. Raises NotVisibleError."""
    return next((each for each in told.scalings(file) if each.id == key), None) or _missing()


def start(store: GraphStore, scope: Scope, operation: OperationId, facts: EffortFacts) -> None:
    """Note what a colleague begins to give, and how it goes down from there."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        if any(each.worker == facts.worker and each.now for each in told.by_colleague(file)):
            raise InvalidInputError("This colleague has hours here already. Change those.")
        if not facts.minutes:
            raise InvalidInputError("Fill in how many hours a week.")
        _check(file, facts)
        _add_period(work, file, operation, facts)
        _replace_steps(work, file, operation, facts)
        work.audit(AuditEvent.within(scope, "start-effort"))


def change(
    store: GraphStore, scope: Scope, operation: OperationId, version: int, facts: EffortFacts
) -> None:
    """Change what a colleague gives, and the steps that are to come.

    `version` is of the period that was read. Raises ConflictError if it changed since.
    """
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        found = of_worker(file, facts.worker)
        now = found.now or _missing()
        if now.node.version != version:
            raise ConflictError(now.id, now.node)
        facts = _without_overtaken(found, facts)
        _check(file, facts)
        _change_period(work, file, operation, now, facts)
        _replace_steps(work, file, operation, facts)
        work.audit(AuditEvent.within(scope, "change-effort", now.id))


def step_back(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Note that a step is so as of today, late or before its time. Raises NotVisibleError."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        found = ((of, each) for of in told.by_colleague(file) for each in of.steps)
        of, step = next((f for f in found if f[1].effort.id == key), None) or _missing()
        now = of.now or _missing()
        facts = EffortFacts(
            worker=of.worker, minutes=step.effort.minutes, since=scope.as_of, note=now.note
        )
        _change_period(work, file, operation, now, facts)
        if step.effort.since > scope.as_of:
            work.save(step.effort.node.with_properties(valid_from=scope.as_of.isoformat()))
        work.audit(AuditEvent.within(scope, "step-back", step.effort.id))


def set_scaling(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    read: Scaling | None,
    facts: ScalingFacts,
) -> None:
    """Note that there is more help or less, or change it. Raises ConflictError if it changed."""
    if not facts.reason.strip():
        raise InvalidInputError("Write down why.")
    if facts.on > scope.as_of:
        raise InvalidInputError("That day is still to come.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        kept: dict[str, Value | None] = {
            "direction": facts.direction,
            "scaled_on": facts.on.isoformat(),
            "reason": facts.reason.strip(),
            "to_whom": facts.to_whom.strip() or None,
            "change": facts.change.strip() or None,
        }
        if read is None:
            kept["scaled_by"] = scope.viewer
            new = Node(label="Scaling", id=NodeId(f"scaling-{operation}"))
            _add(work, file, new.with_properties(**kept))
        else:
            work.save(read.node.with_properties(**kept))
        work.audit(AuditEvent.within(scope, "set-scaling", None if read is None else read.id))


def _check(file: PersonFile, facts: EffortFacts) -> None:
    if facts.since > file.on:
        raise InvalidInputError("That day is still to come. Write it down as a step.")
    days = [step.on for step in facts.steps]
    if len(days) != len(set(days)):
        raise InvalidInputError("Two steps begin on the same day.")
    if facts.steps and not facts.minutes:
        raise InvalidInputError("With no hours there are no steps any more.")
    for step in facts.steps:
        if step.on <= facts.since:
            raise InvalidInputError("A step begins after the hours that stand there now.")
        if step.side is not None:
            casework.require_asked(file, step.side, step.who)


def _without_overtaken(found: OfColleague, facts: EffortFacts) -> EffortFacts:
    """Leave out the step that is late where other hours begin after its day: they replace it."""
    overdue = None if found.late is None else found.late.step.since
    left = (step for step in facts.steps if step.on != overdue or step.on > facts.since)
    return replace(facts, steps=tuple(left))


def _change_period(
    work: Work, file: PersonFile, operation: OperationId, now: Effort, facts: EffortFacts
) -> None:
    """Let a period end and another begin; the same day, or the same minutes, change it in place.

    The period that was read is saved in any case, so that two who change at once see each other.
    """
    same = now.minutes == facts.minutes
    if same or (facts.since == now.since and facts.minutes):
        note = facts.note.strip() or None
        work.save(now.node.with_properties(minutes_a_week=facts.minutes, note=note))
        return
    if facts.since < now.since:
        raise InvalidInputError("That is before the hours began that stand there now.")
    if facts.since == now.since:
        work.save(now.node.with_properties(minutes_a_week=0))
        return
    work.save(now.node.with_properties(valid_to=facts.since.isoformat()))
    if facts.minutes:
        _add_period(work, file, operation, facts)


def _add_period(work: Work, file: PersonFile, operation: OperationId, facts: EffortFacts) -> None:
    new = Node(label="Effort", id=NodeId(f"effort-{operation}"))
    kept: dict[str, Value | None] = {
        "worker": facts.worker,
        "minutes_a_week": facts.minutes,
        "valid_from": facts.since.isoformat(),
        "note": facts.note.strip() or None,
    }
    _add(work, file, new.with_properties(**kept))


def _replace_steps(
    work: Work, file: PersonFile, operation: OperationId, facts: EffortFacts
) -> None:
    """Put what is agreed now in the place of the steps that are to come or did not come."""
    theirs = [each for each in told.by_colleague(file) if each.worker == facts.worker]
    for old in (step.effort.node for each in theirs for step in each.steps):
        work.save(old.with_properties(dropped_on=file.on.isoformat()))
    for number, step in enumerate(facts.steps):
        new = Node(label="Effort", id=NodeId(f"effort-{operation}-{number}"))
        kept: dict[str, Value | None] = {
            "worker": facts.worker,
            "minutes_a_week": step.minutes,
            "valid_from": step.on.isoformat(),
            "planned": True,
            "takes_over": None if step.side is None else step.side.value,
            "note": step.note.strip() or None,
        }
        if step.side in TAKERS:
            kept[WHO[step.side]] = step.who
        _add(work, file, new.with_properties(**kept))


def _add(work: Work, file: PersonFile, new: Node) -> None:
    if file.case is None:  # pragma: no cover -- no file can be opened without an open case
        raise NotVisibleError
    work.save(new)
    work.save(casework.kept_in(file.case, new.id))


def _missing() -> NoReturn:
    raise NotVisibleError
