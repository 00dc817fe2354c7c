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
MANY: Final = 200
"""Words that begin alike, as the index is asked for each of them."""
_FIRST_RING: Final = 1_000.0
_WIDER: Final = 2.0
_LAST: Final = "\U0010ffff"


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
        self._asked = marks.asked(query.kinds, [self._spelled(each) for each in wanted])
        self._cards: dict[str, str] = {}

    def items(self) -> list[Item]:
        """Return all that can be among the first of the groups, still without cards."""
        query, origin = self._query, self._query.origin
        if origin is None:
            return self._first()
        reaches = {Group.NEAR: query.radius, Group.AT_HOME: query.home_reach}
        places = [mark for g, far in reaches.items() for mark in marks.within(g, (origin, far))]
        every = self._first([*places, *marks.within(Group.ANYWHERE)], most=FEW)
        if len(every) <= FEW:
            return every
        return [
            *(item for g, far in reaches.items() for item in self._near(origin, g, far)),
            *self._first(marks.within(Group.ANYWHERE)),
        ]

    def with_card(self, item: Item) -> Item:
        """Return one of these items with its card."""
        return replace(item, card=read_card(self._cards[item.key]))

    def _near(self, origin: Point, group: Group, reach: float) -> list[Item]:
        """Return the items of a group in the smallest ring that has enough, or in the last."""
        radius = min(_FIRST_RING, reach)
        while True:
            asked = _match([*self._asked, marks.within(group, (origin, radius))])
            found = self._read(item_queries.IN_BOX, asked=asked, **box(origin, radius))
            inside = sum(_metres(origin, item) <= radius for item in found)
            if inside > self._query.limit or radius >= reach:
                return found
            radius = min(radius * _WIDER, reach)

    def _first(self, *conditions: list[str], most: int | None = None) -> list[Item]:
        asked = _match([*self._asked, *conditions])
        limit = (self._query.limit if most is None else most) + 1
        return self._read(item_queries.FIRST, asked=asked, limit=limit)

    def _spelled(self, wanted: Wanted) -> Wanted:
        """Return a condition with the words that begin so, where these are not too many.

        The index gathers all that has any of them first, from the whole country.
        """
        begun = wanted.prefix
        if begun is None or begun.startswith(":"):
            return wanted
        asked = {"start": f"~{begun}", "end": f"~{begun}{_LAST}", "most": MANY + 1}
        words = [word for (word,) in self._reader.ask(item_queries.WORDS_FROM, **asked)]
        return wanted if len(words) > MANY else Wanted(keys=wanted.keys.union(words))

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
