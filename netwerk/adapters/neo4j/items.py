"""Keeping what the search of the directory finds in step with the records it is made of."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from neo4j.spatial import WGS84Point

from netwerk.adapters.neo4j import item_queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, items_of
from netwerk.domain.records import to_json
from netwerk.ports.stems import forms

BATCH: Final = 1000


def refresh(unit: Unit, changed: Iterable[str]) -> None:
    """Make anew the items that depend on these nodes."""
    for batch in batches(sorted(set(changed))):
        dependent = unit.ask(item_queries.DEPENDENT, {"ids": batch})["found"]
        for nodes in batches(sorted({*batch, *dependent})):
            _make(unit, nodes)


def batches(values: Iterable[str]) -> Iterator[list[str]]:
    """Yield values, so many at a time."""
    stream = iter(values)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _make(unit: Unit, nodes: Sequence[str]) -> None:
    ids = {"ids": nodes}
    gone = set(unit.ask(item_queries.KEYS_OF, ids)["found"])
    unit.tell(item_queries.DROP_ITEMS, ids)
    around = subgraph(unit.ask(item_queries.MADE_OF, ids))
    made = list(items_of(around, map(NodeId, nodes)))
    if made:
        words = sorted({key for item in made for key in item.keys if not key.startswith(":")})
        unit.tell(item_queries.ADD_ITEMS, {"rows": [_row(item) for item in made]})
        marks = [{"word": word, "forms": sorted(forms(word))} for word in words]
        unit.tell(item_queries.ADD_FORMS, {"rows": marks})
    # A name that was taken away is not kept here.
    lost = gone - {key for item in made for key in item.keys}
    if lost:
        unit.tell(item_queries.TIDY, {"ids": sorted(lost)})


def _row(item: Item) -> dict[str, Any]:
    facts = {
        "key": item.key,
        "kind": str(item.kind),
        "id": item.id,
        "node": item.node,
        "organization": item.organization,
        "comes": item.comes,
        "places": to_json(item.places),
        "placed": bool(item.places),
        "keys": sorted(item.keys),
    }
    return {"facts": facts, "spots": [WGS84Point(each) for each in item.places]}
