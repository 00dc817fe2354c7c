"""A dataset as records of ours: what a file says, and all that it says besides.

A record is the same that we told under this id, or one that came from elsewhere before. What a
file does not say stays as it is; what we have no property for is kept in `extra` as it came.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Record, Relationship, Subgraph, Value
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.giving import Public
from netwerk.exchange.hsds.naming import (
    KEPT,
    TABLES,
    derived,
    id_of,
    kept,
    link_id,
    linked,
    node_id,
)
from netwerk.exchange.hsds.parts import (
    LINKED,
    Part,
    contact_facts,
    listed,
    named_contacts,
    parts_of,
)
from netwerk.exchange.hsds.standard import Row

ENTITIES: Final = frozenset(TABLES.values())
_LABELS: Final = {table: label for label, table in TABLES.items()}
_SOURCE: Final = "HSDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One organization with all that is its own (or a service, a place of nobody).

    `records` hold only what the file says; `defaults` what a new one gets besides; `left` are
    columns whose value does not fit and is only kept.
    """

    key: NodeId
    place: str
    title: str
    records: tuple[Record, ...]
    defaults: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def take(data: Dataset, public: Public) -> list[Taken]:
    """Return what a dataset says, beside what is there already (`public`).

    Raises InvalidInputError where a row names another that is neither there nor here.
    """
    return _Taking(data, public).all()


