"""Partners and services near by."""

from dataclasses import dataclass

from netwerk.domain.access import Scope
from netwerk.domain.directory import Service
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Person
from netwerk.domain.records import Point, Subgraph, point, text
from netwerk.ports.stores import GraphStore, OfferQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """A service, who offers it, and how far it is (metres; None where distance does not count)."""

    service: Service
    organizations: tuple[str, ...]
    distance_m: float | None


def home(store: GraphStore, scope: Scope) -> Point:
    """Return where the scope's subject lives; that it was looked up is logged."""
    with store.view(scope, "find-near") as view:
        node = view.own_file().nodes[NodeId(scope.subject or "")]
    at = Person.from_node(node).point
    if at is None:
        raise InvalidInputError("Of this inhabitant it is not known where they live.")
    return at


def near(store: GraphStore, scope: Scope, query: OfferQuery, typed: str, most: int) -> list[Nearby]:
    """Return the services a question can use, nearest first; those that come to you stand last.

    `typed`: only those in whose name, or whose organization's name, all these words are.
    """
    if most < 1:
        raise InvalidInputError("Ask for at least one.")
    with store.directory(scope) as view:
        found = view.offers(query).subgraph
    words = typed.casefold().split()
    every = [_nearby(found, node.id, query.origin) for node in found.labelled("Service")]
    kept = [each for each in every if all(word in _names(each) for word in words)]
    return sorted(kept, key=_order)[:most]


def _nearby(found: Subgraph, key: NodeId, origin: Point | None) -> Nearby:
    service = Service.from_node(found.nodes[key])
    providers = [r.source for r in found.of_type("PROVIDES") if r.target == key]
    places = [
        place
        for r in found.of_type("LOCATED_AT")
        if r.source == key and (place := point(found.nodes[r.target].properties)) is not None
    ]
    near_by = origin is not None and not service.comes_to_you
    metres = [distance(origin, place) for place in places if origin is not None]
    return Nearby(
        service=service,
        organizations=tuple(text(found.nodes[p].properties, "name") or p for p in providers),
        distance_m=min(metres, default=None) if near_by else None,
    )


def _names(each: Nearby) -> str:
    return " ".join((each.service.name, *each.organizations)).casefold()


def _order(each: Nearby) -> tuple[float, str, str]:
    metres = float("inf") if each.distance_m is None else each.distance_m
    return metres, each.service.name, each.service.id
