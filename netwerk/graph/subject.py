"""What is held about one person: what is theirs to read, and what others told about them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from netwerk.domain.advice import Advice
from netwerk.domain.audit import AuditEntry
from netwerk.domain.corrections import Correction
from netwerk.domain.effort import Effort
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.plans import Action
from netwerk.domain.records import Node, Record, Relationship, Subgraph, integer, text
from netwerk.domain.visibility import CASE_TYPES, OWNED_TYPES
from netwerk.graph.advice import WRITTEN, may_show, unnamed
from netwerk.graph.casework import closed_off
from netwerk.graph.file import PersonFile
from netwerk.ports.works import FilesWork

_ABOUT_SOMEBODY = ("name", "alias")
"""What of somebody else in the picture is the inhabitant's to read: what they call them."""
_OF_THE_PATH = (
    *("title", "first_step", "path", "supporter", "service", "note", "reason", "overruled_note"),
    *("text", "person", "organization"),
)
"""What of an ask, and of what was agreed, would tell whom it went by."""
_ROLES = ("CONTACT_FOR", "VOLUNTEERS_FOR")
_OWN_LINKS = frozenset({"ADDRESSES", *_ROLES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """That somebody looked at, changed or printed the file on a day, and for what purpose."""

    actor: str
    on: date
    purpose: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Somebody with the name that was asked for; `known_as` are ways in which they are known."""

    person: PersonId
    birth_year: int | None
    known_as: frozenset[str]


def theirs(graph: Subgraph, person: PersonId, on: date) -> Subgraph:
    """Return of a file what the inhabitant is entitled to.

    Their own facts, cases and what is kept in them, what they told of others, their talents. Not
    what others told or own, nor what is known of somebody in their network from elsewhere.
    """
    cases = {r.source for r in graph.of_type("CONCERNS") if r.target == person}
    links = [r for r in graph.relationships.values() if _is_theirs(r, person, cases)]
    ends = {end for r in links for end in (r.source, r.target)} | {person}
    file = PersonFile(graph, person, on)
    shut = _shut(file)
    nodes = [graph.nodes[end] for end in sorted(ends) if end in graph.nodes]
    shown = {n.id: told for n in nodes if (told := _shown(n, file, shut)) is not None}
    return Subgraph.of(
        [*shown.values(), *(r for r in links if {r.source, r.target} <= shown.keys())]
    )


def about_today(file: PersonFile, correction: Correction) -> str:
    """Return what a correction is about, without whoever is to be left alone by now."""
    return _about(correction.about, correction.record, _shut(file))


def public_roles(directory: Subgraph, person: PersonId) -> Subgraph:
    """Return what somebody does for others in public: as a volunteer, as a contact person."""
    roles = [r for r in directory.of_type(*_ROLES) if r.source == person]
    ends = (directory.nodes[r.target] for r in roles)
    return Subgraph.of([*ends, *roles])


def told_elsewhere(everything: Subgraph, person: PersonId) -> list[Record]:
    """Return what stands about a person outside their own file, without who told it.

    `everything` is what `gathered` returned.
    """
    found: list[Record] = [
        r.with_properties(owner=None, told_by=None)
        for r in everything.of_type(*OWNED_TYPES)
        if person in {r.source, r.target} and text(r.properties, "owner") != person
    ]
    found += [r for r in everything.of_type("ACQUAINTED") if person in {r.source, r.target}]
    own = {r.source for r in everything.of_type("CONCERNS") if r.target == person}
    theirs_too = {r.source for r in everything.of_type("ASKED_IN") if r.target in own}
    asks = (n for n in everything.labelled("Ask") if n.id not in theirs_too)
    return [*found, *(_asked(n) for n in asks if names(n, person))]


def gathered(work: FilesWork, person: PersonId) -> Subgraph:
    """Return everything that a person is in: their file, and the files that point at them."""
    near = work.touching([person]) | work.owned(person)
    others = {n.id for n in near.labelled("Person")}
    others |= {NodeId(text(r.properties, "owner") or "") for r in near.of_type(*OWNED_TYPES)}
    near |= work.touching(others - {person})
    return near | work.touching([case.id for case in near.labelled("Case")])


def names(ask: Node, person: str) -> bool:
    """Whether an ask went by way of a person."""
    path = text(ask.properties, "path") or ""
    return text(ask.properties, "supporter") == person or f'"{person}"' in path


def namesake(work: FilesWork, person: PersonId) -> Namesake:
    """Return in which ways somebody is known, so that it can be made sure who is meant."""
    around = work.touching([person])
    known: set[str] = set()
    for link in around.relationships.values():
        if link.type == "CONCERNS":
            known.add("inhabitant")
        elif link.type in {"VOLUNTEERS_FOR", "CONTACT_FOR"}:
            known.add("volunteer" if link.type == "VOLUNTEERS_FOR" else "contact")
        elif link.type == "TIE" and text(link.properties, "owner") != person:
            known.add("named")
    year = integer(around.nodes[person].properties, "birth_year")
    return Namesake(person=person, birth_year=year, known_as=frozenset(known))


def looks(entries: Iterable[AuditEntry]) -> list[Look]:
    """Return who looked, by day and purpose, the newest first. Refusals saw nothing."""
    acts: dict[tuple[date, str, str], dict[str, None]] = {}
    for entry in entries:
        if entry.event.outcome != "refused":
            key = (datetime.fromisoformat(entry.at).date(), entry.event.actor, entry.event.purpose)
            acts.setdefault(key, {})[entry.event.action] = None
    return [
        Look(actor=actor, on=on, purpose=purpose, acts=tuple(acts[on, actor, purpose]))
        for on, actor, purpose in sorted(acts, key=lambda key: (key[0], key[1]), reverse=True)
    ]


def _is_theirs(link: Relationship, person: PersonId, cases: set[NodeId]) -> bool:
    if link.type in OWNED_TYPES:
        return text(link.properties, "owner") == person
    if link.type == "CONCERNS":
        return link.target == person
    if link.type in CASE_TYPES:
        return bool({link.source, link.target} & cases)
    return link.type in _OWN_LINKS and link.source == person


def _shut(file: PersonFile) -> set[NodeId]:
    """Return the asks, and what was agreed, with somebody who is to be left alone by now."""
    agreed: list[Action | Effort] = [
        *map(Action.from_node, file.graph.labelled("Action")),
        *map(Effort.from_node, file.graph.labelled("Effort")),
    ]
    return {each.ask.id for each in file.asks if each.closed_off} | {
        each.id for each in agreed if closed_off(file, each.side, each.who)
    }


def _about(about: str, record: str, shut: Collection[str]) -> str:
    # What it was called then is its chapter and its title, and the title names whom it went by.
    return about.partition(": ")[0] if record in shut else about


def _shown(node: Node, file: PersonFile, shut: Collection[NodeId]) -> Node | None:
    """Return a record as it is theirs to read; None for what is another's of the family."""
    person = file.person.id
    if node.label == "ReferralAdvice":
        return _advice(node, file)
    if node.label == "Correction":
        told = Correction.from_node(node)
        return node.with_properties(about=_about(told.about, told.record, shut))
    if node.label == "Person" and node.id != person:
        if text(node.properties, "told_by") == person:
            return node.with_properties(told_by=None)
        known = {key: node.properties[key] for key in _ABOUT_SOMEBODY if key in node.properties}
        return Node(label=node.label, id=node.id, properties=known, version=node.version)
    return node.with_properties(**dict.fromkeys(_OF_THE_PATH)) if node.id in shut else node


def _advice(node: Node, file: PersonFile) -> Node | None:
    """Return an advice without whoever is to be left alone by now."""
    advice = Advice.from_node(node)
    if advice.person not in (file.person.id, ""):
        return None
    kept = {"suggested": advice.suggested, "asks": advice.asked}
    paths = {
        name: [each.written() for each in every if may_show(file, each)] or None
        for name, every in kept.items()
    }
    texts = {key: unnamed(file, told) for key in WRITTEN if (told := text(node.properties, key))}
    return node.with_properties(**paths, **texts)


def _asked(ask: Node) -> Node:
    """Return of an ask that went by way of somebody what is about them: when, and what came."""
    told = ("asked_on", "outcome", "outcome_on")
    facts = {key: ask.properties[key] for key in told if key in ask.properties}
    return Node(label=ask.label, id=ask.id, properties=facts, version=ask.version)


def records_of(graph: Subgraph) -> list[Record]:
    """Return the records of a file that say something, nodes first."""
    said = {"Need", "Organization", "Service", "Worker", "Team"}
    nodes = (n for n in graph.nodes.values() if n.label not in said)
    links = (r for r in graph.relationships.values() if r.type not in CASE_TYPES)
    return [*sorted(nodes, key=lambda n: (n.label, n.id)), *sorted(links, key=lambda r: r.id)]
