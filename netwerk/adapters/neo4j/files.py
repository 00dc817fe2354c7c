"""Changing all files at once: erasing somebody, and what was kept long enough."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from netwerk.adapters.neo4j import items, queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.adapters.neo4j.records import links, nodes, row, subgraph
from netwerk.adapters.neo4j.work import Neo4jSystemWork, Tools
from netwerk.domain.access import Scope
from netwerk.domain.errors import ConflictError, InvalidRecordError
from netwerk.domain.grants import is_named, require_all_files
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.item_parts import touched
from netwerk.domain.records import Node, Record, Relationship, Subgraph


class Neo4jFilesWork(Neo4jSystemWork):
    """A unit of work on all files."""

    def __init__(self, tools: Tools, unit: Unit, scope: Scope) -> None:
        """Work in a transaction that holds the lock. Raises NotAllowedError."""
        super().__init__(tools, unit)
        found = nodes(unit.ask(queries.NODE, {"id": scope.viewer})["nodes"])
        require_all_files(next(iter(found), None), scope)
        self._found: set[NodeId] = set()

    def named(self, name: str) -> Sequence[Node]:
        """See FilesWork.named."""
        # The longest word narrows it down; which of them it is, is judged once for all stores.
        part = max(name.lower().split(), key=len, default="")
        found = nodes(self._unit.ask(queries.PERSONS_LIKE, {"part": part})["nodes"]) if part else ()
        return sorted((n for n in found if is_named(n, name)), key=lambda each: each.id)

    def touching(self, ids: Collection[NodeId]) -> Subgraph:
        """See FilesWork.touching."""
        return subgraph(self._unit.ask(queries.ALL_AT, {"ids": sorted(ids)}))

    def owned(self, owner: PersonId) -> Subgraph:
        """See FilesWork.owned."""
        return subgraph(self._unit.ask(queries.OWNED, {"owner": owner}))

    def save(self, *records: Record) -> None:
        """See FilesWork.save."""
        for record in records:
            self._require_version(record)
            after = replace(record, version=record.version + 1)
            if isinstance(record, Node):
                self._save_node(record, row(after))
            else:
                self._save_link(record, row(after))

    def remove(self, *records: Record) -> None:
        """See FilesWork.remove."""
        for record in records:
            self._found |= touched(record)
            linked = isinstance(record, Relationship)
            query = self._tools.kinds.remove if linked else queries.REMOVE_NODE
            asked = {"id": record.id, "version": record.version}
            if not self._unit.ask(query, asked)["done"]:
                raise ConflictError(record.id, self._stored(record))

    def finish(self) -> None:
        """Bring up to date by what things are found that this unit of work changed."""
        items.refresh(self._unit, self._found)

    def _save_node(self, node: Node, stored: dict[str, Any]) -> None:
        self._tools.schema.check_node(node)
        if node.version == 0:
            self._unit.tell(queries.CREATE_NODES, {"label": node.label, "rows": [stored]})
        else:
            self._unit.ask(queries.UPDATE_NODE, {"row": stored, "version": node.version})

    def _save_link(self, link: Relationship, stored: dict[str, Any]) -> None:
        found = self._unit.ask(queries.ENDS, {"ids": [link.source, link.target]})
        labels = dict(zip(found["found"], found["labels"], strict=True))
        if not {link.source, link.target} <= set(labels):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=link.id)
        self._tools.schema.check_relationship(link, labels[link.source], labels[link.target])
        if link.version:
            self._unit.ask(self._tools.kinds.remove, {"id": link.id, "version": link.version})
        rows = [{"source": link.source, "target": link.target, "facts": stored}]
        self._unit.tell(queries.CREATE_LINKS, {"type": link.type, "rows": rows})

    def _require_version(self, record: Record) -> None:
        stored = self._stored(record)
        self._found |= touched(record) | (touched(stored) if stored else set())
        if (stored.version if stored else 0) != record.version:
            raise ConflictError(record.id, stored)

    def _stored(self, record: Record) -> Record | None:
        if isinstance(record, Node):
            found = self._unit.ask(queries.NODE, {"id": record.id})
            return next(iter(nodes(found["nodes"])), None)
        kept = self._unit.ask(self._tools.kinds.stored, {"id": record.id})
        return next(iter(links(kept["links"])), None)
