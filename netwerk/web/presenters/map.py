"""A small map: borders of neighbourhoods and numbered dots, without any tile server."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from netwerk.domain.records import Point
from netwerk.usecases.areas import Neighbourhood

SIZE: Final = 300
_METRES_PER_DEGREE: Final = 111_195.0
_LEAST: Final = 900.0
_AIR: Final = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A numbered dot."""

    x: float
    y: float
    label: str
    name: str

    @property
    def wide(self) -> int:
        """How wide it is drawn: the numbers must fit in it."""
        return 14 + 6 * len(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A square drawing; all numbers are in its own units (0 to SIZE)."""

    borders: tuple[str, ...]
    home: tuple[float, float]
    circle: float
    dots: tuple[Dot, ...]


def drawn(
    areas: Iterable[Neighbourhood],
    home: Point | None,
    radius: float,
    places: Sequence[tuple[int, str, Point]],
) -> Map | None:
    """Draw the places around a home; None where the home is not known."""
    if home is None:
        return None
    project = _Projection(home, [at for _, _, at in places])
    dots = []
    for number, name, at in places:
        x, y = project(at)
        dots.append(Dot(x=x, y=y, label=str(number), name=name))
    borders = [
        " ".join(f"{x:.1f},{y:.1f}" for x, y in map(project, border))
        for area in areas
        for border in area.borders
        if any(project.inside(at) for at in border)
    ]
    return Map(
        borders=tuple(borders),
        home=project(home),
        circle=round(radius / project.metres_per_unit, 1),
        dots=tuple(_apart(dots)),
    )


class _Projection:
    """Flat around a home: right for a neighbourhood, not for a country."""

    def __init__(self, home: Point, places: Sequence[Point]) -> None:
        self._home = home
        self._wide = cos(radians(home[1]))
        reach = [max(map(abs, self._metres(at))) for at in places]
        self.metres_per_unit = max([_LEAST, *reach]) * _AIR / (SIZE / 2)

    def __call__(self, at: Point) -> tuple[float, float]:
        east, north = self._metres(at)
        half = SIZE / 2
        x, y = half + east / self.metres_per_unit, half - north / self.metres_per_unit
        return round(x, 1), round(y, 1)

    def inside(self, at: Point) -> bool:
        """Whether a point is on the drawing, or not far from it."""
        return all(-SIZE <= each <= 2 * SIZE for each in self(at))

    def _metres(self, at: Point) -> tuple[float, float]:
        east = (at[0] - self._home[0]) * _METRES_PER_DEGREE * self._wide
        return east, (at[1] - self._home[1]) * _METRES_PER_DEGREE


def _apart(dots: Iterable[Dot]) -> list[Dot]:
    """Write the numbers of one place in one dot."""
    found: dict[tuple[int, int], Dot] = {}
    for dot in dots:
        spot = round(dot.x / 14), round(dot.y / 14)
        known = found.get(spot)
        if known is None:
            found[spot] = dot
        else:
            both = f"{known.label}, {dot.label}", f"{known.name}, {dot.name}"
            found[spot] = Dot(x=known.x, y=known.y, label=both[0], name=both[1])
    return list(found.values())
