"""The search of the directory as a plain scan of all there is: the definition of `find`."""

from collections.abc import Collection
from dataclasses import replace

from netwerk.domain.access import Scope
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind, items_of
from netwerk.domain.records import Record, Relationship, Subgraph
from netwerk.ports.finding import Candidates, FindQuery, areas_of, first_of, known_by
from netwerk.ports.stems import forms


def find(seen: Subgraph, scope: Scope, query: FindQuery) -> Candidates:
    """Return the first items that meet the query, with all around them."""
    team = _team(seen, scope)
    known = [known_by(team, query.known)] if query.known else []
    every = [
        item
        for item in items_of(seen)
        if query.meets(item) and all(each.met_by(item.keys) for each in known)
    ]
    shown, cut = first_of(every, query)
    parts = _upwards(seen, {NodeId(each) for each in areas_of(shown)})
    bare = tuple(replace(item, keys=frozenset()) for item in shown)
    return Candidates(items=bare, subgraph=team | Subgraph.of(parts), cut=cut)


def around_items(seen: Subgraph, scope: Scope, keys: Collection[str]) -> Subgraph:
    """Return what is around the items with these keys, and the team."""
    items = [item for item in items_of(seen) if item.key in keys]
    return _around(seen, items) | _team(seen, scope)


def words_like(seen: Subgraph, typed: Collection[str]) -> frozenset[str]:
    """Return the words of all items that are like these."""
    words = {key for item in items_of(seen) for key in item.keys if not key.startswith(":")}
    marks = frozenset[str]().union(*map(forms, typed))
    return frozenset(word for word in words if marks & forms(word))


def _team(seen: Subgraph, scope: Scope) -> Subgraph:
    """Return the viewer's teams, whom they know, and for which organizations to ask those."""
    teams = {r.target for r in seen.of_type("MEMBER_OF") if r.source == scope.viewer}
    members = [r for r in seen.of_type("MEMBER_OF") if r.target in teams]
    colleagues = {r.source for r in members}
    known = [r for r in seen.of_type("ACQUAINTED") if r.source in colleagues]
    persons = {r.target for r in known}
    roles = [r for r in seen.of_type("CONTACT_FOR") if r.source in persons]
    return _with_ends(seen, [*members, *known, *roles])


def _around(seen: Subgraph, items: Collection[Item]) -> Subgraph:
    contacts = {item.id for item in items if item.kind == ItemKind.CONTACT}
    volunteers = _of(items, ItemKind.VOLUNTEER)
    hosts = _of(items, ItemKind.ORGANIZATION)
    hosts |= {item.organization for item in items if item.organization}
    offered = [r for r in seen.of_type("PROVIDES") if r.source in hosts]
    volunteered = [r for r in seen.of_type("VOLUNTEERS_FOR") if r.source in volunteers]
    services = _of(items, ItemKind.SERVICE) | {r.target for r in (*offered, *volunteered)}
    provided = [r for r in seen.of_type("PROVIDES") if r.target in services]
    bases = services | hosts | {r.source for r in provided}
    located = [r for r in seen.of_type("LOCATED_AT") if r.source in bases]
    roles = [r for r in seen.of_type("CONTACT_FOR") if r.id in contacts]
    found = _with_ends(seen, [*provided, *volunteered, *located, *roles])
    return Subgraph(nodes={item.node: seen.nodes[item.node] for item in items}) | found


def _upwards(seen: Subgraph, areas: Collection[NodeId]) -> list[Relationship]:
    found: dict[str, Relationship] = {}
    reached = set(areas)
    while reached:
        above = [r for r in seen.of_type("PART_OF") if r.source in reached and r.id not in found]
        found |= {r.id: r for r in above}
        reached = {r.target for r in above}
    return list(found.values())


def _of(items: Collection[Item], kind: ItemKind) -> set[NodeId]:
    return {item.node for item in items if item.kind == kind}


def _with_ends(seen: Subgraph, links: Collection[Relationship]) -> Subgraph:
    ends = {end for r in links for end in (r.source, r.target)}
    records: list[Record] = [seen.nodes[end] for end in sorted(ends)]
    return Subgraph.of([*records, *links])
