"""Our vocabularies and needs as taxonomies, and attributes that name their terms."""

from collections.abc import Container, Mapping
from typing import Any, Final

from netwerk.domain.directory import Need
from netwerk.domain.records import Subgraph, text
from netwerk.exchange.hsds.naming import derived
from netwerk.exchange.hsds.standard import Row, content
from netwerk.schema import Schema
from netwerk.schema.kinds import Label

NEEDS: Final = "needs"
AREAS: Final = "areas"
VALUES: Final = "netwerk"
"""The taxonomy of our properties that others have no column for; an attribute holds the value."""
_TITLES: Final = {
    NEEDS: "Hulpvragen",
    AREAS: "Wijken en buurten (CBS)",
    VALUES: "Kenmerken in Netwerk",
}
_LANGUAGE: Final = "nl"


class Terms:
    """Every term that we know, and what it stands for."""

    def __init__(self, schema: Schema, graph: Subgraph, organizations: Container[str]) -> None:
        """Know the vocabularies that are told, the needs and areas of a graph, and who is there.

        `organizations` are the ids under which others know them.
        """
        self._organizations = organizations
        self._ways = {
            label.nl: value for value, label in schema.vocabularies["payment"].values.items()
        }
        self.taxonomies: dict[str, Row] = {}
        self.terms: dict[str, Row] = {}
        self._meaning: dict[str, tuple[str, str]] = {}
        self._roles = _roles(schema)
        self._areas: set[str] = set()
        told = [e["vocabularies"].values() for e in content()["attributes"].values()]
        for name in sorted({name for names in told for name in names}):
            vocabulary = schema.vocabularies[name]
            self._taxonomy(name, vocabulary.label.nl)
            for value, label in vocabulary.values.items():
                self._term(name, value, label.nl, label.en, None)
        self._taxonomy(VALUES, _TITLES[VALUES])
        for name, each in sorted(_told(schema).items()):
            self._term(VALUES, name, each.nl, each.en, None)
        self._taxonomy(NEEDS, _TITLES[NEEDS])
        for node in graph.labelled("Need"):
            need = Need.from_node(node)
            self._term(NEEDS, need.id, need.label_nl, need.label_en, need.parent)
        self._taxonomy(AREAS, _TITLES[AREAS])
        for node in graph.labelled("Area"):
            name = text(node.properties, "name") or node.id
            self._term(AREAS, node.id, name, text(node.properties, "code") or "", None)
            self._areas.add(node.id)

    def meaning(self, attribute: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return (vocabulary, value) of an attribute that names one of our terms."""
        term = attribute.get("taxonomy_term")
        key = term.get("id") if isinstance(term, Mapping) else attribute.get("taxonomy_term_id")
        return self._meaning.get(key) if isinstance(key, str) else None

    def attribute(self, owner: str, vocabulary: str, value: str) -> Row | None:
        """Return the attribute that says that a term belongs to a row; None for no such term."""
        key = term_id(vocabulary, value)
        if key not in self.terms:
            return None
        return {
            "id": derived("attribute", owner, vocabulary, value),
            "link_type": vocabulary,
            "taxonomy_term": self.full(key),
        }

    def said(self, owner: str, name: str, value: object) -> Row:
        """Return the attribute that holds a property of ours as a value."""
        told = str(value).lower() if isinstance(value, bool) else str(value)
        return {
            "id": derived("attribute", owner, name),
            "link_type": VALUES,
            "value": told,
            "taxonomy_term": self.full(term_id(VALUES, name)),
        }

    def value(self, attribute: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return (property, value) of an attribute that holds one of our properties."""
        meaning, value = self.meaning(attribute), attribute.get("value")
        if meaning is None or meaning[0] != VALUES or not isinstance(value, str):
            return None
        return meaning[1], value

    def full(self, key: str) -> Row:
        """Return a term with its taxonomy."""
        vocabulary, _ = self._meaning[key]
        return {**self.terms[key], "taxonomy_detail": self.taxonomies[vocabulary]}

    def is_area(self, code: object) -> bool:
        """Whether this is the code of an area that we know."""
        return code in self._areas

    def is_organization(self, key: str) -> bool:
        """Whether an organization is known under this id."""
        return key in self._organizations

    def payment(self, option: object) -> str | None:
        """Return how one pays, where we wrote it."""
        return self._ways.get(str(option))

    def role(self, title: object) -> str:
        """Return the role that a title means: `contact` for one that we do not know."""
        return self._roles.get(str(title).casefold(), "contact")

    def _taxonomy(self, name: str, title: str) -> None:
        self.taxonomies[name] = {
            "id": derived("taxonomy", name),
            "name": title,
            "description": f"Netwerk: {name}",
        }

    def _term(self, vocabulary: str, value: str, name: str, more: str, parent: str | None) -> None:
        key = term_id(vocabulary, value)
        row = {"id": key, "code": value, "name": name, "description": more or name}
        if parent is not None:
            row["parent_id"] = term_id(vocabulary, parent)
        row |= {"taxonomy": self.taxonomies[vocabulary]["name"], "language": _LANGUAGE}
        self.terms[key] = row
        self._meaning[key] = (vocabulary, value)


def _roles(schema: Schema) -> dict[str, str]:
    roles = schema.vocabularies["contact_role"].values.items()
    return {said.casefold(): role for role, label in roles for said in (role, label.nl, label.en)}


def term_id(vocabulary: str, value: str) -> str:
    """Return the id of a term."""
    return derived("term", vocabulary, value)


def _told(schema: Schema) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for table, told in content()["attributes"].items():
        properties = schema.nodes[content()["fields"][table]["kind"]].properties
        found |= {name: properties[name].label for name in told["values"]}
    return found
