"""Offers that need no acquaintance: near by from the index of places, the rest group by group."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice, product
from typing import Any

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.reading import Reader
from netwerk.adapters.embedded.rows import read_node, usable
from netwerk.domain.directory import Service, family_of
from netwerk.domain.geometry import box, distance
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Point, Subgraph, from_json, point, to_json
from netwerk.ports.stores import OfferGroup, OfferQuery, Offers


@dataclass(slots=True)
class _Found:
    services: set[NodeId] = field(default_factory=set)
    cut: list[OfferGroup] = field(default_factory=list)


def find(reader: Reader, query: OfferQuery, family: Collection[NodeId] | None = None) -> Offers:
    """Return the offers, cut off per group at the limit; `family` where it is known already."""
    if query.need is not None and family is None:
        family = need_family(reader, query.need)
    found = _grouped(reader, query, family)
    if query.origin is not None:
        found.services |= _near(reader, query, query.origin, family)
    return Offers(
        subgraph=_offered(reader, found.services, family),
        cut=tuple(sorted(found.cut, key=lambda g: str((g.need, g.room_known, g.comes_to_you)))),
    )


def need_family(reader: Reader, need: NeedId | None) -> set[NodeId]:
    """Return the need, all below it and its siblings; empty if it is not there."""
    return family_of(reader.ask(queries.NEEDS), need)


def _near(
    reader: Reader, query: OfferQuery, origin: Point, family: Collection[NodeId] | None
) -> set[NodeId]:
    """Return the usable on-site services whose nearest place is within the radius."""
    statement = queries.NEAR_ANY if family is None else queries.NEAR_FOR
    asked = {**box(origin, query.radius), "family": to_json(sorted(family or ()))}
    found: set[NodeId] = set()
    for *columns, place in reader.ask(statement, **asked):
        node, at = read_node(tuple(columns)), point(from_json(place))
        if node.id in found or at is None or distance(origin, at) > query.radius:
            continue
        service = Service.from_node(node)
        if not service.comes_to_you and query.accepts(service):
            found.add(node.id)
    return found


def _grouped(reader: Reader, query: OfferQuery, family: Collection[NodeId] | None) -> _Found:
    found = _Found()
    needs: Sequence[str] = [""] if family is None else sorted(family)
    can_use = usable(query)
    for need, comes, room in product(needs, (False, True), (False, True)):
        asked = {**can_use, "need": need, "comes": comes, "room": room}
        pairs = list(islice(_pairs(reader, query, asked), query.limit + 1))
        shown = pairs[: query.limit]
        found.services |= {NodeId(service) for _, service in shown}
        if len(pairs) > query.limit:
            organization, service = shown[-1]
            group = OfferGroup(
                need=NeedId(NodeId(need)) if need else None,
                room_known=room,
                comes_to_you=comes,
                last=(NodeId(organization), NodeId(service)),
            )
            found.cut.append(group)
    return found


def _pairs(reader: Reader, query: OfferQuery, asked: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (organization, service) in order: of offers on site only those nobody can place."""
    anywhere = asked["comes"] or query.origin is None
    lists: Iterable[list[Any]] = (
        reader.ask(queries.GROUP, **asked, placed=placed, limit=query.limit + 1)
        for placed in ((False, True) if anywhere else (False,))
    )
    return merge(*lists)


def _offered(
    reader: Reader, services: Collection[NodeId], family: Collection[NodeId] | None
) -> Subgraph:
    ids = to_json(sorted(services))
    needs = None if family is None else to_json(sorted(family))
    links = [
        *reader.links(queries.PROVIDERS, ids=ids),
        *reader.links(queries.SERVED, ids=ids, needs=needs),
    ]
    found = reader.joined(links, services)
    return found if family is None else found.without("Need")
