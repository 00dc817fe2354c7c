"""What helped, told without names for others to learn from: only with the inhabitant's yes."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Properties, day, text, words

SHARED: Final = "story"
"""The system kind of what others read, by the id of the Story in the file."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStory:
    """A story as others read it: there is no way from it to whom it is about.

    It stays when the case is closed. `teams` read it.
    """

    key: NodeId
    text: str
    teams: tuple[NodeId, ...]
    told_on: date
    withdrawn_on: date | None = None

    @property
    def stands(self) -> bool:
        """Whether it may still be read."""
        return self.withdrawn_on is None

    def written(self) -> Properties:
        """Return it as it is kept; whose it is, the store adds."""
        return {
            "text": self.text,
            "teams": list(self.teams),
            "told_on": self.told_on.isoformat(),
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what is kept."""
        return cls(
            key=NodeId(key),
            text=text(facts, "text") or "",
            teams=tuple(NodeId(each) for each in words(facts, "teams")),
            told_on=day(facts, "told_on") or date.min,
            withdrawn_on=day(facts, "withdrawn_on"),
        )


def taken_back(facts: Properties, on: date) -> Properties:
    """Return what is kept of a story that was taken back: that it was, and nothing of its text."""
    return {**facts, "text": "", "withdrawn_on": on.isoformat()}
