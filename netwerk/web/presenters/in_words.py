"""Records in words for whom they are about: of graph_schema, and to the inhabitant."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel import Locale
from flask_babel import format_date, gettext

from netwerk.domain.advice import Mentioned
from netwerk.domain.records import (
    Node,
    Properties,
    Record,
    Value,
    from_json,
    text,
)
from netwerk.schema import Schema
from netwerk.schema.kinds import Kind, Property, RelationshipKind
from netwerk.usecases.own_file import SubjectFile
from netwerk.web.presenters import to_inhabitant


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that is held: what it is called, its facts, and its id for who says it is wrong."""

    key: str
    title: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


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
            title = capital(" ".join(self._values(known, told.pop(known), kind.properties[known])))
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
        if name == "scores":
            return self._answer(value)
        if name in _IN_WORDS:
            return str(_IN_WORDS[name](self, value))
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

    def _language_name(self, code: str) -> str:
        return str(Locale(self._language).languages.get(code, code))

    def _path(self, kept: str) -> str:
        """Return what was suggested or asked before an advice."""
        return Mentioned.read(kept).title if kept.startswith("{") else ""

    def _score(self, kept: str) -> str:
        """Return one answer of a questionnaire: in words for a domain, else its points."""
        key, _, points = kept.partition(":")
        levels = list(self.schema.vocabularies["self_sufficiency_level"].values)
        if key not in self.schema.vocabularies["self_sufficiency_domain"].values:
            return gettext("Question %(number)s", number=key) + f": {points}"
        domain = self.schema.label("self_sufficiency_domain", key, self._language)
        level = levels[int(points) - 1]
        return f"{domain}: {self.schema.label('self_sufficiency_level', level, self._language)}"

    def _earlier(self, kept: str) -> str:
        """Return what was told of a tie before, in a line."""
        was = dict(from_json(kept))
        until = written(date.fromisoformat(str(was.pop("until"))))
        known = self.schema.relationships["TIE"].properties
        said = (", ".join(values) for _, values in self._facts(was, known))
        return gettext("until %(day)s: %(what)s", day=until, what=", ".join(said))

    def _closeness(self, count: str) -> str:
        return gettext("%(count)s of 5", count=count)


_IN_WORDS: Final[Mapping[str, Callable[[Words, str], str]]] = {
    "closeness": Words._closeness,
    "earlier": Words._earlier,
    "languages": Words._language_name,
    "scores": Words._score,
    "suggested": Words._path,
    "asks": Words._path,
}
"""How texts are told that the program keeps in a form of its own."""


def written(day: date) -> str:
    """Return a day with its year, as in a letter."""
    return str(format_date(day, "d MMMM y"))


def capital(said: str) -> str:
    """Return a text with a capital to begin with."""
    return said[:1].upper() + said[1:]


def _called(node: Node) -> str:
    told = (text(node.properties, key) for key in ("name", "alias", "text", "label_nl"))
    return next(filter(None, told), "")
