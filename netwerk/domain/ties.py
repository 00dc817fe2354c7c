"""What an inhabitant told about the people and organizations around them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NodeId, OrganizationId, PersonId, RelationshipId
from netwerk.domain.records import Relationship, flag, held_on, integer, text, words


class Approach(StrEnum):
    """The inhabitant's word on asking someone; silence is no yes."""

    MAY_ASK = "may_ask"
    SUPPORT_ONLY = "support_only"
    DO_NOT_APPROACH = "do_not_approach"
    NOT_DISCUSSED = "not_discussed"


STRESSFUL = "stressful"
GROUPS: Final = ("family", "friends", "neighbours", "other")
"""Groups of tie kinds, for how varied a network is."""
_GROUP_OF: Final = {
    **dict.fromkeys(
        ("partner", "parent", "child", "sibling", "other_family", "ex_partner"), "family"
    ),
    "friend": "friends",
    "neighbour": "neighbours",
}


def group_of(kind: str) -> str:
    """Return the group of a tie kind."""
    return _GROUP_OF.get(kind, "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One account of how two persons stand to each other, told in one file."""

    id: RelationshipId
    source: PersonId
    target: PersonId
    owner: PersonId
    kind: str
    approach: Approach
    valence: str | None
    closeness: int | None
    contact: str | None
    support: tuple[str, ...]
    shared: bool
    record: Relationship

    @classmethod
    def from_relationship(cls, record: Relationship) -> Self:
        """Read a Tie from its record."""
        facts = record.properties
        return cls(
            id=record.id,
            source=PersonId(record.source),
            target=PersonId(record.target),
            owner=PersonId(NodeId(text(facts, "owner") or "")),
            kind=text(facts, "kind") or "other",
            approach=Approach(text(facts, "approach") or Approach.NOT_DISCUSSED),
            valence=text(facts, "valence"),
            closeness=integer(facts, "closeness"),
            contact=text(facts, "contact"),
            support=words(facts, "support"),
            shared=flag(facts, "shared") is True,
            record=record,
        )

    def held_on(self, on: date) -> bool:
        """Whether the tie was there on this day."""
        return held_on(self.record.properties, on)

    def joins(self, person: PersonId) -> bool:
        """Whether the person is one of the two ends."""
        return person in {self.source, self.target}

    def other(self, person: PersonId) -> PersonId:
        """Return the end that is not `person`."""
        return self.target if person == self.source else self.source

    @property
    def stressful(self) -> bool:
        """Whether the tie costs more than it gives."""
        return self.valence == STRESSFUL


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """An inhabitant takes part in an organization."""

    id: RelationshipId
    person: PersonId
    organization: OrganizationId
    owner: PersonId
    how: str
    approach: Approach
    record: Relationship

    @classmethod
    def from_relationship(cls, record: Relationship) -> Self:
        """Read a Participation from its record."""
        facts = record.properties
        return cls(
            id=record.id,
            person=PersonId(record.source),
            organization=OrganizationId(record.target),
            owner=PersonId(NodeId(text(facts, "owner") or "")),
            how=text(facts, "how") or "visitor",
            approach=Approach(text(facts, "approach") or Approach.NOT_DISCUSSED),
            record=record,
        )

    def held_on(self, on: date) -> bool:
        """Whether they took part on this day."""
        return held_on(self.record.properties, on)
