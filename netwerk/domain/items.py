"""What the search of the directory finds, and by which words and at which places.

An item is a service, an organization, a contact person in a role, or a registered volunteer. Which
keys and places it has is said here once; every store indexes what this says.

A key is a folded word, or a fact: `:need:`, `:kind:` (of the organization), `:role:`, `:area:`,
`:of:` (the organization or person itself), each with an id or code behind it.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import floor
from typing import Final

from netwerk.domain.directory import AT_YOUR_PLACE
from netwerk.domain.ids import NodeId
from netwerk.domain.records import (
    Node,
    Point,
    Properties,
    Relationship,
    Subgraph,
    flag,
    point,
    text,
    words,
)

SHORTEST_SLIP: Final = 4
"""Letters of the shortest word in which a typing error is forgiven."""
LONGEST_WORD: Final = 40
"""Letters of a word that count."""
_CELL: Final = (0.0075, 0.005)
"""Degrees of longitude and latitude: a cell of some 500 metres, in which a volunteer lives."""


class ItemKind(StrEnum):
    """What can be found."""

    SERVICE = "service"
    ORGANIZATION = "organization"
    CONTACT = "contact"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be found.

    `node` is what it is about: the Service, Organization or Person; `organization` is set for a
    contact person, who is found once for each. `places` are empty where nobody need know where
    (online) or may know (a masked address); `comes` : it is given at home, so that the places,
    which are then its provider's, tell only whose region it is.
    """

    kind: ItemKind
    id: str
    node: NodeId
    organization: NodeId | None = None
    keys: frozenset[str] = frozenset()
    places: tuple[Point, ...] = ()
    comes: bool = False

    @property
    def key(self) -> str:
        """What it is called among all items."""
        return f"{self.kind}:{self.id}"


def folded(typed: str) -> list[str]:
    """Return the words of a text: lower case, without accents and signs."""
    decomposed = unicodedata.normalize("NFKD", typed.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in "".join(kept).split()]


