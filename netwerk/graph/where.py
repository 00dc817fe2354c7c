"""Where is looked: around a place, or in an area."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from shapely import Point as Spot
from shapely import prepare
from shapely.geometry import Polygon
from shapely.ops import unary_union

from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, Relationship
from netwerk.graph.borders import polygons

EVERYWHERE: Final = 21_000_000.0
"""Metres: further than any two places on earth."""
_MARGIN: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Around which place, how far; and from where distances are told, if from anywhere.

    In an area, `inside` tells whether a place lies in it, and `area` is its id: what is marked as
    in it, or in a part of it, counts too. Without a border only that counts: `keys` are what it and
    its parts are found by.
    """

    origin: Point | None = None
    radius: float = EVERYWHERE
    seen_from: Point | None = None
    area: NodeId | None = None
    inside: Callable[[Point], bool] | None = None
    keys: frozenset[str] = frozenset()


def in_area(area: Node, links: Callable[[], Iterable[Relationship]], home: Point | None) -> Where:
    """Return where to look for what is in an area, seen from a home; `links` are all PART_OF."""
    borders = polygons(area.properties.get("polygon"))
    if not borders:
        keys = frozenset(f":area:{each}" for each in _parts(area.id, links()))
        return Where(origin=home, seen_from=home, area=area.id, keys=keys)
    corners = [(x, y) for border in borders for x, y in border.exterior.coords]
    centre = home or _middle(corners)
    return Where(
        origin=centre,
        radius=max(distance(centre, at) for at in corners) + _MARGIN,
        seen_from=home,
        area=area.id,
        inside=_within(borders),
    )


def _within(borders: list[Polygon]) -> Callable[[Point], bool]:
    whole = unary_union(borders)
    prepare(whole)
    return lambda at: bool(whole.covers(Spot(*at)))


def _parts(area: NodeId, links: Iterable[Relationship]) -> set[NodeId]:
    """Return an area and all that is part of it."""
    every, found, reached = list(links), set[NodeId](), {area}
    while reached:
        found |= reached
        reached = {r.source for r in every if r.target in reached} - found
    return found


def _middle(corners: list[Point]) -> Point:
    lons, lats = [at[0] for at in corners], [at[1] for at in corners]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
