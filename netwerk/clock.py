"""The clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """See ports.Clock."""

    def now(self) -> datetime:
        """See Clock.now."""
        return datetime.now(UTC)
