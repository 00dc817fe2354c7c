"""Opening hours as schedules (RFC 5545 as far as HSDS has it), and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import DAYS, Line
from netwerk.exchange.hsds.naming import derived
from netwerk.exchange.hsds.standard import Row

_NAMES: Final = tuple(day.upper() for day in DAYS)
_UNDERSTOOD: Final = frozenset(
    {
        "id",
        "service_id",
        "description",
        "freq",
        "byday",
        "opens_at",
        "closes_at",
        "dtstart",
        "count",
    }
    | {"interval", "notes", "attending_type", "schedule_link", "wkst"}
)
"""Any other column limits the hours in a way that a line cannot say."""


def schedules(owner: str, lines: Iterable[str], told: str | None) -> list[Row]:
    """Return the schedules of lines; `told` is how people say it."""
    rows: list[Row] = []
    for line in lines:
        try:
            rows += _of_line(owner, Line.parse(line), len(rows))
        except InvalidInputError:
            continue
    if told is not None:
        if not rows:
            rows = [{"id": derived("schedule", owner, "0")}]
        rows[0]["description"] = told
    return rows


def lines(rows: Sequence[Mapping[str, Any]]) -> list[str] | None:
    """Return the lines that say the same; None where a schedule says more, or nothing of it."""
    timed = [row for row in rows if set(row) - {"id", "service_id", "description", "notes"}]
    days: dict[str, list[str]] = {}
    for row in timed:
        on, hours = _days(row), _hours(row)
        if on is None or hours is None:
            return None
        days.setdefault(on, []).append(hours)
    try:
        return [str(Line.parse(f"{on} {','.join(hours)}")) for on, hours in days.items()] or None
    except InvalidInputError:
        return None


def told(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return how people say it."""
    found = (row.get("description") for row in rows)
    return next((each for each in found if isinstance(each, str) and each), None)


def _of_line(owner: str, line: Line, first: int) -> list[Row]:
    days: Row
    if line.on is not None:
        days = {"dtstart": line.on.isoformat(), "count": 1}
    elif line.which:
        day = _NAMES[line.weekdays[0]]
        days = {"freq": "MONTHLY", "byday": ",".join(f"{which}{day}" for which in line.which)}
    else:
        days = {"freq": "WEEKLY", "byday": ",".join(_NAMES[day] for day in line.weekdays)}
    return [
        {
            "id": derived("schedule", owner, str(number)),
            **days,
            "opens_at": str(hours).partition("-")[0],
            "closes_at": str(hours).partition("-")[2],
        }
        for number, hours in enumerate(line.hours, start=first)
    ]


def _days(row: Mapping[str, Any]) -> str | None:
    if not set(row) <= _UNDERSTOOD or row.get("interval", 1) != 1:
        return None
    byday = [each.strip().upper() for each in str(row.get("byday", "")).split(",")]
    match row.get("freq"):
        case "WEEKLY" if set(byday) <= set(_NAMES) and "count" not in row:
            return ",".join(byday).lower()
        case "MONTHLY" if len({day[-2:] for day in byday}) == 1 and "count" not in row:
            return f"{byday[0][-2:].lower()}[{','.join(day[:-2] for day in byday)}]"
        case None if row.get("count") == 1 and "byday" not in row:
            return _day(row.get("dtstart"))
        case _:
            return None


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _hours(row: Mapping[str, Any]) -> str | None:
    opens, closes = row.get("opens_at"), row.get("closes_at")
    if not isinstance(opens, str) or not isinstance(closes, str):
        return None
    return f"{_clock(opens)}-{_clock(closes)}"


def _clock(value: str) -> str:
    """Return a time without its seconds, if these are none."""
    return value.removesuffix(":00") if value.count(":") == 2 else value
