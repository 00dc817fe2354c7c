"""Time: the clock of the machine, and which day it is in the Netherlands."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from netwerk.ports.clock import Clock

_HERE: Final = ZoneInfo("Europe/Amsterdam")


class SystemClock:
    """See ports.Clock."""

    def now(self) -> datetime:
        """See Clock.now."""
        return datetime.now(UTC)


def local_day(clock: Clock) -> date:
    """Return the day it is in the Netherlands."""
    return clock.now().astimezone(_HERE).date()
