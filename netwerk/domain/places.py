"""Where something is, as far as anybody may know."""

from dataclasses import dataclass
from math import ceil
from typing import Final, Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, flag, point, text

_STEP: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A Location as it may be shown: of a masked one only in which part of town it lies."""

    id: NodeId
    masked: bool
    name: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    point: Point | None = None
    accessibility: str = ""
    wheelchair: bool | None = None
    area: str = ""

    @classmethod
    def from_node(cls, node: Node, area: str = "") -> Self:
        """Read a Location from its record; `area` is what the part of town is called."""
        facts = node.properties
        access = text(facts, "accessibility") or ""
        wheelchair = flag(facts, "wheelchair")
        if flag(facts, "masked") is True:
            # Its name may hold the street, and so may what is said about the way in.
            return cls(id=node.id, masked=True, wheelchair=wheelchair, area=area)
        return cls(
            id=node.id,
            masked=False,
            name=text(facts, "name") or "",
            address=text(facts, "address") or "",
            postcode=text(facts, "postcode") or "",
            city=text(facts, "city") or "",
            point=point(facts),
            accessibility=access,
            wheelchair=wheelchair,
            area=area,
        )


def blurred(metres: float) -> float:
    """Return a distance to where somebody lives, rounded up so that it does not show where."""
    return max(1, ceil(metres / _STEP)) * float(_STEP)
