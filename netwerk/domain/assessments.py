"""A questionnaire that was filled in with an inhabitant: its points, never its questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, day, text, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was filled in on a day; a question without an answer is not in `points`.

    `taken_by`: who filled it in, in words. `about`: of whom it tells, where that is another than
    the inhabitant.
    """

    id: NodeId
    instrument: str
    taken_on: date
    points: Mapping[str, int]
    note: str
    taken_by: str
    about: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an Assessment from its record."""
        facts = node.properties
        pairs = (each.partition(":") for each in words(facts, "scores"))
        return cls(
            id=node.id,
            instrument=text(facts, "instrument") or "",
            taken_on=day(facts, "taken_on") or date.min,
            points={key: int(value) for key, _, value in pairs},
            note=text(facts, "note") or "",
            taken_by=text(facts, "taken_by") or "",
            about=text(facts, "about") or "",
            node=node,
        )


def written(points: Mapping[str, int]) -> tuple[str, ...]:
    """Return points as they are kept."""
    return tuple(f"{key}:{value}" for key, value in points.items())
