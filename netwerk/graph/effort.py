"""The effort of the team as a file tells it: who, how much, how it goes down, and over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from netwerk.domain.effort import Effort, Late, Scaling, late, open_steps
from netwerk.domain.ids import WorkerId
from netwerk.graph import casework
from netwerk.graph.file import PersonFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step back that is to come, or did not come.

    `closed_off`: who would take it over is to be left alone by now; nothing of them may be shown.
    """

    effort: Effort
    closed_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfColleague:
    """What one colleague gives now, and how it goes down. `now` is absent once it has stopped."""

    worker: WorkerId
    now: Effort | None
    minutes: int
    steps: tuple[Step, ...]
    late: Late | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The minutes a week of all together, each from a day on: as they were, as they are to be.

    `planned` begins at the first step that did not come, or else today.
    """

    given: tuple[tuple[date, int], ...]
    planned: tuple[tuple[date, int], ...]


def efforts(file: PersonFile) -> list[Effort]:
    """Return all that is noted of effort in the open cases, oldest first."""
    every = [Effort.from_node(node) for node in casework.kept(file, "Effort")]
    return sorted(every, key=lambda each: (each.since, each.id))


def scalings(file: PersonFile) -> list[Scaling]:
    """Return where there was more help or less, newest first."""
    every = [Scaling.from_node(node) for node in casework.kept(file, "Scaling")]
    return sorted(every, key=lambda each: (each.on or date.min, each.id), reverse=True)


def by_colleague(file: PersonFile) -> list[OfColleague]:
    """Return what each colleague gives and is to give, most first."""
    every = efforts(file)
    workers = dict.fromkeys(each.worker for each in every)
    found = [_of(file, worker, [e for e in every if e.worker == worker]) for worker in workers]
    return sorted(found, key=lambda each: (-each.minutes, each.worker))


def course(every: Sequence[Effort], on: date) -> Course:
    """Return how the hours went, and how they are to go; empty where none was noted."""
    real = [each for each in every if not each.planned and each.since <= on]
    if not real:
        return Course(given=(), planned=())
    steps = open_steps(every, on)
    every = [*real, *steps]
    ends = [each.until for each in real if each.until is not None]
    days = {each.since for each in real} | {end for end in ends if end <= on}
    given = [(day, _given(every, day)) for day in sorted(days)]
    begins = min([on, *(each.since for each in steps)])
    after = {begins, *(each.since for each in steps), *(e for e in ends if e > on)}
    planned = [(day, _expected(every, steps, day)) for day in sorted(after)]
    return Course(given=_changes(given), planned=_changes(planned))


def _of(file: PersonFile, worker: WorkerId, every: Sequence[Effort]) -> OfColleague:
    held = [each for each in every if each.minutes_on(file.on)]
    overdue = late(every, file.on)
    return OfColleague(
        worker=worker,
        now=held[-1] if held else None,
        minutes=sum(each.minutes for each in held),
        steps=tuple(
            Step(effort=e, closed_off=casework.closed_off(file, e.side, e.who))
            for e in open_steps(every, file.on)
        ),
        late=overdue[0] if overdue else None,
    )


def _given(every: Sequence[Effort], on: date) -> int:
    return sum(each.minutes_on(on) for each in every)


def _expected(every: Sequence[Effort], steps: Sequence[Effort], on: date) -> int:
    """Return what all together are to give on a day: by the last step of each, or as it is."""
    total = 0
    for worker in {each.worker for each in every}:
        theirs = [each for each in steps if each.worker == worker and each.since <= on]
        own = [each for each in every if each.worker == worker]
        total += theirs[-1].minutes if theirs else _given(own, on)
    return total


def _changes(told: Sequence[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """Return only the days on which something changes."""
    return tuple(
        each for before, each in zip([None, *told], told, strict=False) if _other(before, each)
    )


def _other(before: tuple[date, int] | None, now: tuple[date, int]) -> bool:
    return before is None or before[1] != now[1]