class _Taking:
    def __init__(self, data: Dataset, public: Public) -> None:
        self._data, self._public = data, public
        self._parts = {table: parts_of(table, public.terms) for table in ENTITIES}
        nodes = [n for label in TABLES for n in public.graph.labelled(label)]
        self._known = {(TABLES[node.label], id_of(node)): node for node in nodes}
        links = public.graph.relationships.values()
        self._there = {(r.type, r.source, r.target): r for r in links}
        self._documents: dict[NodeId, Row] = {}
        self._provided: dict[str | None, list[str]] = {}
        self._links = set(public.graph.relationships)
        self._defaults: dict[str, dict[str, Value]] = {}
        self._left: dict[NodeId, list[str]] = {}

    def all(self) -> list[Taken]:
        self._require_whole()
        groups = [*self._groups()]
        world = self._world(groups)
        return [self._completed(group, world) for group in groups]

    def _groups(self) -> Iterator[Taken]:
        for row in self._data.of("organization"):
            yield self._group("organization", row, self._of_organization(row))
        for row in self._data.of("service"):
            if self._id("service", row) not in self._documents:
                yield self._group("service", row, self._of_service(row))
        for row in self._data.of("location"):
            if self._id("location", row) not in self._documents:
                yield self._group("location", row, self._place(row))

    def _group(self, table: str, row: str, records: list[Record]) -> Taken:
        nodes = {r.id: r for r in records if isinstance(r, Node)}
        links = {r.id: r for r in records if isinstance(r, Relationship)}
        key = self._id(table, row)
        return Taken(
            key=key,
            place=f"{table} {row}",
            title=str(self._data.rows[table, row].get("name") or row),
            records=(*nodes.values(), *links.values()),
            defaults={k: v for k, v in self._defaults.items() if k in nodes},
            left=tuple(each for k in nodes for each in self._left.get(k, ())),
        )

    def _of_organization(self, row: str) -> list[Record]:
        node = self._node("organization", row)
        records: list[Record] = [node]
        for place in self._data.under(("organization", row), "locations"):
            records += self._place(place)
            records.append(self._join("LOCATED_AT", node.id, self._id("location", place)))
        for service in self._services_of(row):
            records += self._of_service(service)
        records += self._contacts(node)
        parent = self._data.rows["organization", row].get("parent_organization_id")
        above = self._found("organization", parent) if isinstance(parent, str) else None
        if above is not None and above != node.id:
            records.append(self._join("PART_OF", node.id, above))
        return records

    def _place(self, row: str) -> list[Record]:
        if ("location", row) not in self._data.rows:
            return []
        node = self._node("location", row)
        facts = self._facts("location", self._documents[node.id])
        return [node, *(self._join("IN_AREA", node.id, NodeId(a)) for a in _words(facts, "areas"))]

    def _services_of(self, row: str) -> list[str]:
        if not self._provided:
            for service in self._data.of("service"):
                self._provided.setdefault(self._provider_of(service), []).append(service)
        return self._provided.get(row, [])

    def _provider_of(self, service: str) -> str | None:
        nested = self._data.under(("service", service), "organization")
        told = self._data.rows["service", service].get("organization_id")
        return nested[0] if nested else cast("str | None", told)

    def _of_service(self, row: str) -> list[Record]:
        node = self._node("service", row)
        records: list[Record] = [node]
        provider = self._provider_of(row)
        if provider is not None:
            records.append(self._join("PROVIDES", self._id("organization", provider), node.id))
        for at in self._data.under(("service", row), "service_at_locations"):
            for place in self._data.under(("service_at_location", at), "location"):
                records += self._place(place)
                key = self._id("location", place)
                records.append(self._join("LOCATED_AT", node.id, key, at))
        facts = self._facts("service", self._documents[node.id])
        records += (self._join("ADDRESSES", node.id, NodeId(n)) for n in _words(facts, "needs"))
        records += (self._join("IN_AREA", node.id, NodeId(a)) for a in _words(facts, "served"))
        return records

    def _node(self, table: str, row: str) -> Node:
        """Return a node with what its document says that is not there already."""
        key = self._id(table, row)
        document = self._data.document(table, row, without=ENTITIES - {"taxonomy"})
        self._documents[key] = document
        known = self._known.get((table, row))
        facts = self._named(table, document, known)
        if known is None and table == "service":
            self._defaults[key] = {"formality": "general"}
        return Node(label=_LABELS[table], id=key, properties=self._fitting(table, key, facts))

    def _named(self, table: str, document: Row, known: Node | None) -> dict[str, Value | None]:
        if known is not None and _same(self._public.document(known), document):
            return {}
        ours = known is not None and kept(known) is None
        fresh = self._public.fresh(known) if known is not None and ours else {}
        facts: dict[str, Value | None] = {}
        for part in self._parts[table]:
            if part.is_told(document) and not (ours and _agree(part, fresh, document)):
                facts.update(part.read(document))
        if facts.get("closed") is True and (known is None or not _is_closed(self._public, known)):
            facts.setdefault("valid_to", self._public.on.isoformat())
        return facts

    def _fitting(
        self, table: str, key: NodeId, facts: Mapping[str, Value | None]
    ) -> dict[str, Value]:
        label, found = _LABELS[table], dict[str, Value]()
        for name, value in facts.items():
            if value is None or name in LINKED:
                continue
            if self._public.schema.allows(label, name, value):
                found[name] = value
            elif name == "name":
                raise InvalidInputError(
                    "%(place)s: “%(name)s” is too long or cannot be read.", place=key, name=name
                )
            else:
                self._left.setdefault(key, []).append(name)
        return found

    def _contacts(self, organization: Node) -> list[Record]:
        there = {linked("contact", r): (r, p) for r, p in self._public.contacts(organization)}
        records: list[Record] = []
        for contact in named_contacts(self._documents[organization.id]):
            _, name, role, email, phone = contact_facts(contact, self._public.terms)
            came = str(contact["id"])
            link, person = there.get(came, (None, None))
            if person is None:
                key = NodeId(derived("person", came))
                person = Node(label="Person", id=key)
            facts = {"role": role, "email": email, "phone": phone}
            link = link or self._join("CONTACT_FOR", person.id, organization.id, came)
            said: dict[str, Value] = {name: value for name, value in facts.items() if value}
            records.append(Node(label="Person", id=person.id, properties={"name": name}))
            records.append(replace(link, properties=said))
        return records

    def _facts(self, table: str, document: Row) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for part in self._parts[table]:
            found.update(part.read(document))
        return found

    def _join(self, kind: str, source: NodeId, target: NodeId, came: str = "") -> Relationship:
        there = self._there.get((kind, source, target))
        if there is not None:
            return replace(there, properties={}, version=0)
        key = came or derived(kind, source, target)
        name = link_id(kind, key, source, self._links)
        link = Relationship(type=kind, id=name, source=source, target=target)
        self._links.add(name)
        self._there[kind, source, target] = link
        return link

    def _id(self, table: str, row: str) -> NodeId:
        return self._found(table, row) or node_id(table, row)

    def _found(self, table: str, row: str) -> NodeId | None:
        known = self._known.get((table, row))
        if known is not None:
            return known.id
        return node_id(table, row) if (table, row) in self._data.rows else None

    def _require_whole(self) -> None:
        for parent, held in self._data.nested.items():
            for key, children in held.items():
                to, _ = self._data.standard.tables[parent[0]].children.get(key, ("", False))
                for at, place in ((parent, children[0]), *(((to, c), parent[1]) for c in children)):
                    if to and at not in self._data.rows and at not in self._known:
                        raise _broken(at[0], at[1], to if at == parent else parent[0], place)
        for row in self._data.of("service"):
            told = self._data.rows["service", row].get("organization_id")
            if isinstance(told, str) and self._found("organization", told) is None:
                raise _broken("organization", told, "service", row)

    def _world(self, groups: list[Taken]) -> Public:
        """Return what will be there, to see which documents it tells as they came."""
        graph = self._public.graph
        nodes, links = dict(graph.nodes), dict(graph.relationships)
        for group in groups:
            for record in group.records:
                if isinstance(record, Relationship):
                    before = links.get(record.id, record)
                    facts = {**before.properties, **record.properties}
                    links[record.id] = replace(before, properties=facts)
                else:
                    default = group.defaults.get(record.id, {})
                    was = nodes.get(record.id, replace(record, properties=default))
                    facts = {**was.properties, **record.properties}
                    nodes[record.id] = replace(was, properties=facts)
        graph = Subgraph(nodes=nodes, relationships=links)
        return Public(graph=graph, schema=self._public.schema, on=self._public.on)

    def _completed(self, group: Taken, world: Public) -> Taken:
        """Keep the documents that we would not tell as they came."""
        records = [self._with_document(r, world) for r in group.records]
        came = [r for r in records if isinstance(r, Node) and "extra" in r.properties]
        defaults: dict[str, Mapping[str, Value]] = {
            r.id: {
                **group.defaults.get(r.id, {}),
                "source": _SOURCE,
                "source_id": str(self._documents[r.id]["id"])[:200],
            }
            for r in came
        }
        return replace(group, records=tuple(records), defaults={**group.defaults, **defaults})

    def _with_document(self, record: Record, world: Public) -> Record:
        if not isinstance(record, Node) or record.id not in self._documents:
            return record
        document, node = self._documents[record.id], world.graph.nodes[record.id]
        if _same(world.document(node), document):
            return record
        extra = node.properties.get("extra")
        others = dict(extra) if isinstance(extra, Mapping) else {}
        return record.with_properties(extra={**others, KEPT: document})


def _same(one: Row, other: Row) -> bool:
    return canonical(one) == canonical(other)


def canonical(value: object) -> str:
    """Return a document as text in which the order of keys and rows does not show."""
    return json.dumps(_ordered(value), sort_keys=True, ensure_ascii=False)


def _ordered(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _ordered(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return sorted((_ordered(each) for each in value), key=canonical_text)
    return value


def canonical_text(value: object) -> str:
    """Return a value as text to put it in order by."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _agree(part: Part, one: Row, other: Row) -> bool:
    return all(canonical(one.get(key)) == canonical(other.get(key)) for key in part.keys)


def _is_closed(public: Public, node: Node) -> bool:
    return node.label == "Service" and public.fresh(node).get("status") != "active"


def _words(facts: Mapping[str, Any], name: str) -> list[str]:
    return list(facts.get(name) or ())


def _broken(table: str, row: str, by: str, named_by: str) -> InvalidInputError:
    return InvalidInputError(
        "%(by)s %(of)s names %(table)s %(id)s, which is not there. Nothing was brought in.",
        by=by,
        of=named_by,
        table=table,
        id=row,
    )


__all__ = ["ENTITIES", "Taken", "canonical", "listed", "take"]
