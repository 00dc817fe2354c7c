"""Ids that others may keep: the UUID of each of our records, always the same.

A record that came from elsewhere keeps the id that it had there.
"""

from collections.abc import Container, Mapping
from typing import Any, Final, cast
from uuid import UUID, uuid5

from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Relationship
from netwerk.exchange.hsds.standard import Row

NAMESPACE: Final = UUID("6f2c9a54-7d0b-5a51-9a3f-0c1d5b7e8a21")
KEPT: Final = "hsds"
"""Under which key of `extra` a document is kept as it came."""
_AND: Final = "~"
"""Between the id that a relationship had elsewhere, and what tells it apart here."""
TABLES: Final[Mapping[str, str]] = {
    "Organization": "organization",
    "Service": "service",
    "Location": "location",
}


def derived(kind: str, *parts: str) -> str:
    """Return a UUID that these words alone decide."""
    return str(uuid5(NAMESPACE, "\x1f".join((kind, *parts))))


def named(kind: str, key: str) -> str:
    """Return the id under which others know a record: its own, if that is a UUID."""
    return key if is_uuid(key) else derived(kind, key)


def is_uuid(key: str) -> bool:
    """Whether a text is a UUID as it is written everywhere."""
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def kept(node: Node) -> Row | None:
    """Return the document of a record that came from elsewhere, as it came."""
    extra = node.properties.get("extra")
    found: Any = extra.get(KEPT) if isinstance(extra, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else None


def id_of(node: Node) -> str:
    """Return the id under which others know a node."""
    came = kept(node)
    if came is not None and isinstance(came.get("id"), str):
        return cast("str", came["id"])
    return named(TABLES.get(node.label, node.label), node.id)


def node_id(table: str, key: str) -> NodeId:
    """Return the id that we give what others know by this one."""
    return NodeId(key if is_uuid(key) else derived(f"from elsewhere: {table}", key))


def linked(kind: str, link: Relationship) -> str:
    """Return the id under which others know a relationship: a contact, a service at a location."""
    came, mark, _ = link.id.partition(_AND)
    return came if mark or is_uuid(link.id) else derived(kind, link.id)


def link_id(
    kind: str, key: str, source: NodeId, taken: Container[RelationshipId]
) -> RelationshipId:
    """Return the id that we give a relationship that others know by this one."""
    plain = RelationshipId(key)
    if is_uuid(key) and plain not in taken:
        return plain
    return RelationshipId(f"{key}{_AND}{derived(kind, key, source)}")
