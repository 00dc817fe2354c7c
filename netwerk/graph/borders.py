"""The borders of areas."""

from collections.abc import Mapping

from shapely.geometry import MultiPolygon, Polygon, shape


def polygons(geometry: object) -> list[Polygon]:
    """Return the polygons of an area's `polygon`; none where there is no border."""
    if not isinstance(geometry, Mapping):
        return []
    found = shape(dict(geometry))
    parts = found.geoms if isinstance(found, MultiPolygon) else [found]
    return [each for each in parts if isinstance(each, Polygon) and not each.is_empty]
