"""A town with hubs that a search can pass: a church of 800 members, a school of 1,200 pupils.

Members and pupils stand in files of their own, where nobody passes. What makes a hub is whom
everybody may ask: the church has a contact person for each street, the school one for each class;
they agreed to be asked for others, and each knows a dozen of the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Final

from netwerk.cli.bench_questions import Asked
from netwerk.cli.bench_worlds import records
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Record, Relationship

_TOWN: Final = 10_000
_KNOWN: Final = 6
"""Others of the same hub whom a contact person names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hub:
    """An organization with many contact persons, in a role of theirs."""

    id: NodeId
    role: str
    persons: int


_HUBS: Final = (
    _Hub(id=NodeId("jozef"), role="volunteer_coordinator", persons=40),
    _Hub(id=NodeId("20JX04"), role="contact", persons=48),
)


@dataclass(slots=True)
class Hubs:
    """The records, and who may be asked through a hub."""

    members: set[str] = field(default_factory=set)

    def records(self) -> Iterator[Record]:
        """Yield the demo with the hubs in it."""
        for record in chain(records(_TOWN), *map(_contacts, _HUBS)):
            if isinstance(record, Relationship) and _opens_a_hub(record):
                self.members.add(record.source)
            yield record

    def about(self, questions: Iterable[Asked]) -> list[Asked]:
        """Return the questions about members and pupils."""
        return [each for each in questions if each.person in self.members]


def _opens_a_hub(record: Relationship) -> bool:
    asked = record.properties.get("approach") == "may_ask"
    return record.type == "TAKES_PART" and asked and record.target in {hub.id for hub in _HUBS}


def _contacts(hub: _Hub) -> Iterator[Record]:
    persons = [NodeId(f"hub-{hub.id}-{number}") for number in range(hub.persons)]
    for at, person in enumerate(persons):
        name = f"Contact {at}"
        yield Node(label="Person", id=person, properties={"name": name, "connector": True})
    for person in persons:
        yield Relationship(
            type="CONTACT_FOR",
            id=RelationshipId(f"contact-{person}"),
            source=person,
            target=hub.id,
            properties={"role": hub.role},
        )
    yield from _acquaintances(persons)


def _acquaintances(persons: Sequence[NodeId]) -> Iterator[Record]:
    random = Random(1)  # noqa: S311 -- a draw, not a secret
    for at, person in enumerate(persons):
        after = persons[at + 1 :]
        others = random.sample(after, min(_KNOWN, len(after)))
        for other in others:
            yield Relationship(
                type="TIE",
                id=RelationshipId(f"knows-{person}-{other}"),
                source=person,
                target=other,
                properties={
                    "owner": person,
                    "kind": "fellow_member",
                    "contact": "monthly",
                    "valence": "supportive",
                    "approach": "may_ask",
                    "shared": True,
                },
            )
