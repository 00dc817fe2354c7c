"""Whether there was less help in time, after the day on which that was agreed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from netwerk.domain.cases import Ask, Case, Outcome
from netwerk.domain.effort import Effort
from netwerk.domain.periods import Period, within
from netwerk.domain.records import day
from netwerk.graph.answers import SAID_YES

_SOON: Final = timedelta(days=31)
"""So long after the day on which there was to be less, it still is in time."""


def of_others(asks: Iterable[Ask], period: Period) -> Iterator[bool]:
    """Yield for all help that was to be phased out whether that was in time."""
    for ask in asks:
        on = ask.phase_out_on
        if on is not None and _is_due(on, period) and ask.outcome in SAID_YES:
            over = ask.outcome is not Outcome.ACCEPTED and ask.outcome_on is not None
            yield over and (ask.outcome_on or date.max) <= on + _SOON


def of_team(case: Case, efforts: Iterable[Effort], period: Period) -> Iterator[bool]:
    """Yield for all steps back that the team itself was to take whether that was in time.

    What was agreed otherwise before its day, or was to be after the case was closed, was no step.
    """
    every, closed = list(efforts), case.closed_on or date.max
    for step in every:
        dropped = day(step.node.properties, "dropped_on") or date.max
        if step.planned and _is_due(step.since, period) and step.since <= min(dropped, closed):
            by = step.since + _SOON
            theirs = (each for each in every if each.worker == step.worker)
            yield closed < by or sum(each.minutes_on(by) for each in theirs) <= step.minutes


def _is_due(on: date, period: Period) -> bool:
    """Whether it becomes known in a period if there was less in time."""
    return within(on, (period[0] - _SOON, period[1] - _SOON))
