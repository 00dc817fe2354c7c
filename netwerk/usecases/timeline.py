"""Through time: what happened in a case, by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from netwerk.graph.file import PersonFile
from netwerk.graph.timeline import Happening, Kind, happenings

AT_ONCE: Final = 120
"""About how many are shown at once: whole months, until there are so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What happened in a month, the newest first.

    `pictures`: where the network changed in it, the two days between which it did.
    """

    first: date
    every: tuple[Happening, ...]
    pictures: tuple[date, date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Some months; `earlier` is the first day of the month from which there is more."""

    months: tuple[Month, ...]
    earlier: date | None


def of_file(file: PersonFile, kind: Kind | None = None, until: date | None = None) -> Timeline:
    """Return what happened, of one kind if it is named, from the month of `until` back."""
    last = file.on if until is None else _next(until) - timedelta(days=1)
    wanted = [each for each in happenings(file) if each.on <= last and kind in (None, each.kind)]
    grouped = groupby(wanted, key=lambda each: each.on.replace(day=1))
    months = [_month(file, first, tuple(every)) for first, every in grouped]
    shown = _whole(months)
    earlier = months[shown].first if shown < len(months) else None
    return Timeline(months=tuple(months[:shown]), earlier=earlier)


def _whole(months: Sequence[Month]) -> int:
    """Return how many months are shown at once."""
    there = 0
    for number, month in enumerate(months):
        if there >= AT_ONCE:
            return number
        there += len(month.every)
    return len(months)


def _month(file: PersonFile, first: date, every: tuple[Happening, ...]) -> Month:
    days = (first - timedelta(days=1), min(_next(first) - timedelta(days=1), file.on))
    changed = any(each.kind is Kind.NETWORK for each in every)
    return Month(first=first, every=every, pictures=days if changed else None)


def _next(day: date) -> date:
    """Return the first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
