"""The neighbourhoods of the municipality: their borders, and a point in the middle of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import MultiPolygon, Polygon, shape

from netwerk.domain.access import Scope
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, text
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A neighbourhood (buurt); `borders` are its outer rings, `middle` is a point inside."""

    id: NodeId
    name: str
    borders: tuple[tuple[Point, ...], ...]
    middle: Point | None


def neighbourhoods(store: GraphStore, scope: Scope) -> list[Neighbourhood]:
    """Return all neighbourhoods by name."""
    with store.directory(scope) as view:
        areas = view.nodes("Area").labelled("Area")
    every = [_read(node) for node in areas if text(node.properties, "level") == "neighbourhood"]
    return sorted(every, key=lambda each: (each.name.casefold(), each.id))


def _read(node: Node) -> Neighbourhood:
    polygons = _polygons(node.properties.get("polygon"))
    largest = max(polygons, key=lambda each: each.area, default=None)
    inside = None if largest is None else largest.representative_point()
    return Neighbourhood(
        id=node.id,
        name=text(node.properties, "name") or node.id,
        borders=tuple(tuple((x, y) for x, y in each.exterior.coords) for each in polygons),
        middle=None if inside is None else (round(inside.x, 5), round(inside.y, 5)),
    )


def _polygons(geometry: object) -> list[Polygon]:
    if not isinstance(geometry, Mapping):
        return []
    found = shape(dict(geometry))
    parts = found.geoms if isinstance(found, MultiPolygon) else [found]
    return [each for each in parts if isinstance(each, Polygon) and not each.is_empty]
