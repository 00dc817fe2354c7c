"""Terms: from when something was kept long enough."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later; its last day where there is none."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_over(since: date, months: int, on: date) -> bool:
    """Whether what counts from a day was kept long enough on another."""
    return months_after(since, months) <= on
