"""Whether somebody was asked whom the search had put first; if not, why.

Followed is not good, nor is overruled bad: who knows the inhabitant knows what the search does not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from netwerk.domain.records import Node, integer, text

OWN_IDEA: Final = 0
"""The place of who was not suggested at all."""


class Because(StrEnum):
    """Why not the first suggestion: the values of the vocabulary `overruled_because`."""

    WISH = "wish"
    ENOUGH = "enough"
    EXPECTS_NO = "expects_no"
    ASKED_BEFORE = "asked_before"
    NEARER = "nearer"
    OTHER = "other"


FOLLOWED: Final = ("first", "own", *(each.value for each in Because), "not_said", "not_kept")
"""What an ask can be: the first suggestion, an own idea, or another one for such a reason.

One list and not two, of places and of reasons: there is a reason only where the first was not
followed, so that one list subtracted from the other would tell of a few.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """The place of what was chosen among what the search showed, and how many that were."""

    rank: int
    count: int

    @property
    def is_first(self) -> bool:
        """Whether the search put it first."""
        return self.rank == 1


def followed(ask: Node) -> str:
    """Return which of `FOLLOWED` an ask is; older ones did not keep it."""
    rank = integer(ask.properties, "suggested_rank")
    if rank is None:
        return "not_kept"
    if rank == OWN_IDEA:
        return "own"
    because = text(ask.properties, "overruled_because") or "not_said"
    return "first" if rank == 1 else because
