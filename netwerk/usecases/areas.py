"""The neighbourhoods of the municipality: their borders, and a point in the middle of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import Polygon

from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, text
from netwerk.graph.borders import polygons
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A neighbourhood (buurt)."""

    id: NodeId
    name: str
    polygons: tuple[Polygon, ...]

    @property
    def borders(self) -> tuple[tuple[Point, ...], ...]:
        """The outer rings."""
        return tuple(tuple((x, y) for x, y in each.exterior.coords) for each in self.polygons)

    @property
    def middle(self) -> Point | None:
        """A point inside; worked out when it is asked for, since a map needs the borders alone."""
        largest = max(self.polygons, key=lambda each: each.area, default=None)
        inside = None if largest is None else largest.representative_point()
        return None if inside is None else (round(inside.x, 5), round(inside.y, 5))


def neighbourhoods(store: GraphStore, scope: Scope) -> list[Neighbourhood]:
    """Return all neighbourhoods by name."""
    return by_level(store, scope).get("neighbourhood", [])


def by_level(store: GraphStore, scope: Scope) -> Mapping[str, list[Neighbourhood]]:
    """Return all areas by name, for each level: municipality, district, neighbourhood."""
    with store.directory(scope) as view:
        areas = view.nodes("Area").labelled("Area")
    found: dict[str, list[Neighbourhood]] = {}
    for node in areas:
        found.setdefault(text(node.properties, "level") or "", []).append(_read(node))
    for every in found.values():
        every.sort(key=lambda each: (each.name.casefold(), each.id))
    return found


def borders(store: GraphStore, scope: Scope) -> Mapping[str, object]:
    """Return all areas as a GeoJSON FeatureCollection: code, name, level, border."""
    with store.directory(scope) as view:
        areas = view.nodes("Area").labelled("Area")
    return {"type": "FeatureCollection", "features": [_feature(each) for each in areas]}


def _feature(node: Node) -> Mapping[str, object]:
    return {
        "type": "Feature",
        "id": node.id,
        "properties": {key: text(node.properties, key) or "" for key in ("code", "name", "level")},
        "geometry": node.properties.get("polygon"),
    }


def middle_of(by_level: Mapping[str, Iterable[Neighbourhood]], key: str) -> Point | None:
    """Return a point inside an area; None where none is asked. Raises InvalidInputError."""
    if not key:
        return None
    every = {each.id: each for level in by_level.values() for each in level}
    area = every.get(NodeId(key))
    if area is None or area.middle is None:
        raise InvalidInputError("The area %(area)s is not known.", area=key)
    return area.middle


def holding(every: Iterable[Neighbourhood], point: Point) -> Neighbourhood | None:
    """Return the neighbourhood in which a point lies, if any."""
    here = ShapelyPoint(*point)
    return next((n for n in every if any(each.covers(here) for each in n.polygons)), None)


def _read(node: Node) -> Neighbourhood:
    return Neighbourhood(
        id=node.id,
        name=text(node.properties, "name") or node.id,
        polygons=tuple(polygons(node.properties.get("polygon"))),
    )
