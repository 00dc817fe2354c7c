"""Records as rows, and rows as records.

The JSON text in `properties` is the record; the copies beside it are what queries filter on,
with the defaults of the domain filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from neo4j.spatial import WGS84Point

from netwerk.domain.directory import Service
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import (
    Node,
    Record,
    Relationship,
    Subgraph,
    flag,
    from_json,
    point,
    text,
    to_json,
)

Row = dict[str, Any]

_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Need": ("parent",),
    "Worker": ("role",),
    "Case": ("opened_on", "closed_on"),
    "Service": ("valid_from", "valid_to"),
}


def row(record: Record) -> Row:
    """Return everything that is stored on the node or the relationship."""
    facts: Row = {
        "id": record.id,
        "version": record.version,
        "properties": to_json(record.properties),
    }
    if isinstance(record, Node):
        return facts | {"label": record.label} | _copies(record)
    if record.type in {"TIE", "TAKES_PART"}:
        facts["owner"] = text(record.properties, "owner")
    if record.type == "TIE":
        facts["shared"] = flag(record.properties, "shared") is True
    return facts


def _copies(node: Node) -> Row:
    facts = node.properties
    copies: Row = {key: text(facts, key) for key in _TEXTS.get(node.label, ())}
    match node.label:
        case "Person":
            copies["connector"] = flag(facts, "connector") is True
            copies["willing_to_help"] = flag(facts, "willing_to_help") is True
        case "Location":
            place = point(facts)
            copies["place"] = None if place is None else WGS84Point(place)
        case "Service":
            copies |= _service(Service.from_node(node))
        case _:
            pass
    return copies


def _service(service: Service) -> Row:
    return {
        "formality": service.formality.value,
        "capacity": service.capacity,
        "load": service.load,
        "age_min": service.age_min,
        "age_max": service.age_max,
        "comes": service.comes_to_you,
    }


def subgraph(columns: Mapping[str, Any]) -> Subgraph:
    """Read a part of the graph from the columns `nodes` and `links` (see queries.COLUMNS)."""
    return Subgraph.of([*nodes(columns["nodes"]), *links(columns["links"])])


def nodes(columns: Sequence[Sequence[Any]]) -> Iterable[Node]:
    """Read nodes from columns: label, id, version, properties."""
    for label, key, version, properties in zip(*columns, strict=True):
        yield Node(label=label, id=NodeId(key), version=version, properties=from_json(properties))


def links(columns: Sequence[Sequence[Any]]) -> Iterable[Relationship]:
    """Read relationships from columns: type, id, source, target, version, properties."""
    for kind, key, source, target, version, properties in zip(*columns, strict=True):
        yield Relationship(
            type=kind,
            id=RelationshipId(key),
            source=NodeId(source),
            target=NodeId(target),
            version=version,
            properties=from_json(properties),
        )
