"""Keeping what the search of the directory finds in step with the records it is made of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from netwerk.adapters.neo4j import item_queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, items_of
from netwerk.domain.records import to_json
from netwerk.ports import marks
from netwerk.ports.finding import areas_of
from netwerk.ports.stems import forms

BATCH: Final = 2000
_BITS: Final = 12
_FINE: Final = 62 - _BITS


def refresh(unit: Unit, changed: Iterable[str]) -> None:
    """Make anew the items that depend on these nodes."""
    nodes: set[str] = set()
    for batch in batches(sorted(set(changed))):
        nodes |= dependent(unit, batch)
    for batch in batches(sorted(nodes)):
        make(unit, batch)


def dependent(unit: Unit, nodes: Sequence[str]) -> set[str]:
    """Return these nodes with all whose items depend on them."""
    return {*nodes, *unit.ask(item_queries.DEPENDENT, {"ids": nodes})["found"]}


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield values, so many at a time."""
    stream = iter(values)
    while batch := list(islice(stream, BATCH)):
        yield batch


def make(unit: Unit, nodes: Sequence[str], *, new: bool = False) -> None:
    """Make the items of these nodes; those that were there are gone, unless all are `new`."""
    gone = set() if new else _drop(unit, nodes)
    around = subgraph(unit.ask(item_queries.MADE_OF, {"ids": nodes}))
    made = list(items_of(around, map(NodeId, nodes)))
    words = {key for item in made for key in item.keys if not key.startswith(":")}
    if made:
        unit.tell(item_queries.ADD_ITEMS, {"rows": [_row(item) for item in made]})
        found = unit.ask(item_queries.NEW_WORDS, {"words": sorted(words)})["found"]
        rows = [{"word": word, "forms": sorted(forms(word))} for word in found]
        unit.tell(item_queries.ADD_FORMS, {"rows": rows})
    # A name that was taken away is not kept here.
    if lost := gone - words:
        rows = [{"word": word, "mark": marks.mark(word)} for word in sorted(lost)]
        unit.tell(item_queries.TIDY, {"rows": rows})


def _drop(unit: Unit, nodes: Sequence[str]) -> set[str]:
    """Remove the items of these nodes; return the words they had."""
    found = unit.ask(item_queries.MARKS_OF, {"ids": nodes})["found"]
    if found:
        unit.tell(item_queries.DROP_ITEMS, {"ids": nodes})
    return {word for each in found for word in marks.words_in(each)}


def _row(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "kind": str(item.kind),
        "id": item.id,
        "node": item.node,
        "organization": item.organization,
        "comes": item.comes,
        "places": to_json(item.places),
        "areas": areas_of([item]),
        "card": item.card.written(),
        "marks": f"{marks.marks(item)} {numbered(item.number)}",
    }


def numbered(number: int) -> str:
    """Return the mark of a number: of those below a half, a quarter, … it begins alike."""
    return f"n{number >> _FINE:0{_BITS}b}"


def below(halvings: int) -> str:
    """Return the mark of the lowest numbers: all, halved so often."""
    return "n" + "0" * halvings + "*"
