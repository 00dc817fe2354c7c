"""The areas of the municipality, and points within them."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import hypot
from random import Random

from netwerk.demo import sources
from netwerk.demo.draft import Draft, Town
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Value

_LEVELS = {"gemeente": "municipality", "wijk": "district", "buurt": "neighbourhood"}
Ring = tuple[tuple[float, float], ...]


@cache
def _rings() -> dict[str, Ring]:
    """Return the outer ring of every buurt, as (lon, lat) pairs."""
    return {
        area["id"]: tuple((lon, lat) for lon, lat in area["geometry"]["coordinates"][0])
        for area in sources.areas()
        if area["properties"]["level"] == "buurt"
    }


@cache
def wijk_of() -> dict[str, str]:
    """Return the code of the wijk of every buurt."""
    every = (area["properties"] for area in sources.areas())
    return {p["code"]: p["part_of"] for p in every if p["level"] == "buurt"}


@cache
def cluster_of() -> dict[str, str]:
    """Return the cluster of every buurt and wijk."""
    teams = sources.partners()["teams"]
    by_wijk = {wijk: team["cluster"] for team in teams for wijk in team["wijken"]}
    return by_wijk | {buurt: by_wijk[wijk] for buurt, wijk in wijk_of().items()}


def buurten(cluster: str | None = None) -> list[str]:
    """Return the codes of the buurten, of one cluster if asked."""
    return [b for b in sorted(wijk_of()) if cluster in {None, cluster_of()[b]}]


def add_areas(draft: Draft) -> None:
    """Add the municipality with its wijken and buurten, each with its polygon."""
    for area in sources.areas():
        facts = area["properties"]
        draft.node(
            "Area",
            facts["code"],
            code=facts["code"],
            name=facts["name"] + (f" (kopie {draft.town.number})" if draft.town.number else ""),
            level=_LEVELS[facts["level"]],
            polygon=_shifted(draft.town, area["geometry"]),
            cluster=cluster_of().get(facts["code"]),
            source="CBS / Kadaster (PDOK), bewerkt",
        )
        if "part_of" in facts:
            part, whole = draft.town.id(facts["code"]), draft.town.id(facts["part_of"])
            draft.link("PART_OF", part, whole)


def _shifted(town: Town, geometry: dict[str, Sequence[Sequence[Sequence[float]]]]) -> Value:
    rings = [[town.point(*pair) for pair in ring] for ring in geometry["coordinates"]]
    return {"type": "Polygon", "coordinates": rings}


def spot(random: Random, buurt: str) -> tuple[float, float]:
    """Return a point of Helmond within the buurt."""
    ring = _rings()[buurt]
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    while True:
        lon, lat = random.uniform(west, east), random.uniform(south, north)
        if _inside(ring, lon, lat):
            return lon, lat


def buurt_at(lon: float, lat: float) -> str:
    """Return the buurt around a point of Helmond; the nearest where borders were simplified."""
    for code, ring in sorted(_rings().items()):
        if _inside(ring, lon, lat):
            return code
    return min(
        sorted(_rings()),
        key=lambda b: min(hypot(x - lon, y - lat) for x, y in _rings()[b]),
    )


def near(random: Random, at: tuple[float, float], metres: int = 250) -> tuple[float, float]:
    """Return a point close to another."""
    reach = metres / 90_000
    return at[0] + random.uniform(-reach, reach), at[1] + random.uniform(-reach, reach)


def add_location(draft: Draft, key: str, at: tuple[float, float], **facts: Value | None) -> NodeId:
    """Add a Location with its buurt; `at` is a point of Helmond."""
    found = draft.node("Location", key, point=draft.town.point(*at), **facts)
    draft.link("IN_AREA", found, draft.town.id(buurt_at(*at)))
    return found


def _inside(ring: Ring, lon: float, lat: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > lat) != (by > lat) and lon < (bx - ax) * (lat - ay) / (by - ay) + ax:
            inside = not inside
    return inside
