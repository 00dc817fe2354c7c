"""What the directory tells about a partner, read from what a view returned."""

from collections.abc import Iterable
from dataclasses import dataclass

from netwerk.domain.directory import Need
from netwerk.domain.ids import NodeId
from netwerk.domain.places import Place
from netwerk.domain.records import Subgraph, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask for, in which role, and how to reach them in it."""

    name: str
    role: str | None
    email: str
    phone: str


def needs_met(graph: Subgraph, key: NodeId) -> tuple[Need, ...]:
    """Return the needs that a service, or somebody with a talent, addresses."""
    needs = (Need.from_node(graph.nodes[each]) for each in ends(graph, "ADDRESSES", key))
    return tuple(sorted(needs, key=lambda need: need.id))


def places(graph: Subgraph, key: NodeId) -> tuple[Place, ...]:
    """Return where something is located, as far as it may be shown."""
    return tuple(
        Place.from_node(graph.nodes[each], area(graph, each))
        for each in ends(graph, "LOCATED_AT", key)
    )


def area(graph: Subgraph, key: NodeId) -> str:
    """Name the district in which something lies; the neighbourhood where no district is known."""
    inside = ends(graph, "IN_AREA", key)
    districts = [
        up
        for each in inside
        for up in ends(graph, "PART_OF", each)
        if text(graph.nodes[up].properties, "level") == "district"
    ]
    return ", ".join(sorted({name(graph, each) for each in districts or inside}))


def contacts(graph: Subgraph, key: NodeId) -> tuple[Contact, ...]:
    """Return whom to ask for at an organization."""
    found = [
        Contact(
            name=name(graph, r.source),
            role=text(r.properties, "role"),
            email=text(r.properties, "email") or "",
            phone=text(r.properties, "phone") or "",
        )
        for r in graph.of_type("CONTACT_FOR")
        if r.target == key and r.source in graph.nodes
    ]
    return tuple(sorted(found, key=lambda each: (each.role or "", each.name)))


def ends(graph: Subgraph, kind: str, source: NodeId) -> list[NodeId]:
    """Return where the relationships of a kind from a node lead."""
    return [r.target for r in graph.of_type(kind) if r.source == source and r.target in graph.nodes]


def starts(graph: Subgraph, kind: str, target: NodeId) -> list[NodeId]:
    """Return where the relationships of a kind to a node come from."""
    return [r.source for r in graph.of_type(kind) if r.target == target and r.source in graph.nodes]


def named(graph: Subgraph, keys: Iterable[NodeId]) -> tuple[tuple[NodeId, str], ...]:
    """Return nodes with what they are called, by name."""
    named = ((name(graph, each), each) for each in set(keys))
    return tuple((key, name) for name, key in sorted(named))


def name(graph: Subgraph, key: NodeId) -> str:
    """Return what a node is called."""
    return text(graph.nodes[key].properties, "name") or ""
