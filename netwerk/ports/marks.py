"""By which marks an index of texts knows an item: its words and facts, its kind, about where.

One index that intersects marks is all that a search of a whole country needs: what is rare is found
at once, whatever else is asked. Such an index reads letters and digits, so what a mark stands for
is written in hexadecimal; a word that begins so still has a mark that begins so.

A question is a list of conditions that must all hold, each a list of marks of which one must be
there; a mark with a star is any that begins so.
"""

from collections.abc import Collection, Iterable, Iterator
from math import floor
from typing import Final

from netwerk.domain.geometry import box
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point
from netwerk.ports.finding import Group, Wanted

_LEVELS: Final = (0.02, 0.1, 0.5, 4.0)
"""Degrees that a cell is wide and high."""
_CELLS: Final = 16
"""Cells that are looked in at once: what is wider is looked for in larger ones."""
_NOTHING: Final = "none"
"""A mark that nothing has."""
Conditions = list[list[str]]


def marks(item: Item) -> str:
    """Return all marks of an item."""
    place = "home" if item.comes else "near"
    return " ".join(
        [
            f"kind{item.kind}",
            *(sorted({f"{place}{cell}" for at in item.places for cell in _cells_of(at)})),
            place if item.places else "nowhere",
            *sorted(map(mark, item.keys)),
        ]
    )


def words_in(marks: str) -> set[str]:
    """Return the words among the marks of an item."""
    keys = (bytes.fromhex(mark[1:]).decode() for mark in marks.split() if mark[0] == "x")
    return {key for key in keys if not key.startswith(":")}


def mark(key: str) -> str:
    """Return the mark of a word or fact."""
    return "x" + key.encode("utf-8", "surrogatepass").hex()


def asked(kinds: Collection[ItemKind], wanted: Iterable[Wanted]) -> Conditions:
    """Return the question for items of these kinds that meet all that is wanted."""
    every = [f"kind{kind}" for kind in sorted(kinds)] or [_NOTHING]
    conditions = [*map(_wanted, wanted)]
    # That it is of some kind is true of all, and would only cost time.
    return conditions if set(kinds) == set(ItemKind) and conditions else [every, *conditions]


def within(group: Group, around: tuple[Point, float] | None = None) -> list[str]:
    """Return the condition of the items of a group, about so far around a point."""
    if group == Group.ANYWHERE:
        return ["nowhere"]
    place = "home" if group == Group.AT_HOME else "near"
    cells = _cells(*around) if around else None
    return [place] if cells is None else [f"{place}{cell}" for cell in cells]


def _wanted(wanted: Wanted) -> list[str]:
    begun = [f"{mark(wanted.prefix)}*"] if wanted.prefix else []
    return [*map(mark, sorted(wanted.keys)), *begun] or [_NOTHING]


def _cells_of(at: Point) -> Iterator[str]:
    for level, size in enumerate(_LEVELS):
        yield _cell(level, _step(at[0], size), _step(at[1], size))


def _cells(origin: Point, radius: float) -> list[str] | None:
    """Return the few cells that a circle lies in; None where that is most of the world."""
    edges = box(origin, radius)
    for level, size in enumerate(_LEVELS):
        wide = range(_step(edges["west"], size), _step(edges["east"], size) + 1)
        high = range(_step(edges["south"], size), _step(edges["north"], size) + 1)
        if len(wide) * len(high) <= _CELLS:
            return [_cell(level, x, y) for x in wide for y in high]
    return None


def _step(degrees: float, size: float) -> int:
    return floor((degrees + 1000) / size)


def _cell(level: int, x: int, y: int) -> str:
    return f"{level}x{x}y{y}"
