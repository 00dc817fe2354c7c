"""The directory as documents of HSDS: only what is public, and of a masked place nothing.

Nobody is in it but who is public by role. What no organization offers is left out: a volunteer
may be all there is to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from netwerk.domain.ids import NodeId
from netwerk.domain.records import (
    Node,
    Relationship,
    Subgraph,
    Value,
    flag,
    held_on,
    integer,
    point,
    text,
    words,
)
from netwerk.exchange.hsds import hours
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.naming import TABLES, derived, id_of, kept, linked
from netwerk.exchange.hsds.parts import LINKED, NO_DESCRIPTION, UNKNOWN, listed, overlaid, parts_of
from netwerk.exchange.hsds.standard import Row, Standard, content
from netwerk.exchange.hsds.terms import AREAS, NEEDS, Terms
from netwerk.ports.stores import DirectoryView
from netwerk.schema import Schema

_COUNTRY: Final = "NL"
_CURRENCY: Final = "EUR"
_UNIT: Final = {"id": derived("unit", "places"), "name": "plekken"}
_UNKNOWN_DAY: Final = "2000-01-01"


_LABELS: Final = ("Organization", "Service", "Location", "Need", "Area")


def seen(view: DirectoryView) -> Subgraph:
    """Return the part of the directory that may be told, contacts in their roles included."""
    graph = view.nodes(*_LABELS)
    near = view.around([node.id for node in graph.labelled("Organization")])
    contacts = near.of_type("CONTACT_FOR")
    people = [near.nodes[each.source] for each in contacts]
    return graph | Subgraph.of([*people, *contacts])


@dataclass(frozen=True, kw_only=True)
class Public:
    """The part of the graph that is told: `on` decides what is open."""

    graph: Subgraph
    schema: Schema
    on: date
    terms: Terms = field(init=False)
    _out: dict[tuple[str, NodeId], list[Relationship]] = field(default_factory=dict)
    _in: dict[tuple[str, NodeId], list[Relationship]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = Terms(self.schema, self.graph, {id_of(node) for node in self.organizations()})
        object.__setattr__(self, "terms", known)
        for each in sorted(self.graph.relationships.values(), key=lambda r: r.id):
            self._out.setdefault((each.type, each.source), []).append(each)
            self._in.setdefault((each.type, each.target), []).append(each)

    def organizations(self) -> list[Node]:
        """Return the organizations, by id."""
        return self.graph.labelled("Organization")

    def services(self) -> list[Node]:
        """Return the services that are told: what an organization offers, or came as public."""
        return [
            node
            for node in self.graph.labelled("Service")
            if self.provider(node) is not None or kept(node) is not None
        ]

    def locations(self) -> list[Node]:
        """Return the places of organizations and of services that are told, by id."""
        found = {n.id: n for n in self.graph.labelled("Location") if kept(n) is not None}
        for node in (*self.organizations(), *self.services()):
            found |= {place.id: place for _, place in self.places(node)}
        return [found[key] for key in sorted(found)]

    def parents(self, area: Node) -> list[tuple[Relationship, Node]]:
        """Return the areas that one is part of."""
        return self._ends("PART_OF", area, "Area")

    def provider(self, service: Node) -> Node | None:
        """Return the organization that offers a service, the first if there are several."""
        every = self._in.get(("PROVIDES", service.id), ())
        found = sorted(r.source for r in every if r.source in self.graph.nodes)
        return self.graph.nodes[found[0]] if found else None

    def offered_by(self, organization: Node) -> list[Node]:
        """Return the services of which this organization is the provider."""
        every = self._out.get(("PROVIDES", organization.id), ())
        found = {r.target for r in every if r.target in self.graph.nodes}
        services = [self.graph.nodes[key] for key in sorted(found)]
        return [each for each in services if self.provider(each) == organization]

    def places(self, node: Node) -> list[tuple[Relationship, Node]]:
        """Return where a service or organization is."""
        return self._ends("LOCATED_AT", node, "Location")

    def needs(self, service: Node) -> list[NodeId]:
        """Return for which needs a service is."""
        return [need.id for _, need in self._ends("ADDRESSES", service, "Need")]

    def areas(self, node: Node) -> list[Node]:
        """Return the areas of a service or place."""
        return [area for _, area in self._ends("IN_AREA", node, "Area")]

    def contacts(self, organization: Node) -> list[tuple[Relationship, Node]]:
        """Return who is contact for an organization."""
        every = self._in.get(("CONTACT_FOR", organization.id), ())
        return [(r, self.graph.nodes[r.source]) for r in every if r.source in self.graph.nodes]

    def parent(self, organization: Node) -> Node | None:
        """Return the organization that one is part of."""
        found = self._ends("PART_OF", organization, "Organization")
        return found[0][1] if found else None

    def document(self, node: Node) -> Row:
        """Return the document of a node by itself: without what are documents of their own."""
        fresh = self.fresh(node)
        came = kept(node)
        if came is None or _is_masked(node):
            return fresh

        def fits(name: str, value: Value) -> bool:
            return name in LINKED or self.schema.allows(node.label, name, value)

        parts = parts_of(TABLES[node.label], self.terms)
        document = overlaid(came, fresh, parts, fits)
        hidden = {self.place_id(r) for r, at in self.places(node) if _is_masked(at)}
        if hidden:
            document.pop("metadata", None)  # what it was before may be the address
            document["service_at_locations"] = [
                {"id": each["id"]} if each.get("id") in hidden else each
                for each in listed(document, "service_at_locations")
            ]
            if not document["service_at_locations"]:
                del document["service_at_locations"]
        return document

    def fresh(self, node: Node) -> Row:
        """Return the document of a node as if it had never come from elsewhere."""
        made = {"Organization": _organization, "Service": _service, "Location": _location}
        row = made[node.label](self, node)
        return {key: value for key, value in row.items() if value not in (None, [])}

    def place_id(self, link: Relationship) -> str:
        """Return the id of a service at a location."""
        return linked("service_at_location", link)

    def _ends(self, kind: str, node: Node, label: str) -> list[tuple[Relationship, Node]]:
        every = self._out.get((kind, node.id), ())
        found = [(r, self.graph.nodes.get(r.target)) for r in every]
        return [(r, end) for r, end in found if end is not None and end.label == label]


def dataset(public: Public, nodes: Iterable[Node], standard: Standard) -> Dataset:
    """Return these nodes as a dataset, with what they are joined to."""
    data = Dataset(standard=standard, strict=False)
    for node in nodes:
        add(public, data, node)
    return data


def add(public: Public, data: Dataset, node: Node) -> str:
    """Add a node with what it is joined to; return its id there."""
    table, row = TABLES[node.label], id_of(node)
    if (table, row) in data.rows:
        return row
    data.add(table, public.document(node))
    if table == "organization":
        _join_places(public, data, node, row)
    if table == "service":
        provider = public.provider(node)
        if provider is not None:
            data.tie(("service", row), "organization", add(public, data, provider))
        for link, place in public.places(node):
            at = ("service_at_location", public.place_id(link))
            data.tie(at, "location", add(public, data, place))
    return row


def _join_places(public: Public, data: Dataset, node: Node, row: str) -> None:
    for _, place in public.places(node):
        key = add(public, data, place)
        if "locations" in data.standard.tables["organization"].children:
            data.tie(("organization", row), "locations", key)


def _organization(public: Public, node: Node) -> Row:
    row = _columns(public, node, "organization")
    row["description"] = row.get("description") or NO_DESCRIPTION
    parent = public.parent(node)
    row["parent_organization_id"] = None if parent is None else id_of(parent)
    row["contacts"] = [_contact(public, link, person) for link, person in public.contacts(node)]
    return row


def _service(public: Public, node: Node) -> Row:
    facts, row = node.properties, _columns(public, node, "service")
    key = row["id"]
    row["status"] = "active" if held_on(facts, public.on) else "inactive"
    row["schedules"] = hours.schedules(key, words(facts, "hours"), text(facts, "schedule"))
    row["languages"] = [
        {"id": derived("language", key, code), "code": code} for code in words(facts, "languages")
    ]
    row["capacities"] = _capacities(node, key)
    row["cost_options"] = _costs(public, node, key)
    row["service_at_locations"] = [{"id": public.place_id(link)} for link, _ in public.places(node)]
    row["service_areas"] = [
        {
            "id": derived("service_area", key, area.id),
            "name": text(area.properties, "name"),
            "extent": area.id,
            "extent_type": "other",
        }
        for area in public.areas(node)
    ]
    needs = (public.terms.attribute(key, NEEDS, need) for need in public.needs(node))
    row["attributes"] = [*row["attributes"], *(each for each in needs if each is not None)]
    return row


def _location(public: Public, node: Node) -> Row:
    key = id_of(node)
    if _is_masked(node):
        masked = public.terms.said(key, "masked", node.properties["masked"])
        return {"id": key, "location_type": "physical", "attributes": [masked]}
    facts, row = node.properties, _columns(public, node, "location")
    row["location_type"] = "physical"
    where = point(facts)
    if where is not None:
        row["longitude"], row["latitude"] = where
    told = text(facts, "accessibility")
    if told is not None:
        row["accessibility"] = [{"id": derived("accessibility", key), "description": told}]
    row["addresses"] = _addresses(node, key)
    areas = (public.terms.attribute(key, AREAS, area.id) for area in public.areas(node))
    row["attributes"] = [*row["attributes"], *(each for each in areas if each is not None)]
    return row


def _columns(public: Public, node: Node, table: str) -> dict[str, Any]:
    named, facts, key = content()["fields"][table], node.properties, id_of(node)
    row: dict[str, Any] = {"id": key}
    for column, name in named.get("columns", {}).items():
        row[column] = text(facts, name)
    for column, name in named.get("uris", {}).items():
        row[column] = _uri(text(facts, name))
    for column, name in named.get("dates", {}).items():
        row[column] = text(facts, name)
    for column, name in named.get("numbers", {}).items():
        row[column] = integer(facts, name)
    for column, name in named.get("first", {}).items():
        row[column] = next(iter(words(facts, name)), None)
    phone = text(facts, "phone") if named.get("phone") else None
    if phone is not None:
        row["phones"] = [{"id": derived("phone", key), "number": phone}]
    row["attributes"] = _attributes(public.terms, node, table, key)
    return row


def _attributes(known: Terms, node: Node, table: str, key: str) -> list[Row]:
    told, facts = content()["attributes"][table], node.properties
    found = []
    for name, vocabulary in told["vocabularies"].items():
        value = text(facts, name)
        attribute = None if value is None else known.attribute(key, vocabulary, value)
        if attribute is not None:
            found.append(attribute)
    for name in told["values"]:
        if name in facts and not (name == "load" and _load_is_told(facts)):
            found.append(known.said(key, name, facts[name]))
    return found


def _load_is_told(facts: Mapping[str, Any]) -> bool:
    """Whether the places that are left say how many are taken."""
    capacity, load = integer(facts, "capacity"), integer(facts, "load")
    return capacity is not None and load is not None and 0 < load <= capacity


def _capacities(node: Node, key: str) -> list[Row]:
    capacity, load = integer(node.properties, "capacity"), integer(node.properties, "load") or 0
    if capacity is None:
        return []
    day = text(node.properties, "verified_on") or _UNKNOWN_DAY
    return [
        {
            "id": derived("service_capacity", key),
            "unit": dict(_UNIT),
            "available": max(0, capacity - load),
            "maximum": capacity,
            "updated": f"{day}T00:00:00Z",
        }
    ]


def _costs(public: Public, node: Node, key: str) -> list[Row]:
    payment = text(node.properties, "payment")
    if payment is None:
        return []
    row: Row = {
        "id": derived("cost_option", key),
        "option": public.schema.label("payment", payment, "nl"),
    }
    return [row | {"amount": 0, "currency": _CURRENCY} if payment == "free" else row]


def _addresses(node: Node, key: str) -> list[Row]:
    facts = node.properties
    street, postcode, city = (text(facts, name) for name in ("address", "postcode", "city"))
    if street is None and postcode is None and city is None:
        return []
    return [
        {
            "id": derived("address", key),
            "address_1": street or UNKNOWN,
            "city": city or UNKNOWN,
            "state_province": UNKNOWN,
            "postal_code": postcode or UNKNOWN,
            "country": _COUNTRY,
            "address_type": "physical",
        }
    ]


def _contact(public: Public, link: Relationship, person: Node) -> Row:
    key = linked("contact", link)
    row: Row = {
        "id": key,
        "name": text(person.properties, "name"),
        "title": public.schema.label("contact_role", text(link.properties, "role"), "nl"),
        "email": text(link.properties, "email"),
    }
    phone = text(link.properties, "phone")
    if phone is not None:
        row["phones"] = [{"id": derived("phone", key), "number": phone}]
    return {name: value for name, value in row.items() if value}


def _is_masked(place: Node) -> bool:
    return flag(place.properties, "masked") is True


def _uri(address: str | None) -> str | None:
    if address is None or ":" in address.partition("/")[0]:
        return address
    return f"https://{address}"
