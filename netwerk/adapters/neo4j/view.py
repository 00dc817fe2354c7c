"""Looking: at one inhabitant's file, and at the directory."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, LiteralString

from netwerk.adapters.neo4j import finding, offers, queries
from netwerk.adapters.neo4j.connection import Connection, unavailable
from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.access import PERMISSIONS, Permission, Purpose, Role, Scope
from netwerk.domain.directory import family_of
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.grants import granted
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.keeping import HUBS
from netwerk.domain.records import Node, Properties, Subgraph, from_json
from netwerk.domain.visibility import CASE_RECORDS, PUBLIC_LABELS, PUBLIC_TYPES
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.ports.stores import OfferQuery, Offers

_READERS: Final = tuple(
    sorted(role for role in Role if Permission.NETWORK_READ in PERMISSIONS[role])
)


def who(scope: Scope) -> dict[str, Any]:
    """Return the scope as parameters."""
    return {
        "viewer": scope.viewer,
        "subject": scope.subject,
        "day": scope.as_of.isoformat(),
        "roles": [str(role) for role in _READERS],
        "usual_role": str(Role.WORKER),
        "granted": False,
    }


def opened_by_grant(
    ends: Mapping[NodeId, Node], scope: Scope, kept: str, at: datetime
) -> Purpose | None:
    """Return for what purpose the text of a grant opens the file between these two ends."""
    viewer, subject = ends.get(scope.viewer), ends.get(scope.subject or NodeId(""))
    return granted(viewer, subject, scope, from_json(kept), at)


def touching(ids: Iterable[NodeId]) -> dict[str, Any]:
    """Return what the statement about what touches some nodes takes."""
    return {"ids": sorted(ids), "types": sorted(PUBLIC_TYPES), "hubs": sorted(HUBS)}


class Neo4jView:
    """A GraphView; `trips` counts the statements it took, the opening included."""

    def __init__(self, connection: Connection, scope: Scope, opened: Mapping[str, Any]) -> None:
        """Take the answer to the statement that opened the file."""
        self._connection = connection
        self._scope = scope
        self._file = subgraph(opened)
        self._needs: list[list[str | None]] = opened["needs"]
        self._publication: list[str] = opened["publication"]
        self.trips = 1

    def own_file(self) -> Subgraph:
        """See GraphView.own_file."""
        return self._file

    def around(self, query: OfferQuery) -> Offers:
        """See GraphView.around."""
        family = family_of(self._needs, query.need)
        if not family:
            raise InvalidInputError("The need %(need)s is not known.", need=query.need or "")
        found = self._ask(queries.AROUND, offers.parameters(query, family))
        return offers.read(found, query, family)

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """See GraphView.expand."""
        asked = {"reached": sorted(reached), "needs": sorted(needs)}
        return subgraph(self._ask(queries.EXPAND, asked))

    def offers(self, query: OfferQuery) -> Offers:
        """See GraphView.offers."""
        family = family_of(self._needs, query.need)
        found = self._ask(_offers_of(query), offers.parameters(query, family))
        return offers.read(found, query)

    def publication(self) -> Properties | None:
        """See GraphView.publication."""
        return from_json(self._publication[0]) if self._publication else None

    def _ask(self, query: LiteralString, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        self.trips += 1
        answer: Mapping[str, Any] = self._connection.read(query, {**who(self._scope), **asked})
        return answer


class Neo4jDirectory:
    """A DirectoryView."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        """Take who looks."""
        self._connection = connection
        self._scope = scope

    def nodes(self, *labels: str) -> Subgraph:
        """See DirectoryView.nodes."""
        asked = {"labels": sorted(PUBLIC_LABELS & set(labels)), "types": sorted(PUBLIC_TYPES)}
        return subgraph(self._ask(queries.PUBLIC, asked))

    def caseload(self, *kinds: str) -> Subgraph:
        """See DirectoryView.caseload."""
        return subgraph(self._ask(queries.CASELOAD, {"hidden": sorted(CASE_RECORDS - set(kinds))}))

    def offers(self, query: OfferQuery) -> Offers:
        """See DirectoryView.offers."""
        family = family_of(self._ask(queries.NEEDS, {})["needs"], query.need)
        asked = offers.parameters(query, family)
        return offers.read(self._connection.read(_offers_of(query), asked), query)

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """See DirectoryView.around."""
        return subgraph(self._ask(queries.TOUCHING, touching(ids)))

    def find(self, query: FindQuery) -> Candidates:
        """See DirectoryView.find."""
        return finding.find(self._ask, query)

    def around_items(self, keys: Collection[str]) -> Subgraph:
        """See DirectoryView.around_items."""
        return finding.around_items(self._ask, keys)

    def words_like(self, typed: Collection[str]) -> frozenset[str]:
        """See DirectoryView.words_like."""
        return finding.words_like(self._ask, typed)

    def _ask(self, query: LiteralString, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = self._connection.read(query, {**who(self._scope), **asked})
        if answer["filling"]:
            raise unavailable()
        return answer


def _offers_of(query: OfferQuery) -> LiteralString:
    return queries.OFFERS_ANY if query.need is None else queries.OFFERS_FOR
