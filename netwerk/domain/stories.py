"""What helped, told without names for others to learn from: only with the inhabitant's yes."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, day, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as it is kept in a file. It is read by others for as long as the yes stands."""

    id: NodeId
    text: str
    told_on: date
    agreed_on: date | None
    withdrawn_on: date | None
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Story from its record."""
        facts = node.properties
        return cls(
            id=node.id,
            text=text(facts, "text") or "",
            told_on=day(facts, "told_on") or date.min,
            agreed_on=day(facts, "agreed_on"),
            withdrawn_on=day(facts, "withdrawn_on"),
            node=node,
        )

    @property
    def is_shared(self) -> bool:
        """Whether others may read it."""
        return self.agreed_on is not None and self.withdrawn_on is None
