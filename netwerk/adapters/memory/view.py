"""Looking: at one inhabitant's file, and at the directory."""

from collections.abc import Collection
from dataclasses import replace

from netwerk.adapters.memory import queries
from netwerk.domain.access import Scope
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Properties, Subgraph
from netwerk.domain.visibility import visible
from netwerk.ports import scanning
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.ports.stores import OfferQuery, Offers


class MemoryView:
    """A GraphView on the part of the graph that the scope shows, as it was when it was opened."""

    def __init__(self, seen: Subgraph, scope: Scope, publication: Properties | None) -> None:
        """Take the visible part."""
        self._seen = seen
        self._scope = scope
        self._publication = publication

    def own_file(self) -> Subgraph:
        """See GraphView.own_file."""
        return queries.own_file(self._seen, self._scope)

    def around(self, query: OfferQuery) -> Offers:
        """See GraphView.around."""
        return queries.around(self._seen, self._scope, query)

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """See GraphView.expand."""
        return queries.expand(self._seen, reached, needs)

    def offers(self, query: OfferQuery) -> Offers:
        """See GraphView.offers."""
        return queries.offers(self._seen, query)

    def publication(self) -> Properties | None:
        """See GraphView.publication."""
        return self._publication


class MemoryDirectory:
    """A DirectoryView."""

    def __init__(self, world: Subgraph, scope: Scope) -> None:
        """Take the graph as it was when it was opened."""
        self._world = world
        self._scope = scope
        self._seen = visible(world, replace(scope, subject=None))

    def nodes(self, *labels: str) -> Subgraph:
        """See DirectoryView.nodes."""
        return queries.public_nodes(self._seen, labels)

    def caseload(self, *kinds: str) -> Subgraph:
        """See DirectoryView.caseload."""
        return queries.caseload(self._world, self._scope, kinds)

    def offers(self, query: OfferQuery) -> Offers:
        """See DirectoryView.offers."""
        return queries.offers(self._seen, query)

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryView.around."""
        return queries.around_ids(self._seen, ids)

    def find(self, query: FindQuery) -> Candidates:
        """See DirectoryView.find."""
        return scanning.find(self._seen, self._scope, query)

    def around_items(self, keys: Collection[str]) -> Subgraph:
        """See DirectoryView.around_items."""
        return scanning.around_items(self._seen, self._scope, keys)

    def words_like(self, typed: Collection[str]) -> frozenset[str]:
        """See DirectoryView.words_like."""
        return scanning.words_like(self._seen, typed)
