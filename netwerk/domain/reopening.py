"""A case that was closed, as its team may find it back: that it was, and nothing of the file."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from netwerk.domain.ids import CaseId, NodeId, PersonId
from netwerk.domain.records import Properties, day, text, words

CLOSED: Final = "closed_case"
"""The system kind, by the id of the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """`ours` are the teams that helped, and who led; the store knows whom it is about."""

    case: CaseId
    closed_on: date
    ours: tuple[NodeId, ...]
    person: PersonId

    def written(self) -> Properties:
        """Return it as it is kept; whose it is, the store adds."""
        return {"closed_on": self.closed_on.isoformat(), "ours": list(self.ours)}

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what is kept."""
        return cls(
            case=CaseId(NodeId(key)),
            closed_on=day(facts, "closed_on") or date.min,
            ours=tuple(NodeId(each) for each in words(facts, "ours")),
            person=PersonId(NodeId(text(facts, "owner") or "")),
        )
