"""Looking: at one inhabitant's file, and at the directory."""

from collections.abc import Collection

import apsw

from netwerk.adapters.embedded import finding, offers, queries
from netwerk.adapters.embedded.database import value
from netwerk.adapters.embedded.reading import Reader
from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Properties, Subgraph, from_json, to_json
from netwerk.domain.visibility import PUBLIC_LABELS, PUBLIC_TYPES
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.ports.stores import OfferQuery, Offers


class EmbeddedView:
    """A GraphView on the store as it was when the view was opened."""

    def __init__(self, connection: apsw.Connection, scope: Scope) -> None:
        """Look through a transaction that is open."""
        self._connection = connection
        self._reader = Reader(connection, scope)

    def own_file(self) -> Subgraph:
        """See GraphView.own_file."""
        return self._reader.own_file()

    def around(self, query: OfferQuery) -> Offers:
        """See GraphView.around."""
        family = offers.need_family(self._reader, query.need)
        if not family:
            raise InvalidInputError("The need %(need)s is not known.", need=query.need or "")
        members = self._reader.links(queries.TEAM)
        colleagues = to_json(sorted({r.source for r in members}))
        known = self._reader.links(queries.KNOWN, ids=colleagues)
        found = offers.find(self._reader, query, family)
        start = self._reader.joined([*members, *known], family)
        return Offers(subgraph=start | found.subgraph, cut=found.cut)

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """See GraphView.expand."""
        return self._reader.expand(reached, needs)

    def offers(self, query: OfferQuery) -> Offers:
        """See GraphView.offers."""
        return offers.find(self._reader, query)

    def publication(self) -> Properties | None:
        """See GraphView.publication."""
        found = value(self._connection, queries.PUBLISHED, {})
        return None if found is None else from_json(found)


class EmbeddedDirectory:
    """A DirectoryView on the store as it was when it was opened."""

    def __init__(self, connection: apsw.Connection, scope: Scope) -> None:
        """Look through a transaction that is open."""
        self._reader = Reader(connection, scope)

    def nodes(self, *labels: str) -> Subgraph:
        """See DirectoryView.nodes."""
        asked = to_json(sorted(PUBLIC_LABELS & set(labels)))
        nodes = self._reader.nodes(queries.PUBLIC, labels=asked)
        ids, types = to_json([node.id for node in nodes]), to_json(sorted(PUBLIC_TYPES))
        links = self._reader.links(queries.AMONG, ids=ids, types=types, labels=asked)
        return Subgraph.of([*nodes, *links])

    def caseload(self, *kinds: str) -> Subgraph:
        """See DirectoryView.caseload."""
        return self._reader.caseload(kinds)

    def offers(self, query: OfferQuery) -> Offers:
        """See DirectoryView.offers."""
        return offers.find(self._reader, query)

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryView.around."""
        return self._reader.around(ids)

    def find(self, query: FindQuery) -> Candidates:
        """See DirectoryView.find."""
        return finding.find(self._reader, query)

    def around_items(self, keys: Collection[str]) -> Subgraph:
        """See DirectoryView.around_items."""
        return finding.around_items(self._reader, keys)

    def words_like(self, typed: Collection[str]) -> frozenset[str]:
        """See DirectoryView.words_like."""
        return finding.words_like(self._reader, typed)
