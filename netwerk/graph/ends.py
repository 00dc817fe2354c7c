"""The end of a path: does an offer, or a talent, meet the need, and how well."""

from dataclasses import dataclass
from enum import StrEnum
from math import exp

from netwerk.domain.chances import Chances
from netwerk.domain.directory import Need, Service
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NeedId, NodeId, ServiceId
from netwerk.domain.people import Person
from netwerk.domain.records import Point, Subgraph, point
from netwerk.graph.question import Question

FIT, FIT_SIBLING = 1.0, 0.7
DECAY = 2000.0
"""Metres over which proximity falls to 1/e."""
PROXIMITY_UNKNOWN = 0.5
ROOM, ROOM_UNKNOWN = 1.0, 0.8


class EndKind(StrEnum):
    """How a path ends, in the words of the answer."""

    PROVIDES = "provides"
    VOLUNTEERS = "volunteers"
    TALENT = "talent"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One way in which a path can end: `service` is None for a talent."""

    service: ServiceId | None
    fit: float
    proximity: float
    availability: float
    distance_m: float | None


class Family:
    """The needs that a question is met by: itself and all below it, and its siblings less well."""

    def __init__(self, asked: NeedId, around: Subgraph) -> None:
        """Read the needs around the one asked; it must be among them."""
        needs = {n.id: n for n in map(Need.from_node, around.labelled("Need"))}
        self.asked = asked
        parent = needs[asked].parent
        self.met = {need.id for need in needs.values() if _is_below(need.id, asked, needs)}
        self.siblings = {
            need.id for need in needs.values() if parent is not None and need.parent == parent
        } - {asked}

    @property
    def all(self) -> frozenset[NeedId]:
        """Every need that counts."""
        return frozenset(self.met | self.siblings)

    def fit(self, addressed: set[NodeId]) -> float | None:
        """Return how well these needs fit the one asked; None if not at all."""
        if addressed & self.met:
            return FIT
        return FIT_SIBLING if addressed & self.siblings else None


def _is_below(need: NeedId, top: NeedId, needs: dict[NeedId, Need]) -> bool:
    seen: set[NeedId] = set()
    walk: NeedId | None = need
    while walk is not None and walk not in seen:
        if walk == top:
            return True
        seen.add(walk)
        walk = needs[walk].parent if walk in needs else None
    return False


class Ends:
    """Judges offers and talents for one question about one inhabitant."""

    def __init__(self, question: Question, inhabitant: Person, family: Family) -> None:
        """Take what the judgement depends on."""
        self.question = question
        self.age = inhabitant.age_on(question.on)
        self.home = inhabitant.point
        self.family = family

    def of_service(self, service: Service, graph: Subgraph, links: "Links") -> End | None:
        """Return the end that this service makes, or None if it does not count."""
        fit = self.family.fit(links.addressed(service.id))
        room = availability(service)
        if fit is None or room is None or not self._is_for(service):
            return None
        metres = self._metres_to(service, graph, links)
        if service.comes_to_you:
            proximity = 1.0
        elif metres is not None and metres > self.question.radius:
            return None
        else:
            proximity = proximity_of(metres)
        return End(
            service=service.id, fit=fit, proximity=proximity, availability=room, distance_m=metres
        )

    def of_talent(self, person: Person, links: "Links") -> End | None:
        """Return the end that a person's talent makes, or None if it does not count."""
        if person.willing_to_help is not True:
            return None
        fit = self.family.fit(links.addressed(person.id))
        metres = _metres(self.home, person.point)
        if fit is None or (metres is not None and metres > self.question.radius):
            return None
        return End(
            service=None,
            fit=fit,
            proximity=proximity_of(metres),
            availability=ROOM_UNKNOWN,
            distance_m=metres,
        )

    def _is_for(self, service: Service) -> bool:
        return (
            service.formality in self.question.formality
            and service.held_on(self.question.on)
            and service.suits_age(self.age)
        )

    def _metres_to(self, service: Service, graph: Subgraph, links: "Links") -> float | None:
        places = (graph.nodes.get(place) for place in links.located_at(service.id))
        known = (_metres(self.home, point(place.properties)) for place in places if place)
        return min((metres for metres in known if metres is not None), default=None)


class Links:
    """What addresses which need and lies where, gathered from what the view returned."""

    def __init__(self) -> None:
        self._addressed: dict[NodeId, set[NodeId]] = {}
        self._located: dict[NodeId, set[NodeId]] = {}

    def add(self, graph: Subgraph) -> None:
        """Take in the ADDRESSES and LOCATED_AT of a part of the graph."""
        for relationship in graph.relationships.values():
            if relationship.type == "ADDRESSES":
                self._addressed.setdefault(relationship.source, set()).add(relationship.target)
            elif relationship.type == "LOCATED_AT":
                self._located.setdefault(relationship.source, set()).add(relationship.target)

    def addressed(self, node: NodeId) -> set[NodeId]:
        """Return the needs that a service or a person addresses."""
        return self._addressed.get(node, set())

    def located_at(self, node: NodeId) -> list[NodeId]:
        """Return the locations of a service."""
        return sorted(self._located.get(node, ()))


def availability(service: Service) -> float | None:
    """Return how likely there is room; None when it is full."""
    if service.capacity is None:
        return ROOM_UNKNOWN
    return ROOM if service.capacity - service.load > 0 else None


def proximity_of(metres: float | None) -> float:
    """Return how near it is, between 0 and 1; a fixed value where the distance is unknown."""
    return PROXIMITY_UNKNOWN if metres is None else exp(-metres / DECAY)


def best_factor(chances: Chances) -> float:
    """Return the most that any end can leave of a chain's chance."""
    talent = chances.p(EndKind.TALENT) * ROOM_UNKNOWN
    return max(chances.p(EndKind.PROVIDES), chances.p(EndKind.VOLUNTEERS), talent)


def _metres(a: Point | None, b: Point | None) -> float | None:
    return None if a is None or b is None else distance(a, b)