@lru_cache(maxsize=65_536)
def slips(word: str) -> frozenset[str]:
    """Return the word with one letter left out; nothing for a short word.

    Two words that differ by one slip have one of these, or one of the words themselves, in common.
    """
    if len(word) < SHORTEST_SLIP:
        return frozenset()
    return frozenset(word[:at] + word[at + 1 :] for at in range(len(word)))


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter: more, less, another, or two that changed places."""
    if min(len(one), len(other)) < SHORTEST_SLIP:
        return False
    if len(one) == len(other):
        at = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(at) == 2 and at[1] - at[0] == 1:
            return one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
        return len(at) == 1
    return one in slips(other) or other in slips(one)


def items_of(graph: Subgraph, wanted: Iterable[NodeId] | None = None) -> Iterator[Item]:
    """Yield the items that these nodes are (None: all), from a graph with all around them."""
    around = _Around(graph)
    nodes = graph.nodes if wanted is None else set(wanted) & set(graph.nodes)
    for key in sorted(nodes):
        node = graph.nodes[key]
        match node.label:
            case "Service":
                yield from around.service(node)
            case "Organization":
                yield around.organization(node)
            case "Person":
                yield from around.contact(node)
                yield from around.volunteer(node)
            case _:
                pass


class _Around:
    """Looks up what surrounds a node."""

    def __init__(self, graph: Subgraph) -> None:
        self._graph = graph
        self._out: dict[tuple[str, NodeId], list[Relationship]] = {}
        self._in: dict[tuple[str, NodeId], list[Relationship]] = {}
        for each in graph.relationships.values():
            self._out.setdefault((each.type, each.source), []).append(each)
            self._in.setdefault((each.type, each.target), []).append(each)

    def service(self, node: Node) -> Iterator[Item]:
        """Yield a service that somebody provides, or volunteers for."""
        givers = self._sources("PROVIDES", node.id)
        if not givers and not self._in.get(("VOLUNTEERS_FOR", node.id)):
            return
        own = self._targets("LOCATED_AT", node.id)
        located = own or [p for giver in givers for p in self._targets("LOCATED_AT", giver.id)]
        delivery = text(node.properties, "delivery")
        yield Item(
            kind=ItemKind.SERVICE,
            id=node.id,
            node=node.id,
            keys=frozenset(
                [
                    *_said(node.properties, "name", "description", "audience"),
                    *(word for giver in givers for word in _named(giver)),
                    *(f":kind:{kind}" for giver in givers if (kind := _kind(giver))),
                    *(f":of:{giver.id}" for giver in givers),
                    *(word for place in located for word in _where(place)),
                    *self._needs(node.id),
                    *self._areas(node, *located),
                ]
            ),
            places=() if delivery == "online" else _points(located),
            comes=delivery in AT_YOUR_PLACE,
        )

    def organization(self, node: Node) -> Item:
        """Return an organization, by itself and by what it offers."""
        located = self._targets("LOCATED_AT", node.id)
        offered = self._targets("PROVIDES", node.id)
        return Item(
            kind=ItemKind.ORGANIZATION,
            id=node.id,
            node=node.id,
            keys=frozenset([*self._about(node), *_said(node.properties, "description")]),
            places=_points(located) or self._points_of(offered),
        )

    def contact(self, node: Node) -> Iterator[Item]:
        """Yield a contact person once for each organization."""
        for link in self._out.get(("CONTACT_FOR", node.id), ()):
            organization = self._graph.nodes.get(link.target)
            if organization is None:
                continue
            role = text(link.properties, "role")
            yield Item(
                kind=ItemKind.CONTACT,
                id=link.id,
                node=node.id,
                organization=organization.id,
                keys=frozenset(
                    [
                        *_called(node),
                        *self._about(organization),
                        f":of:{node.id}",
                        *([f":role:{role}"] if role else ()),
                    ]
                ),
                places=_points(self._targets("LOCATED_AT", organization.id)),
            )

    def volunteer(self, node: Node) -> Iterator[Item]:
        """Yield a registered volunteer, somewhere near where they live."""
        services = self._targets("VOLUNTEERS_FOR", node.id)
        if not services:
            return
        talents = self._needs(node.id) if flag(node.properties, "willing_to_help") else ()
        at = point(node.properties)
        yield Item(
            kind=ItemKind.VOLUNTEER,
            id=node.id,
            node=node.id,
            keys=frozenset(
                [
                    *_called(node),
                    f":of:{node.id}",
                    *talents,
                    *(word for each in services for word in _said(each.properties, "name")),
                    *(need for each in services for need in self._needs(each.id)),
                    *self._areas(node),
                ]
            ),
            places=() if at is None else (cell_of(at),),
        )

    def _about(self, organization: Node) -> list[str]:
        located = self._targets("LOCATED_AT", organization.id)
        kind = _kind(organization)
        return [
            *_named(organization),
            f":of:{organization.id}",
            *([f":kind:{kind}"] if kind else ()),
            *(word for place in located for word in _where(place)),
            *self._areas(*located),
            *(
                need
                for service in self._targets("PROVIDES", organization.id)
                for need in self._needs(service.id)
            ),
        ]

    def _needs(self, key: NodeId) -> list[str]:
        return [f":need:{r.target}" for r in self._out.get(("ADDRESSES", key), ())]

    def _areas(self, *nodes: Node) -> list[str]:
        return [
            f":area:{r.target}" for node in nodes for r in self._out.get(("IN_AREA", node.id), ())
        ]

    def _points_of(self, services: Iterable[Node]) -> tuple[Point, ...]:
        return _points(
            place for service in services for place in self._targets("LOCATED_AT", service.id)
        )

    def _targets(self, kind: str, key: NodeId) -> list[Node]:
        return self._ends(self._out.get((kind, key), ()), lambda r: r.target)

    def _sources(self, kind: str, key: NodeId) -> list[Node]:
        return self._ends(self._in.get((kind, key), ()), lambda r: r.source)

    def _ends(
        self, links: Iterable[Relationship], end: Callable[[Relationship], NodeId]
    ) -> list[Node]:
        nodes = self._graph.nodes
        return [nodes[end(r)] for r in links if end(r) in nodes]


def cell_of(at: Point) -> Point:
    """Return the middle of the cell that a point lies in: all that may be told of a home."""
    wide, high = _CELL
    lon, lat = (floor(at[0] / wide) + 0.5) * wide, (floor(at[1] / high) + 0.5) * high
    return round(lon, 6), round(lat, 6)


def _said(facts: Properties, *names: str) -> list[str]:
    return [word for name in names for word in folded(text(facts, name) or "")]


def _called(person: Node) -> list[str]:
    return _said(person.properties, "name")


def _named(organization: Node) -> list[str]:
    others = words(organization.properties, "alternate_names")
    every = (text(organization.properties, "name") or "", *others)
    return [word for name in every for word in folded(name)]


def _where(place: Node) -> list[str]:
    hidden = flag(place.properties, "masked") is True
    return [] if hidden else _said(place.properties, "name", "city")


def _kind(organization: Node) -> str | None:
    return text(organization.properties, "kind")


def _points(places: Iterable[Node]) -> tuple[Point, ...]:
    """Return where places are, as far as everybody may know."""
    shown = (each for each in places if flag(each.properties, "masked") is not True)
    return tuple(sorted({at for each in shown if (at := point(each.properties)) is not None}))
