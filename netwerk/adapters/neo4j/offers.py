"""Needs and offers, as far as they are worked out beside the server."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from neo4j.spatial import WGS84Point

from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Point, Relationship, Subgraph, parse_day, point
from netwerk.ports.stores import OfferGroup, OfferQuery, Offers

_WIDER, _MARGIN = 1.002, 1.0
"""The server measures on a slightly larger sphere; what lies on the edge is judged here."""


def parameters(query: OfferQuery, family: Collection[str]) -> dict[str, Any]:
    """Return what the statements about offers take."""
    return {
        "any": query.need is None,
        "family": sorted(family),
        "formalities": sorted(query.formalities),
        "on": parse_day(query.on).isoformat(),
        "age": query.age,
        "origin": None if query.origin is None else WGS84Point(query.origin),
        "reach": query.radius * _WIDER + _MARGIN,
        "limit": query.limit,
    }


def read(columns: Mapping[str, Any], query: OfferQuery, kept: Collection[str] = ()) -> Offers:
    """Read the answer to a statement about offers; nodes in `kept` stay whatever happens."""
    found, groups = subgraph(columns), columns["groups"]
    if query.origin is not None:
        metres = _metres(found, query.origin)
        beyond = {each for each in columns["near"] if metres[each] > query.radius}
        found = _without(found, beyond, kept) if beyond else found
    cut = [_group(group) for group in groups if group[4]]
    return Offers(
        subgraph=found,
        cut=tuple(sorted(cut, key=lambda g: str((g.need, g.room_known, g.comes_to_you)))),
    )


def _group(columns: Sequence[Any]) -> OfferGroup:
    need, room, comes, pairs, _ = columns
    organization, service = pairs[-1]
    return OfferGroup(
        need=None if need is None else NeedId(NodeId(need)),
        room_known=room,
        comes_to_you=comes,
        last=(NodeId(organization), NodeId(service)),
    )


def _metres(found: Subgraph, origin: Point) -> Mapping[str, float]:
    """Return how far each service is, where that is known."""
    far: dict[str, float] = {}
    for link in found.relationships.values():
        place = point(found.nodes[link.target].properties) if link.type == "LOCATED_AT" else None
        if place is not None:
            metres = distance(origin, place)
            far[link.source] = min(metres, far.get(link.source, metres))
    return far


def _without(found: Subgraph, services: Collection[str], kept: Collection[str]) -> Subgraph:
    def belongs(r: Relationship) -> bool:
        return (r.target if r.type == "PROVIDES" else r.source) in services

    links = {key: r for key, r in found.relationships.items() if not belongs(r)}
    stay = {end for r in links.values() for end in (r.source, r.target)} | set(kept)
    gone = {
        end
        for r in found.relationships.values()
        if belongs(r)
        for end in (r.source, r.target)
        if end not in stay
    }
    nodes = {key: node for key, node in found.nodes.items() if key not in gone}
    return Subgraph(nodes=nodes, relationships=links)
