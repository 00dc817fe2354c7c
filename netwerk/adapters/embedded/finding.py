"""The search of the directory: the first by number, or outwards from a place in rings.

One index intersects all conditions (`netwerk.ports.marks`), so that what is rare is
found at once, and where all is common the first ring around the origin soon holds enough.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from netwerk.adapters.embedded import item_queries, queries
from netwerk.adapters.embedded.reading import Reader
from netwerk.domain.cards import read_card
from netwerk.domain.geometry import box, distance
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point, Relationship, Subgraph, to_json
from netwerk.ports import marks
from netwerk.ports.finding import (
    Candidates,
    FindQuery,
    Group,
    Wanted,
    areas_of,
    first_of,
    known_by,
)
from netwerk.ports.stems import forms

FEW: Final = 1_500
"""Items that are fetched at once, however far they are."""
_FIRST_RING: Final = 1_000.0


def find(reader: Reader, query: FindQuery) -> Candidates:
    """See DirectoryView.find."""
    team = _team(reader)
    known = (known_by(team, query.known),) if query.known else ()
    search = _Search(reader, query, (*query.wanted, *known))
    found, cut = first_of(search.items(), query)
    items = tuple(search.with_card(item) for item in found)
    parts = _upwards(reader, {NodeId(each) for each in areas_of(items)})
    return Candidates(items=items, subgraph=team | Subgraph.of(parts), cut=cut)


def around_items(reader: Reader, keys: Collection[str]) -> Subgraph:
    """See DirectoryView.around_items."""
    found = reader.ask(item_queries.WITH_KEYS, keys=to_json(sorted(keys)))
    return _around(reader, [_item(row) for row in found]) | _team(reader)


def words_like(reader: Reader, typed: Collection[str]) -> frozenset[str]:
    """See DirectoryView.words_like."""
    marks = sorted(frozenset[str]().union(*map(forms, typed)))
    return frozenset(word for (word,) in reader.ask(item_queries.WORDS_LIKE, forms=to_json(marks)))


class _Search:
    def __init__(self, reader: Reader, query: FindQuery, wanted: Sequence[Wanted]) -> None:
        self._reader = reader
        self._query = query
        self._asked = marks.asked(query.kinds, wanted)
        self._cards: dict[str, str] = {}

    def items(self) -> list[Item]:
        """Return all that can be among the first of the groups, still without cards."""
        origin = self._query.origin
        if origin is None:
            return self._first()
        return [
            *self._near(origin, Group.NEAR, self._query.radius),
            *self._near(origin, Group.AT_HOME, self._query.home_reach),
            *self._first(marks.within(Group.ANYWHERE)),
        ]

    def with_card(self, item: Item) -> Item:
        """Return one of these items with its card."""
        return replace(item, card=read_card(self._cards[item.key]))

    def _near(self, origin: Point, group: Group, reach: float) -> list[Item]:
        """Return the items of a group in the smallest ring that has enough, or in the last."""
        radius = reach if self._are_few(group, origin, reach) else min(_FIRST_RING, reach)
        while True:
            asked = _match([*self._asked, marks.within(group, (origin, radius))])
            found = self._read(item_queries.IN_BOX, asked=asked, **box(origin, radius))
            inside = sum(_metres(origin, item) <= radius for item in found)
            if inside > self._query.limit or radius >= reach:
                return found
            radius = min(radius * 2, reach)

    def _are_few(self, group: Group, origin: Point, reach: float) -> bool:
        asked = _match([*self._asked, marks.within(group, (origin, reach))])
        ((count,),) = self._reader.ask(item_queries.COUNTED, asked=asked, most=FEW + 1)
        return int(count) <= FEW

    def _first(self, *conditions: list[str]) -> list[Item]:
        asked = _match([*self._asked, *conditions])
        return self._read(item_queries.FIRST, asked=asked, limit=self._query.limit + 1)

    def _read(self, statement: str, **asked: Any) -> list[Item]:
        found = self._reader.ask(statement, **asked)
        items = [_item(row) for row in found]
        self._cards |= {item.key: row[-1] for item, row in zip(items, found, strict=True)}
        return items


def _match(conditions: marks.Conditions) -> str:
    """Return a question as the index reads it."""
    return " AND ".join("(" + " OR ".join(map(_quoted, each)) + ")" for each in conditions)


def _quoted(mark: str) -> str:
    return f'"{mark[:-1]}" *' if mark[-1] == "*" else f'"{mark}"'


def _item(row: tuple[Any, ...]) -> Item:
    kind, key, node, organization, comes, places, _ = row
    return Item(
        kind=ItemKind(kind),
        id=key,
        node=NodeId(node),
        organization=None if organization is None else NodeId(organization),
        places=tuple((lon, lat) for lon, lat in json.loads(places)),
        comes=bool(comes),
    )


def _metres(origin: Point, item: Item) -> float:
    return min(distance(origin, each) for each in item.places)


def _team(reader: Reader) -> Subgraph:
    """Return the viewer's teams, whom they know, and for which organizations to ask those."""
    members = reader.links(queries.TEAM)
    colleagues = to_json(sorted({r.source for r in members}))
    known = reader.links(queries.KNOWN, ids=colleagues)
    persons = to_json(sorted({r.target for r in known}))
    roles = reader.links(item_queries.LEAVING, ids=persons, types=to_json(["CONTACT_FOR"]))
    return reader.joined([*members, *known, *roles])


def _around(reader: Reader, items: Collection[Item]) -> Subgraph:
    contacts = {item.id for item in items if item.kind == ItemKind.CONTACT}
    volunteers = {item.node for item in items if item.kind == ItemKind.VOLUNTEER}
    hosts = {item.organization or item.node for item in items if _is_host(item)}
    persons = {item.node for item in items if item.organization}
    offered = [
        *_leaving(reader, hosts, "PROVIDES"),
        *_leaving(reader, volunteers, "VOLUNTEERS_FOR"),
    ]
    services = {item.node for item in items if item.kind == ItemKind.SERVICE}
    services |= {r.target for r in offered}
    asked = {"ids": to_json(sorted(services)), "types": to_json(["PROVIDES"])}
    provided = reader.links(item_queries.REACHING, **asked)
    roles = [r for r in _leaving(reader, persons, "CONTACT_FOR") if r.id in contacts]
    bases = services | hosts | {r.source for r in provided}
    links = [*offered, *provided, *roles, *_leaving(reader, bases, "LOCATED_AT")]
    return reader.joined(links, {item.node for item in items})


def _leaving(reader: Reader, ids: Iterable[NodeId], *types: str) -> list[Relationship]:
    return reader.links(item_queries.LEAVING, ids=to_json(sorted(ids)), types=to_json(types))


def _is_host(item: Item) -> bool:
    return item.kind in {ItemKind.ORGANIZATION, ItemKind.CONTACT}


def _upwards(reader: Reader, areas: Collection[NodeId]) -> list[Relationship]:
    """Return what areas are part of, and what that is part of."""
    found: dict[str, Relationship] = {}
    reached = set(areas)
    while reached:
        above = [r for r in _leaving(reader, reached, "PART_OF") if r.id not in found]
        found |= {r.id: r for r in above}
        reached = {r.target for r in above}
    return list(found.values())
