"""Which counts of a table may be published, so that no small one can be worked out.

A table is a tree: one total, the total of each column, and the cells of each column. A figure is
published where it is not small, and where what stays hidden beside it could still be anything: in
each sum that is published, either nothing is hidden, or at least two are, of together not a small
number. Below a hidden sum everything is hidden. What is published is rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from netwerk.domain.records import Properties
from netwerk.domain.upkeep import FEWEST, rounded

Counts = Mapping[str, Mapping[str, int]]
"""Counts by column, then by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is published: figures that are absent are hidden."""

    total: int | None
    totals: Mapping[str, int]
    cells: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """Return what may be published of counts."""
        sums = {column: sum(cells.values()) for column, cells in counts.items()}
        whole = sum(sums.values())
        shown = whole >= FEWEST
        open_columns = _open(sums, closed=shown)
        return cls(
            total=rounded(whole) if shown else None,
            totals={column: rounded(sums[column]) for column in sorted(open_columns)},
            cells={
                column: {
                    row: rounded(counts[column][row])
                    for row in sorted(_open(counts[column], closed=True))
                }
                for column in sorted(open_columns)
            },
        )

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        total, totals, cells = (facts.get(name) for name in ("total", "totals", "cells"))
        columns = cells if isinstance(cells, Mapping) else {}
        return cls(
            total=total if isinstance(total, int) else None,
            totals=_figures(totals),
            cells={str(column): _figures(each) for column, each in columns.items()},
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        told: dict[str, Properties] = {
            "totals": dict(self.totals),
            "cells": {column: dict(each) for column, each in self.cells.items()},
        }
        return told if self.total is None else {**told, "total": self.total}


def _open(values: Mapping[str, int], *, closed: bool) -> set[str]:
    """Return which of these may be shown; `closed`: their sum is published too."""
    order = sorted(values, key=lambda key: (values[key], key))
    hidden = [key for key in order if values[key] < FEWEST]
    shown = order[len(hidden) :]
    if closed and hidden:
        # Together not small, and one of them is: so there are two at least.
        while shown and sum(values[key] for key in hidden) < FEWEST:
            hidden.append(shown.pop(0))
    return set(shown)


def _figures(value: object) -> dict[str, int]:
    if not isinstance(value, Mapping):
        return {}
    return {str(key): n for key, n in value.items() if isinstance(n, int)}
