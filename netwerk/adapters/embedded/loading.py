"""Loading: all or nothing, whatever the size, in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import apsw

from netwerk.adapters.embedded import items, queries
from netwerk.adapters.embedded.database import rows, value
from netwerk.adapters.embedded.rows import link_row, node_row, offer_rows, place_row, read_node
from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.item_parts import added
from netwerk.domain.records import Node, Record, Relationship, to_json
from netwerk.schema import Schema

BATCH: Final = 10_000
_INDEXES: Final = """
SELECT name, sql FROM sqlite_master
WHERE type = 'index' AND tbl_name IN ('node', 'link') AND sql IS NOT NULL
"""


def load(connection: apsw.Connection, schema: Schema, records: Iterable[Record]) -> int:
    """Check and add records in their order, at the version they have; return how many."""
    count = 0
    stream = iter(records)
    touched: set[NodeId] = set()
    found: set[NodeId] = set()
    with _indexed_afterwards(connection):
        while batch := list(islice(stream, BATCH)):
            _put(connection, schema, batch)
            touched |= {end for r in batch if isinstance(r, Relationship) for end in offering(r)}
            found |= {key for record in batch for key in added(record)}
            count += len(batch)
    refresh_offers(connection, sorted(touched))
    items.refresh(connection, found)
    if count > BATCH:
        items.tidy(connection)
    return count


@contextmanager
def _indexed_afterwards(connection: apsw.Connection) -> Iterator[None]:
    """Fill an empty store without its indexes: sorting once is faster than finding each place."""
    empty = not value(connection, queries.ANY_NODE, {})
    indexes = rows(connection, _INDEXES, {}) if empty else []
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        connection.execute(statement)


def _put(connection: apsw.Connection, schema: Schema, records: Sequence[Record]) -> None:
    """Check records in their order, then add them: few statements, each with many rows."""
    nodes = [r for r in records if isinstance(r, Node)]
    links = [r for r in records if isinstance(r, Relationship)]
    ends = {end for r in links for end in (r.source, r.target)}
    labels = _labels(connection, ends | {node.id for node in nodes})
    ids = {"ids": to_json([link.id for link in links])}
    known = {key for (key,) in rows(connection, queries.LINK_IDS, ids)}
    for record in records:
        if isinstance(record, Node):
            _check_node(schema, record, labels)
        else:
            _check_link(schema, record, labels, known)
    connection.executemany(queries.ADD_NODE, (node_row(node) for node in nodes))
    places = (place_row(node) for node in nodes)
    connection.executemany(queries.ADD_PLACE, (row for row in places if row is not None))
    connection.executemany(queries.ADD_LINK, (link_row(link) for link in links))


def _check_node(schema: Schema, node: Node, labels: dict[str, str]) -> None:
    if node.id in labels:
        raise _there_already(node.id)
    schema.check_node(node)
    labels[node.id] = node.label


def _check_link(
    schema: Schema, link: Relationship, labels: Mapping[str, str], known: set[RelationshipId]
) -> None:
    if link.id in known:
        raise _there_already(link.id)
    known.add(link.id)
    if link.source not in labels or link.target not in labels:
        raise InvalidRecordError("%(id)s joins something that is not there.", id=link.id)
    schema.check_relationship(link, labels[link.source], labels[link.target])


def offering(link: Relationship) -> tuple[NodeId, ...]:
    """Return the Service (or other node) whose offer this relationship is a part of."""
    match link.type:
        case "PROVIDES":
            return (link.target,)
        case "ADDRESSES" | "LOCATED_AT":
            return (link.source,)
        case _:
            return ()


def refresh_offers(connection: apsw.Connection, touched: Sequence[NodeId]) -> None:
    """Make anew, for these Services, the rows under which their offers are found."""
    for start in range(0, len(touched), BATCH):
        ids = {"ids": to_json(touched[start : start + BATCH])}
        connection.execute(queries.DROP_OFFERS, ids)
        for *columns, organizations, needs, placed in rows(connection, queries.OFFERED, ids):
            every = offer_rows(
                read_node(tuple(columns)),
                _split(organizations),
                _split(needs),
                placed=bool(placed),
            )
            connection.executemany(queries.ADD_OFFER, every)


def _split(ids: Any) -> set[str]:
    return set(ids.split("\n")) if ids else set()


def _labels(connection: apsw.Connection, ids: Iterable[str]) -> dict[str, str]:
    return dict(rows(connection, queries.LABELS, {"ids": to_json(list(ids))}))


def _there_already(key: str) -> InvalidRecordError:
    return InvalidRecordError("%(id)s is there already.", id=key)
