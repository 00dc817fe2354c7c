"""Reading parts of the graph that a scope shows, in the transaction that is open."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import apsw

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.database import rows
from netwerk.adapters.embedded.rows import read_link, read_node
from netwerk.domain.access import Scope
from netwerk.domain.cases import Case
from netwerk.domain.grants import GRANT, grant_key, granted
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.keeping import HUBS
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Record, Relationship, Subgraph, from_json, to_json
from netwerk.domain.visibility import (
    CASE_RECORDS,
    FROM_CASE_TYPES,
    PUBLIC_LABELS,
    PUBLIC_TYPES,
    TO_CASE_TYPES,
    is_private,
    may_open,
)


class Reader:
    """One connection, one scope: every statement about the graph is filtered by it."""

    def __init__(self, connection: apsw.Connection, scope: Scope) -> None:
        """Take who looks."""
        self._connection = connection
        self._scope = scope
        self._asked: Mapping[str, Any] = {
            "viewer": scope.viewer,
            "subject": scope.subject,
            "day": scope.as_of.isoformat(),
        }

    def has_access(self) -> bool:
        """Whether the viewer may open the subject's file."""
        viewer, subject = self._node(self._scope.viewer), self._node(self._scope.subject or "")
        if viewer is None or subject is None:
            return False
        if (viewer.label, subject.label) != ("Worker", "Person"):
            return False
        return self._may_open(viewer, self.nodes(queries.CASES_ABOUT))

    def purpose(self, at: datetime) -> str | None:
        """Return for what purpose the subject's file is opened; None if it is shut."""
        if self.has_access():
            return self._scope.purpose
        key = grant_key(self._scope.viewer, self._scope.subject)
        kept = self.ask(queries.SYSTEM_GET, kind=GRANT, key=key)
        facts = from_json(kept[0][0]) if kept else None
        viewer, subject = self._node(self._scope.viewer), self._node(self._scope.subject or "")
        return granted(viewer, subject, self._scope, facts, at)

    def caseload(self, kinds: Collection[str]) -> Subgraph:
        """Return the open cases of the viewer and their teams, with these kinds kept in them."""
        viewer = self._node(self._scope.viewer)
        if viewer is None or viewer.label != "Worker":
            return Subgraph()
        cases = [c for c in self.nodes(queries.CASES_OF) if self._may_open(viewer, [c])]
        links = self._case_links([case.id for case in cases], kinds)
        return self.joined(links, (case.id for case in cases))

    def own_file(self) -> Subgraph:
        """Return the subject's own file."""
        subject = self._scope.subject or NodeId("")
        cases = [key for (key,) in self.ask(queries.ABOUT)]
        of_cases = self._case_links(cases, CASE_RECORDS)
        others = {r.target for r in of_cases if r.type == "CONCERNS"} - {subject}
        hidden = others - self.in_sight(others)
        links = [
            *self.links(queries.FILE),
            *self.links(queries.SHARED_TIES, ids=to_json([subject])),
            *(r for r in of_cases if r.type != "CONCERNS" or r.target not in hidden),
        ]
        return self.joined(links, [subject])

    def expand(self, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
        """Return what lies one step beyond the reached persons and organizations."""
        at = self.in_sight(reached)
        asked = {"ids": to_json(sorted(at)), "needs": to_json(sorted(needs))}
        meeting = self.links(queries.MEETING, **asked)
        services = to_json(sorted({r.target for r in meeting}))
        links = [
            *meeting,
            *self.links(queries.CONTACTS, **asked),
            *self.links(queries.SHARED_TIES, **asked),
            *self.links(queries.TALENTS, **asked),
            *self.links(queries.SERVED, ids=services, needs=asked["needs"]),
        ]
        return self.joined(links, at).without("Need")

    def around(self, ids: Collection[NodeId]) -> Subgraph:
        """Return these nodes of the directory with the public relationships that touch them."""
        at = self.in_sight(ids)
        types, hubs = to_json(sorted(PUBLIC_TYPES)), to_json(sorted(HUBS))
        found = self.links(queries.TOUCHING, ids=to_json(sorted(at)), types=types, hubs=hubs)
        seen = self.joined(found, at)
        shown = self.in_sight(seen.nodes)
        known = to_json(sorted({r.target for r in found if r.type == "ACQUAINTED"}))
        in_role = {r.source for r in self.links(queries.CONTACTS, ids=known)}
        kept = [
            r
            for r in found
            if {r.source, r.target} <= shown and not is_private(seen, r, self._scope, in_role)
        ]
        ends = at | {end for r in kept for end in (r.source, r.target)}
        return Subgraph.of([*(seen.nodes[end] for end in sorted(ends)), *kept])

    def in_sight(self, ids: Iterable[NodeId]) -> set[NodeId]:
        """Return those of the Persons and public nodes that the scope shows."""
        asked = {"ids": to_json(sorted(ids)), "public": to_json(sorted(PUBLIC_LABELS))}
        return {NodeId(key) for (key,) in self.ask(queries.IN_SIGHT, **asked)}

    def joined(self, links: Iterable[Relationship], nodes: Iterable[NodeId] = ()) -> Subgraph:
        """Return relationships with the nodes at their ends, and these nodes."""
        kept = list(links)
        ends = {end for r in kept for end in (r.source, r.target)} | set(nodes)
        records: list[Record] = [*self.nodes(queries.NODES, ids=to_json(sorted(ends))), *kept]
        return Subgraph.of(records)

    def nodes(self, query: str, **asked: Any) -> list[Node]:
        """Return the nodes of an answer."""
        return [read_node(row) for row in self.ask(query, **asked)]

    def links(self, query: str, **asked: Any) -> list[Relationship]:
        """Return the relationships of an answer."""
        return [read_link(row) for row in self.ask(query, **asked)]

    def ask(self, query: str, **asked: Any) -> list[tuple[Any, ...]]:
        """Return the rows of an answer; the scope goes with every question."""
        return rows(self._connection, query, {**self._asked, **asked})

    def _case_links(self, cases: Collection[str], kinds: Collection[str]) -> list[Relationship]:
        hidden = to_json(sorted(CASE_RECORDS - set(kinds)))
        asked = {"cases": to_json(list(cases)), "hidden": hidden}
        types = {"outward": sorted(FROM_CASE_TYPES), "inward": sorted(TO_CASE_TYPES)}
        return self.links(
            queries.CASE_LINKS, **asked, **{key: to_json(each) for key, each in types.items()}
        )

    def _node(self, key: str) -> Node | None:
        return next(iter(self.nodes(queries.NODE, id=key)), None)

    def _may_open(self, viewer: Node, cases: Iterable[Node]) -> bool:
        found = [Case.from_node(case) for case in cases]
        return may_open(Worker.from_node(viewer), found, (), self._scope.as_of)
