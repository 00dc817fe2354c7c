"""What an inhabitant told about the people and organizations around them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NodeId, OrganizationId, PersonId, RelationshipId
from netwerk.domain.records import (
    Properties,
    Relationship,
    Value,
    flag,
    from_json,
    held_on,
    integer,
    text,
    to_json,
    words,
)


class Approach(StrEnum):
    """The inhabitant's word on asking someone; silence is no yes."""

    MAY_ASK = "may_ask"
    SUPPORT_ONLY = "support_only"
    DO_NOT_APPROACH = "do_not_approach"
    NOT_DISCUSSED = "not_discussed"


STRESSFUL = "stressful"
REMEMBERED: Final = ("kind", "closeness", "contact", "support", "valence", "approach")
"""What of a tie is kept as it was when something else is told."""
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

    def as_on(self, on: date) -> "Tie":
        """Return the tie as it was told of on this day; the word on asking is that of now.

        A yes that was taken back does not come back because somebody looks at an earlier day.
        """
        was = was_on(self.record, on)
        if was is None:
            return self
        kept = {key: was.get(key) for key in REMEMBERED if key != "approach"}
        return replace(
            Tie.from_relationship(self.record.with_properties(**kept)), record=self.record
        )

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


def told_anew(record: Relationship, on: date, changes: Mapping[str, Value | None]) -> Relationship:
    """Return a record with something else told of it; a tie keeps what it was until this day.

    Told twice on a day only what was before that day is kept: the rest was a slip, or one talk.
    """
    changed = record.with_properties(**changes)
    if all(changed.properties.get(key) == record.properties.get(key) for key in REMEMBERED):
        return changed
    earlier = words(record.properties, "earlier")
    if record.type != "TIE" or record.version == 0:
        return changed
    if any(_until(from_json(each)) >= on.isoformat() for each in earlier):
        return changed
    was = {key: record.properties[key] for key in REMEMBERED if key in record.properties}
    return changed.with_properties(earlier=[*earlier, to_json({**was, "until": on.isoformat()})])


def was_on(record: Relationship, on: date) -> Properties | None:
    """Return what was told of a tie on an earlier day, if that has changed since."""
    every = [from_json(each) for each in words(record.properties, "earlier")]
    later = [each for each in every if on.isoformat() < _until(each)]
    return min(later, key=_until, default=None)


def _until(earlier: Properties) -> str:
    return text(earlier, "until") or ""
