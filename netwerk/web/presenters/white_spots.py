"""The matrix and the drawing of what there is where, in words as well as in colour."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from flask_babel import gettext, ngettext
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Polygon, shape

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node
from netwerk.usecases.white_spots import Supply, WhiteSpots
from netwerk.web.language import language

WIDE: Final = 600
_FEW, _SOME = 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What there is for a need in a wijk; `level` 0 is a white spot, 3 is plenty."""

    services: int
    level: int
    told: str
    demand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A need, with a cell for each wijk."""

    need: str
    label: str
    cells: tuple[Cell, ...]
    demand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A wijk as it is drawn: its borders, where its number stands, and how much there is."""

    number: int
    name: str
    paths: tuple[str, ...]
    at: tuple[float, float]
    level: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The wijken of the municipality."""

    high: int
    shapes: tuple[Shape, ...]


def rows(found: WhiteSpots) -> list[Row]:
    """Return a row for each need."""
    return [
        Row(
            need=need.id if need.parent is None else "",
            label=need.label(language()),
            cells=tuple(_cell(found, need.id, wijk) for wijk, _ in found.wijken),
            demand=_total(found, need.id) if need.parent is None else "",
        )
        for need in found.needs
    ]


def drawing(found: WhiteSpots) -> Drawing | None:
    """Draw the wijken for the domain that is opened, or for everything together."""
    chosen = [found.domain] if found.domain is not None else found.needs
    shapes = {key: list(_polygons(node)) for key, node in found.areas.items()}
    points = [at for each in shapes.values() for p in each for at in p.exterior.coords]
    if not points:
        return None
    flat = _Flat(points)
    drawn = []
    for number, (key, name) in enumerate(found.wijken, 1):
        if shapes[key]:
            services = sum(found.at(need.id, key).services for need in chosen)
            largest = max(shapes[key], key=lambda each: each.area).representative_point()
            drawn.append(
                Shape(
                    number=number,
                    name=name,
                    paths=tuple(flat.path(each) for each in shapes[key]),
                    at=flat((largest.x, largest.y)),
                    level=level(services),
                    told=_services(services),
                )
            )
    return Drawing(high=round(flat.high), shapes=tuple(drawn))


class _Flat:
    """Flat over all of these points: right for a municipality."""

    def __init__(self, points: Sequence[tuple[float, ...]]) -> None:
        self._west, self._north = min(at[0] for at in points), max(at[1] for at in points)
        self._stretch = cos(radians(self._north))
        wide = (max(at[0] for at in points) - self._west) * self._stretch
        self._scale = WIDE / max(wide, 1e-9)
        self.high = (self._north - min(at[1] for at in points)) * self._scale

    def __call__(self, at: tuple[float, ...]) -> tuple[float, float]:
        east = (at[0] - self._west) * self._stretch * self._scale
        return round(east, 1), round((self._north - at[1]) * self._scale, 1)

    def path(self, border: Polygon) -> str:
        """Return a border as the points of a polygon."""
        return " ".join(f"{x},{y}" for x, y in map(self, border.exterior.coords))


def level(services: int) -> int:
    """Return how much there is: nothing, hardly anything, something, plenty."""
    if services == 0:
        return 0
    return 1 if services <= _FEW else 2 if services <= _SOME else 3


def _cell(found: WhiteSpots, need: NodeId, wijk: NodeId) -> Cell:
    supply = found.at(need, wijk)
    demand = None if found.demand is None else found.demand.cells.get(need, {}).get(wijk)
    return Cell(
        services=supply.services,
        level=level(supply.services),
        told=", ".join(_more(supply)),
        demand="" if demand is None else gettext("%(count)s in vain", count=demand),
    )


def _more(supply: Supply) -> Iterator[str]:
    if supply.volunteers:
        yield ngettext("%(num)s volunteer", "%(num)s volunteers", supply.volunteers)
    if supply.free:
        yield ngettext("%(num)s place free", "%(num)s places free", supply.free)


def _total(found: WhiteSpots, need: NodeId) -> str:
    if found.demand is None:
        return ""
    total = found.demand.totals.get(need)
    return gettext("not shown") if total is None else str(total)


def _services(count: int) -> str:
    if count == 0:
        return gettext("nothing")
    return ngettext("%(num)s offer", "%(num)s offers", count)


def _polygons(node: Node) -> Iterable[Polygon]:
    geometry = node.properties.get("polygon")
    if not isinstance(geometry, Mapping):
        return []
    try:
        found = shape(dict(geometry))
    except (ShapelyError, ValueError):
        return []
    parts = found.geoms if isinstance(found, MultiPolygon) else [found]
    return [each for each in parts if isinstance(each, Polygon) and not each.is_empty]
