"""Public holidays of the Netherlands."""

from collections.abc import Container
from datetime import date
from functools import cache

import holidays


@cache
def public_holidays() -> Container[date]:
    """Return the days on which everybody is free; a year is worked out when it is first asked."""
    return holidays.country_holidays("NL")
