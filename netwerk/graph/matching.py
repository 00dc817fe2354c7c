"""Volunteers matched to open requests: as many as possible, then spread, then fit.

A flow of least cost (networkx) from requests to volunteers. The cost of one more match is the
volunteer's own load, weighed so that no sum of fits outweighs it; then what is lost of a
perfect fit. Costs are whole numbers: networkx is exact only for those.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import networkx as nx

from netwerk.domain.geometry import distance
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.domain.records import Point
from netwerk.graph.ends import FIT, FIT_SIBLING, proximity_of

SCALE: Final = 1000
"""The fit of a match is counted in thousandths."""
RADIUS: Final = 5000.0
"""Metres beyond which nobody is asked to come, unless their help needs no coming."""
LANGUAGE_UNKNOWN, OTHER_LANGUAGE = 0.9, 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Help that is wanted, without whom it is for.

    `met` are the needs that meet it, `siblings` those that meet it less well; `never` are people
    who are not to be asked for this, by whoever's wish.
    """

    key: str
    met: frozenset[NeedId]
    siblings: frozenset[NeedId] = frozenset()
    point: Point | None = None
    languages: tuple[str, ...] = ()
    never: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way in which a volunteer helps: for which needs, and whether they have to come near."""

    service: NodeId | None
    needs: frozenset[NeedId]
    comes_from_afar: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """A volunteer who may be asked: how many they help now, and how many more they can."""

    person: PersonId
    offers: tuple[Offer, ...]
    load: int = 0
    room: int = 1
    point: Point | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A volunteer for a request, with what speaks for it (each factor between 0 and 1)."""

    request: str
    person: PersonId
    service: NodeId | None
    fit: float
    proximity: float
    language: float
    distance_m: float | None
    load: int

    @property
    def quality(self) -> float:
        """How well they suit, between 0 and 1."""
        return self.fit * self.proximity * self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who could take up what; every candidate of each request, the best first."""

    matches: Mapping[str, Match]
    candidates: Mapping[str, Sequence[Match]] = field(default_factory=dict)


def propose(
    requests: Collection[Request],
    helpers: Collection[Helper],
    fixed: Mapping[str, PersonId] | None = None,
) -> Proposal:
    """Return the best proposal; `fixed` are choices made by hand, which it leaves as they are.

    Of equally good proposals always the same one. A fixed choice that is no candidate is left out.
    """
    every = {r.key: candidates(r, helpers) for r in sorted(requests, key=lambda r: r.key)}
    chosen = {
        key: match
        for key, person in (fixed or {}).items()
        for match in every.get(key, ())
        if match.person == person
    }
    taken = [match.person for match in chosen.values()]
    rooms = {h.person: h.room - taken.count(h.person) for h in helpers}
    loads = {h.person: h.load + taken.count(h.person) for h in helpers}
    left = {key: found for key, found in every.items() if key not in chosen}
    flow = _flow(left, rooms, loads)
    return Proposal(matches=chosen | flow, candidates=every)


def candidates(request: Request, helpers: Iterable[Helper]) -> list[Match]:
    """Return who could take up a request, the best first, then who helps fewest, then by id."""
    found = [m for helper in helpers if (m := match(request, helper)) is not None]
    return sorted(found, key=lambda m: (-m.quality, m.load, m.person))


def match(request: Request, helper: Helper) -> Match | None:
    """Return what a volunteer could mean for a request; None if nothing, or if not to be asked."""
    if helper.room < 1 or helper.person in request.never:
        return None
    language = _language(request.languages, helper.languages)
    metres = None
    if request.point is not None and helper.point is not None:
        metres = distance(request.point, helper.point)
    ways = [
        Match(
            request=request.key,
            person=helper.person,
            service=offer.service,
            fit=fit,
            proximity=1.0 if offer.comes_from_afar else proximity_of(metres),
            language=language,
            distance_m=metres,
            load=helper.load,
        )
        for offer in helper.offers
        if (fit := _fit(request, offer)) is not None
        and (offer.comes_from_afar or metres is None or metres <= RADIUS)
        and language > OTHER_LANGUAGE
    ]
    return min(ways, key=lambda m: (-m.quality, m.service or ""), default=None)


def _fit(request: Request, offer: Offer) -> float | None:
    if offer.needs & request.met:
        return FIT
    return FIT_SIBLING if offer.needs & request.siblings else None


def _language(wanted: Collection[str], spoken: Collection[str]) -> float:
    if not wanted or not spoken:
        return LANGUAGE_UNKNOWN
    return 1.0 if set(wanted) & set(spoken) else OTHER_LANGUAGE


def _flow(
    wanted: Mapping[str, Sequence[Match]],
    rooms: Mapping[PersonId, int],
    loads: Mapping[PersonId, int],
) -> dict[str, Match]:
    """Return the cheapest of the largest assignments."""
    # One more for somebody who helps n already costs 2n + 1: so n costs n squared in all.
    weight = SCALE * (len(wanted) + 1)
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from(("start", "end"))
    for key, found in wanted.items():
        graph.add_edge("start", ("request", key), capacity=1, weight=0)
        for each in found:
            lost = round(SCALE * (1 - each.quality))
            graph.add_edge(("request", key), ("helper", each.person), capacity=1, weight=lost)
    for person in sorted({each.person for found in wanted.values() for each in found}):
        for more in range(min(max(rooms[person], 0), len(wanted))):
            place = ("place", person, more)
            cost = (2 * (loads[person] + more) + 1) * weight
            graph.add_edge(("helper", person), place, capacity=1, weight=0)
            graph.add_edge(place, "end", capacity=1, weight=cost)
    flow = nx.max_flow_min_cost(graph, "start", "end")
    return {
        key: each
        for key, found in wanted.items()
        for each in found
        if flow["request", key].get(("helper", each.person))
    }
