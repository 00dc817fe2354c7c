"""What the search of the directory finds, and by which words and at which places.

An item is a service, an organization, a contact person in a role, or a registered volunteer. Which
keys and places it has is said here once; every store indexes what this says.

A key is a folded word, or a fact: `:need:`, `:kind:` (of the organization), `:role:`, `:area:`,
`:of:` (the organization or person itself), each with an id or code behind it; and what its card
says of its offers (`netwerk.domain.cards`).
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from math import floor
from typing import Final

from netwerk.domain.cards import NO_CARD, Card, Cards
from netwerk.domain.directory import AT_YOUR_PLACE
from netwerk.domain.ids import NodeId
from netwerk.domain.neighbours import Neighbours
from netwerk.domain.records import (
    Node,
    Point,
    Properties,
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
    which are then its provider's, tell only whose region it is. `card` is what it is judged by.
    """

    kind: ItemKind
    id: str
    node: NodeId
    organization: NodeId | None = None
    keys: frozenset[str] = frozenset()
    places: tuple[Point, ...] = ()
    comes: bool = False
    card: Card = NO_CARD

    @property
    def key(self) -> str:
        """What it is called among all items."""
        return f"{self.kind}:{self.id}"

    @property
    def number(self) -> int:
        """Its place in a row of all items that says nothing: kinds and names lie mixed in it."""
        return int.from_bytes(blake2b(self.key.encode(), digest_size=8).digest(), "big") >> 2


def folded(typed: str) -> list[str]:
    """Return the words of a text: lower case, without accents and signs."""
    return list(_folded(typed))


@lru_cache(maxsize=8192)
def _folded(typed: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", typed.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return tuple(word[:LONGEST_WORD] for word in "".join(kept).split())


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
        self._near = Neighbours(graph)
        self._cards = Cards(self._near)

    def service(self, node: Node) -> Iterator[Item]:
        """Yield a service that somebody provides, or volunteers for."""
        givers = self._near.sources("PROVIDES", node.id)
        if not givers and not self._near.reaching("VOLUNTEERS_FOR", node.id):
            return
        own = self._near.targets("LOCATED_AT", node.id)
        located = own or [p for giver in givers for p in self._near.targets("LOCATED_AT", giver.id)]
        delivery = text(node.properties, "delivery")
        card = self._cards.service(node, givers)
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
                    *card.keys,
                ]
            ),
            places=() if delivery == "online" else _points(located),
            comes=delivery in AT_YOUR_PLACE,
            card=card,
        )

    def organization(self, node: Node) -> Item:
        """Return an organization, by itself and by what it offers."""
        located = self._near.targets("LOCATED_AT", node.id)
        offered = self._near.targets("PROVIDES", node.id)
        said = _said(node.properties, "description")
        card = self._cards.organization(node)
        return Item(
            kind=ItemKind.ORGANIZATION,
            id=node.id,
            node=node.id,
            keys=frozenset([*self._about(node), *said, *card.keys]),
            places=_points(located) or self._points_of(offered),
            card=card,
        )

    def contact(self, node: Node) -> Iterator[Item]:
        """Yield a contact person once for each organization."""
        for link in self._near.leaving("CONTACT_FOR", node.id):
            organization = self._graph.nodes.get(link.target)
            if organization is None:
                continue
            role = text(link.properties, "role")
            card = self._cards.contact(node, organization, role)
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
                        *card.keys,
                    ]
                ),
                places=_points(self._near.targets("LOCATED_AT", organization.id)),
                card=card,
            )

    def volunteer(self, node: Node) -> Iterator[Item]:
        """Yield a registered volunteer, somewhere near where they live."""
        services = self._near.targets("VOLUNTEERS_FOR", node.id)
        if not services:
            return
        willing = flag(node.properties, "willing_to_help") is True
        talents = self._talents(node) if willing else ()
        card = self._cards.volunteer(node, services, talents)
        at = point(node.properties)
        yield Item(
            kind=ItemKind.VOLUNTEER,
            id=node.id,
            node=node.id,
            keys=frozenset(
                [
                    *_called(node),
                    f":of:{node.id}",
                    *(f":need:{each}" for each in talents),
                    *(word for each in services for word in _said(each.properties, "name")),
                    *(need for each in services for need in self._needs(each.id)),
                    *self._areas(node),
                    *card.keys,
                ]
            ),
            places=() if at is None else (cell_of(at),),
            card=card,
        )

    def _about(self, organization: Node) -> list[str]:
        located = self._near.targets("LOCATED_AT", organization.id)
        kind = _kind(organization)
        return [
            *_named(organization),
            f":of:{organization.id}",
            *([f":kind:{kind}"] if kind else ()),
            *(word for place in located for word in _where(place)),
            *self._areas(*located),
            *(
                need
                for service in self._near.targets("PROVIDES", organization.id)
                for need in self._needs(service.id)
            ),
        ]

    def _talents(self, person: Node) -> list[str]:
        return [r.target for r in self._near.leaving("ADDRESSES", person.id)]

    def _needs(self, key: NodeId) -> list[str]:
        return [f":need:{r.target}" for r in self._near.leaving("ADDRESSES", key)]

    def _areas(self, *nodes: Node) -> list[str]:
        return [
            f":area:{r.target}" for node in nodes for r in self._near.leaving("IN_AREA", node.id)
        ]

    def _points_of(self, services: Iterable[Node]) -> tuple[Point, ...]:
        return _points(
            place for service in services for place in self._near.targets("LOCATED_AT", service.id)
        )


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
