"""The graph as records: what is loaded, dumped, stored and passed between store and core.

A property that is absent and one that is null are the same: a record never holds None.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Self, TypeAlias, cast

from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import NodeId, RelationshipId

Value: TypeAlias = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]
Properties: TypeAlias = Mapping[str, Value]
Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""

# Records are read by the hundred; what `json.loads` looks after besides costs more than reading.
_read = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node. `version` counts its saves; 0 means not stored yet."""

    label: str
    id: NodeId
    properties: Properties = field(default_factory=dict)
    version: int = 0

    def with_properties(self, **changes: Value | None) -> Self:
        """Return the same node with some properties set, or with None left out."""
        return type(self)(
            label=self.label,
            id=self.id,
            properties=_changed(self.properties, changes),
            version=self.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One relationship, directed from `source` to `target`."""

    type: str
    id: RelationshipId
    source: NodeId
    target: NodeId
    properties: Properties = field(default_factory=dict)
    version: int = 0

    def with_properties(self, **changes: Value | None) -> Self:
        """Return the same relationship with some properties set, or with None left out."""
        return type(self)(
            type=self.type,
            id=self.id,
            source=self.source,
            target=self.target,
            properties=_changed(self.properties, changes),
            version=self.version,
        )


Record: TypeAlias = Node | Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """Some nodes and some relationships; ends that are missing are outside what was asked."""

    nodes: Mapping[NodeId, Node] = field(default_factory=dict)
    relationships: Mapping[RelationshipId, Relationship] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Self:
        """Gather records; a later one with the same id replaces an earlier."""
        nodes: dict[NodeId, Node] = {}
        relationships: dict[RelationshipId, Relationship] = {}
        for record in records:
            if isinstance(record, Node):
                nodes[record.id] = record
            else:
                relationships[record.id] = record
        return cls(nodes=nodes, relationships=relationships)

    def __or__(self, other: "Subgraph") -> "Subgraph":
        return Subgraph(
            nodes={**self.nodes, **other.nodes},
            relationships={**self.relationships, **other.relationships},
        )

    def without(self, label: str) -> "Subgraph":
        """Return the graph without the nodes of this label; what leads to them stays."""
        nodes = {key: node for key, node in self.nodes.items() if node.label != label}
        return Subgraph(nodes=nodes, relationships=self.relationships)

    def of_type(self, *types: str) -> list[Relationship]:
        """Return the relationships of these types, by id."""
        return sorted(
            (r for r in self.relationships.values() if r.type in types), key=lambda r: r.id
        )

    def labelled(self, label: str) -> list[Node]:
        """Return the nodes with this label, by id."""
        return sorted((n for n in self.nodes.values() if n.label == label), key=lambda n: n.id)


def derived_id(
    kind: str, source: str, target: str, properties: Properties, repeat: int = 0
) -> RelationshipId:
    """Name a relationship that came without an id, the same way in every store.

    `repeat` tells apart relationships that are alike in everything.
    """
    facts = [kind, source, target, *(f"{k}={properties[k]!r}" for k in sorted(properties))]
    text = "\x1f".join([*facts, str(repeat)])
    return RelationshipId("r" + blake2b(text.encode(), digest_size=12).hexdigest())


def to_json(value: object) -> str:
    """Return canonical JSON text: the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(value: str) -> Properties:
    """Read the properties that `to_json` wrote."""
    return cast("Properties", _read(value)[0])


def text(properties: Properties, key: str) -> str | None:
    """Read a text."""
    value = properties.get(key)
    return value if isinstance(value, str) else None


def integer(properties: Properties, key: str) -> int | None:
    """Read a whole number."""
    value = properties.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def flag(properties: Properties, key: str) -> bool | None:
    """Read a yes or no; None where it was never said."""
    value = properties.get(key)
    return value if isinstance(value, bool) else None


def day(properties: Properties, key: str) -> date | None:
    """Read an ISO 8601 date."""
    value = text(properties, key)
    return None if value is None else parse_day(value)


def parse_day(value: str) -> date:
    """Return the date that `value` (YYYY-MM-DD) names, or refuse it."""
    with suppress(ValueError):
        read = date.fromisoformat(value)
        # Python reads a week or a day without dashes too; days are compared as text, so one form.
        if read.isoformat() == value:
            return read
    raise InvalidRecordError("%(value)s is not a date (write it as 2026-11-30).", value=value)


def point(properties: Properties, key: str = "point") -> Point | None:
    """Read a point as (longitude, latitude)."""
    value = properties.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return None
    longitude, latitude = cast("Sequence[float]", value)
    return float(longitude), float(latitude)


def words(properties: Properties, key: str) -> tuple[str, ...]:
    """Read a list of texts; empty where there is none."""
    value = properties.get(key)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(str(each) for each in value)


def held_on(properties: Properties, on: date) -> bool:
    """Whether the period of a record includes the day: the start counts, the end does not."""
    start, end, today = text(properties, "valid_from"), text(properties, "valid_to"), on.isoformat()
    return (start is None or start <= today) and (end is None or today < end)


def _changed(properties: Properties, changes: Mapping[str, Value | None]) -> Properties:
    merged = {**properties, **changes}
    return {key: value for key, value in merged.items() if value is not None}
