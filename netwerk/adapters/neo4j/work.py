"""Changing: one inhabitant's file, and what is not graph. One transaction, under one lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from netwerk.adapters.neo4j import items, queries
from netwerk.adapters.neo4j.connection import Unit
from netwerk.adapters.neo4j.journal import Journal, Noted
from netwerk.adapters.neo4j.kinds import Kinds
from netwerk.adapters.neo4j.records import links, nodes, row, subgraph
from netwerk.adapters.neo4j.view import opened_by_grant, who
from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import ConflictError, InvalidRecordError, NotVisibleError
from netwerk.domain.grants import GRANT, grant_key, require_changing
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.item_parts import touched
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
    Subgraph,
    from_json,
    text,
    to_json,
)
from netwerk.domain.visibility import require_changeable
from netwerk.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What every unit of work is made with."""

    schema: Schema
    kinds: Kinds
    journal: Journal


class Neo4jWork:
    """A unit of work on one file."""

    def __init__(self, tools: Tools, unit: Unit, scope: Scope) -> None:
        """Work in a transaction that holds the lock. Raises NotVisibleError without access."""
        self._tools = tools
        self._unit = unit
        self._scope = scope
        self._made: dict[NodeId, Node] = {}
        self._found: set[NodeId] = set()
        self._purpose: str = scope.purpose
        self._file: Subgraph | None = Subgraph() if scope.subject is None else self._opened(scope)
        self.noted: list[Noted] = []

    def own_file(self) -> Subgraph:
        """See Work.own_file."""
        if self._scope.subject is None:
            return Subgraph(nodes=dict(self._made))
        if self._file is None:
            self._file = self._opened(self._scope, granted=True)
        return self._file

    def save(self, record: Record) -> None:
        """See Work.save."""
        file = self._file_now()
        require_changeable(file, record, self._scope)
        self._found |= touched(record)
        stored = replace(record, version=record.version + 1)
        if isinstance(record, Node):
            self._save_node(record, row(stored))
            self._keep_node(replace(record, version=record.version + 1), file)
        else:
            self._save_link(record, row(stored), file)
            self._file = None if self._scope.subject is not None else self._file

    def remove(self, record: Record) -> None:
        """See Work.remove."""
        require_changeable(self._file_now(), record, self._scope)
        self._found |= touched(record)
        linked = isinstance(record, Relationship)
        query = self._tools.kinds.remove if linked else queries.REMOVE_NODE
        if not self._done(query, {"id": record.id, "version": record.version}):
            raise ConflictError(record.id, self._stored(record))
        self._made.pop(NodeId(record.id), None)
        self._file = None if self._scope.subject is not None else self._file

    def leave_alone(self, person: PersonId, until: str) -> None:
        """See Work.leave_alone."""
        asked = {**who(self._scope), "person": person}
        found = next(iter(nodes(self._unit.ask(queries.IN_SIGHT, asked)["nodes"])), None)
        if found is None:
            raise NotVisibleError
        stands = text(found.properties, "ask_again_from")
        told = found.with_properties(ask_again_from=max(until, stands or until))
        told = replace(told, version=found.version + 1)
        self._done(queries.UPDATE_NODE, {"row": row(told), "version": found.version})
        if person in self._made:
            self._made[person] = told
        self._file = None if self._scope.subject is not None else self._file

    def beside(self, kind: str) -> Properties | None:
        """See Work.beside."""
        return get_system(self._unit, kind, self._scope.beside)

    def keep_beside(self, kind: str, value: Properties, key: str | None = None) -> None:
        """See Work.keep_beside."""
        value = {**value, "owner": f"{self._scope.subject}"}
        self._unit.tell(queries.SYSTEM_PUT, system_row(kind, key or self._scope.beside, value))

    def audit(self, event: AuditEvent) -> None:
        """See Work.audit: the entries are sealed at the end, in this order."""
        told = event.opened_for(self._scope, self._purpose)
        self.noted.append(self._tools.journal.note(told))

    def require_access(self) -> None:
        """Refuse a new file that its maker could not open afterwards."""
        if self._scope.subject is None:
            for made in self._made.values():
                if made.label == "Person":
                    self._opened(replace(self._scope, subject=PersonId(made.id)))

    def finish(self) -> None:
        """Bring up to date by what is found: somebody may be a volunteer and have a file."""
        items.refresh(self._unit, self._found)

    def _file_now(self) -> Subgraph:
        return self.own_file() | Subgraph(nodes=self._made)

    def _opened(self, scope: Scope, *, granted: bool = False) -> Subgraph:
        opened = self._unit.ask(queries.OPEN, {**who(scope), "granted": granted})
        if not opened["access"] and (purpose := self._granted(scope)) is not None:
            require_changing(purpose)
            self._purpose = purpose
            opened = self._unit.ask(queries.OPEN, {**who(scope), "granted": True})
        if not opened["access"]:
            raise NotVisibleError
        return subgraph(opened)

    def _granted(self, scope: Scope) -> str | None:
        asked = {"kind": GRANT, "key": grant_key(scope.viewer, scope.subject)}
        kept = self._unit.ask(queries.SYSTEM_GET, asked)["found"]
        if not kept:
            return None
        ids = {"ids": [scope.viewer, scope.subject]}
        ends = {n.id: n for n in nodes(self._unit.ask(queries.SEVERAL, ids)["nodes"])}
        return opened_by_grant(ends, scope, kept[0], self._tools.journal.moment())

    def _save_node(self, node: Node, stored: Mapping[str, Any]) -> None:
        if node.version == 0:
            if (known := self._stored(node)) is not None:
                raise ConflictError(node.id, known)
            self._tools.schema.check_node(node)
            self._unit.tell(queries.CREATE_NODES, {"label": node.label, "rows": [stored]})
            return
        self._tools.schema.check_node(node)
        if not self._done(queries.UPDATE_NODE, {"row": stored, "version": node.version}):
            raise ConflictError(node.id, self._stored(node))

    def _keep_node(self, node: Node, file: Subgraph) -> None:
        self._made[node.id] = node
        known = file.nodes.get(node.id)
        if known is None or self._file is None:
            return
        # A Person's own words (connector, willing to help) change what is in sight.
        changed = self._file | Subgraph(nodes={node.id: node})
        self._file = None if node.label == "Person" else changed

    def _save_link(self, link: Relationship, stored: Mapping[str, Any], file: Subgraph) -> None:
        known = self._stored(link)
        if (known.version if known else 0) != link.version:
            raise ConflictError(link.id, known)
        self._tools.schema.check_relationship(link, *self._labels(link, file))
        if isinstance(known, Relationship):
            same = (known.type, known.source, known.target) == (link.type, link.source, link.target)
            version = {"id": link.id, "version": link.version}
            if same:
                self._done(self._tools.kinds.update, {**version, "row": stored})
                return
            self._done(self._tools.kinds.remove, version)
        rows = [{"source": link.source, "target": link.target, "facts": stored}]
        self._unit.tell(queries.CREATE_LINKS, {"type": link.type, "rows": rows})

    def _labels(self, link: Relationship, file: Subgraph) -> tuple[str, str]:
        labels = {key: node.label for key, node in file.nodes.items()}
        if not {link.source, link.target} <= set(labels):
            ends = self._unit.ask(queries.ENDS, {"ids": [link.source, link.target]})
            labels |= dict(zip(ends["found"], ends["labels"], strict=True))
        if not {link.source, link.target} <= set(labels):
            raise InvalidRecordError("%(id)s joins something that is not there.", id=link.id)
        return labels[link.source], labels[link.target]

    def _stored(self, record: Record) -> Record | None:
        if isinstance(record, Node):
            found = self._unit.ask(queries.NODE, {"id": record.id})
            return next(iter(nodes(found["nodes"])), None)
        found = self._unit.ask(self._tools.kinds.stored, {"id": record.id})
        return next(iter(links(found["links"])), None)

    def _done(self, query: Any, parameters: Mapping[str, Any]) -> bool:
        return bool(self._unit.ask(query, parameters)["done"])


