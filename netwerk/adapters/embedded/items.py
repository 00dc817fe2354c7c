"""Keeping what the search of the directory finds in step with the records it is made of."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import apsw

from netwerk.adapters.embedded import item_queries, queries
from netwerk.adapters.embedded.database import rows
from netwerk.adapters.embedded.rows import read_link, read_node
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, items_of
from netwerk.domain.records import Relationship, Subgraph, to_json
from netwerk.ports.stems import forms

BATCH: Final = 2000
_PLACES: Final = 16
"""Bits of the number of a place that tell it from the others of its item."""


def refresh(connection: apsw.Connection, changed: Iterable[NodeId]) -> None:
    """Make anew the items that depend on these nodes."""
    stream = iter(sorted(changed))
    while batch := list(islice(stream, BATCH)):
        _Refreshing(connection).refresh(batch)


def refresh_all(connection: apsw.Connection) -> None:
    """Make every item, for a store that had none."""
    refresh(connection, (NodeId(key) for (key,) in rows(connection, item_queries.EVERY_NODE, {})))


class _Refreshing:
    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def refresh(self, changed: Sequence[NodeId]) -> None:
        asked = {"ids": to_json(changed)}
        nodes = sorted({key for (key,) in rows(self._connection, item_queries.DEPENDENT, asked)})
        for start in range(0, len(nodes), BATCH):
            self._make(nodes[start : start + BATCH])

    def _make(self, nodes: Sequence[str]) -> None:
        gone = self._drop(nodes)
        made = [*items_of(self._around(nodes), map(NodeId, nodes))]
        self._add(made)
        kept = {word for item in made for word in _words(item.keys)}
        self._tidy(gone - kept)

    def _drop(self, nodes: Sequence[str]) -> set[str]:
        """Remove the items of these nodes; return the words they had."""
        asked = {"ids": to_json(nodes)}
        numbers, places = [], []
        for number, count in rows(self._connection, item_queries.ITEMS_OF, asked):
            numbers.append(number)
            places += [number << _PLACES | at for at in range(count)]
        old = {"ids": to_json(numbers)}
        words = {key for (key,) in rows(self._connection, item_queries.KEYS_OF, old)}
        self._connection.execute(item_queries.DROP_KEYS, old)
        self._connection.execute(item_queries.DROP_PLACES, {"ids": to_json(places)})
        self._connection.execute(item_queries.DROP_ITEMS, old)
        return set(_words(words))

    def _add(self, items: Collection[Item]) -> None:
        if not items:
            return
        first = rows(self._connection, item_queries.NEXT_ITEM, {})[0][0]
        numbered = list(enumerate(items, first))
        execute = self._connection.executemany
        execute(item_queries.ADD_ITEM, (_item_row(number, item) for number, item in numbered))
        execute(
            item_queries.ADD_KEY,
            ({"key": key, "item": n} for n, item in numbered for key in item.keys),
        )
        execute(
            item_queries.ADD_PLACE, (row for n, item in numbered for row in _place_rows(n, item))
        )
        words = {word for item in items for word in _words(item.keys)}
        known = {word for (word,) in rows(self._connection, item_queries.KNOWN_WORDS, _list(words))}
        execute(item_queries.ADD_FORM, _forms(words - known))

    def _tidy(self, words: Collection[str]) -> None:
        """Forget words that no item has any more: a name that was taken away is not kept here."""
        gone = [word for (word,) in rows(self._connection, item_queries.UNUSED_WORDS, _list(words))]
        self._connection.executemany(item_queries.DROP_FORM, _forms(gone))

    def _around(self, nodes: Sequence[str]) -> Subgraph:
        """Return these nodes with all that their items are made of."""
        out = self._links(item_queries.LEAVING, nodes, "PROVIDES", "CONTACT_FOR", "VOLUNTEERS_FOR")
        into = self._links(item_queries.REACHING, nodes, "PROVIDES", "VOLUNTEERS_FOR")
        hosts = {r.target for r in out if r.type == "CONTACT_FOR"}
        offered = self._links(item_queries.LEAVING, hosts, "PROVIDES")
        near = {*nodes, *(end for r in (*out, *into, *offered) for end in (r.source, r.target))}
        facts = self._links(item_queries.LEAVING, near, "ADDRESSES", "LOCATED_AT")
        located = {r.target for r in facts if r.type == "LOCATED_AT"}
        areas = self._links(item_queries.LEAVING, near | located, "IN_AREA")
        asked = {"ids": to_json(sorted(near | located))}
        found = [read_node(row) for row in rows(self._connection, queries.NODES, asked)]
        return Subgraph.of([*found, *out, *into, *offered, *facts, *areas])

    def _links(self, query: str, ids: Iterable[str], *types: str) -> list[Relationship]:
        asked = {"ids": to_json(sorted(ids)), "types": to_json(types)}
        return [read_link(row) for row in rows(self._connection, query, asked)]


def _item_row(number: int, item: Item) -> dict[str, Any]:
    return {
        "number": number,
        "key": item.key,
        "kind": str(item.kind),
        "id": item.id,
        "node": item.node,
        "organization": item.organization,
        "comes": item.comes,
        "places": to_json(item.places),
        "placed": bool(item.places),
    }


def _key_rows(number: int, item: Item) -> Iterator[dict[str, Any]]:
    return ({"key": key, "item": number} for key in item.keys)


def _place_rows(number: int, item: Item) -> Iterator[dict[str, Any]]:
    for at, (lon, lat) in enumerate(item.places):
        yield {"number": number << _PLACES | at, "item": number, "lon": lon, "lat": lat}


def _forms(words: Iterable[str]) -> Iterator[dict[str, Any]]:
    return ({"form": form, "word": word} for word in words for form in forms(word))


def _words(keys: Iterable[str]) -> Iterator[str]:
    return (key for key in keys if not key.startswith(":"))


def _list(values: Iterable[str]) -> dict[str, str]:
    return {"ids": to_json(sorted(values))}
