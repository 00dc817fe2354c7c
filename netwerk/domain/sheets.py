"""What is kept of each kind of thing in the directory, as fields that people fill in.

A sheet is one record with what joins it to others, laid flat: a field is a property, or the ids at
the other end of its relationships of one type. Fields are what forms ask, what is compared when two
people change the same, and what history tells; whatever else a record holds stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.records import Properties, Record, Relationship, Subgraph, Value, words

Fields = Mapping[str, Value]
"""Fields with something in them: nothing filled in, and not there, are the same."""
VERIFIED: Final = ("verified_on", "verified_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The fields of one kind: `label` is that of its node, or the type of its relationship.

    `joins`: fields that hold ids of nodes, and the relationship that leads to them from it.
    `of_source`: fields of a relationship that are kept on the node where it begins.
    `unsaid`: properties that are set along with the fields, and shown to nobody.
    `verified`: it is noted who asked last whether it is still right.
    """

    label: str
    properties: tuple[str, ...]
    joins: Mapping[str, str] = field(default_factory=dict)
    of_source: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    verified: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, in the order in which they are shown."""
        return (*self.of_source, *self.properties, *self.joins)


_REACH: Final = ("url", "email", "phone")
SHEETS: Final[Mapping[str, Sheet]] = {
    "organizations": Sheet(
        label="Organization",
        properties=("name", "alternate_names", "kind", "description", *_REACH, "source"),
        joins={"places": "LOCATED_AT"},
    ),
    "services": Sheet(
        label="Service",
        properties=(
            *("name", "description", "formality", "delivery", "hours", "open_on_holidays"),
            *("schedule", "capacity", "load", "audience", "age_min", "age_max", "languages"),
            *("payment", "cost", "how_to_apply", *_REACH, "valid_from", "valid_to", "source"),
        ),
        joins={"needs": "ADDRESSES", "places": "LOCATED_AT"},
    ),
    "locations": Sheet(
        label="Location",
        properties=(
            *("name", "address", "postcode", "city", "point", "masked", "wheelchair"),
            *("accessibility", "source"),
        ),
        joins={"areas": "IN_AREA"},
    ),
    "volunteers": Sheet(
        label="Person",
        properties=(
            *("name", "birth_year", "languages", "email", "phone", "capacity", "vog_on"),
            *("rather_not", "willing_to_help", "connector", "ask_again_from", "source"),
        ),
        joins={"talents": "ADDRESSES", "areas": "IN_AREA"},
        unsaid=("point",),
    ),
    "areas": Sheet(label="Area", properties=("name", "cluster"), verified=False),
    "needs": Sheet(
        label="Need",
        properties=("label_nl", "label_en", "parent", "synonyms_nl", "synonyms_en"),
        verified=False,
    ),
    "contacts": Sheet(
        label="CONTACT_FOR",
        properties=("role", "email", "phone"),
        of_source=("name",),
        verified=False,
    ),
    "helps": Sheet(label="VOLUNTEERS_FOR", properties=("capacity", "load"), verified=False),
}
"""The kinds by the name that they have in addresses."""
PARTS: Final[Mapping[str, str]] = {"contacts": "organizations", "helps": "volunteers"}
"""Kinds that are kept as part of another: a role at an organization, a task of a volunteer."""
ABOUT_PEOPLE: Final = frozenset({"volunteers", "contacts", "helps"})


def joined(sheet: Sheet, seen: Subgraph, key: str, name: str) -> list[Relationship]:
    """Return the relationships behind a field that holds ids, by id."""
    return [r for r in seen.of_type(sheet.joins[name]) if r.source == key]


def filled(sheet: Sheet, seen: Subgraph, record: Record) -> Fields:
    """Return the fields of a record as it is in what is seen."""
    found: dict[str, Value] = {
        name: record.properties[name] for name in sheet.properties if name in record.properties
    }
    if isinstance(record, Relationship):
        source = seen.nodes.get(record.source)
        told: Properties = {} if source is None else source.properties
        return {**{name: told[name] for name in sheet.of_source if name in told}, **found}
    for name in sheet.joins:
        if ends := sorted({r.target for r in joined(sheet, seen, record.id, name)}):
            found[name] = list(ends)
    return found


def tidy(sheet: Sheet, typed: Mapping[str, object]) -> dict[str, Value]:
    """Return what was filled in: known fields alone, and nothing that is empty."""
    kept: dict[str, Value] = {}
    for name in (*sheet.fields, *sheet.unsaid):
        value = typed.get(name)
        if value is None or value == "" or value == [] or value == ():
            continue
        listed = isinstance(value, Sequence) and not isinstance(value, str)
        kept[name] = list(value) if listed else value  # type: ignore[call-overload, assignment]
    for name in sheet.joins:
        if name in kept:
            kept[name] = sorted(set(words(kept, name)))
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is to be stored, and what removed, to fill in a sheet."""

    save: tuple[Record, ...]
    remove: tuple[Relationship, ...] = ()


def edited(
    sheet: Sheet, seen: Subgraph, record: Record, typed: Fields, operation: OperationId
) -> Edit:
    """Return what makes the fields of a record those that were typed.

    The record itself is always saved: so its history has every change of its sheet, in order.
    """
    unsaid = [name for name in sheet.unsaid if name in typed]
    save: list[Record] = [record.with_properties(**_set((*sheet.properties, *unsaid), typed))]
    remove: list[Relationship] = []
    if isinstance(record, Relationship):
        source = seen.nodes[record.source]
        told = source.with_properties(**_set(sheet.of_source, typed))
        return Edit(save=(*save, told) if told != source else tuple(save))
    ids = new_ids(operation)
    for name, kind in sheet.joins.items():
        wanted = set(words(typed, name))
        there = joined(sheet, seen, record.id, name)
        remove += [r for r in there if r.target not in wanted]
        for end in sorted(wanted - {r.target for r in there}):
            save.append(link(kind, next(ids), record.id, end))
    return Edit(save=tuple(save), remove=tuple(remove))


def new_ids(operation: OperationId) -> Iterator[RelationshipId]:
    """Yield ids for what an operation makes: the same ones when it is done again."""
    return (RelationshipId(f"k-{operation}-{number}") for number in count())


def link(kind: str, key: RelationshipId, source: str, target: str) -> Relationship:
    """Return a new relationship."""
    return Relationship(type=kind, id=key, source=NodeId(source), target=NodeId(target))


def differing(one: Fields, other: Fields, names: Iterable[str]) -> list[str]:
    """Return the fields in which two fillings of a sheet differ."""
    return [name for name in names if one.get(name) != other.get(name)]


def _set(names: Iterable[str], typed: Properties) -> dict[str, Value | None]:
    return {name: typed.get(name) for name in names}
