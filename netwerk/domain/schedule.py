"""When something is open: at a moment, on a day, and when next.

Moments are aware of their time zone; the lines (`netwerk.domain.hours`) follow the clock on the
wall of the Netherlands, also on the two days in a year on which that goes forward or back.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, groupby
from typing import Final, Self
from zoneinfo import ZoneInfo

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import Hours, Line
from netwerk.domain.records import Properties, flag, words

HERE: Final = ZoneInfo("Europe/Amsterdam")
LOOK_AHEAD: Final = 400
"""Days in which a next opening is looked for; what is on one day is found however far it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One time that it is open, within one day: from `starts` until `ends`."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Opening hours as a whole. Without lines they are not known.

    Public holidays are passed in as the days they are. On these it is closed, unless it is
    `open_on_holidays`; a line about one day holds also then, because somebody meant that day.
    """

    lines: tuple[Line, ...] = ()
    open_on_holidays: bool = False

    @classmethod
    def parse(cls, lines: Iterable[str], *, open_on_holidays: bool = False) -> Self:
        """Read lines; an empty one is left out, a wrong one raises InvalidInputError."""
        found = tuple(Line.parse(each) for each in lines if each.strip())
        return cls(lines=found, open_on_holidays=open_on_holidays)

    @classmethod
    def read(cls, properties: Properties) -> Self:
        """Read `hours` and `open_on_holidays` of a record; a line that is none says nothing."""
        lines = (_understood(each) for each in words(properties, "hours"))
        return cls(
            lines=tuple(each for each in lines if each is not None),
            open_on_holidays=flag(properties, "open_on_holidays") is True,
        )

    def written(self) -> list[str]:
        """Return the lines as they are stored."""
        return [str(line) for line in self.lines]

    def hours_on(self, day: date, holidays: Container[date] = ()) -> list[Hours]:
        """Return the hours of a day in order, those that touch or overlap as one."""
        closed = not self.open_on_holidays and day in holidays
        every = sorted(
            hours
            for line in self.lines
            if line.held_on(day) and (line.on is not None or not closed)
            for hours in line.hours
        )
        found: list[Hours] = []
        for each in every:
            if found and each.opens <= found[-1].closes:
                closes = max(each.closes, found[-1].closes)
                found[-1] = Hours(opens=found[-1].opens, closes=closes)
            else:
                found.append(each)
        return found

    def open_at(self, moment: datetime, holidays: Container[date] = ()) -> bool:
        """Whether it is open at a moment (aware of its time zone)."""
        here = moment.astimezone(HERE)
        return _within(self.hours_on(here.date(), holidays), here)

    def openings(self, day: date, holidays: Container[date] = ()) -> Iterator[Opening]:
        """Yield when it is open on a day, in order."""
        hours = self.hours_on(day, holidays)
        start = datetime.combine(day, time(), HERE)
        end = start + timedelta(days=1)
        if hours and start.utcoffset() != end.utcoffset():
            yield from _walked(hours, start.astimezone(UTC), end.astimezone(UTC))
            return
        for each in hours:
            yield Opening(
                starts=start + timedelta(minutes=each.opens),
                ends=start + timedelta(minutes=each.closes),
            )

    def opening_at(self, moment: datetime, holidays: Container[date] = ()) -> Opening | None:
        """Return the opening that a moment lies in, if any."""
        day = moment.astimezone(HERE).date()
        # In UTC: on the day the clock goes back, an hour of the wall is there twice.
        at = moment.astimezone(UTC)
        today = self.openings(day, holidays)
        return next((e for e in today if _utc(e.starts) <= at < _utc(e.ends)), None)

    def next_opening(self, moment: datetime, holidays: Container[date] = ()) -> Opening | None:
        """Return the first opening that starts after a moment, within LOOK_AHEAD days."""
        first, at = moment.astimezone(HERE).date(), moment.astimezone(UTC)
        soon = (first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD if self.lines else 0))
        beyond = first + timedelta(days=LOOK_AHEAD)
        late = sorted(line.on for line in self.lines if line.on is not None and line.on >= beyond)
        return next(
            (
                each
                for day in chain(soon, late)
                for each in self.openings(day, holidays)
                if _utc(each.starts) > at
            ),
            None,
        )


def next_time(weekday: int, minutes: int, after: datetime) -> datetime:
    """Return the first moment from `after` on that is this weekday (0: Monday) and time of day."""
    start = datetime.combine(after.astimezone(HERE).date(), time(), HERE)
    days = (start + timedelta(days=ahead) for ahead in range(8))
    found = (day + timedelta(minutes=minutes) for day in days if day.weekday() == weekday)
    return next(at for at in found if _utc(at) >= _utc(after))


def _within(hours: Iterable[Hours], here: datetime) -> bool:
    minute = here.hour * 60 + here.minute
    return any(each.opens <= minute < each.closes for each in hours)


def _walked(hours: Iterable[Hours], start: datetime, end: datetime) -> Iterator[Opening]:
    """Yield the openings of a day on which the clock goes forward or back, minute by minute."""
    kept = list(hours)
    count = int((end - start).total_seconds()) // 60
    minutes = [(start + timedelta(minutes=each)).astimezone(HERE) for each in range(count)]
    for is_open, run in groupby(minutes, key=lambda here: _within(kept, here)):
        passed = list(run)
        if is_open:
            ends = (_utc(passed[-1]) + timedelta(minutes=1)).astimezone(HERE)
            yield Opening(starts=passed[0], ends=ends)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@lru_cache(maxsize=4096)
def _understood(text: str) -> Line | None:
    try:
        return Line.parse(text)
    except InvalidInputError:
        return None
