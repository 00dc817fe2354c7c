"""What a worker saw that is not right in the directory, and what came of telling it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Properties, Value, integer, text

_POSTCODE: Final = re.compile(r"\b([1-9][0-9]{3}) ?([A-Za-z]{2})\b")
PROPOSAL: Final = "proposal"
"""The system kind under which they are kept; its owner is the record that it is about."""


class ProposalKind(StrEnum):
    """What is not right."""

    CLOSED = "closed"
    MOVED = "moved"
    PHONE = "phone"
    FULL = "full"
    OTHER = "other"


class ProposalState(StrEnum):
    """What came of it. Only `open` waits for somebody."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One thing that is not right, by whom, and what the coordinator did with it.

    `value` is the new telephone number or address; `note` is in the teller's own words.
    """

    key: str
    about: NodeId
    kind: ProposalKind
    value: str
    note: str
    by: str
    by_name: str
    on: str
    state: ProposalState = ProposalState.OPEN
    answer: str = ""
    answered_by: str = ""
    answered_on: str = ""

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "owner": self.about,
            "kind": self.kind.value,
            "value": self.value,
            "note": self.note,
            "by": self.by,
            "by_name": self.by_name,
            "on": self.on,
            "state": self.state.value,
            "answer": self.answer,
            "answered_by": self.answered_by,
            "answered_on": self.answered_on,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        told = {name: text(facts, name) or "" for name in _TEXTS}
        return cls(
            key=key,
            about=NodeId(text(facts, "owner") or ""),
            kind=ProposalKind(text(facts, "kind") or ProposalKind.OTHER),
            state=ProposalState(text(facts, "state") or ProposalState.OPEN),
            **told,
        )

    def address(self) -> tuple[str, str, str]:
        """Return the new address: street with number, postcode, town; empty where not told."""
        found = _POSTCODE.search(self.value)
        if found is None:
            street, _, town = self.value.partition(",")
            return street.strip(), "", town.strip()
        street, town = self.value[: found.start()], self.value[found.end() :]
        return street.strip(" ,"), f"{found[1]} {found[2].upper()}", town.strip(" ,")

    def changes(self, node: Node) -> dict[str, Value]:
        """Return what accepting it changes at once; nothing where somebody has to look and type."""
        match self.kind:
            case ProposalKind.CLOSED:
                return {"valid_to": self.answered_on}
            case ProposalKind.PHONE:
                return {"phone": self.value}
            case ProposalKind.FULL if node.label == "Service":
                taken = integer(node.properties, "load") or 0
                places = integer(node.properties, "capacity") or max(taken, 1)
                return {"capacity": places, "load": max(taken, places)}
            case _:
                return {}


_TEXTS: Final = ("value", "note", "by", "by_name", "on", "answer", "answered_by", "answered_on")
