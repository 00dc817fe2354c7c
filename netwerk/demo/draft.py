"""One demo municipality in the making: where it lies, what it is made of so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Node, Record, Relationship, Value

_COLUMNS = 40
_WIDTH, _HEIGHT = 0.2, 0.12
"""Degrees between two copies: more than the municipality is wide and high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """One copy of the municipality: copy 0 is Helmond itself, the others lie on a grid beside it.

    Everything about a copy follows from `seed`, `number` and `today`, and from nothing else.
    """

    number: int
    seed: int
    today: date

    @property
    def prefix(self) -> str:
        """What the ids of this copy begin with; nothing for Helmond itself."""
        return f"m{self.number:04d}-" if self.number else ""

    def id(self, key: str) -> NodeId:
        """Return the id of the node that is called `key` in every copy."""
        return NodeId(self.prefix + key)

    def point(self, lon: float, lat: float) -> list[float]:
        """Shift a point of Helmond to where this copy lies, to five decimals (about a metre)."""
        row, column = divmod(self.number, _COLUMNS)
        return [round(lon + column * _WIDTH, 5), round(lat + row * _HEIGHT, 5)]

    def random(self, part: str) -> Random:
        """Return the random stream of one part of this copy."""
        return Random(f"{self.seed}/{self.number}/{part}")  # noqa: S311 -- no secret

    def ago(self, days: int) -> str:
        """Return the day so many days before today; a negative number is a day to come."""
        return (self.today - timedelta(days=days)).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organization as the rest of the demo needs to know it."""

    id: NodeId
    key: str
    kind: str
    name: str
    buurt: str
    at: tuple[float, float]
    contact: NodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as the rest of the demo needs to know it."""

    id: NodeId
    name: str
    partner: Partner
    needs: tuple[str, ...]
    formality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An inhabitant with an open case: who, where, since when, and who stands by them."""

    person: NodeId
    name: str
    cluster: str
    worker: NodeId
    case: NodeId
    opened: int
    needs: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Draft:
    """The records of one municipality, and what is known of them."""

    town: Town
    needs: tuple[str, ...]
    nodes: dict[NodeId, Node] = field(default_factory=dict)
    links: dict[RelationshipId, Relationship] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=list)
    workers: dict[str, list[NodeId]] = field(default_factory=dict)
    volunteers: dict[str, list[NodeId]] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    called: set[str] = field(default_factory=set)

    def node(self, label: str, key: str, /, **facts: Value | None) -> NodeId:
        """Add a node, unless it is there already; return its id. Facts that are None are absent."""
        name = self.town.id(key)
        known = {k: v for k, v in facts.items() if v is not None}
        self.nodes.setdefault(name, Node(label=label, id=name, properties=known))
        return name

    def link(
        self, kind: str, source: NodeId, target: NodeId, /, **facts: Value | None
    ) -> Relationship:
        """Add a relationship; of two that join the same nodes in the same file the first stays."""
        owner = facts.get("owner")
        about = f"{owner}-" if isinstance(owner, str) and owner != source else ""
        name = RelationshipId(f"{kind.lower()}-{about}{source}-{target}")
        known = {k: v for k, v in facts.items() if v is not None}
        made = Relationship(type=kind, id=name, source=source, target=target, properties=known)
        return self.links.setdefault(name, made)

    def persons(self) -> int:
        """Count the persons so far."""
        return sum(node.label == "Person" for node in self.nodes.values())

    def records(self) -> Iterator[Record]:
        """Yield everything, nodes first."""
        yield from self.nodes.values()
        yield from self.links.values()
