"""Records as rows, and rows as records."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from netwerk.domain.directory import Service
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import (
    Node,
    Relationship,
    flag,
    from_json,
    point,
    text,
    to_json,
)
from netwerk.domain.visibility import OWNED_TYPES
from netwerk.ports.stores import OfferQuery

Row = Mapping[str, Any]

LINK_COLUMNS: Final = "r.id, r.type, r.source, r.target, r.version, r.properties"
"""What `read_link` reads."""


def node_row(node: Node) -> Row:
    """Return a node as it is stored."""
    person = node.label == "Person"
    return {
        "id": node.id,
        "label": node.label,
        "version": node.version,
        "properties": to_json(node.properties),
        "connector": person and flag(node.properties, "connector") is True,
        "willing": person and flag(node.properties, "willing_to_help") is True,
    }


def link_row(link: Relationship) -> Row:
    """Return a relationship as it is stored."""
    owned = link.type in OWNED_TYPES
    shared = link.type == "TIE" and flag(link.properties, "shared") is True
    return {
        "id": link.id,
        "type": link.type,
        "source": link.source,
        "target": link.target,
        "version": link.version,
        "properties": to_json(link.properties),
        "owner": text(link.properties, "owner") if owned else None,
        "private": owned and not shared,
    }


def read_node(row: tuple[Any, ...]) -> Node:
    """Read (id, label, version, properties)."""
    key, label, version, properties = row
    return Node(label=label, id=NodeId(key), version=version, properties=from_json(properties))


def read_link(row: tuple[Any, ...]) -> Relationship:
    """Read (id, type, source, target, version, properties)."""
    key, kind, source, target, version, properties = row
    return Relationship(
        type=kind,
        id=RelationshipId(key),
        source=NodeId(source),
        target=NodeId(target),
        version=version,
        properties=from_json(properties),
    )


def place_row(node: Node) -> Row | None:
    """Return where a Location is, if that is known."""
    at = point(node.properties) if node.label == "Location" else None
    return None if at is None else {"id": node.id, "lon": at[0], "lat": at[1]}


def offer_rows(
    service: Node, organizations: Iterable[str], needs: Iterable[str], *, placed: bool
) -> list[Row]:
    """Return the rows under which an offer is found: each of its needs, and any ('')."""
    facts = Service.from_node(service)
    common = {
        "service": service.id,
        "comes_to_you": facts.comes_to_you,
        "placed": placed,
        "room_known": facts.capacity is not None,
        "formality": facts.formality.value,
        "valid_from": text(service.properties, "valid_from"),
        "valid_to": text(service.properties, "valid_to"),
        "age_min": facts.age_min,
        "age_max": facts.age_max,
        "has_room": facts.capacity is None or facts.capacity > facts.load,
    }
    every = {"", *needs}
    return [
        {**common, "organization": each, "need": need} for each in organizations for need in every
    ]


def usable(query: OfferQuery) -> Row:
    """Return what the statement about the offers of a group takes."""
    return {"formalities": to_json(sorted(query.formalities)), "on": query.on, "age": query.age}