class Neo4jSystemWork:
    """A unit of work on what is not graph."""

    def __init__(self, tools: Tools, unit: Unit) -> None:
        """Work in a transaction that holds the lock."""
        self._tools = tools
        self._unit = unit
        self.noted: list[Noted] = []

    def get(self, kind: str, key: str) -> Properties | None:
        """See SystemWork.get."""
        return get_system(self._unit, kind, key)

    def put(self, kind: str, key: str, value: Properties) -> None:
        """See SystemWork.put."""
        self._unit.tell(queries.SYSTEM_PUT, system_row(kind, key, value))

    def delete(self, kind: str, key: str) -> None:
        """See SystemWork.delete."""
        self._unit.tell(queries.SYSTEM_DELETE, {"kind": kind, "key": key})

    def find(self, kind: str, owner: str | None = None) -> Sequence[tuple[str, Properties]]:
        """See SystemWork.find."""
        query = queries.SYSTEM_FIND if owner is None else queries.SYSTEM_OF
        found = self._unit.ask(query, {"kind": kind, "owner": owner})["found"]
        return sorted(((key, from_json(value)) for key, value in found), key=lambda each: each[0])

    def audit(self, event: AuditEvent) -> None:
        """See SystemWork.audit."""
        self.noted.append(self._tools.journal.note(event))


def get_system(unit: Unit, kind: str, key: str) -> Properties | None:
    """Return what is stored that is not graph; None where there is nothing."""
    found = unit.ask(queries.SYSTEM_GET, {"kind": kind, "key": key})["found"]
    return from_json(found[0]) if found else None


def system_row(kind: str, key: str, value: Properties) -> dict[str, Any]:
    """Return a thing that is not graph as it is stored."""
    return {"kind": kind, "key": key, "value": to_json(value), "owner": text(value, "owner")}
