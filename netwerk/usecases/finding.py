"""Find partners: services, organizations, contact persons in their roles, and volunteers.

Near an inhabitant (the scope's subject) needs access to their file, and is logged; their home does
not leave this module. Otherwise nothing personal is read.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self

from netwerk.domain.access import OPERATOR, PERMISSIONS, Permission, Scope, require
from netwerk.domain.directory import Need, Service
from netwerk.domain.errors import InvalidInputError, NotAllowedError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.people import Person, Worker
from netwerk.domain.places import Place
from netwerk.domain.records import Node, Point, parse_day, text, words
from netwerk.domain.schedule import Schedule
from netwerk.graph.calendar import public_holidays
from netwerk.graph.entries import Acquaintance, Entry
from netwerk.graph.filters import YES, Asked, Facet, Facets, Order, Terms
from netwerk.graph.finding import Search
from netwerk.graph.where import Where, in_area
from netwerk.ports.stores import DirectoryView, GraphStore
from netwerk.schema import Schema

__all__ = ["YES", "Acquaintance", "Asked", "Facet", "Found", "Hit", "Named", "Order", "find"]

MOST: Final = 1000
LATELY: Final = timedelta(days=365)
"""What was verified within a year counts as verified lately, unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An organization or service, to be shown with a link."""

    id: NodeId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found, as every colleague may see it.

    `key` is unique among hits; `node` is the Service, Organization or Person it is about. `service`
    is set for a service, `role` for a contact person. `offers`: what an organization gives, what a
    volunteer helps with, that is held today. `place` holds no more than anybody may know, and is
    None for volunteers, as their address is. `distance_m` is None where distance does not count or
    is not known; of a volunteer it is rounded up to 500 m. `has_room`: not full, as far as known.
    """

    key: str
    kind: ItemKind
    node: NodeId
    name: str
    organizations: tuple[Named, ...]
    organization_kind: str | None
    service: Service | None
    role: str | None
    email: str | None
    phone: str | None
    description: str | None
    offers: tuple[Named, ...]
    needs: tuple[NeedId, ...]
    payment: str | None
    languages: tuple[str, ...]
    schedule: Schedule
    has_room: bool
    place: Place | None
    wheelchair: bool
    distance_m: float | None
    verified_on: date | None
    acquaintances: tuple[Acquaintance, ...]
    relevance: float

    @property
    def comes_to_you(self) -> bool:
        """Whether it is given at home or online."""
        return self.service is not None and self.service.comes_to_you


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first hits in order, how many there are, and how many each filter value would leave.

    `more`: there is more than was looked at, so `total` and the counts are at least so many;
    `counted_all` says so of the counts alone. Facet NEED counts needs and life domains by code.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    counted_all: bool
    facets: Facets

    @classmethod
    def nothing(cls) -> Self:
        """Return what is found where nothing can be."""
        facets: Facets = {facet: {} for facet in Facet}
        return cls(hits=(), total=0, more=False, counted_all=True, facets=facets)


def find(store: GraphStore, scope: Scope, asked: Asked, schema: Schema, now: datetime) -> Found:
    """Return what is asked, from the inhabitant's home if the scope has a subject.

    Raises NotVisibleError without access to their file, NotAllowedError for a role that does not
    read the directory, InvalidInputError for what cannot be asked. Reviewers see no volunteers.
    """
    if not 1 <= asked.most <= MOST:
        raise InvalidInputError("Ask for at least one, and at most %(most)s.", most=MOST)
    origin = _home(store, scope) if scope.subject else asked.point
    with store.directory(scope) as view:
        shown = _shown(view, scope)
        needs = [Need.from_node(node) for node in view.nodes("Need").labelled("Need")]
        terms = Terms(
            parents={need.id: need.parent for need in needs},
            now=now,
            since=scope.as_of - LATELY,
            on=scope.as_of,
            holidays=public_holidays(),
            where=_where(view, asked, origin),
        )
        found = Search(view, needs, schema).find(asked, terms, shown)
    return Found(
        hits=tuple(_hit(each, found.relevance[each.item.key]) for each in found.entries),
        total=found.total,
        more=found.more,
        counted_all=found.counted_all,
        facets={facet: dict(counts) for facet, counts in found.facets.items()},
    )


def _home(store: GraphStore, scope: Scope) -> Point:
    """Return where the scope's subject lives; that it was looked up is logged."""
    with store.view(scope, "find-near") as view:
        node = view.own_file().nodes[NodeId(scope.subject or "")]
    at = Person.from_node(node).point
    if at is None:
        raise InvalidInputError("Of this inhabitant it is not known where they live.")
    return at


def _shown(view: DirectoryView, scope: Scope) -> frozenset[ItemKind]:
    """Return what the viewer's role may see. Raises NotAllowedError where that is nothing."""
    if scope.viewer == OPERATOR:
        return frozenset(ItemKind)
    node = view.around({scope.viewer}).nodes.get(scope.viewer)
    if node is None or node.label != "Worker":
        raise NotAllowedError
    role = Worker.from_node(node).role
    require(role, Permission.DIRECTORY_READ)
    volunteers = Permission.VOLUNTEER_READ in PERMISSIONS[role]
    return frozenset(each for each in ItemKind if volunteers or each != ItemKind.VOLUNTEER)


def _where(view: DirectoryView, asked: Asked, origin: Point | None) -> Where:
    if asked.area is None:
        return Where(origin=origin, radius=asked.radius, seen_from=origin)
    area = view.around({asked.area}).nodes.get(asked.area)
    if area is None or area.label != "Area":
        raise InvalidInputError("The area %(area)s is not known.", area=asked.area)
    return in_area(area, lambda: view.nodes("Area").of_type("PART_OF"), origin)


def _hit(entry: Entry, relevance: float) -> Hit:
    facts, card = entry.node.properties, entry.item.card
    kind = entry.item.kind
    volunteer = kind == ItemKind.VOLUNTEER
    service = next(iter(entry.services)) if kind == ItemKind.SERVICE else None
    offers = () if service else entry.services
    # A contact person is reached in their role, and a volunteer through the coordinator.
    reach = entry.link.properties if entry.link else {} if volunteer else facts
    return Hit(
        key=entry.item.key,
        kind=kind,
        node=entry.node.id,
        name=card.name,
        organizations=tuple(map(_named, entry.organizations)),
        organization_kind=next((text(e.properties, "kind") for e in entry.organizations), None),
        service=service,
        role=card.role,
        email=text(reach, "email"),
        phone=text(reach, "phone"),
        description=None if entry.link or volunteer else text(facts, "description"),
        offers=tuple(Named(id=each.id, name=each.name) for each in offers),
        needs=tuple(NeedId(NodeId(each)) for each in sorted(entry.listing.needs)),
        payment=text(facts, "payment") if service else None,
        languages=words(facts, "languages"),
        schedule=Schedule.read(facts) if service else Schedule(),
        has_room=entry.has_room,
        place=Place.from_node(entry.place) if entry.place else None,
        wheelchair=entry.wheelchair,
        distance_m=entry.listing.distance_m,
        verified_on=None if card.verified_on is None else parse_day(card.verified_on),
        acquaintances=entry.acquaintances,
        relevance=relevance,
    )


def _named(node: Node) -> Named:
    return Named(id=node.id, name=text(node.properties, "name") or node.id)
