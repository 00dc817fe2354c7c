"""What erasing somebody comes to: what goes, what becomes nameless, what the law keeps.

Their own file goes. Somebody else's file keeps its own tie, to "iemand" of whom nothing is known
and who is not to be asked. What the law keeps stays without a name, until its term is over.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from netwerk.domain.cases import Case
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Node, Record, Relationship, Subgraph, Value, flag, text
from netwerk.domain.ties import Approach
from netwerk.domain.upkeep import months_later
from netwerk.domain.visibility import CASE_RECORDS, OWNED_TYPES
from netwerk.schema import Schema

NOBODY: Final = "iemand"
"""What somebody is called who was erased."""
_SHELL: Final = ("opened_on", "closed_on", "legal_basis", "purpose")
"""What is left of a case in which something is kept by law."""
_OF_OTHERS: Final = ("asks", "suggested", "none_tried_because")
_OFFERS: Final = ("willing_to_help", "connector")
_LEAST: Final = 3
"""Letters: a shorter name is not looked for in the texts of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptByLaw:
    """Something that stays, without a name: which kind, until when."""

    record: str
    label: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What is done, in this order: links away, nodes away, records changed."""

    links: tuple[Relationship, ...]
    nodes: tuple[Node, ...]
    changed: tuple[Record, ...]
    kept: tuple[KeptByLaw, ...]
    open_cases: int

    def counts(self) -> Mapping[str, int]:
        """Return how many of each kind go."""
        found: dict[str, int] = {}
        for name in (*(n.label for n in self.nodes), *(r.type for r in self.links)):
            found[name] = found.get(name, 0) + 1
        return found

    @property
    def gone(self) -> frozenset[str]:
        """The ids that are there no more."""
        return frozenset({n.id for n in self.nodes} | {r.id for r in self.links})


def erasure(graph: Subgraph, person: PersonId, schema: Schema, on: date) -> Erasure:
    """Return what it takes to erase a person; `graph` is what `subject.gathered` returned."""
    mine, shared = _cases(graph, person)
    inside = [n for n in _inside(graph, mine) if _only_in(graph, n, mine)]
    kept = [n for n in inside if schema.nodes[n.label].kept_by_law]
    shells = _holding(graph, {n.id for n in kept}) & mine
    links = [r for r in graph.relationships.values() if _goes(r, person, mine, kept, shells)]
    gone = {n.id for n in inside if n not in kept} | (mine - shells)
    left = [r for r in graph.relationships.values() if r not in links]
    gone |= _left_alone(graph, person, left)
    changed: list[Record] = [
        *(_shell(graph.nodes[key], on) for key in sorted(shells)),
        *(_nameless(n, graph.nodes[person], _OF_OTHERS) for n in kept),
        *(_left_out(r) for r in left if r.type == "TIE" and person in {r.source, r.target}),
        *_told_again(graph, person, left, gone),
        *_in_other_files(graph, person, mine, shared, gone),
    ]
    if person not in gone:
        changed.append(_nobody(graph.nodes[person], person, left))
    cases = [Case.from_node(graph.nodes[key]) for key in sorted(mine)]
    return Erasure(
        links=tuple(sorted(links, key=lambda r: r.id)),
        nodes=tuple(graph.nodes[key] for key in sorted(gone)),
        changed=tuple(changed),
        kept=tuple(_kept(graph, n, schema, on) for n in kept),
        open_cases=sum(case.closed_on is None for case in cases),
    )


def _cases(graph: Subgraph, person: PersonId) -> tuple[set[NodeId], set[NodeId]]:
    """Return the cases about this person alone, and those about others too."""
    about: dict[NodeId, set[NodeId]] = {}
    for r in graph.of_type("CONCERNS"):
        about.setdefault(r.source, set()).add(r.target)
    mine = {case for case, who in about.items() if who == {person}}
    return mine, {case for case, who in about.items() if person in who} - mine


def _inside(graph: Subgraph, cases: set[NodeId]) -> list[Node]:
    ends = {
        end
        for r in graph.relationships.values()
        if {r.source, r.target} & cases
        for end in (r.source, r.target)
    }
    return [graph.nodes[end] for end in sorted(ends) if graph.nodes[end].label in CASE_RECORDS]


def _only_in(graph: Subgraph, node: Node, cases: set[NodeId]) -> bool:
    return all(
        graph.nodes[end].label != "Case" or end in cases for end in _holding(graph, {node.id})
    )


def _holding(graph: Subgraph, records: set[NodeId]) -> set[NodeId]:
    touching = (r for r in graph.relationships.values() if {r.source, r.target} & records)
    return {end for r in touching for end in (r.source, r.target)} - records


def _goes(
    r: Relationship, person: PersonId, mine: set[NodeId], kept: Sequence[Node], shells: set[NodeId]
) -> bool:
    if r.type in OWNED_TYPES and text(r.properties, "owner") == person:
        return True
    ends = {r.source, r.target}
    if ends & mine:
        stays = r.type == "CONCERNS" or bool(ends & {n.id for n in kept})
        return not (stays and ends & shells)
    return person in ends and r.type != "TIE"


def _left_alone(graph: Subgraph, person: PersonId, left: Iterable[Relationship]) -> set[NodeId]:
    """Return the people whom nothing holds any more: the person, and who only they named."""
    held = {end for r in left for end in (r.source, r.target)}
    return {
        n.id
        for n in graph.labelled("Person")
        if n.id not in held
        and (n.id == person or not any(flag(n.properties, key) for key in _OFFERS))
    }


def _shell(case: Node, on: date) -> Node:
    facts = {key: case.properties[key] for key in _SHELL if key in case.properties}
    facts.setdefault("closed_on", on.isoformat())
    return Node(label=case.label, id=case.id, version=case.version, properties=facts)


def _left_out(tie: Relationship) -> Relationship:
    return tie.with_properties(approach=Approach.DO_NOT_APPROACH.value, shared=None)


def _nobody(node: Node, person: PersonId, left: Iterable[Relationship]) -> Node:
    owners = {
        text(r.properties, "owner")
        for r in left
        if r.type in OWNED_TYPES and person in {r.source, r.target}
    }
    facts: dict[str, Value] = {"name": NOBODY}
    if len(owners) == 1 and (owner := owners.pop()):
        facts["told_by"] = owner
    return Node(label=node.label, id=node.id, version=node.version, properties=facts)


def _told_again(
    graph: Subgraph, person: PersonId, left: Sequence[Relationship], gone: set[NodeId]
) -> list[Record]:
    """Let who stays in another file be told by that file, and no longer by who is erased."""
    found: list[Record] = []
    for node in graph.labelled("Person"):
        if text(node.properties, "told_by") != person or node.id in gone or node.id == person:
            continue
        owners = sorted(
            owner
            for r in left
            if node.id in {r.source, r.target} and (owner := text(r.properties, "owner"))
        )
        found.append(node.with_properties(told_by=owners[0] if owners else None))
    return found


def _in_other_files(
    graph: Subgraph, person: PersonId, mine: set[NodeId], shared: set[NodeId], gone: set[NodeId]
) -> list[Record]:
    """Return what names the person in the words of other files, with "iemand" in their place."""
    theirs = {n.id for n in graph.labelled("Case")} - mine | shared
    nodes = [*(graph.nodes[key] for key in sorted(theirs)), *_inside(graph, theirs)]
    said = ((node, _nameless(node, graph.nodes[person])) for node in nodes if node.id not in gone)
    return [after for before, after in said if after != before]


def _nameless(node: Node, person: Node, without: Sequence[str] = ()) -> Node:
    """Return a record whose texts name somebody no more."""
    names = (text(person.properties, key) or "" for key in ("name", "alias"))
    called = [re.escape(name) for name in names if len(name) >= _LEAST]
    facts = {key: value for key, value in node.properties.items() if key not in without}
    if called:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(called)})(?!\w)", re.IGNORECASE)
        facts = {key: _without(value, pattern) for key, value in facts.items()}
    return Node(label=node.label, id=node.id, version=node.version, properties=facts)


def _without(value: Value, pattern: re.Pattern[str]) -> Value:
    if isinstance(value, str):
        return pattern.sub(NOBODY, value)
    if isinstance(value, list | tuple):
        return [_without(each, pattern) for each in value]
    return value


def _kept(graph: Subgraph, node: Node, schema: Schema, on: date) -> KeptByLaw:
    ends = [
        Case.from_node(graph.nodes[key]).closed_on or on
        for key in _holding(graph, {node.id})
        if graph.nodes[key].label == "Case"
    ]
    months = schema.nodes[node.label].keep_months or 0
    return KeptByLaw(record=node.id, label=node.label, until=months_later(max(ends), months))
