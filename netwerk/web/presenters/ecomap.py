"""The ecogram: the inhabitant in the middle, rings by closeness, sectors by kind of tie.

Nothing that is written overlaps or leaves the paper: each person is placed as a box that holds
their circle, name and words, and where there is no room the paper grows. Beside it a table
says the same (components/ecomap.html).
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin, tau
from typing import Final

RINGS: Final = 5
MOST: Final = 80
"""People who are drawn; everybody is in the table."""
_RADIUS: Final = 285.0
_MIDDLE: Final = 40.0
_MARGIN: Final = 34.0
_CIRCLE: Final = 22.0
_NAME: Final = 15.0
_WORDS: Final = 12.5
_LINE: Final = 1.25
_AIR: Final = 4.0
_LONGEST: Final = 18
_LONGEST_WORDS: Final = 24
"""Characters of a name, and of the words below it, that are drawn."""
_ANGLES: Final = 48
_GROWTH: Final = 1.15
_FIRST: Final = 0.85
_RIM: Final = 0.35
"""In bands: how far off the first ring is, and how much wider than five bands the circle is."""
_SHIFTS: Final = (0.0, 0.2, -0.2, 0.4, -0.4)
_LOOSE: Final = (*_SHIFTS, 0.9, -0.9, 1.4, -1.4)
"""How far from the middle of their ring people may stand, in bands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Somebody, or an organization, as they are to be drawn; `closeness` 1 to 5.

    `place` is where along their ring they were put, in thousandths of their sector; `loose`: how
    close they are was not said, so they may stand a ring nearer or farther where it is full.
    """

    key: str
    name: str
    words: str
    sector: str
    closeness: int
    letters: str
    approach: str
    valence: str
    place: int | None = None
    at_home: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def frame(self) -> str:
        """Left, top, width and height, as a picture is framed by."""
        wide, high = self.right - self.left, self.bottom - self.top
        return f"{self.left:.1f} {self.top:.1f} {wide:.1f} {high:.1f}"

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Somebody on the paper: (x, y) is the middle of their circle."""

    who: Somebody
    x: float
    y: float
    name: str
    words: str
    box: Box

    @property
    def mark(self) -> tuple[float, float]:
        """Where the sign stands that says whether they may be asked."""
        return round(self.x + _CIRCLE * 0.8, 1), round(self.y - _CIRCLE * 0.75, 1)

    @property
    def wide(self) -> float:
        """How thick their line is."""
        return round(1.0 + 1.1 * self.who.closeness, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A part of the circle for one kind of tie; people stand in it from `start` to `end`."""

    name: str
    label: str
    path: str
    x: float
    y: float
    box: Box
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Two people who know each other."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecomap:
    """A drawing: a square paper of `size`, with its middle in the middle."""

    size: float
    radii: tuple[float, ...]
    sectors: tuple[Sector, ...]
    figures: tuple[Figure, ...]
    curves: tuple[Curve, ...]
    left_out: int

    @property
    def middle(self) -> float:
        """Both coordinates of the middle."""
        return self.size / 2

    @property
    def view(self) -> Box:
        """The part of the paper that is drawn on, with a little air around it."""
        boxes = [each.box for each in self.figures] + [each.box for each in self.sectors]
        boxes.append(_around(self.middle, self.middle, _edge(self.radii[-1])))
        return Box(
            left=max(min(box.left for box in boxes) - _AIR, 0.0),
            top=max(min(box.top for box in boxes) - _AIR, 0.0),
            right=min(max(box.right for box in boxes) + _AIR, self.size),
            bottom=min(max(box.bottom for box in boxes) + _AIR, self.size),
        )


def drawn(
    people: Iterable[Somebody],
    labels: Mapping[str, str],
    known: Iterable[tuple[str, str]] = (),
    *,
    whole: bool = False,
) -> Ecomap:
    """Return the drawing of these people; `labels` names the sectors in their order.

    `known` are the keys of those who know each other. Of more than MOST the closest are drawn.
    `whole`: sectors with nobody in them are drawn too.
    """
    every = sorted(people, key=lambda who: (-who.closeness, who.name.casefold(), who.key))
    shown, left_out = every[:MOST], len(every[MOST:])
    # Who was put somewhere stays there; the others go where there is room.
    shown.sort(key=lambda who: (who.place is None, who.key if who.place is not None else ""))
    scale = 1.0
    while (found := _Paper(scale, labels, shown, whole=whole).placed()) is None:
        scale *= _GROWTH
    paper, figures = found
    return Ecomap(
        size=paper.size,
        radii=tuple(round(r, 1) for r in paper.radii),
        sectors=tuple(paper.sectors.values()),
        figures=figures,
        curves=tuple(_curves(paper, figures, known)),
        left_out=left_out,
    )


def width_of(text: str, size: float) -> float:
    """Return how wide a text is drawn at most, in a letter of this size."""
    return sum(_letter(letter) for letter in text) * size


def clipped(text: str, most: int = _LONGEST) -> str:
    """Return a text short enough to be drawn, cut between characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = most - 1
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return text[:cut].rstrip() + "…"


class _Paper:
    """One attempt, at one size."""

    def __init__(
        self,
        scale: float,
        labels: Mapping[str, str],
        people: Sequence[Somebody],
        *,
        whole: bool = False,
    ) -> None:
        self._people = people
        self._radius = _RADIUS * scale
        label = max((width_of(each, _NAME) for each in labels.values()), default=0.0)
        self.size = round(2 * (self._radius + _MARGIN + label * 0.62), 1)
        self.middle = self.size / 2
        step = (self._radius - _MIDDLE) / (RINGS + _RIM)
        self.band = step
        self.radii = [_MIDDLE + step * (n + _FIRST) for n in range(RINGS)]
        self._spans = _spans(people, labels, whole=whole)
        self.sectors = {name: self._sector(name, labels[name]) for name in self._spans}
        self._taken = [_around(self.middle, self.middle, _MIDDLE)]
        self._taken += [sector.box for sector in self.sectors.values()]
        self._angles: list[float] = []

    def placed(self) -> tuple["_Paper", tuple[Figure, ...]] | None:
        """Return everybody in their place; None where somebody has none."""
        figures = []
        for who in self._people:
            figure = self._place(who)
            if figure is None:
                return None
            figures.append(figure)
            self._taken.append(figure.box)
            self._angles.append(atan2(figure.y - self.middle, figure.x - self.middle))
        return self, tuple(figures)

    def _place(self, who: Somebody) -> Figure | None:
        """Return the free place on their ring whose line stays farthest from the other lines."""
        ring = self.radii[RINGS - who.closeness]
        start, end = self._spans[who.sector]
        inset = _inset(start, end)
        best: tuple[float, Figure] | None = None
        for shift in _LOOSE if who.loose else _SHIFTS:
            for number in _order(who.place):
                angle = start + inset + (end - start - 2 * inset) * number / (_ANGLES - 1)
                figure = self._figure(who, ring + shift * self.band, angle)
                if self._is_free(figure.box):
                    if who.place is not None:
                        return figure
                    room = min((_apart(angle, other) for other in self._angles), default=pi)
                    if best is None or room > best[0] + 1e-9:
                        best = room, figure
            if best is not None:
                return best[1]
        return None

    def _figure(self, who: Somebody, radius: float, angle: float) -> Figure:
        x = round(self.middle + radius * cos(angle), 1)
        y = round(self.middle + radius * sin(angle), 1)
        name, words = clipped(who.name), clipped(who.words, _LONGEST_WORDS)
        half = max(width_of(name, _NAME), width_of(words, _WORDS), 2 * _CIRCLE + 20) / 2
        under = _CIRCLE + _AIR + _LINE * (_NAME + (_WORDS if words else 0))
        box = Box(
            left=x - half - _AIR,
            top=y - _CIRCLE - 10,
            right=x + half + _AIR,
            bottom=y + under + _AIR,
        )
        return Figure(who=who, x=x, y=y, name=name, words=words, box=box)

    def _is_free(self, box: Box) -> bool:
        inside = box.left >= 0 and box.top >= 0 and box.right <= self.size
        inside = inside and box.bottom <= self.size
        return inside and not any(box.meets(taken) for taken in self._taken)

    def _sector(self, name: str, label: str) -> Sector:
        start, end = self._spans[name]
        middle, radius = self.middle, self._radius
        half = width_of(label, _NAME) / 2
        angle = (start + end) / 2
        away = radius + 6 + half * abs(cos(angle)) + _NAME * abs(sin(angle))
        x = min(max(middle + away * cos(angle), half + _AIR), self.size - half - _AIR)
        y = min(max(middle + away * sin(angle), _NAME), self.size - _NAME)
        box = Box(left=x - half, top=y - _NAME, right=x + half, bottom=y + _NAME * 0.5)
        return Sector(
            name=name,
            label=label,
            path=_wedge(middle, radius, start, end),
            x=round(x, 1),
            y=round(y, 1),
            box=box,
            start=round(start + _inset(start, end), 4),
            end=round(end - _inset(start, end), 4),
        )


def _spans(
    people: Iterable[Somebody], labels: Mapping[str, str], *, whole: bool
) -> dict[str, tuple[float, float]]:
    """Return where each sector begins and ends: wider where there are more people."""
    counts = dict.fromkeys(labels, 0)
    for who in people:
        counts[who.sector] += 1
    present = {
        name: count + (1.5 if count else 1.0) for name, count in counts.items() if count or whole
    }
    total, at = sum(present.values()), -pi / 2
    spans = {}
    for name, share in present.items():
        spans[name] = (at, at + tau * share / total)
        at = spans[name][1]
    return spans


def _edge(outermost: float) -> float:
    """Return where the drawing ends whose outermost ring is this far from the middle."""
    return _MIDDLE + (outermost - _MIDDLE) * (RINGS + _RIM) / (RINGS - 1 + _FIRST)


def _inset(start: float, end: float) -> float:
    """Return how far within the borders of their sector people stand."""
    return min((end - start) * 0.08, 0.12)


def _order(place: int | None) -> Iterable[int]:
    """Return the angles to try: from where somebody was put to ever farther from it."""
    if place is None:
        return range(_ANGLES)
    wanted = place * (_ANGLES - 1) / 1000
    return sorted(range(_ANGLES), key=lambda number: (abs(number - wanted), number))


def _curves(
    paper: _Paper, figures: Iterable[Figure], known: Iterable[tuple[str, str]]
) -> Iterable[Curve]:
    """Draw who knows whom as lines that bend towards the middle."""
    at = {figure.who.key: figure for figure in figures}
    for one, other in known:
        if one in at and other in at:
            a, b = at[one], at[other]
            x = (a.x + b.x) / 2 * 0.8 + paper.middle * 0.2
            y = (a.y + b.y) / 2 * 0.8 + paper.middle * 0.2
            yield Curve(path=f"M{a.x} {a.y} Q{x:.1f} {y:.1f} {b.x} {b.y}")


def _wedge(middle: float, radius: float, start: float, end: float) -> str:
    if end - start > tau - 1e-6:
        left, right = f"{middle - radius:.1f} {middle:.1f}", f"{middle + radius:.1f} {middle:.1f}"
        arc = f"A{radius:.1f} {radius:.1f} 0 1 1"
        return f"M{left} {arc} {right} {arc} {left}Z"
    corners = [
        (middle + radius * cos(angle), middle + radius * sin(angle)) for angle in (start, end)
    ]
    (x, y), (to_x, to_y) = corners
    large = int(end - start > pi)
    return (
        f"M{middle:.1f} {middle:.1f} L{x:.1f} {y:.1f} "
        f"A{radius:.1f} {radius:.1f} 0 {large} 1 {to_x:.1f} {to_y:.1f}Z"
    )


def _around(x: float, y: float, radius: float) -> Box:
    return Box(left=x - radius, top=y - radius, right=x + radius, bottom=y + radius)


def _apart(one: float, other: float) -> float:
    gap = abs(one - other) % tau
    return min(gap, tau - gap)


def _letter(letter: str) -> float:
    """Return how wide a letter is, as a part of its height: rather too wide than too narrow."""
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2FFF:
        return 1.25
    return 0.78 if letter.isupper() or letter in "mwMW@" else 0.6
