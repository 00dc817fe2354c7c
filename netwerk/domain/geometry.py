"""Distances on the ground."""

from math import asin, cos, radians, sin, sqrt

from netwerk.domain.records import Point

EARTH_RADIUS = 6_371_008.8
"""Metres: the mean radius of the sphere that distances are taken on."""


def distance(a: Point, b: Point) -> float:
    """Return the great-circle (haversine) distance in metres between two (lon, lat) points."""
    lon_a, lat_a, lon_b, lat_b = radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
    half = sin((lat_b - lat_a) / 2) ** 2
    half += cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, half)))
