"""Who of a team learns what: agreed, how, from whom, by when, and looked back on."""

from dataclasses import dataclass
from typing import Final, Self

from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.records import Properties, integer, text

TRAINING: Final = "training"
"""The system kind under which they are kept; the owner is the team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A colleague learns something, up to a level, by a day.

    `from_whom` is a colleague, `from_other` a course or somebody else. `ended_on`: it is learned,
    or (`dropped`) let be.
    """

    key: str
    team: NodeId
    who: WorkerId
    need: NeedId
    level: int
    how: str
    by: str
    from_whom: str = ""
    from_other: str = ""
    ended_on: str = ""
    dropped: bool = False
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be learned."""
        return not self.ended_on

    def written(self) -> Properties:
        """Return it as it is stored, one version further."""
        return {
            "owner": self.team,
            "who": self.who,
            "need": self.need,
            "level": self.level,
            "how": self.how,
            "by": self.by,
            "from_whom": self.from_whom,
            "from_other": self.from_other,
            "ended_on": self.ended_on,
            "dropped": self.dropped,
            "version": self.version + 1,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        names = ("how", "by", "from_whom", "from_other", "ended_on")
        return cls(
            key=key,
            team=NodeId(text(facts, "owner") or ""),
            who=WorkerId(NodeId(text(facts, "who") or "")),
            need=NeedId(NodeId(text(facts, "need") or "")),
            level=integer(facts, "level") or 0,
            dropped=facts.get("dropped") is True,
            version=integer(facts, "version") or 0,
            **{name: text(facts, name) or "" for name in names},
        )
