"""Changing all files at once: erasing somebody, and what was kept long enough."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import apsw

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.journal import Journal
from netwerk.adapters.embedded.reading import Reader
from netwerk.adapters.embedded.records import Records
from netwerk.adapters.embedded.work import EmbeddedSystemWork
from netwerk.domain.access import Scope
from netwerk.domain.grants import is_named
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Node, Record, Subgraph, to_json


class EmbeddedFilesWork(EmbeddedSystemWork):
    """A unit of work on all files."""

    def __init__(
        self, connection: apsw.Connection, scope: Scope, records: Records, journal: Journal
    ) -> None:
        """Work in a writing transaction, for who may."""
        super().__init__(connection, journal)
        self._records = records
        self._reader = Reader(connection, replace(scope, subject=None))

    def named(self, name: str) -> Sequence[Node]:
        """See FilesWork.named."""
        every = self._reader.nodes(queries.PUBLIC, labels=to_json(["Person"]))
        return sorted((n for n in every if is_named(n, name)), key=lambda each: each.id)

    def touching(self, ids: Collection[NodeId]) -> Subgraph:
        """See FilesWork.touching."""
        asked = to_json(sorted(ids))
        return self._reader.joined(self._reader.links(queries.ALL_AT, ids=asked), ids)

    def owned(self, owner: PersonId) -> Subgraph:
        """See FilesWork.owned."""
        return self._reader.joined(self._reader.links(queries.OWNED, owner=owner))

    def save(self, *records: Record) -> None:
        """See FilesWork.save."""
        for record in records:
            self._records.require_version(record)
            self._records.check(record)
            self._records.put(replace(record, version=record.version + 1))

    def remove(self, *records: Record) -> None:
        """See FilesWork.remove."""
        for record in records:
            self._records.require_version(record)
            self._records.drop(record)
