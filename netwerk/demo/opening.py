"""What the demo's services say of time and money, as the search asks for it."""

import re
from typing import Final

_DAYS: Final = dict(
    zip(
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        ("mo", "tu", "we", "th", "fr", "sa", "su"),
        strict=True,
    )
)
_WHICH: Final = {"eerste": 1, "tweede": 2, "derde": 3, "laatste": -1}
_PARTS: Final = {"morgen": "09:00-12:00", "middag": "13:00-16:00", "avond": "19:00-22:00"}
_USUAL: Final = "10:00-12:00"
_OFFICE: Final = "09:00-17:00"
_SPAN: Final = re.compile(r"(\d{1,2})(?:\.(\d\d))? tot (\d{1,2})(?:\.(\d\d))? uur")
_FROM: Final = re.compile(r"(\d{1,2})(?:\.(\d\d))? uur")
_DAY: Final = re.compile("|".join(_DAYS))
_LONG: Final = 2
"""Hours that something takes of which only the beginning is said."""
_FREE: Final = ("gratis", "geen", "gift", "huisarts", "fonds betaalt")
_MUCH: Final = re.compile(r"€ (\d\d)")


def hours(schedule: str) -> list[str] | None:
    """Return the opening hours that a text of the demo tells; None where it tells none."""
    if "werkdagen" in schedule:
        return [f"mo-fr {_OFFICE}"]
    days = [_DAYS[name] for name in _DAY.findall(schedule)]
    if not days or "afspraak" in schedule or "dagen," in schedule:
        return None
    if "tot en met" in schedule:
        return [f"{days[0]}-{days[-1]} {_OFFICE}"]
    which = next((n for word, n in _WHICH.items() if word in schedule), None)
    if which is not None:
        return [f"{days[0]}[{which}] {_times(schedule)}"]
    return [f"{day} {_times(schedule)}" for day in days]


def payment(cost: str) -> str:
    """Return the kind of payment that a text of the demo tells."""
    if any(word in cost for word in _FREE):
        return "free"
    return "paid" if _MUCH.search(cost) and "borg" not in cost else "contribution"


def _times(schedule: str) -> str:
    if span := _SPAN.search(schedule):
        opens, closes = span.group(1, 2), span.group(3, 4)
        return f"{_clock(*opens)}-{_clock(*closes)}"
    if start := _FROM.search(schedule):
        hour, minute = start.group(1, 2)
        return f"{_clock(hour, minute)}-{_clock(str(int(hour) + _LONG), minute)}"
    return next((times for part, times in _PARTS.items() if part in schedule), _USUAL)


def _clock(hour: str, minute: str | None) -> str:
    return f"{int(hour):02d}:{minute or '00'}"
