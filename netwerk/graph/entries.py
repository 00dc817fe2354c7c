"""An item with all that a reader of the list needs to know of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from netwerk.domain.directory import Service
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import (
    Node,
    Point,
    Relationship,
    Subgraph,
    day,
    flag,
    held_on,
    point,
    text,
)
from netwerk.graph.listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """A colleague of the viewer's team who knows them."""

    worker: NodeId
    name: str
    warmth: str
    last_met: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item. `services`: what is offered, as far as it is held; `place` is the nearest."""

    listing: Listing
    node: Node
    organizations: tuple[Node, ...]
    services: tuple[Service, ...]
    link: Relationship | None
    acquaintances: tuple[Acquaintance, ...]
    place: Node | None

    @property
    def item(self) -> Item:
        """What it is about."""
        return self.listing.item

    @property
    def has_room(self) -> bool:
        """Whether it is not full, as far as known."""
        return any(each.has_room for each in self.listing.offers)

    @property
    def wheelchair(self) -> bool:
        """Whether somebody in a wheelchair can use something of it."""
        offers = self.listing.offers
        return any(each.wheelchair for each in offers) if offers else self.item.card.wheelchair


class Reading:
    """Makes entries of what a store returned, on one day, seen from one place."""

    def __init__(self, graph: Subgraph, on: date, origin: Point | None) -> None:
        """Look up everything by what it is joined to."""
        self._graph = graph
        self._on = on
        self._origin = origin
        self._out: dict[tuple[str, NodeId], list[Relationship]] = {}
        self._in: dict[tuple[str, NodeId], list[Relationship]] = {}
        for each in sorted(graph.relationships.values(), key=lambda r: r.id):
            self._out.setdefault((each.type, each.source), []).append(each)
            self._in.setdefault((each.type, each.target), []).append(each)

    def entry(self, listing: Listing) -> Entry:
        """Return an item with all that belongs to it."""
        item = listing.item
        node = self._graph.nodes[item.node]
        organizations = self._organizations(item)
        services = self._services(item)
        volunteer = item.kind == ItemKind.VOLUNTEER
        return Entry(
            listing=listing,
            node=node,
            organizations=tuple(organizations),
            services=tuple(map(Service.from_node, services)),
            link=self._role(item),
            acquaintances=tuple(self._known(item, organizations)),
            place=None if volunteer else self._nearest(self._where(item, organizations, services)),
        )

    def _organizations(self, item: Item) -> list[Node]:
        match item.kind:
            case ItemKind.ORGANIZATION:
                return [self._graph.nodes[item.node]]
            case ItemKind.CONTACT:
                return [self._graph.nodes[item.organization or item.node]]
            case ItemKind.SERVICE:
                return self._ends(self._in.get(("PROVIDES", item.node), ()))
            case _:
                return []

    def _services(self, item: Item) -> list[Node]:
        if item.kind == ItemKind.SERVICE:
            every = [self._graph.nodes[item.node]]
        else:
            joined = "VOLUNTEERS_FOR" if item.kind == ItemKind.VOLUNTEER else "PROVIDES"
            links = self._out.get((joined, item.organization or item.node), ())
            every = [self._graph.nodes[r.target] for r in links]
        return [each for each in every if held_on(each.properties, self._on)]

    def _role(self, item: Item) -> Relationship | None:
        if item.kind != ItemKind.CONTACT:
            return None
        return self._graph.relationships[RelationshipId(item.id)]

    def _where(self, item: Item, hosts: Sequence[Node], services: Sequence[Node]) -> list[Node]:
        """Return where it is: a service where it is given, a host at home or where it gives."""
        given = [place for each in services for place in self._given_at(each)]
        return given if item.kind == ItemKind.SERVICE else self._places(hosts) or given

    def _given_at(self, service: Node) -> list[Node]:
        hosts = self._ends(self._in.get(("PROVIDES", service.id), ()))
        return self._located(service.id) or self._places(hosts)

    def _known(self, item: Item, organizations: Iterable[Node]) -> list[Acquaintance]:
        ends = {item.node, *(each.id for each in organizations)}
        # Who knows the pastor knows the church.
        for host in organizations:
            ends |= {r.source for r in self._in.get(("CONTACT_FOR", host.id), ())}
        found = [
            Acquaintance(
                worker=r.source,
                name=text(self._graph.nodes[r.source].properties, "name") or "",
                warmth=text(r.properties, "warmth") or "cold",
                last_met=day(r.properties, "last_met"),
            )
            for end in ends
            for r in self._in.get(("ACQUAINTED", end), ())
        ]
        return sorted(found, key=_warmest_first)

    def _nearest(self, located: Sequence[Node]) -> Node | None:
        def metres(place: Node) -> tuple[bool, float, str]:
            at = None if flag(place.properties, "masked") else point(place.properties)
            far = distance(self._origin, at) if self._origin and at else 0.0
            return at is None, far, place.id

        return min(located, key=metres, default=None)

    def _places(self, hosts: Iterable[Node]) -> list[Node]:
        return [place for host in hosts for place in self._located(host.id)]

    def _located(self, key: NodeId) -> list[Node]:
        return [self._graph.nodes[r.target] for r in self._out.get(("LOCATED_AT", key), ())]

    def _ends(self, links: Iterable[Relationship]) -> list[Node]:
        return [self._graph.nodes[r.source] for r in links]


def _warmest_first(each: Acquaintance) -> tuple[bool, int, str, str]:
    met = each.last_met.toordinal() if each.last_met else 0
    return each.warmth != "warm", -met, each.name, each.worker
