"""An item as the filters and orders see it: its card on one day, from one place, for one team.

Hundreds are made for a question; what a reader wants to know of the few that are shown is in
`netwerk.graph.entries`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netwerk.domain.cards import Host, Offered, Period
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.places import blurred
from netwerk.domain.records import Point, Subgraph, text

Known = Mapping[str, frozenset[str]]
"""How warmly somebody of the team knows an organization or person, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One item. `offers` are those that are held; `distance_m` is None where none counts.

    `in_area`: whether it is marked as in the area that is asked, or in a part of that.
    """

    item: Item
    offers: tuple[Offered, ...]
    needs: frozenset[str]
    in_area: bool
    warmths: frozenset[str]
    distance_m: float | None
    held: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return self.item.card.name

    @property
    def hosts(self) -> tuple[Host, ...]:
        """Whose it is."""
        return self.item.card.hosts


class Looking:
    """Makes listings for who looks, on one day, in one area if that is asked."""

    def __init__(self, graph: Subgraph, on: date, area: NodeId | None) -> None:
        """Take what is around: whom the team knows, what areas are part of."""
        self._area = area
        self._known = known_to(graph)
        self._today = on.isoformat()
        self._parts: dict[str, set[str]] = {}
        for r in graph.of_type("PART_OF"):
            self._parts.setdefault(r.source, set()).add(r.target)

    def listing(self, item: Item, origin: Point | None) -> Listing:
        """Return an item as it is on this day, seen from a place."""
        card = item.card
        offers = tuple(each for each in card.offers if self._holds(each.held))
        return Listing(
            item=item,
            offers=offers,
            needs=frozenset(card.needs).union(*(each.needs for each in offers)),
            in_area=any(map(self._is_in, (card.areas, *(each.areas for each in offers)))),
            warmths=self._warmths(item),
            distance_m=_metres(item, origin),
            held=self._holds(card.held) and (bool(offers) or item.kind != ItemKind.VOLUNTEER),
        )

    def _holds(self, period: Period) -> bool:
        start, end = period
        return (start is None or start <= self._today) and (end is None or self._today < end)

    def _is_in(self, areas: tuple[str, ...]) -> bool:
        if self._area is None:
            return False
        return any(self._area in self._with_above(each) for each in areas)

    def _with_above(self, area: str) -> set[str]:
        """Return an area and all that it is part of."""
        found, reached = set[str](), {area}
        while reached:
            found |= reached
            reached = set[str]().union(*(self._parts.get(e, ()) for e in reached)) - found
        return found

    def _warmths(self, item: Item) -> frozenset[str]:
        nobody = frozenset[str]()
        found = self._known.get(item.node, nobody)
        for host in item.card.hosts:
            found |= self._known.get(host.id, nobody)
        return found


def known_to(team: Subgraph) -> Known:
    """Return whom a team knows. Who knows the pastor knows the church."""
    found: dict[str, frozenset[str]] = {}
    for r in team.of_type("ACQUAINTED"):
        warmth = text(r.properties, "warmth") or "cold"
        found[r.target] = found.get(r.target, frozenset()) | {warmth}
    persons = dict(found)
    nobody = frozenset[str]()
    for r in team.of_type("CONTACT_FOR"):
        found[r.target] = found.get(r.target, nobody) | persons.get(r.source, nobody)
    return found


def _metres(item: Item, origin: Point | None) -> float | None:
    if origin is None or not item.places or item.comes:
        return None
    metres = min(distance(origin, each) for each in item.places)
    # A volunteer's home is nobody's business: about how far must do.
    return blurred(metres) if item.kind == ItemKind.VOLUNTEER else metres
