"""Keeping what the search of the directory finds in step with the records it is made of."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

import apsw

from netwerk.adapters.embedded import item_queries, queries
from netwerk.adapters.embedded.database import rows, value
from netwerk.adapters.embedded.rows import read_link, read_node
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, items_of
from netwerk.domain.records import Relationship, Subgraph, to_json
from netwerk.ports import marks
from netwerk.ports.stems import forms

BATCH: Final = 2000


def refresh(connection: apsw.Connection, changed: Iterable[NodeId]) -> None:
    """Make anew the items that depend on these nodes."""
    nodes: set[str] = set()
    for batch in _batches(sorted(changed)):
        asked = {"ids": to_json(batch)}
        nodes.update(key for (key,) in rows(connection, item_queries.DEPENDENT, asked))
    # Each once: of what is loaded at once nearly all depend on each other.
    for batch in _batches(sorted(nodes)):
        _Refreshing(connection).make(batch)


def refresh_all(connection: apsw.Connection) -> None:
    """Make every item, for a store that had none."""
    refresh(connection, (NodeId(key) for (key,) in rows(connection, item_queries.EVERY_NODE, {})))
    tidy(connection)


def tidy(connection: apsw.Connection) -> None:
    """After making very many: put the index together, which it otherwise does little by little."""
    connection.execute(item_queries.OPTIMIZE)


def _batches(values: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(values)
    while batch := list(islice(stream, BATCH)):
        yield batch


class _Refreshing:
    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def make(self, nodes: Sequence[str]) -> None:
        """Make anew the items of these nodes."""
        gone = self._drop(nodes)
        made = [*items_of(self._around(nodes), map(NodeId, nodes))]
        self._add(made)
        kept = {word for item in made for word in _words(item.keys)}
        self._tidy(gone - kept)

    def _drop(self, nodes: Sequence[str]) -> set[str]:
        """Remove the items of these nodes; return the words they had."""
        old = rows(self._connection, item_queries.ITEMS_OF, _list(nodes))
        gone = ({"number": number, "marks": written} for number, written in old)
        self._connection.executemany(item_queries.DROP_MARKS, gone)
        self._connection.execute(item_queries.DROP_ITEMS, _list(nodes))
        return {word for _, written in old for word in marks.words_in(written)}

    def _add(self, items: Collection[Item]) -> None:
        execute = self._connection.executemany
        # The index is filled fastest in its own order.
        added = sorted(map(_item_row, items), key=lambda row: int(row["number"]))
        execute(item_queries.ADD_ITEM, added)
        execute(item_queries.ADD_MARKS, ({k: row[k] for k in ("number", "marks")} for row in added))
        words = {word for item in items for word in _words(item.keys)}
        known = {word for (word,) in rows(self._connection, item_queries.KNOWN_WORDS, _list(words))}
        execute(item_queries.ADD_FORM, _forms(words - known))

    def _tidy(self, words: Collection[str]) -> None:
        """Forget words that no item has any more: a name that was taken away is not kept here."""
        gone = [
            word
            for word in words
            if not value(self._connection, item_queries.HAS_MARK, {"mark": f'"{marks.mark(word)}"'})
        ]
        self._connection.executemany(item_queries.DROP_FORM, _forms(gone))

    def _around(self, nodes: Sequence[str]) -> Subgraph:
        """Return these nodes with all that their items are made of."""
        out = self._links(item_queries.LEAVING, nodes, "PROVIDES", "CONTACT_FOR", "VOLUNTEERS_FOR")
        into = self._links(item_queries.REACHING, nodes, "PROVIDES", "VOLUNTEERS_FOR")
        hosts = {r.target for r in out if r.type == "CONTACT_FOR"}
        offered = self._links(item_queries.LEAVING, hosts, "PROVIDES")
        services = {r.target for r in (*out, *offered) if r.type != "CONTACT_FOR"}
        given = self._links(item_queries.REACHING, services, "PROVIDES")
        joined = (*out, *into, *offered, *given)
        near = {*nodes, *(end for r in joined for end in (r.source, r.target))}
        facts = self._links(item_queries.LEAVING, near, "ADDRESSES", "LOCATED_AT")
        located = {r.target for r in facts if r.type == "LOCATED_AT"}
        areas = self._links(item_queries.LEAVING, near | located, "IN_AREA")
        asked = {"ids": to_json(sorted(near | located))}
        found = [read_node(row) for row in rows(self._connection, queries.NODES, asked)]
        return Subgraph.of([*found, *joined, *facts, *areas])

    def _links(self, query: str, ids: Iterable[str], *types: str) -> list[Relationship]:
        asked = {"ids": to_json(sorted(ids)), "types": to_json(types)}
        return [read_link(row) for row in rows(self._connection, query, asked)]


def _item_row(item: Item) -> dict[str, Any]:
    lons, lats = [at[0] for at in item.places], [at[1] for at in item.places]
    return {
        "number": item.number,
        "key": item.key,
        "kind": str(item.kind),
        "id": item.id,
        "node": item.node,
        "organization": item.organization,
        "comes": item.comes,
        "places": to_json(item.places),
        "west": min(lons, default=None),
        "east": max(lons, default=None),
        "south": min(lats, default=None),
        "north": max(lats, default=None),
        "card": item.card.written(),
        "marks": marks.marks(item),
    }


def _forms(words: Iterable[str]) -> Iterator[dict[str, Any]]:
    return ({"form": form, "word": word} for word in words for form in forms(word))


def _words(keys: Iterable[str]) -> Iterator[str]:
    return (key for key in keys if not key.startswith(":"))


def _list(values: Iterable[str]) -> dict[str, str]:
    return {"ids": to_json(sorted(values))}
