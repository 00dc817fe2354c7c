"""Storing records in a writing transaction, with everything by which they are found."""

import apsw

from netwerk.adapters.embedded import items, loading, queries
from netwerk.adapters.embedded.database import rows, value
from netwerk.adapters.embedded.rows import link_row, node_row, place_row, read_link, read_node
from netwerk.domain.errors import ConflictError, InvalidRecordError
from netwerk.domain.ids import NodeId
from netwerk.domain.item_parts import touched
from netwerk.domain.records import Node, Record, Relationship, to_json
from netwerk.schema import Schema


class Records:
    """The records of the store, one transaction long."""

    def __init__(self, connection: apsw.Connection, schema: Schema) -> None:
        """Work in a writing transaction."""
        self._connection = connection
        self._schema = schema
        self._offering: set[NodeId] = set()
        self._found: set[NodeId] = set()

    def stored(self, record: Record) -> Record | None:
        """Return what is stored under the record's id."""
        if isinstance(record, Node):
            return self.node(record.id)
        found = rows(self._connection, queries.LINK, {"id": record.id})
        return read_link(found[0]) if found else None

    def node(self, key: str) -> Node | None:
        """Return the node with this id."""
        found = rows(self._connection, queries.NODE, {"id": key})
        return read_node(found[0]) if found else None

    def require_version(self, record: Record) -> Record | None:
        """Return what is stored, or refuse a record that was read at another version."""
        stored = self.stored(record)
        if (stored.version if stored else 0) != record.version:
            raise ConflictError(record.id, stored)
        return stored

    def check(self, record: Record) -> None:
        """Refuse what breaks graph_schema or hangs in the air."""
        if isinstance(record, Node):
            self._schema.check_node(record)
            return
        ends = to_json([record.source, record.target])
        labels = dict(rows(self._connection, queries.LABELS, {"ids": ends}))
        if not {record.source, record.target} <= set(labels):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=record.id)
        self._schema.check_relationship(record, labels[record.source], labels[record.target])

    def put(self, record: Record) -> None:
        """Store a record as it is: new at version 1, else in the place of what is there."""
        new = record.version == 1
        self._found |= touched(record)
        if isinstance(record, Node):
            query = queries.ADD_NODE if new else queries.CHANGE_NODE
            self._connection.execute(query, node_row(record))
            self._place(record)
        else:
            self._touch(record)
            query = queries.ADD_LINK if new else queries.CHANGE_LINK
            self._connection.execute(query, link_row(record))
            self._touch(record)

    def drop(self, record: Record) -> None:
        """Remove a record. Raises ConflictError for a node that something is joined to."""
        self._found |= touched(record)
        if isinstance(record, Relationship):
            self._touch(record)
            self._connection.execute(queries.REMOVE_LINK, {"id": record.id})
            return
        if value(self._connection, queries.TOUCHED, {"id": record.id}):
            raise ConflictError(record.id, record)
        self._connection.execute(queries.REMOVE_PLACE, {"id": record.id})
        self._connection.execute(queries.REMOVE_NODE, {"id": record.id})
        if record.label == "Service":
            self._offering.add(record.id)

    def finish(self) -> None:
        """Bring up to date by what things are found that this transaction changed."""
        loading.refresh_offers(self._connection, sorted(self._offering))
        items.refresh(self._connection, self._found)
        self._offering.clear()
        self._found.clear()

    def _place(self, node: Node) -> None:
        if node.label == "Service":
            self._offering.add(node.id)
        if node.label != "Location":
            return
        self._connection.execute(queries.REMOVE_PLACE, {"id": node.id})
        if (row := place_row(node)) is not None:
            self._connection.execute(queries.ADD_PLACE, row)
        placed = rows(self._connection, queries.PLACED_AT, {"id": node.id})
        self._offering |= {NodeId(service) for (service,) in placed}

    def _touch(self, link: Relationship) -> None:
        """Note whose offer changes, as it is stored and as it will be."""
        stored = self.stored(link)
        for each in (link, stored):
            if isinstance(each, Relationship):
                self._offering |= set(loading.offering(each))
                self._found |= touched(each)
