"""Opening hours, row by row: which day, which week, from when to when; and single days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask import request
from flask_babel import format_date, gettext

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import DAYS, Hours, Line
from netwerk.web.language import say

_MONDAY: Final = date(2024, 1, 1)
_RUNS: Final = {"mo-fr": (0, 1, 2, 3, 4), "sa,su": (5, 6), "mo-su": tuple(range(7))}
"""Days that are offered together."""
_EMPTY, _MORE = 2, 4
"""Empty rows to begin with, and after asking for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it was typed: days (or one day), which week of the month, from, to."""

    days: str = ""
    which: str = ""
    opens: str = ""
    closes: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.days or self.opens or self.closes)

    @property
    def text(self) -> str:
        """The row as a line."""
        which = f"[{self.which}]" if self.which else ""
        return f"{self.days}{which} {self.opens}-{self.closes}"


class HoursForm:
    """The rows of a form, as they begin or as they were sent."""

    def __init__(self, stored: Sequence[str] = ()) -> None:
        """Begin with the lines that are stored, or with what was sent."""
        self._stored = list(stored)
        self.errors: list[str] = []
        known = [line for each in stored if (line := _read(each)) is not None]
        sent = "hours-days" in request.form
        self._weekly = _sent("hours", "which") if sent else _weekly(known)
        self._dated = _sent("hours-on", "") if sent else _dated(known)

    @property
    def weekly(self) -> list[Row]:
        """The rows that come back each week or month, with empty ones after them."""
        return self._weekly + [Row()] * (_MORE if request.form.get("again") == "hours" else _EMPTY)

    @property
    def dated(self) -> list[Row]:
        """The rows of single days, with an empty one after them."""
        return [*self._dated, Row()]

    def lines(self) -> list[str]:
        """Return what was filled in, as it is stored; rows that say the same leave it as it is.

        `errors` tells what is wrong with a row.
        """
        self.errors = []
        rows = [*self._weekly, *self._dated]
        made = [line for number, row in enumerate(rows, 1) if (line := self._line(number, row))]
        unread = [each for each in self._stored if _read(each) is None]
        known = [line for each in self._stored if (line := _read(each)) is not None]
        if _meant(made) == _meant(known):
            return self._stored
        return [str(each) for each in _together(made)] + unread

    @property
    def day_choices(self) -> list[tuple[str, str]]:
        """Days to choose from."""
        names = [str(format_date(_MONDAY.replace(day=1 + at), "EEEE")) for at in range(7)]
        runs = [
            ("mo-fr", gettext("monday to friday")),
            ("sa,su", gettext("saturday and sunday")),
            ("mo-su", gettext("every day")),
        ]
        return [("", gettext("choose")), *zip(DAYS, names, strict=True), *runs]

    @property
    def week_choices(self) -> list[tuple[str, str]]:
        """Which of them in a month."""
        return [
            ("", gettext("every week")),
            ("1", gettext("the first of the month")),
            ("2", gettext("the second of the month")),
            ("3", gettext("the third of the month")),
            ("4", gettext("the fourth of the month")),
            ("5", gettext("the fifth of the month")),
            ("-1", gettext("the last of the month")),
            ("-2", gettext("the last but one of the month")),
        ]

    def _line(self, number: int, row: Row) -> Line | None:
        if not (row.days and row.opens and row.closes):
            told = gettext(
                "Opening hours, row %(number)s: fill in day, from and to.", number=number
            )
            self.errors.append(told)
            return None
        if row.which and row.days in _RUNS:
            told = gettext(
                "Opening hours, row %(number)s: choose one day for a week of the month.",
                number=number,
            )
            self.errors.append(told)
            return None
        try:
            return Line.parse(row.text)
        except InvalidInputError as error:
            self.errors.append(say(error))
            return None


def _sent(name: str, which: str) -> list[Row]:
    lists = [request.form.getlist(f"{name}-{part}") for part in ("days", "opens", "closes")]
    weeks = request.form.getlist(f"{name}-{which}") if which else [""] * len(lists[0])
    rows = [
        Row(days=d.strip(), which=w, opens=o.strip(), closes=c.strip())
        for d, w, o, c in zip(lists[0], weeks, lists[1], lists[2], strict=False)
    ]
    return [row for row in rows if not row.empty]


def _weekly(lines: Iterable[Line]) -> list[Row]:
    found = []
    for line in lines:
        if line.on is None:
            run = next((name for name, days in _RUNS.items() if days == line.weekdays), None)
            days = [run] if run else [DAYS[each] for each in line.weekdays]
            weeks = [str(each) for each in line.which] or [""]
            found += [
                _row(day, week, each) for day in days for week in weeks for each in line.hours
            ]
    return found


def _dated(lines: Iterable[Line]) -> list[Row]:
    return [_row(x.on.isoformat(), "", each) for x in lines if x.on for each in x.hours]


def _row(days: str, which: str, hours: Hours) -> Row:
    opens, _, closes = str(hours).partition("-")
    return Row(days=days, which=which, opens=opens, closes=closes)


def _read(text: str) -> Line | None:
    try:
        return Line.parse(text)
    except InvalidInputError:
        return None


def _meant(lines: Iterable[Line]) -> set[tuple[object, ...]]:
    """Return what lines say, however they are written."""
    return {
        (line.on, day, week, hours)
        for line in lines
        for day in (line.weekdays or (None,))
        for week in (line.which or (None,))
        for hours in line.hours
    }


def _together(lines: Iterable[Line]) -> list[Line]:
    """Return lines with the hours of the same days in one."""
    found: dict[tuple[object, ...], Line] = {}
    for line in lines:
        days = (line.on, line.weekdays, line.which)
        known = found.get(days)
        hours = line.hours if known is None else tuple(sorted({*known.hours, *line.hours}))
        found[days] = Line(hours=hours, weekdays=line.weekdays, which=line.which, on=line.on)
    return list(found.values())
