"""The file of an inhabitant in words for the inhabitant themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from flask_babel import format_date, gettext

from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Relationship,
    Subgraph,
    Value,
    from_json,
    text,
)
from netwerk.domain.ties import Approach
from netwerk.domain.visibility import OWNED_TYPES
from netwerk.graph.subject import Look
from netwerk.schema import Schema
from netwerk.schema.kinds import Kind, Property, RelationshipKind
from netwerk.usecases.own_file import SubjectFile
from netwerk.web.presenters import to_inhabitant

_YEAR: Final = 12
_NAMES: Final = frozenset({"name", "alias"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is held: what it is called, its facts, and its id for who says it is wrong."""

    key: str
    title: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Things of one kind, and how long they are kept; `told`: it is what we were told or did."""

    title: str
    parts: tuple[Part, ...]
    kept: str
    told: bool = True


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
    """Says records in the words of graph_schema, and to the inhabitant where those are not."""

    def __init__(self, schema: Schema, file: SubjectFile, needs: Mapping[str, str], lang: str):
        """Take the labels, and the names of everybody that a record may mention."""
        self.schema, self._language, self._needs = schema, lang, needs
        self._names = {key: each.name for key, each in file.colleagues.items()} | {
            node.id: _called(node) for node in file.graph.nodes.values()
        }

    def name(self, key: str) -> str:
        """Return what somebody or something is called; nothing for what is not named here."""
        return self._names.get(key) or self._needs.get(key, "")

    def part(self, record: Record, title: str = "", beside: Properties | None = None) -> Part:
        """Return a record as it is told, with what is told of the person it leads to."""
        kind = self.kind(record)
        known = to_inhabitant.TITLED_BY.get(record.label) if isinstance(record, Node) else None
        told = dict(record.properties)
        if known is not None and known in told and not title:
            title = _capital(" ".join(self._values(known, told.pop(known), kind.properties[known])))
        facts = [*self._facts(told, kind.properties)]
        facts += self._facts(beside or {}, self.schema.nodes["Person"].properties)
        return Part(key=record.id, title=title, facts=tuple(facts))

    def kind(self, record: Record) -> Kind | RelationshipKind:
        """Return what graph_schema says of the kind of a record."""
        if isinstance(record, Node):
            return self.schema.nodes[record.label]
        return self.schema.relationships[record.type]

    def label(self, kind: Kind | RelationshipKind) -> str:
        """Return what a kind is called."""
        return kind.label.label(self._language)

    def _facts(
        self, told: Properties, known: Mapping[str, Property]
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        for name, each in known.items():
            if name in told and name not in to_inhabitant.UNSAID:
                said = tuple(filter(None, self._values(name, told[name], each)))
                if said:
                    yield to_inhabitant.fact(name) or each.label.label(self._language), said

    def _values(self, name: str, value: Value, known: Property) -> tuple[str, ...]:
        if known.type == "point":
            return (gettext("roughly, on the map"),)
        many = value if known.many and isinstance(value, list | tuple) else (value,)
        return tuple(self._value(name, each, known) for each in many)

    def _value(self, name: str, value: Value, known: Property) -> str:
        if known.vocabulary is not None:
            said = to_inhabitant.choice(name, str(value))
            return said or self.schema.label(known.vocabulary, str(value), self._language)
        if known.type == "flag":
            return gettext("yes") if value is True else gettext("no")
        return self._said(name, str(value), known)

    def _said(self, name: str, value: str, known: Property) -> str:
        if known.type == "day":
            return written(date.fromisoformat(value))
        if name == "closeness":
            return gettext("%(count)s of 5", count=value)
        if name == "earlier":
            return self._earlier(value)
        if name == "scores":
            return self._answer(value)
        if name == "languages":
            return str(Locale(self._language).languages.get(value, value))
        found = self.name(value)
        return found if found or name in to_inhabitant.REFERS else value

    def _answer(self, kept: str) -> str:
        """Return an answer of a questionnaire: a level of a domain, or points."""
        key, _, points = kept.partition(":")
        domain = self.schema.label("self_sufficiency_domain", key, self._language)
        if not domain:
            return f"{gettext('Question %(number)s', number=key)}: {points}"
        levels = list(self.schema.vocabularies["self_sufficiency_level"].values.values())
        return f"{domain}: {levels[int(points) - 1].label(self._language)}"

    def _earlier(self, kept: str) -> str:
        """Return what was told of a tie before, in a line."""
        was = dict(from_json(kept))
        until = written(date.fromisoformat(str(was.pop("until"))))
        known = self.schema.relationships["TIE"].properties
        said = (", ".join(values) for _, values in self._facts(was, known))
        return gettext("until %(day)s: %(what)s", day=until, what=", ".join(said))


def written(day: date) -> str:
    """Return a day with its year, as in a letter."""
    return str(format_date(day, "d MMMM y"))


def chapters(words: Words, file: SubjectFile) -> list[Chapter]:
    """Return all that is held, by kind: themselves, their question, what was done, who is there."""
    graph, me = file.graph, file.person.id
    found = [_chapter(words, gettext("About yourself"), [words.part(graph.nodes[me])], "Person")]
    for label, title in to_inhabitant.titles().items():
        every = [words.part(node) for node in graph.labelled(label)]
        found.append(_chapter(words, title, every, label))
    parts = [words.part(r, words.name(r.target)) for r in graph.of_type("TAKES_PART")]
    found.append(_chapter(words, gettext("The people around you"), _around(words, file), "TIE"))
    found.append(_chapter(words, gettext("Who know each other"), _between(words, file), "TIE"))
    found.append(_chapter(words, gettext("Where you take part"), parts, "TAKES_PART"))
    found.append(_chapter(words, gettext("What you do for others"), _for_others(words, graph)))
    return [each for each in found if each.parts]


def elsewhere(words: Words, file: SubjectFile) -> Chapter | None:
    """Return what others told, without who they are."""
    parts = []
    for record in file.elsewhere:
        title = _capital(words.label(words.kind(record)))
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
            purpose=to_inhabitant.choice("purpose", used)
            or schema.label("purpose", used, language),
        )
        for case in graph.labelled("Case")
        for used in [text(case.properties, "purpose") or "support"]
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
        did=", ".join(dict.fromkeys(to_inhabitant.did(act) for act in look.acts)),
        purpose=to_inhabitant.purposes().get(look.purpose, ""),
    )


def _chapter(words: Words, title: str, parts: list[Part], kind: str = "") -> Chapter:
    told = kind != "Correction"
    return Chapter(title=title, parts=tuple(parts), kept=_kept(words, kind), told=told)


def _kept(words: Words, name: str) -> str:
    kind = words.schema.nodes.get(name) or words.schema.relationships.get(name)
    months = None if kind is None else kind.keep_months
    if months is None:
        return ""
    if months % _YEAR:
        return gettext("We keep this for %(count)s months after your file is closed.", count=months)
    return gettext(
        "We keep this for %(count)s years after your file is closed.", count=months // _YEAR
    )


def _around(words: Words, file: SubjectFile) -> list[Part]:
    """Return who is there for the inhabitant: the tie, and what is known of that person."""
    graph, me = file.graph, file.person.id
    parts: list[Part] = []
    near: set[NodeId] = {me}
    for tie in graph.of_type("TIE"):
        if me in {tie.source, tie.target}:
            other = tie.target if tie.source == me else tie.source
            facts = graph.nodes[other].properties if other not in near else {}
            beside = {key: value for key, value in facts.items() if key != "name"}
            near.add(other)
            parts.append(words.part(tie, words.name(other), beside))
    further = (n for n in graph.labelled("Person") if n.id not in near)
    return parts + [words.part(n, words.name(n.id)) for n in further if set(n.properties) - _NAMES]


def _between(words: Words, file: SubjectFile) -> list[Part]:
    """Return who know each other; that nobody asked about that tie says nothing."""
    me, parts = file.person.id, []
    for tie in file.graph.of_type("TIE"):
        if me not in {tie.source, tie.target}:
            if text(tie.properties, "approach") == Approach.NOT_DISCUSSED.value:
                tie = tie.with_properties(approach=None)
            ends = [words.name(end) for end in (tie.source, tie.target)]
            parts.append(words.part(tie, gettext(" and ").join(filter(None, ends))))
    return parts


def _for_others(words: Words, graph: Subgraph) -> list[Part]:
    every = graph.of_type("ADDRESSES", "VOLUNTEERS_FOR", "CONTACT_FOR")
    return [words.part(r, words.name(r.target)) for r in every if words.name(r.target)]


def _called(node: Node) -> str:
    told = (text(node.properties, key) for key in ("name", "alias", "text", "label_nl"))
    return next(filter(None, told), "")


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
