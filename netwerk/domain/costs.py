"""What it costs and what it may save: an open sheet of ranges, never one number.

None of the figures is a finding. Each is an assumption that whoever fills it in can defend.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError

MOST: Final = 10_000_000
"""No figure that is filled in is above this."""


@dataclass(frozen=True, slots=True)
class Range:
    """Between what something lies."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise InvalidInputError("The lowest figure must not be above the highest.")

    def times(self, other: Self) -> "Range":
        """Return between what the product lies; neither is below nought."""
        return Range(self.low * other.low, self.high * other.high)


EXAMPLES: Final[Mapping[str, Range]] = {
    "needs": Range(100, 100),
    "otherwise": Range(10, 30),
    "specialist": Range(2_000, 6_000),
    "hours": Range(4, 10),
    "rate": Range(50, 80),
    "volunteers": Range(100, 300),
}
"""What stands there before anybody filled in anything: to be replaced, all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The figures of a year, and what follows from them.

    `needs` that were met without a specialist; of those `otherwise` percent would have needed one,
    which costs `specialist` each. The team works `hours` on each, for `rate` an hour, and
    `volunteers` is what guiding a volunteer costs for each.
    """

    needs: Range
    otherwise: Range
    specialist: Range
    hours: Range
    rate: Range
    volunteers: Range

    @property
    def avoided(self) -> Range:
        """How many specialist trajectories were not needed."""
        return self.needs.times(Range(self.otherwise.low / 100, self.otherwise.high / 100))

    @property
    def saved(self) -> Range:
        """What those would have cost."""
        return self.avoided.times(self.specialist)

    @property
    def work(self) -> Range:
        """What the hours of the team cost."""
        return self.needs.times(self.hours).times(self.rate)

    @property
    def guidance(self) -> Range:
        """What guiding volunteers costs."""
        return self.needs.times(self.volunteers)

    @property
    def balance(self) -> tuple[float, float]:
        """What is left in the worst case, and in the best; below nought it costs more."""
        worst = self.saved.low - self.work.high - self.guidance.high
        return worst, self.saved.high - self.work.low - self.guidance.low
