"""Who carries most: the busiest tenth of those who help, as one share of what all of them do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Relationship
from netwerk.domain.report import Load
from netwerk.domain.schedule import Schedule
from netwerk.domain.upkeep import FEWEST, rounded

_TENTH: Final = 10
_WEEKS: Final = 4
"""Over so many weeks to come hours are averaged: what is once a month counts for a part."""


def busiest_tenth(loads: Iterable[int]) -> Load | None:
    """Return how much of everything the busiest tenth does; None where a tenth is small."""
    every = sorted(loads, reverse=True)
    tenth = len(every) // _TENTH
    if tenth < FEWEST or sum(every) == 0:
        return None
    return Load(people=rounded(len(every)), share=round(100 * sum(every[:tenth]) / sum(every)))


def minutes_present(links: Iterable[Relationship], today: date) -> Mapping[NodeId, int]:
    """Return how many minutes a week each worker is at places where people are."""
    days = [today + timedelta(days=number) for number in range(7 * _WEEKS)]
    found: Counter[NodeId] = Counter()
    for link in links:
        lines = Schedule.read(link.properties).lines
        found[link.source] += sum(
            hours.closes - hours.opens
            for line in lines
            for day in days
            if line.held_on(day)
            for hours in line.hours
        )
    return {worker: minutes // _WEEKS for worker, minutes in found.items()}
