"""Terms: from when something was kept long enough."""

from datetime import date

from netwerk.domain.upkeep import months_later


def is_over(since: date, months: int, on: date) -> bool:
    """Whether what counts from a day was kept long enough on another."""
    return months_later(since, months) <= on
