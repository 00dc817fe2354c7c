"""The one way in and out of a cell: nothing that is written can be read as a formula.

A spreadsheet that opens a text which begins with = + - @, a tab or a return may calculate with it,
or send it elsewhere. Such a text gets an apostrophe before it, and loses it again when it is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
"""What a formula begins with, the full-width forms included."""
_GUARD: Final = "'"
FORMULA: Final = "\ue000"
"""Stands before what a spreadsheet last made of a formula: it is said to whoever brings it in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


def guarded(text: str) -> str:
    """Return a text as it may stand in a cell."""
    bare = text.lstrip(_GUARD + " ")
    return _GUARD + text if bare.startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    rest = cell[1:]
    return rest if cell.startswith(_GUARD) and guarded(rest) == cell else cell


def padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a row of that width: what is missing is empty."""
    return tuple(cells[:width]) + ("",) * (width - len(cells))


def guarded_row(cells: Iterable[str]) -> list[str]:
    """Return a row as it may be written."""
    return [guarded(cell) for cell in cells]
