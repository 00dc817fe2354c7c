"""The periods that figures are about: half years, which lie side by side and never move."""

from datetime import date, timedelta

Period = tuple[date, date]
"""The first day of a period, and of the next one."""


def half_year(on: date) -> Period:
    """Return the half year of a day."""
    if on.month <= 6:
        return date(on.year, 1, 1), date(on.year, 7, 1)
    return date(on.year, 7, 1), date(on.year + 1, 1, 1)


def over(today: date, most: int) -> list[Period]:
    """Return the last half years that are over, the oldest first."""
    found: list[Period] = []
    starts = half_year(today)[0]
    while len(found) < most:
        found.append(half_year(starts - timedelta(days=1)))
        starts = found[-1][0]
    return found[::-1]


def within(on: date | None, period: Period) -> bool:
    """Whether a day lies in a period; a day that nobody knows does not."""
    return on is not None and period[0] <= on < period[1]
