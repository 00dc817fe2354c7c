"""The attacker of `tests.graph.attacker` with every table of a whole municipality at once.

What is counted has thousands of kinds, but most are alike in all tables: those are one kind to
whoever reads, and all of them could be of any one. So it is calculated with the kinds that differ;
that finds what all would. It is calculated in floating point, and each world that hides a count is
held against all that was published: a mistake can only make a leak of what is none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from netwerk.domain.report import Figure
from netwerk.domain.upkeep import FEWEST
from tests.graph.attacker import Aspect, Kind, aspects

Sum = tuple[Aspect, ...]
"""What was added up into one published count."""
Floats = npt.NDArray[np.float64]
_NEAR = 1e-6
_PATIENCE = 400


@dataclass(frozen=True)
class Whole:
    """Kinds that could be, the true count of each aspect, and the sums that were published."""

    kinds: Sequence[Kind]
    true: Mapping[Aspect, int]
    sums: Sequence[Sum]

    def found(self) -> Iterator[tuple[object, float]]:
        """Yield every count of which it can be known that it is small, with its most."""
        rows = defaultdict(list)
        for at, each in enumerate(self.sums):
            for aspect in each:
                rows[aspect].append(at)
        places: dict[tuple[tuple[int, int], ...], int] = {}
        of: dict[object, set[int]] = defaultdict(set)
        for kind in self.kinds:
            added = [aspect for counted in kind for aspect in aspects(counted)]
            counts = Counter(at for aspect in added for at in rows[aspect])
            place = places.setdefault(tuple(sorted(counts.items())), len(places))
            for target in (*added, *_together(added), repr(kind)):
                of[target].add(place)
        if not self.sums:
            return
        values = [sum(self.true.get(aspect, 0) for aspect in each) for each in self.sums]
        worlds = Worlds(list(places), values)
        for target, its in of.items():
            most = worlds.most(frozenset(its))
            if most < FEWEST - _NEAR:
                yield target, most


def _together(added: Sequence[Aspect]) -> Iterator[object]:
    """Yield what is counted in two ways at once, and what is counted of all teams together."""
    for at, one in enumerate(added):
        figure, period, _, side, way, key = one
        yield figure, period, "all", side, way, key
        for other in added[at + 1 :]:
            yield one, other


class Worlds:
    """All worlds with these publications; what a sum can be at the most in them."""

    def __init__(self, kinds: Sequence[Sequence[tuple[int, int]]], values: Sequence[int]) -> None:
        self.width, self.values = len(kinds), np.array(values, dtype=float)
        self.matrix = np.zeros((len(values), self.width))
        for column, rows in enumerate(kinds):
            for row, times in rows:
                self.matrix[row, column] = times
        self.known: dict[frozenset[int], float] = {}
        away = np.concatenate([np.zeros(self.width), -np.ones(len(values))])
        self.table = np.hstack([self.matrix, np.eye(len(values)), self.values[:, None]])
        self.basis = [self.width + at for at in range(len(values))]
        assert abs(self._maximum(away)) < _NEAR, "the world itself is a solution"
        self._drive_out()

    def most(self, kinds: frozenset[int]) -> float:
        """Return the most that there can be of some kinds together; infinite without a bound."""
        if kinds not in self.known:
            aim = np.zeros(self.table.shape[1] - 1)
            aim[list(kinds)] = 1
            self.known[kinds] = self._maximum(aim)
        return self.known[kinds]

    def _drive_out(self) -> None:
        keep = []
        for row, own in enumerate(self.basis):
            if own >= self.width:
                column = int(np.argmax(np.abs(self.table[row, : self.width])))
                if abs(self.table[row, column]) < _NEAR:
                    continue
                self._pivot(row, column)
            keep.append(row)
        self.basis = [self.basis[row] for row in keep]
        self.table = np.hstack([self.table[keep, : self.width], self.table[keep, -1:]])

    def _maximum(self, aim: Floats) -> float:
        for turn in range(100_000):
            prices = aim[self.basis]
            gain = aim - prices @ self.table[:, :-1]
            able = np.flatnonzero(gain > _NEAR)
            if not len(able):
                break
            # The steepest first; when that goes round in circles the first, which cannot.
            column = int(able[np.argmax(gain[able])] if turn < _PATIENCE else able[0])
            up = np.flatnonzero(self.table[:, column] > _NEAR)
            if not len(up):
                return float("inf")
            ratios = self.table[up, -1] / self.table[up, column]
            ties = up[ratios < ratios.min() + 1e-9]
            self._pivot(int(min(ties, key=lambda row: self.basis[row])), column)
        world = np.zeros(len(aim))
        world[self.basis] = self.table[:, -1]
        if len(aim) == self.width:
            assert world.min() > -_NEAR
            assert np.abs(self.matrix @ world - self.values).max() < 1e-4
        return float(aim @ world)

    def _pivot(self, row: int, column: int) -> None:
        self.table[row] /= self.table[row, column]
        others = self.table[:, column].copy()
        others[row] = 0
        self.table -= np.outer(others, self.table[row])
        self.basis[row] = column


def of_some_ways(sums: Iterable[Sum], figures: Mapping[Figure, Iterable[str]]) -> list[Sum]:
    """Return the sums of some figures, whole and split in these ways."""
    held = {figure: {"", *ways} for figure, ways in figures.items()}
    return [each for each in sums if each[0][4] in held.get(each[0][0], ())]
