"""Distances on the ground."""

from math import asin, cos, degrees, radians, sin, sqrt
from typing import Final

from netwerk.domain.records import Point

EARTH_RADIUS = 6_371_008.8
"""Metres: the mean radius of the sphere that distances are taken on."""

MARGIN: Final = 1e-5
"""Degrees around a box: an index of places may keep only 32 bits of a coordinate."""
_FLAT: Final = 89.0
"""Degrees of latitude beyond which a box goes all the way round."""


def distance(a: Point, b: Point) -> float:
    """Return the great-circle (haversine) distance in metres between two (lon, lat) points."""
    lon_a, lat_a, lon_b, lat_b = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, half)))


def box(origin: Point, radius: float) -> dict[str, float]:
    """Return a box in degrees around the circle, a little too large rather than too small."""
    lon, lat = origin
    high = degrees(radius / EARTH_RADIUS) + MARGIN
    edge = min(abs(lat) + high, _FLAT)
    wide = high / cos(radians(edge)) + MARGIN if abs(lat) + high < _FLAT else 360.0
    return {"west": lon - wide, "east": lon + wide, "south": lat - high, "north": lat + high}
