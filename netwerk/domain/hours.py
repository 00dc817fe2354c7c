"""Opening hours as lines that people and machines both read.

One line says on which days, and from when to when: `tu 10:00-12:00`,
`mo-fr 09:00-12:00,13:00-17:00`, `mo[1] 14:00-16:00` (the first Monday of the month),
`fr[-1] 20:00-24:00` (the last Friday), `2026-12-05 19:00-21:00` (one day). Days and times may be
typed in Dutch and more loosely (`di 10-12 uur`); they are written in one way. The hours are those
of the clock on the wall.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError, InvalidRecordError
from netwerk.domain.records import parse_day

DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
END_OF_DAY: Final = 24 * 60
_NAMES: Final = (
    (*DAYS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ("ma", "di", "wo", "do", "vr", "za", "zo"),
    ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
)
_NUMBERS: Final = {name: at % 7 for names in _NAMES for at, name in enumerate(names)}
_LOOSE: Final = re.compile(r"\s*([-,\[])\s*|\s+(?=\])")
_WHICH: Final = re.compile(r"(\w+)\[([-\d,]+)\]")
_TIMES: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?-(\d{1,2})(?:[:.](\d\d))?")
_LONGEST: Final = 200
_WEEKS: Final = frozenset({1, 2, 3, 4, 5, -1, -2})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Hours:
    """From `opens` to `closes`, in minutes after midnight; the end does not count."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Some hours on one day (`on`), or on `weekdays` (0 is Monday).

    `which`: only the first (1), second, … last (-1) of them in a month; then there is one weekday.
    """

    hours: tuple[Hours, ...]
    weekdays: tuple[int, ...] = ()
    which: tuple[int, ...] = ()
    on: date | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a line; InvalidInputError says how to write it."""
        tidy = _LOOSE.sub(r"\1", text.strip().casefold().replace("\u2013", "-"))
        parts = tidy.removesuffix("uur").split()
        if len(text) > _LONGEST or len(parts) != 2:
            raise _unreadable(text)
        on = _one_day(parts[0], text)
        weekdays, which = ((), ()) if on else _weekdays(parts[0], text)
        hours = tuple(sorted({_hours(each, text) for each in parts[1].split(",")}))
        return cls(hours=hours, weekdays=weekdays, which=which, on=on)

    def __str__(self) -> str:
        days = self.on.isoformat() if self.on else _days_written(self.weekdays, self.which)
        return f"{days} {','.join(map(str, self.hours))}"

    def held_on(self, day: date) -> bool:
        """Whether the line says something about this day."""
        if self.on is not None:
            return self.on == day
        if day.weekday() not in self.weekdays:
            return False
        if not self.which:
            return True
        from_start = (day.day + 6) // 7
        # Seen from the end: the last one has no other of its kind in the week after it.
        left = (monthrange(day.year, day.month)[1] - day.day) // 7
        return from_start in self.which or -1 - left in self.which


def _unreadable(text: str) -> InvalidInputError:
    return InvalidInputError(
        "“%(line)s” cannot be read as opening hours. Write them as mo-fr 09:00-17:00,"
        " mo[1] 14:00-16:00 (the first Monday) or 2026-12-05 19:00-21:00 (one day).",
        line=text[:_LONGEST],
    )


def _one_day(days: str, text: str) -> date | None:
    if not days[0].isdigit():
        return None
    try:
        found = parse_day(days)
    except InvalidRecordError as error:
        raise _unreadable(text) from error
    if not 2000 <= found.year < 3000:
        raise _unreadable(text)
    return found


def _weekdays(days: str, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if some := _WHICH.fullmatch(days):
        which = {each for each in _WEEKS if str(each) in some[2].split(",")}
        if len(which) != len(set(some[2].split(","))):
            raise _unreadable(text)
        return (_weekday(some[1], text),), tuple(sorted(which, key=lambda n: (n < 0, n)))
    found: set[int] = set()
    for part in days.split(","):
        first, dash, last = part.partition("-")
        start = _weekday(first, text)
        length = (_weekday(last, text) - start) % 7 if dash else 0
        found |= {(start + at) % 7 for at in range(length + 1)}
    return tuple(sorted(found)), ()


def _weekday(name: str, text: str) -> int:
    if name not in _NUMBERS:
        raise _unreadable(text)
    return _NUMBERS[name]


def _hours(times: str, text: str) -> Hours:
    found = _TIMES.fullmatch(times)
    if found is None:
        raise _unreadable(text)
    opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
    if opens is None or closes is None:
        raise _unreadable(text)
    if opens >= closes:
        raise InvalidInputError(
            "“%(line)s”: the end must be after the start, and not after 24:00.", line=text
        )
    return Hours(opens=opens, closes=closes)


def _minutes(hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), int(minute or 0)
    found = hours * 60 + minutes
    return found if minutes < 60 and found <= END_OF_DAY else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _days_written(weekdays: tuple[int, ...], which: tuple[int, ...]) -> str:
    if which:
        return f"{DAYS[weekdays[0]]}[{','.join(map(str, which))}]"
    together = groupby(enumerate(weekdays), key=lambda each: each[1] - each[0])
    runs = [[day for _, day in run] for _, run in together]
    # Two days in a row read better apart: mo,tu.
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[d] for d in run)
        for run in runs
    )
