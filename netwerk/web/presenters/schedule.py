"""Opening hours in words: tuesday from 10 to 12, open until 12, tomorrow from 9."""

from collections.abc import Container, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from babel.lists import format_list
from flask_babel import format_date, gettext

from netwerk.domain.hours import DAYS, END_OF_DAY, Hours, Line
from netwerk.domain.schedule import HERE, Schedule
from netwerk.web.language import day, language

_MONDAY: Final = date(2024, 1, 1)
_SOON: Final = 6
"""Days in which the name of the weekday says enough."""


def in_words(schedule: Schedule) -> list[str]:
    """Return each line as people say it."""
    return [_line(line) for line in schedule.lines]


def at_present(schedule: Schedule, moment: datetime, holidays: Container[date] = ()) -> str:
    """Return whether it is open now, and until when or from when; nothing where nobody knows."""
    if not schedule.lines:
        return ""
    now = schedule.opening_at(moment, holidays)
    if now is not None:
        return gettext("open until %(time)s", time=_clock(_minute(now.ends) or END_OF_DAY))
    coming = schedule.next_opening(moment, holidays)
    if coming is None:
        return gettext("closed")
    today = moment.astimezone(HERE).date()
    when = coming.starts.date()
    starts = _clock(_minute(coming.starts))
    return gettext("%(day)s from %(time)s", day=_when(when, today), time=starts)


def _when(then: date, today: date) -> str:
    days = (then - today).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return weekday(then.weekday()) if days <= _SOON else day(then, today)


def _line(line: Line) -> str:
    times = _and(_between(each) for each in line.hours)
    return f"{_days(line)} {times}"


def _days(line: Line) -> str:
    if line.on is not None:
        return day(line.on)
    names = [weekday(each) for each in line.weekdays]
    if line.which:
        which = _and(_which(each) for each in line.which)
        return gettext("the %(which)s %(day)s of the month", which=which, day=names[0])
    if len(line.weekdays) == len(DAYS):
        return gettext("every day")
    if len(line.weekdays) > 2 and line.weekdays[-1] - line.weekdays[0] == len(line.weekdays) - 1:
        return gettext("%(first)s to %(last)s", first=names[0], last=names[-1])
    return _and(names)


def _which(number: int) -> str:
    return {
        1: gettext("first"),
        2: gettext("second"),
        3: gettext("third"),
        4: gettext("fourth"),
        5: gettext("fifth"),
        -1: gettext("last"),
        -2: gettext("last but one"),
    }[number]


def _between(hours: Hours) -> str:
    return gettext("from %(start)s to %(end)s", start=_clock(hours.opens), end=_clock(hours.closes))


def weekday(number: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(format_date(_MONDAY + timedelta(days=number), "EEEE"))


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _clock(minutes: int) -> str:
    """Return a time of day, without the word for hours that Dutch adds: 10, 10.30; 10:00."""
    hour, minute = divmod(minutes, 60)
    if language() == "en":
        return f"{hour}:{minute:02d}"
    return f"{hour}.{minute:02d}" if minute else str(hour)


def _and(parts: Iterable[str]) -> str:
    return str(format_list(list(parts), locale=language()))
