"""The file of an inhabitant in words for the inhabitant themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext

from netwerk.domain.held import Held
from netwerk.domain.ids import NodeId
from netwerk.domain.people import Worker
from netwerk.domain.records import (
    Relationship,
    Subgraph,
    text,
)
from netwerk.domain.ties import Approach
from netwerk.domain.visibility import OWNED_TYPES
from netwerk.graph.subject import Look
from netwerk.schema import Schema
from netwerk.usecases.own_file import SubjectFile
from netwerk.web.presenters import to_inhabitant
from netwerk.web.presenters.in_words import Part, Words, capital, written

_YEAR: Final = 12
_DAYS: Final = ("on", "at", "begun", "told_on", "posted_on", "brought_on", "closed_on")
"""Where what is kept beside a file says of which day it is."""
_NAMES: Final = frozenset({"name", "alias"})


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
        title = capital(words.label(words.kind(record)))
        if isinstance(record, Relationship) and record.type in OWNED_TYPES:
            title = gettext("Somebody who gets help from us told this")
        parts.append(words.part(record, title))
    title = gettext("What else we have about you")
    return _chapter(words, title, parts, "TIE") if parts else None


def beside(file: SubjectFile) -> list[tuple[str, int, list[str]]]:
    """Return what is kept beside the file: what it is called, how often, and on which days."""
    return [
        (title, len(of_kind), _days(of_kind))
        for kind, title in to_inhabitant.kept_beside().items()
        if (of_kind := [each for each in file.beside if each.kind == kind])
    ]


def _days(every: Sequence[Held]) -> list[str]:
    told = (text(each.facts, name) for each in every for name in _DAYS)
    days = {date.fromisoformat(each[:10]) for each in told if each}
    return [written(each) for each in sorted(days)]


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
