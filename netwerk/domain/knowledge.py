"""What a colleague knows about, as they tell it themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.records import Relationship, day, integer, text

HEARD: Final = 1
CLARIFY: Final = 2
DO: Final = 3
TEACH: Final = 4
LEVELS: Final = (HEARD, CLARIFY, DO, TEACH)
"""Has heard of it, can make the question clear, can do it, can teach it; 0 is nothing told."""

Levels = Mapping[NeedId, int]
"""By need a level; 0 where somebody says that they know nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knows:
    """One colleague's level in one need. `noted_by`: who typed it in, if somebody else did."""

    who: WorkerId
    need: NeedId
    level: int
    told_on: date | None
    noted_by: str

    @classmethod
    def from_link(cls, link: Relationship) -> Self:
        """Read it from its record; without a level somebody has heard of it."""
        return cls(
            who=WorkerId(link.source),
            need=NeedId(link.target),
            level=integer(link.properties, "level") or HEARD,
            told_on=day(link.properties, "told_on"),
            noted_by=text(link.properties, "noted_by") or "",
        )


def link_id(who: NodeId, need: NodeId) -> str:
    """Return under which id it is kept what somebody knows about a need."""
    return f"knows_about-{who}-{need}"
