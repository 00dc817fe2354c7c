"""What is public as answers of /api/v1/: models that let nothing through that they do not name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from netwerk.domain.directory import Need
from netwerk.domain.records import (
    Node,
    Properties,
    flag,
    held_on,
    integer,
    point,
    text,
    words,
)
from netwerk.exchange.hsds.giving import Public
from netwerk.exchange.hsds.naming import id_of
from netwerk.exchange.hsds.terms import AREAS, NEEDS, term_id

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Uri = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]


class _Answer(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class Named(_Answer):
    """A resource that is named by another."""

    id: str
    name: str
    href: Uri


class Contact(_Answer):
    """Whom to ask for: public by role."""

    name: str | None
    role: str | None
    role_label: str
    email: str | None
    phone: str | None


class Point(_Answer):
    """A GeoJSON point: longitude and latitude (CRS84)."""

    type: Annotated[str, Field(json_schema_extra={"const": "Point"})] = "Point"
    coordinates: tuple[float, float]


class Self(_Answer):
    """Where a resource is."""

    self: Uri


class Organization(_Answer):
    """A partner."""

    id: str
    name: str
    alternate_names: list[str]
    kind: str | None
    kind_label: str
    description: str | None
    url: str | None
    email: str | None
    phone: str | None
    verified_on: Day | None
    closed_on: Day | None
    contacts: list[Contact]
    services: list[Named]
    locations: list[Named]
    links: Self


class Service(_Answer):
    """What a partner offers."""

    id: str
    name: str
    description: str | None
    organization: Named | None
    needs: list[Named]
    formality: str
    formality_label: str
    delivery: str | None
    delivery_label: str
    audience: str | None
    minimum_age: int | None
    maximum_age: int | None
    languages: list[str]
    hours: list[str]
    schedule: str | None
    payment: str | None
    payment_label: str
    cost: str | None
    capacity: int | None
    free_places: int | None
    how_to_apply: str | None
    url: str | None
    email: str | None
    phone: str | None
    is_offered: bool
    verified_on: Day | None
    locations: list[Named]
    areas: list[Named]
    links: Self


class Location(_Answer):
    """Where something is; a masked one tells nothing but that."""

    id: str
    name: str | None
    masked: bool
    address: str | None
    postcode: str | None
    city: str | None
    geometry: Point | None
    wheelchair: bool | None
    accessibility: str | None
    verified_on: Day | None
    areas: list[Named]
    links: Self


class NeedTerm(_Answer):
    """A term of the needs taxonomy."""

    id: str
    code: str
    label: str
    synonyms: list[str]
    parent: Named | None
    links: Self


class Area(_Answer):
    """A municipality, district or neighbourhood by its CBS code."""

    id: str
    code: str
    name: str
    level: str
    level_label: str
    parent: Named | None
    links: Self


class AreaInFull(Area):
    """An area with its border (GeoJSON, CRS84)."""

    geometry: dict[str, Any] | None


class PageLinks(_Answer):
    """The pages around this one; those that are not there are null."""

    self: Uri
    first: Uri
    prev: Uri | None
    next: Uri | None
    last: Uri


MODELS: tuple[type[BaseModel], ...] = (
    Organization,
    Service,
    Location,
    NeedTerm,
    Area,
    AreaInFull,
    PageLinks,
)


class Told:
    """The resources in one language."""

    def __init__(self, public: Public, root: str, language: str) -> None:
        """Take what is public, and where the interface is."""
        self._public, self._root, self._language = public, root, language

    def organization(self, node: Node) -> Organization:
        """Return an organization."""
        facts, public = node.properties, self._public
        return Organization(
            **_texts(facts, "description", "url", "email", "phone", "verified_on", "kind"),
            id=id_of(node),
            name=text(facts, "name") or "",
            alternate_names=list(words(facts, "alternate_names")),
            kind_label=self._label("organization_kind", facts, "kind"),
            closed_on=text(facts, "valid_to"),
            contacts=[
                Contact(
                    name=text(person.properties, "name"),
                    role_label=self._label("contact_role", link.properties, "role"),
                    **_texts(link.properties, "role", "email", "phone"),
                )
                for link, person in public.contacts(node)
            ],
            services=[self._named("services", each) for each in public.offered_by(node)],
            locations=[self._named("locations", place) for _, place in public.places(node)],
            links=self._self("organizations", id_of(node)),
        )

    def service(self, node: Node) -> Service:
        """Return a service."""
        facts, public = node.properties, self._public
        provider, capacity = public.provider(node), integer(facts, "capacity")
        load = integer(facts, "load") or 0
        free = None if capacity is None else max(0, capacity - load)
        return Service(
            **_texts(facts, "description", "audience", "schedule", "cost", "how_to_apply"),
            **_texts(facts, "url", "email", "phone", "verified_on", "delivery", "payment"),
            id=id_of(node),
            name=text(facts, "name") or "",
            organization=None if provider is None else self._named("organizations", provider),
            needs=[self._need(public.graph.nodes[need]) for need in public.needs(node)],
            formality=text(facts, "formality") or "general",
            formality_label=self._label("formality", facts, "formality"),
            delivery_label=self._label("delivery", facts, "delivery"),
            payment_label=self._label("payment", facts, "payment"),
            minimum_age=integer(facts, "age_min"),
            maximum_age=integer(facts, "age_max"),
            languages=list(words(facts, "languages")),
            hours=list(words(facts, "hours")),
            capacity=capacity,
            free_places=free,
            is_offered=held_on(facts, public.on),
            locations=[self._named("locations", place) for _, place in public.places(node)],
            areas=[self._area(area) for area in public.areas(node)],
            links=self._self("services", id_of(node)),
        )

    def location(self, node: Node) -> Location:
        """Return a location: of a masked one nothing."""
        masked = flag(node.properties, "masked") is True
        facts: Properties = {} if masked else node.properties
        at = point(facts)
        return Location(
            **_texts(facts, "name", "address", "postcode", "city", "accessibility", "verified_on"),
            id=id_of(node),
            masked=masked,
            geometry=None if at is None else Point(coordinates=at),
            wheelchair=flag(facts, "wheelchair"),
            areas=[] if masked else [self._area(area) for area in self._public.areas(node)],
            links=self._self("locations", id_of(node)),
        )

    def need(self, node: Node) -> NeedTerm:
        """Return a term."""
        need = Need.from_node(node)
        parent = None if need.parent is None else self._public.graph.nodes.get(need.parent)
        key = term_id(NEEDS, need.id)
        told = need.synonyms_en if self._language == "en" else need.synonyms_nl
        return NeedTerm(
            id=key,
            code=need.id,
            label=need.label(self._language),
            synonyms=list(told),
            parent=None if parent is None else self._need(parent),
            links=self._self("needs", key),
        )

    def area(self, node: Node) -> Area:
        """Return an area without its border."""
        return Area(**self._area_facts(node))

    def area_in_full(self, node: Node) -> AreaInFull:
        """Return an area with its border."""
        border = node.properties.get("polygon")
        shape = dict(border) if isinstance(border, Mapping) else None
        return AreaInFull(**self._area_facts(node), geometry=shape)

    def _area_facts(self, node: Node) -> dict[str, Any]:
        facts, key = node.properties, term_id(AREAS, node.id)
        above = [area for _, area in self._public.parents(node)]
        return {
            "id": key,
            "code": text(facts, "code") or "",
            "name": text(facts, "name") or "",
            "level": text(facts, "level") or "",
            "level_label": self._label("area_level", facts, "level"),
            "parent": self._area(above[0]) if above else None,
            "links": self._self("areas", key),
        }

    def _label(self, vocabulary: str, facts: Properties, name: str) -> str:
        return self._public.schema.label(vocabulary, text(facts, name), self._language)

    def _named(self, kind: str, node: Node) -> Named:
        masked = flag(node.properties, "masked") is True
        name = "" if masked else text(node.properties, "name") or ""
        key = id_of(node)
        return Named(id=key, name=name, href=f"{self._root}/{kind}/{key}")

    def _need(self, node: Node) -> Named:
        key = term_id(NEEDS, node.id)
        label = Need.from_node(node).label(self._language)
        return Named(id=key, name=label, href=f"{self._root}/needs/{key}")

    def _area(self, node: Node) -> Named:
        key, name = term_id(AREAS, node.id), text(node.properties, "name") or ""
        return Named(id=key, name=name, href=f"{self._root}/areas/{key}")

    def _self(self, kind: str, key: str) -> Self:
        return Self(self=f"{self._root}/{kind}/{key}")


def written(found: BaseModel) -> dict[str, Any]:
    """Return an answer as it is sent."""
    return found.model_dump(by_alias=True, mode="json")


def page(items: Iterable[BaseModel], total: int, links: PageLinks) -> dict[str, Any]:
    """Return a page of answers."""
    return {"items": [written(each) for each in items], "total": total, "links": written(links)}


def schemas() -> dict[str, Any]:
    """Return the schemas of all answers, as components of a description."""
    found: dict[str, Any] = {}
    for model in MODELS:
        schema = model.model_json_schema(
            by_alias=True, mode="serialization", ref_template="#/components/schemas/{model}"
        )
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


def page_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a page of these."""
    items = {"type": "array", "items": one_of(model)}
    return {
        "type": "object",
        "required": ["items", "total", "links"],
        "properties": {
            "items": items,
            "total": {"type": "integer", "minimum": 0},
            "links": {"$ref": "#/components/schemas/PageLinks"},
        },
        "additionalProperties": False,
    }


def one_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of one of these."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def _texts(facts: Properties, *names: str) -> dict[str, Any]:
    return {name: text(facts, name) for name in names}


def named_by(nodes: Sequence[Node], search: str | None) -> list[Node]:
    """Return the nodes in whose name or code all these words are, by name."""
    told = (search or "").casefold().split()

    def words_of(node: Node) -> str:
        facts = node.properties
        names = ("name", "code", "label_nl", "label_en", "address", "city", "postcode")
        shown = (
            ""
            if flag(facts, "masked") is True
            else " ".join(text(facts, name) or "" for name in names)
        )
        return f"{shown} {node.id if node.label == 'Need' else ''}".casefold()

    found = [node for node in nodes if all(word in words_of(node) for word in told)]
    return sorted(found, key=lambda node: (words_of(node), node.id))
