"""One inhabitant with a file, and a neighbourhood of any size around."""

from collections.abc import Iterator
from datetime import date

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, PersonId, RelationshipId, WorkerId
from netwerk.domain.records import Node, Record, Relationship, Value
from netwerk.ports.stores import OfferQuery

SCOPE = Scope(
    viewer=WorkerId(NodeId("w")),
    purpose=Purpose.SUPPORT,
    as_of=date(2026, 11, 2),
    subject=PersonId(NodeId("ann")),
)
QUERY = OfferQuery(
    need=None,
    formalities=frozenset({"informal", "general"}),
    on="2026-11-02",
    age=40,
    origin=(5.1, 52.0),
    radius=5000,
    limit=20,
)


def node(label: str, key: str, /, **properties: Value) -> Node:
    """Return a new node."""
    return Node(label=label, id=NodeId(key), properties=properties)


def link(kind: str, source: str, target: str, /, **properties: Value) -> Relationship:
    """Return a new relationship, named after what it joins."""
    return Relationship(
        type=kind,
        id=RelationshipId(f"{kind}.{source}.{target}"),
        source=NodeId(source),
        target=NodeId(target),
        properties=properties,
    )


def street(neighbours: int = 3) -> Iterator[Record]:
    """Yield an inhabitant whose file the worker may open, and her neighbours."""
    yield node("Worker", "w", role="worker", name="Wil")
    yield node("Person", "ann", name="Ann", birth_year=1980, point=[5.1, 52.0])
    yield node("Case", "case")
    yield node("Need", "company", label_nl="gezelschap", label_en="company")
    yield node("Organization", "church", name="De Brug")
    yield node("Service", "coffee", name="Koffie", formality="informal")
    for number in range(neighbours):
        yield node("Person", f"n{number:06d}", name=f"Buur {number}", told_by="ann")
    yield link("CONCERNS", "case", "ann")
    yield link("LEADS", "w", "case")
    yield link("PROVIDES", "church", "coffee")
    yield link("ADDRESSES", "coffee", "company")
    for number in range(neighbours):
        facts = {"owner": "ann", "kind": "neighbour", "approach": "may_ask"}
        yield link("TIE", "ann", f"n{number:06d}", **facts)
