"""The directory as rows that can be brought in again: nothing changes when they are.

First a row for the organization with its place and contact person, then one for each other contact
person and for each offer. A masked place shows that it is there, and nothing of where.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from netwerk.domain.ids import NodeId
from netwerk.domain.records import (
    Node,
    Properties,
    Relationship,
    Subgraph,
    Value,
    flag,
    point,
    text,
)
from netwerk.exchange.columns import COLUMNS

_NEVER: Final = frozenset(
    {"street", "house_number", "house_letter", "house_addition", "municipality"}
)
_MARK: Final = {"nl": "uitgevoerd uit Netwerk", "en": "taken out of Netwerk"}
KEYS: Final = tuple(each.key for each in COLUMNS if each.key not in _NEVER)
_ORGANIZATION: Final = (
    *("name", "alternate_names", "kind", "description", "url", "email", "phone"),
    *("source", "source_id", "verified_on", "valid_to"),
)
_SERVICE: Final = (
    *("formality", "delivery", "capacity", "load", "age_min", "age_max", "languages"),
    *("schedule", "hours", "cost", "payment", "how_to_apply", "audience"),
)
_LOCATION: Final = ("postcode", "city", "wheelchair", "accessibility", "address")
Row = dict[str, str]


def rows(graph: Subgraph, language: str, mark: str) -> Iterator[list[str]]:
    """Yield the headings, then the rows of every organization by name; `mark` ends each row.

    `graph` holds the organizations with everything around them.
    """
    headings = [each.label(language) for each in COLUMNS if each.key not in _NEVER]
    yield [*headings, _MARK.get(language, _MARK["en"])]
    near = _Near(graph)
    organizations = graph.labelled("Organization")
    for organization in sorted(organizations, key=lambda n: (text(n.properties, "name"), n.id)):
        for row in _of(near, organization):
            yield [*(row.get(key, "") for key in KEYS), mark]


class _Near:
    """What is joined to what, by kind."""

    def __init__(self, graph: Subgraph) -> None:
        self._graph = graph
        self._ends: dict[tuple[str, NodeId], list[tuple[Relationship, Node]]] = {}
        for link in graph.of_type("PROVIDES", "LOCATED_AT", "ADDRESSES", "CONTACT_FOR"):
            at, end = link.source, link.target
            if link.type == "CONTACT_FOR":
                at, end = end, at
            if end in graph.nodes:
                self._ends.setdefault((link.type, at), []).append((link, graph.nodes[end]))

    def ends(self, kind: str, at: NodeId) -> list[tuple[Relationship, Node]]:
        return self._ends.get((kind, at), [])

    def place(self, at: NodeId) -> Row:
        found = self.ends("LOCATED_AT", at)
        return _place(found[0][1]) if found else {}


def _of(near: _Near, organization: Node) -> Iterator[Row]:
    facts = organization.properties
    own: Row = {"id": organization.id, **_texts(facts, _ORGANIZATION)}
    same: Row = {key: own[key] for key in ("id", "name", "source", "source_id") if key in own}
    contacts = [_contact(*each) for each in near.ends("CONTACT_FOR", organization.id)]
    yield {**own, **near.place(organization.id), **(contacts[0] if contacts else {})}
    for contact in contacts[1:]:
        yield {**same, **contact}
    for _, service in near.ends("PROVIDES", organization.id):
        needs = [need.id for _, need in near.ends("ADDRESSES", service.id)]
        yield {**same, **near.place(service.id), **_service(service, needs)}


def _place(location: Node) -> Row:
    facts = location.properties
    if flag(facts, "masked") is True:
        return {"location_id": location.id, "masked": "ja"}
    told = {"location_id": location.id, **_texts(facts, _LOCATION)}
    if flag(facts, "masked") is False:
        told["masked"] = "nee"
    if name := text(facts, "name"):
        told["location_name"] = name
    at = point(facts)
    return told if at is None else {**told, "lon": _degrees(at[0]), "lat": _degrees(at[1])}


def _degrees(value: float) -> str:
    return f"{value:.7f}".rstrip("0")


def _contact(link: Relationship, person: Node) -> Row:
    told = {"contact_id": person.id, "contact_name": text(person.properties, "name") or ""}
    for key in ("role", "phone", "email"):
        told[f"contact_{key}"] = text(link.properties, key) or ""
    return told


def _service(service: Node, needs: Iterable[str]) -> Row:
    facts = service.properties
    name = text(facts, "name") or ""
    told = {"service_id": service.id, "service": name, "needs": "; ".join(needs)}
    if about := text(facts, "description"):
        told["service_description"] = about
    return {**told, **_texts(facts, _SERVICE)}


def _texts(facts: Properties, keys: Iterable[str]) -> Row:
    return {key: _text(facts[key]) for key in keys if key in facts}


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ""
    return str(value) if isinstance(value, int | float) else "; ".join(map(str, value))
