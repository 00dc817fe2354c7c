"""Somebody who wants to know a small count, and calculates with everything that was published.

The attacker is stronger than any reader: they know what could be counted, how it is put together,
and every published count exactly, before it was rounded. What is to be known about a count is then
between the least and the most that it can be in any world with these publications; both are found
by linear programming in exact fractions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from netwerk.domain.report import SHAPES, Block, Figure, Published, Row, Shape
from netwerk.domain.upkeep import FEWEST
from netwerk.graph.protection import Unit

Period = str
Counted = tuple[Figure, Period, Unit]
Kind = tuple[Counted, ...]
"""Something that happened, by all that is counted of it."""
Aspect = tuple[Figure, Period, str, str, str, str]
"""Figure, period, team, side, way (or nothing) and what it is of."""


def aspects(counted: Counted) -> Iterator[Aspect]:
    """Yield everything that one counted thing adds one to."""
    figure, period, unit = counted
    yield figure, period, unit.team, unit.side, "", ""
    for way, key in unit.of.items():
        yield figure, period, unit.team, unit.side, way, key


@dataclass
class Attacker:
    """What is known of a world, of which the attacker does not see the counts."""

    kinds: Sequence[Kind]
    counts: Sequence[int]
    published: Mapping[tuple[Figure, Period], Published]
    sums: dict[Aspect, dict[int, int]] = field(init=False)
    tableau: "Tableau" = field(init=False)

    def __post_init__(self) -> None:
        self.sums = defaultdict(lambda: defaultdict(int))
        for at, kind in enumerate(self.kinds):
            for counted in kind:
                for aspect in aspects(counted):
                    self.sums[aspect][at] += 1
        self.tableau = Tableau(list(self._equations()), len(self.kinds))

    def _equations(self) -> Iterator[tuple[list[int], int]]:
        for (figure, period), told in self.published.items():
            for block in (told.total, *told.teams):
                if block is not None:
                    for members in self._rows(figure, period, block):
                        row = self._added(members)
                        yield row, self._true(row)

    def _rows(self, figure: Figure, period: Period, block: Block) -> Iterator[list[Aspect]]:
        teams = block.whole.keys

        def of(row: Row, way: str, keys: Sequence[str]) -> Iterator[list[Aspect]]:
            for side in row.counts:
                yield [(figure, period, t, side, way, key) for t in teams for key in keys]

        yield from of(block.whole, "", [""])
        for way, rows in block.ways.items():
            for row in rows:
                yield from of(row, way, row.keys)

    def _added(self, members: Sequence[Aspect]) -> list[int]:
        row = [0] * len(self.kinds)
        for member in members:
            for at, times in self.sums.get(member, {}).items():
                row[at] += times
        return row

    def _true(self, row: Sequence[int]) -> int:
        return sum(times * count for times, count in zip(row, self.counts, strict=True))

    def found(self) -> Iterator[tuple[object, int, Fraction]]:
        """Yield every small count of which it can be known that it is small, with its most."""
        wanted: dict[object, list[int]] = {
            aspect: self._added([aspect]) for aspect in list(self.sums)
        }
        for figure, period, _, side, way, key in list(self.sums):
            every = [a for a in self.sums if (*a[:2], *a[3:]) == (figure, period, side, way, key)]
            wanted[figure, period, "all", side, way, key] = self._added(every)
        for at, kind in enumerate(self.kinds):
            wanted[repr(kind)] = [int(at == other) for other in range(len(self.kinds))]
        for what, row in wanted.items():
            true = self._true(row)
            if true < FEWEST:
                most = self.tableau.most(row)
                if most is not None and most < FEWEST:
                    yield what, true, most


class Tableau:
    """The worlds in which all equations hold and nothing is below nought; a simplex by Bland."""

    def __init__(self, equations: Sequence[tuple[list[int], int]], width: int) -> None:
        self.width = width
        count = len(equations)
        self.rows = [
            [
                *map(Fraction, row),
                *(Fraction(int(at == own)) for at in range(count)),
                Fraction(value),
            ]
            for own, (row, value) in enumerate(equations)
        ]
        self.basis = [width + at for at in range(count)]
        self.open = width + count
        away = [Fraction(0)] * width + [Fraction(-1)] * count
        left = self._maximum(away)
        assert left == 0, "the world itself is a solution"
        self._drive_out()
        self.open = width

    def most(self, aim: Sequence[int]) -> Fraction | None:
        """Return the most that a sum can be; None where it has no bound."""
        padded = [*map(Fraction, aim), *([Fraction(0)] * (self._total() - self.width))]
        return self._maximum(padded)

    def _total(self) -> int:
        return len(self.rows[0]) - 1 if self.rows else self.width

    def _drive_out(self) -> None:
        """Let nothing of the beginning stay in the basis; what follows from others is dropped."""
        kept: list[int] = []
        for at in range(len(self.rows)):
            if self.basis[at] >= self.width:
                column = next((c for c in range(self.width) if self.rows[at][c] != 0), None)
                if column is None:
                    continue
                self._pivot(at, column)
            kept.append(at)
        self.rows = [self.rows[at] for at in kept]
        self.basis = [self.basis[at] for at in kept]

    def _maximum(self, aim: Sequence[Fraction]) -> Fraction | None:
        while True:
            gain = [*aim]
            for at, row in enumerate(self.rows):
                price = aim[self.basis[at]]
                if price:
                    gain = [g - price * cell for g, cell in zip(gain, row, strict=False)]
            column = next((c for c in range(self.open) if gain[c] > 0), None)
            if column is None:
                return sum(
                    (aim[self.basis[at]] * row[-1] for at, row in enumerate(self.rows)),
                    Fraction(0),
                )
            ratios = [
                (row[-1] / row[column], self.basis[at], at)
                for at, row in enumerate(self.rows)
                if row[column] > 0
            ]
            if not ratios:
                return None
            self._pivot(min(ratios)[2], column)

    def _pivot(self, at: int, column: int) -> None:
        pivot = self.rows[at][column]
        self.rows[at] = [cell / pivot for cell in self.rows[at]]
        own = self.rows[at]
        for other, row in enumerate(self.rows):
            factor = row[column]
            if other != at and factor:
                self.rows[other] = [
                    cell - factor * mine if mine else cell
                    for cell, mine in zip(row, own, strict=True)
                ]
        self.basis[at] = column


def publications(
    kinds: Sequence[Kind],
    counts: Sequence[int],
    publish: Callable[[list[Unit], Shape, Published | None], Published],
    figures: Sequence[tuple[Figure, Period]],
) -> dict[tuple[Figure, Period], Published]:
    """Publish a world, figure by figure, each period after the one before."""
    told: dict[tuple[Figure, Period], Published] = {}
    last: dict[Figure, Published] = {}
    for figure, period in figures:
        units = [
            counted[2]
            for kind, times in zip(kinds, counts, strict=True)
            for counted in kind
            if counted[:2] == (figure, period)
            for _ in range(times)
        ]
        told[figure, period] = publish(units, SHAPES[figure], last.get(figure))
        last[figure] = told[figure, period]
    return told
