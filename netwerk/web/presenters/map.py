"""A small map: borders of neighbourhoods and numbered dots, without any tile server."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from netwerk.domain.records import Point
from netwerk.usecases.areas import Neighbourhood
from netwerk.web.language import metres

SIZE: Final = 300
_METRES_PER_DEGREE: Final = 111_195.0
_LEAST: Final = 900.0
_AIR: Final = 1.25
_ROUND: Final = (250, 500, 1000, 2000, 5000, 10_000, 25_000)
_SMALLEST_RING: Final = 28
_EDGE: Final = 146
_LETTER: Final = 5.6
_LINE: Final = 13
"""How wide a letter and how high a line is drawn."""


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
class Ring:
    """A circle around home, at a distance that is written on it; `reach`: as far as was asked."""

    size: float
    label: str
    reach: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The name of a neighbourhood, around a point."""

    x: float
    y: float
    text: str

    def near(self, x: float, y: float, wide: float = 0.0) -> bool:
        """Whether it would cover what is drawn there."""
        across = (len(self.text) * _LETTER + wide) / 2 + 4
        return abs(self.x - x) < across and abs(self.y - y) < _LINE + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """A square drawing; all numbers are in its own units (0 to SIZE)."""

    borders: tuple[str, ...]
    home: tuple[float, float] | None
    rings: tuple[Ring, ...]
    names: tuple[Name, ...]
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
    rings = _rings(radius, project.metres_per_unit)
    return _map(project, areas, places, rings, project(home))


def overview(
    areas: Iterable[Neighbourhood], places: Sequence[tuple[int, str, Point]]
) -> Map | None:
    """Draw places with what is around them; None where there are none."""
    if not places:
        return None
    longitudes, latitudes = [at[0] for _, _, at in places], [at[1] for _, _, at in places]
    middle = (
        (min(longitudes) + max(longitudes)) / 2,
        (min(latitudes) + max(latitudes)) / 2,
    )
    return _map(_Projection(middle, [at for _, _, at in places]), areas, places)


def _map(
    project: "_Projection",
    areas: Iterable[Neighbourhood],
    places: Sequence[tuple[int, str, Point]],
    rings: tuple[Ring, ...] = (),
    home: tuple[float, float] | None = None,
) -> Map:
    near = [area for area in areas if any(map(project.inside, _corners(area)))]
    dots = _dots(project, places)
    return Map(
        borders=tuple(
            " ".join(f"{x:.1f},{y:.1f}" for x, y in map(project, border))
            for area in near
            for border in area.borders
        ),
        home=home,
        rings=rings,
        names=tuple(_names(near, project, rings, dots)),
        dots=dots,
    )


def _dots(project: "_Projection", places: Sequence[tuple[int, str, Point]]) -> tuple[Dot, ...]:
    dots = []
    for number, name, at in places:
        x, y = project(at)
        dots.append(Dot(x=x, y=y, label=str(number), name=name))
    return tuple(_apart(dots))


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


def _corners(area: Neighbourhood) -> Iterator[Point]:
    for border in area.borders:
        yield from border


def _rings(radius: float, metres_per_unit: float) -> tuple[Ring, ...]:
    """Return the two largest circles that fit: round distances, and the one that was asked."""
    every = sorted({*(each for each in _ROUND if each < radius), radius})
    found = [
        Ring(size=round(each / metres_per_unit, 1), label=metres(each), reach=each == radius)
        for each in every
        if _SMALLEST_RING <= each / metres_per_unit <= _EDGE
    ]
    return tuple(found[-2:])


def _names(
    areas: Iterable[Neighbourhood],
    project: "_Projection",
    rings: Iterable[Ring],
    dots: Iterable[Dot],
) -> Iterator[Name]:
    """Yield the names that fit and cover nothing; the drawing can be read without them."""
    half = SIZE / 2
    taken = [(half, half, 16.0), *((dot.x, dot.y, float(dot.wide)) for dot in dots)]
    taken += [(half, half - ring.size, len(ring.label) * _LETTER) for ring in rings]
    # The middle of a neighbourhood is worked out when asked: only of those that show.
    for area in areas:
        if (middle := area.middle) is None:
            continue
        x, y = project(middle)
        name = Name(x=x, y=y, text=area.name)
        wide = len(name.text) * _LETTER
        fits = wide / 2 <= x <= SIZE - wide / 2 and _LINE <= y <= SIZE - _LINE
        if fits and not any(name.near(*each) for each in taken):
            taken.append((x, y, wide))
            yield name


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
