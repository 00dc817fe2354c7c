"""An item with all that a filter, an order or a reader of the list needs to know of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from netwerk.domain.directory import Service
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NeedId, NodeId, RelationshipId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.places import blurred
from netwerk.domain.records import (
    Node,
    Point,
    Relationship,
    Subgraph,
    day,
    flag,
    held_on,
    integer,
    point,
    text,
    words,
)
from netwerk.domain.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A service as the filters see it; one without a service stands for a host without offers."""

    service: Service | None
    locations: tuple[Node, ...] = ()
    languages: tuple[str, ...] = ()
    has_room: bool = False

    @property
    def payment(self) -> str | None:
        """What it costs, roughly."""
        return text(self.service.properties, "payment") if self.service else None

    @property
    def schedule(self) -> Schedule:
        """When it is open."""
        return Schedule.read(self.service.properties) if self.service else Schedule()

    @property
    def wheelchair(self) -> bool:
        """Whether somebody in a wheelchair can use it: nobody need go where it comes to them."""
        if self.service and self.service.comes_to_you:
            return True
        return any(flag(each.properties, "wheelchair") is True for each in self.locations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """A colleague of the viewer's team who knows them."""

    worker: NodeId
    name: str
    warmth: str
    last_met: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item. `distance_m` is None where none counts or is known; `place` is the nearest."""

    item: Item
    node: Node
    organizations: tuple[Node, ...]
    offers: tuple[Offer, ...]
    needs: frozenset[NeedId]
    link: Relationship | None
    areas: frozenset[NodeId]
    acquaintances: tuple[Acquaintance, ...]
    verified_on: date | None
    place: Node | None
    distance_m: float | None
    held: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return text(self.node.properties, "name") or text(self.node.properties, "alias") or ""

    @property
    def warmth(self) -> str | None:
        """How well the team knows them, at best."""
        return self.acquaintances[0].warmth if self.acquaintances else None


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
        self._offers: dict[NodeId, Offer] = {}

    def entry(self, item: Item) -> Entry:
        """Return an item with all that belongs to it."""
        node = self._graph.nodes[item.node]
        organizations = self._organizations(item)
        services = self._services(item)
        offers = self._offered(item, node, services, organizations)
        located = self._places(organizations) or [e for o in offers for e in o.locations]
        if item.kind == ItemKind.SERVICE:
            located = list(offers[0].locations)
        needs = {
            NeedId(r.target)
            for each in (*services, *([node] if item.kind == ItemKind.VOLUNTEER else ()))
            for r in self._out.get(("ADDRESSES", each.id), ())
        }
        sources = [each.id for each in (node, *services, *located)]
        return Entry(
            item=item,
            node=node,
            organizations=tuple(organizations),
            offers=offers,
            needs=frozenset(needs),
            link=self._role(item),
            areas=self._areas(sources),
            acquaintances=tuple(self._known(item, organizations)),
            verified_on=_verified(item, node, organizations),
            place=None if item.kind == ItemKind.VOLUNTEER else self._nearest(located),
            distance_m=self._metres(item),
            held=self._held(item, node, organizations, services),
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

    def _offered(
        self, item: Item, node: Node, services: Sequence[Node], hosts: Sequence[Node]
    ) -> tuple[Offer, ...]:
        if not services:
            return (Offer(service=None, locations=tuple(self._places(hosts))),)
        every = [self._offer(each) for each in services]
        if item.kind != ItemKind.VOLUNTEER:
            return tuple(every)
        spoken, room = words(node.properties, "languages"), self._has_time(node)
        return tuple(
            Offer(service=each.service, locations=each.locations, languages=spoken, has_room=room)
            for each in every
        )

    def _offer(self, node: Node) -> Offer:
        known = self._offers.get(node.id)
        if known is None:
            service = Service.from_node(node)
            hosts = self._ends(self._in.get(("PROVIDES", node.id), ()))
            places = self._located(node.id) or self._places(hosts)
            known = self._offers[node.id] = Offer(
                service=service,
                locations=tuple(places),
                languages=words(node.properties, "languages"),
                has_room=service.capacity is None or service.capacity > service.load,
            )
        return known

    def _has_time(self, volunteer: Node) -> bool:
        """Whether a volunteer can help one more, as far as they said how many they can."""
        taken = self._out.get(("VOLUNTEERS_FOR", volunteer.id), ())
        loads = [integer(r.properties, "load") or 0 for r in taken]
        most = integer(volunteer.properties, "capacity")
        if most is not None:
            return sum(loads) < most
        limits = [integer(r.properties, "capacity") for r in taken]
        return any(n is None or n > load for n, load in zip(limits, loads, strict=True))

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

    def _metres(self, item: Item) -> float | None:
        if self._origin is None or not item.places or item.comes:
            return None
        metres = min(distance(self._origin, each) for each in item.places)
        # A volunteer's home is nobody's business: about how far must do.
        return blurred(metres) if item.kind == ItemKind.VOLUNTEER else metres

    def _held(
        self, item: Item, node: Node, hosts: Iterable[Node], services: Sequence[Node]
    ) -> bool:
        if not all(held_on(each.properties, self._on) for each in (node, *hosts)):
            return False
        return item.kind != ItemKind.VOLUNTEER or bool(services)

    def _nearest(self, located: Sequence[Node]) -> Node | None:
        def metres(place: Node) -> tuple[bool, float, str]:
            at = None if flag(place.properties, "masked") else point(place.properties)
            far = distance(self._origin, at) if self._origin and at else 0.0
            return at is None, far, place.id

        return min(located, key=metres, default=None)

    def _areas(self, sources: Iterable[NodeId]) -> frozenset[NodeId]:
        """Return the areas these are in, and all that those are part of."""
        found: set[NodeId] = set()
        reached = {r.target for each in sources for r in self._out.get(("IN_AREA", each), ())}
        while reached:
            found |= reached
            parts = (r.target for each in reached for r in self._out.get(("PART_OF", each), ()))
            reached = set(parts) - found
        return frozenset(found)

    def _places(self, hosts: Iterable[Node]) -> list[Node]:
        return [place for host in hosts for place in self._located(host.id)]

    def _located(self, key: NodeId) -> list[Node]:
        return [self._graph.nodes[r.target] for r in self._out.get(("LOCATED_AT", key), ())]

    def _ends(self, links: Iterable[Relationship]) -> list[Node]:
        return [self._graph.nodes[r.source] for r in links]


def _verified(item: Item, node: Node, organizations: Sequence[Node]) -> date | None:
    about = organizations[0] if item.kind == ItemKind.CONTACT else node
    return day(about.properties, "verified_on")


def _warmest_first(each: Acquaintance) -> tuple[bool, int, str, str]:
    met = each.last_met.toordinal() if each.last_met else 0
    return each.warmth != "warm", -met, each.name, each.worker
