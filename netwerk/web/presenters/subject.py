"""The file of an inhabitant in words for the inhabitant themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import format_date, gettext

from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Properties, Record, Relationship, Subgraph, Value, text
from netwerk.domain.visibility import OWNED_TYPES
from netwerk.graph.subject import Look, kept_in_cases
from netwerk.schema import Schema
from netwerk.schema.kinds import Kind, Property, RelationshipKind
from netwerk.usecases.subjects import SubjectFile

_NOT_TOLD: Final = frozenset(
    {"path", "step_kinds", "owner", "extra", "declined_step", "source", "source_id", "shared"}
)
"""How the program keeps things, and nothing about anybody."""
_SAW: Final = (
    ("print-", "printed"),
    ("export-", "taken out"),
    ("show-", "looked"),
    ("open-", "looked"),
    ("read-", "looked"),
    ("search-", "looked"),
    ("paths", "looked"),
    ("find-", "looked"),
    ("strength", "looked"),
    ("list-", "looked"),
    ("look", "looked"),
)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is held: what it is called, its facts, and its id for who says it is wrong."""

    key: str
    title: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Things of one kind, and how long they are kept."""

    title: str
    parts: tuple[Part, ...]
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Who saw the file, when and for what."""

    when: str
    who: str
    role: str
    did: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why the team may hold it: the law, and for what."""

    basis: str
    purpose: str


class Words:
    """Says records in the words of graph_schema."""

    def __init__(self, schema: Schema, file: SubjectFile, needs: Mapping[str, str], lang: str):
        """Take the labels, and the names of everybody that a record may mention."""
        self._schema, self._language, self._needs = schema, lang, needs
        self._graph = file.graph
        self._names = {key: each.name for key, each in file.colleagues.items()} | {
            node.id: text(node.properties, "name") or text(node.properties, "alias") or ""
            for node in file.graph.nodes.values()
        }

    def name(self, key: str) -> str:
        """Return what somebody is called; nothing for who is not named here."""
        return self._names.get(key, "")

    def part(self, record: Record, title: str = "") -> Part:
        """Return a record as it is told."""
        kind = self.kind(record)
        return Part(
            key=record.id, title=title, facts=tuple(self._facts(record.properties, kind.properties))
        )

    def kind(self, record: Record) -> Kind | RelationshipKind:
        """Return what graph_schema says of the kind of a record."""
        if isinstance(record, Node):
            return self._schema.nodes[record.label]
        return self._schema.relationships[record.type]

    def label(self, kind: Kind | RelationshipKind) -> str:
        """Return what a kind is called."""
        return kind.label.label(self._language)

    def _facts(
        self, told: Properties, known: Mapping[str, Property]
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        for name, each in known.items():
            if name in told and name not in _NOT_TOLD:
                said = tuple(filter(None, self._values(told[name], each)))
                if said:
                    yield each.label.label(self._language), said

    def _values(self, value: Value, known: Property) -> tuple[str, ...]:
        if known.type == "point":
            return (gettext("the middle of your neighbourhood"),)
        many = value if known.many and isinstance(value, list | tuple) else (value,)
        return tuple(self._value(each, known) for each in many)

    def _value(self, value: Value, known: Property) -> str:
        if known.vocabulary is not None:
            return self._schema.label(known.vocabulary, str(value), self._language)
        if known.type == "flag":
            return gettext("yes") if value is True else gettext("no")
        if known.type == "day":
            return written(date.fromisoformat(str(value)))
        return self._needs.get(str(value)) or self._names.get(str(value)) or str(value)


def written(day: date) -> str:
    """Return a day with its year, as in a letter."""
    return str(format_date(day, "d MMMM y"))


def chapters(words: Words, file: SubjectFile) -> list[Chapter]:
    """Return all that is held, by kind: themselves, their question, what was done, who is there."""
    graph, me = file.graph, file.person.id
    found = [_chapter(words, gettext("About yourself"), [words.part(graph.nodes[me])], "Person")]
    for label in dict.fromkeys(node.label for node in kept_in_cases(graph)):
        every = [words.part(node) for node in graph.labelled(label)]
        found.append(_chapter(words, words.label(words._schema.nodes[label]), every, label))
    ties = [words.part(r, _between(words, r, me)) for r in graph.of_type("TIE")]
    parts = [words.part(r, words.name(r.target)) for r in graph.of_type("TAKES_PART")]
    others = [
        words.part(node, words.name(node.id))
        for node in graph.labelled("Person")
        if node.id != me and set(node.properties) - {"name", "alias"}
    ]
    found.append(_chapter(words, gettext("The people around you"), [*ties, *others], "TIE"))
    found.append(_chapter(words, gettext("Where you take part"), parts, "TAKES_PART"))
    found.append(_chapter(words, gettext("What you could do for others"), _talents(words, graph)))
    return [each for each in found if each.parts]


def elsewhere(words: Words, file: SubjectFile) -> Chapter | None:
    """Return what others told, without who they are."""
    parts = []
    for record in file.elsewhere:
        title = words.label(words.kind(record))
        if isinstance(record, Relationship) and record.type in OWNED_TYPES:
            title = gettext("Somebody who gets help from us told this")
        parts.append(words.part(record, title))
    title = gettext("What else we have about you")
    return _chapter(words, title, parts, "TIE") if parts else None


def grounds(schema: Schema, graph: Subgraph, language: str) -> list[Ground]:
    """Return why the team may hold the cases."""
    return [
        Ground(
            basis=schema.label(
                "legal_basis", text(case.properties, "legal_basis") or "wmo_2015", language
            ),
            purpose=schema.label(
                "purpose", text(case.properties, "purpose") or "support", language
            ),
        )
        for case in graph.labelled("Case")
    ]


def seen(file: SubjectFile, schema: Schema, language: str) -> list[Seen]:
    """Return who saw it, by name and role."""
    return [_seen(look, file.colleagues, schema, language) for look in file.looks]


def _seen(look: Look, known: Mapping[str, Worker], schema: Schema, language: str) -> Seen:
    who = known.get(look.actor)
    return Seen(
        when=written(look.on),
        who=gettext("somebody who keeps the system running") if who is None else who.name,
        role="" if who is None else schema.label("role", who.role.value, language),
        did=", ".join(dict.fromkeys(_did(act) for act in look.acts)),
        purpose=_purposes().get(look.purpose, ""),
    )


def _did(act: str) -> str:
    words = {
        "looked": gettext("looked"),
        "printed": gettext("put on paper"),
        "taken out": gettext("took out"),
    }
    for begins, what in _SAW:
        if act.startswith(begins):
            return words[what]
    return gettext("wrote")


def _purposes() -> dict[str, str]:
    return {
        "support": gettext("to help you"),
        "emergency": gettext("because it could not wait"),
        "data_subject": gettext("because you asked for it"),
        "oversight": gettext("to watch over privacy"),
        "administration": gettext("to keep the system running"),
        "directory": gettext("to keep the neighbourhood map"),
    }


def _chapter(words: Words, title: str, parts: list[Part], kind: str = "") -> Chapter:
    return Chapter(title=title[:1].upper() + title[1:], parts=tuple(parts), kept=_kept(words, kind))


def _kept(words: Words, name: str) -> str:
    schema = words._schema
    kind = schema.nodes.get(name) or schema.relationships.get(name)
    months = None if kind is None else kind.keep_months
    if months is None:
        return ""
    if months % _YEAR:
        return gettext("We keep this for %(count)s months after your file is closed.", count=months)
    return gettext(
        "We keep this for %(count)s years after your file is closed.", count=months // _YEAR
    )


def _between(words: Words, tie: Relationship, me: str) -> str:
    ends = [words.name(end) for end in (tie.source, tie.target) if end != me]
    return gettext(" and ").join(filter(None, ends))


def _talents(words: Words, graph: Subgraph) -> list[Part]:
    talents = [r for r in graph.of_type("ADDRESSES") if r.target in graph.nodes]
    return [words.part(r, words._needs.get(r.target) or words.name(r.target)) for r in talents]
