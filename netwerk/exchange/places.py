"""Where on earth something lies: Dutch grid to degrees, and in which neighbourhood."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, cast

from pyproj import Transformer
from shapely import GEOSException, STRtree, make_valid
from shapely.geometry import MultiPolygon, Point, Polygon, shape
from shapely.geometry.base import BaseGeometry

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, text

GRID: Final = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""West, south, east and north of what the Dutch grid (RD, EPSG:28992) is for, in metres."""
_LEVEL: Final = "neighbourhood"


@cache
def _turner() -> Transformer:
    return Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)


def on_grid(x: float, y: float) -> bool:
    """Whether two numbers are a place on the Dutch grid: they are far too large for degrees."""
    west, south, east, north = GRID
    return west <= x <= east and south <= y <= north


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a place on the Dutch grid."""
    lon, lat = _turner().transform(x, y)
    return round(lon, 6), round(lat, 6)


def point_of(lon: float, lat: float) -> tuple[float, float] | None:
    """Return a point from two numbers in degrees or on the grid; None where they are neither."""
    if on_grid(lon, lat):
        return degrees(lon, lat)
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


class Neighbourhoods:
    """Tells in which neighbourhood a point lies."""

    def __init__(self, areas: Iterable[Node]) -> None:
        """Take the areas of the store."""
        found = [
            (NodeId(area.id), shaped)
            for area in areas
            if text(area.properties, "level") == _LEVEL
            and (shaped := geometry(area.properties.get("polygon"))) is not None
        ]
        self._ids = [key for key, _ in found]
        self._tree = STRtree([shaped for _, shaped in found])

    def at(self, lon: float, lat: float) -> NodeId | None:
        """Return the neighbourhood around a point; None outside all."""
        hits = self._tree.query(Point(lon, lat), predicate="intersects")
        return min((self._ids[hit] for hit in hits), default=None)


def geometry(value: object) -> Polygon | MultiPolygon | None:
    """Return a GeoJSON polygon as a shape, mended where its lines cross; None for what is none."""
    if not isinstance(value, Mapping):
        return None
    try:
        found = shape(cast("dict[str, Any]", dict(value)))
        found = found if found.is_valid else make_valid(found)
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    return polygonal(found)


def polygonal(found: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return what has a surface of a shape."""
    if isinstance(found, Polygon | MultiPolygon):
        return None if found.is_empty else found
    parts = [
        polygon
        for part in getattr(found, "geoms", ())
        for polygon in getattr(part, "geoms", [part])
        if isinstance(polygon, Polygon) and not polygon.is_empty
    ]
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts) if parts else None
