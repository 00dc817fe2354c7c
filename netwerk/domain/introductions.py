"""Getting to know a partner: planned, by whom, and when."""

from dataclasses import dataclass
from typing import Final, Self

from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties, text

INTRODUCTION: Final = "introduction"
"""The system kind under which they are kept; the owner is the organization."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """A colleague means to meet a partner on a day."""

    key: str
    organization: NodeId
    who: WorkerId
    who_name: str
    on: str
    note: str = ""

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "owner": self.organization,
            "who": self.who,
            "who_name": self.who_name,
            "on": self.on,
            "note": self.note,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            key=key,
            organization=NodeId(text(facts, "owner") or ""),
            who=WorkerId(NodeId(text(facts, "who") or "")),
            who_name=text(facts, "who_name") or "",
            on=text(facts, "on") or "",
            note=text(facts, "note") or "",
        )
