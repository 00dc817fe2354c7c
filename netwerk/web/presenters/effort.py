"""The effort of the team as it is read and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask_babel import format_date, gettext

from netwerk.domain.effort import Effort
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.plans import Side
from netwerk.graph import effort as told
from netwerk.graph.effort import OfColleague, Step
from netwerk.graph.file import PersonFile
from netwerk.web.language import day, hours
from netwerk.web.presenters.cases import told_late
from netwerk.web.presenters.plan import Names

LEFT, RIGHT, TOP, BOTTOM = 34.0, 392.0, 26.0, 142.0
"""Where the lines are drawn; round it is what is written."""
_MARGIN: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step back as it is shown; `late` is the id of one that did not come, to be made so."""

    told: str
    taken: str
    late: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one colleague gives."""

    worker: str
    name: str
    now: str
    since: str
    note: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The hours over time: lines as points, marks as (place, words), and the same as a table."""

    given: str
    planned: str
    today: float
    heights: tuple[tuple[float, str], ...]
    begins: str
    ends: str
    told: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalingRow:
    """A time that there was more help or less."""

    id: str
    direction: str
    when: str
    reason: str
    to_whom: str
    change: str


def given(file: PersonFile, known: Names) -> list[Given]:
    """Return what each colleague gives, and how it goes down."""
    return [
        Given(
            worker=each.worker,
            name=colleague(file, each.worker, known),
            now=hours(each.minutes) if each.now else "",
            since="" if each.now is None else day(each.now.since, file.on),
            note="" if each.now is None else each.now.note,
            steps=tuple(_step(file, each, step, known) for step in each.steps),
        )
        for each in told.by_colleague(file)
        if each.now or each.steps
    ]


def colleague(file: PersonFile, worker: WorkerId, known: Names) -> str:
    """Return what a colleague is called."""
    return known.get(worker) or file.name(worker) or gettext("a colleague")


def stored(file: PersonFile, found: OfColleague) -> list[str]:
    """Return what stands now, for who changed it at the same time as somebody else."""
    steps = [f"{day(s.effort.since, file.on)}: {hours(s.effort.minutes)}" for s in found.steps]
    now = found.now
    return [hours(found.minutes), *steps, *([now.note] if now else [])]


def scalings(file: PersonFile) -> list[ScalingRow]:
    """Return where there was more help or less, newest first."""
    return [
        ScalingRow(
            id=each.id,
            direction=each.direction,
            when=day(each.on, file.on),
            reason=each.reason,
            to_whom=each.to_whom,
            change=each.change,
        )
        for each in told.scalings(file)
    ]


def drawing(file: PersonFile) -> Drawing | None:
    """Return the hours over time as lines; None where nothing was noted."""
    course = told.course(told.efforts(file), file.on)
    if not course.given:
        return None
    begin = min(course.given[0][0], file.on - _MARGIN)
    end = max(course.planned[-1][0], file.on) + _MARGIN
    most = max(minutes for _, minutes in (*course.given, *course.planned))
    marks = _marks(most)
    scale = _Scale(begin, end, marks[-1])
    return Drawing(
        given=scale.line(course.given, file.on),
        planned=scale.line(course.planned, end),
        today=scale.across(file.on),
        heights=tuple((scale.up(m), str(m // 60)) for m in marks),
        begins=_short(begin),
        ends=_short(end),
        told=_told(course, file.on),
        rows=tuple(_rows(course, file.on)),
    )


class _Scale:
    """Where a day and a number of minutes are drawn."""

    def __init__(self, begin: date, end: date, top: int) -> None:
        self._begin, self._days, self._top = begin, (end - begin).days, top

    def across(self, on: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (on - self._begin).days / self._days, 1)

    def up(self, minutes: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * minutes / self._top, 1)

    def line(self, told: Sequence[tuple[date, int]], until: date) -> str:
        """Return the points of a line that goes on level until it steps up or down."""
        points: list[str] = []
        for number, (on, minutes) in enumerate(told):
            last = told[number + 1][0] if number + 1 < len(told) else until
            height = self.up(minutes)
            points += [f"{self.across(on)},{height}", f"{self.across(last)},{height}"]
        return " ".join(points)


def _marks(most: int) -> list[int]:
    """Return at which minutes a line is drawn: whole hours from 0, five at most; the last is top.

    The top is not below `most`.
    """
    hours_up = max(1, -(-most // 60))
    each = -(-hours_up // 4)
    return [60 * n for n in range(0, hours_up + each, each)]


def _rows(course: told.Course, on: date) -> list[tuple[str, str, str]]:
    real = [(when, day(when, on), gettext("given"), minutes) for when, minutes in course.given]
    plan = [(when, day(when, on), gettext("planned"), m) for when, m in course.planned]
    every = sorted((*real, *plan), key=lambda each: each[0])
    return [(shown, kind, hours(minutes)) for _, shown, kind, minutes in every]


def _told(course: told.Course, on: date) -> str:
    first, last = course.given[0], course.given[-1]
    until = course.planned[-1]
    return gettext(
        "From %(first)s a week on %(begin)s to %(now)s today; planned is %(then)s from %(end)s.",
        first=hours(first[1]),
        begin=day(first[0], on),
        now=hours(last[1]),
        then=hours(until[1]),
        end=day(until[0], on),
    )


def _short(on: date) -> str:
    return str(format_date(on, "d MMM y"))


def _step(file: PersonFile, of: OfColleague, step: Step, known: Names) -> StepRow:
    effort = step.effort
    is_late = of.late is not None and of.late.id == effort.id
    return StepRow(
        told=gettext(
            "from %(day)s: %(hours)s", day=day(effort.since, file.on), hours=hours(effort.minutes)
        ),
        taken="" if step.closed_off else _taken(file, effort, known),
        late=effort.id if is_late else "",
        was=told_late(of.late, file.on) if is_late and of.late else "",
    )


def _taken(file: PersonFile, effort: Effort, known: Names) -> str:
    if effort.side is None:
        return effort.note
    who = file.person.name if effort.side is Side.INHABITANT else _name(file, effort.who, known)
    if not effort.note:
        return gettext("%(who)s takes it over", who=who)
    return gettext("%(who)s takes over: %(what)s", who=who, what=effort.note)


def _name(file: PersonFile, who: NodeId | None, known: Names) -> str:
    return "" if who is None else known.get(who) or file.name(who)
