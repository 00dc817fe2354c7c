"""The search of the directory: by word where that is quick, else outwards from a place.

All conditions must hold, so the rarest alone tells how many items there can be. Where these are few
they are all fetched; where every condition is common, rings around the origin soon hold enough.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from netwerk.adapters.embedded import item_queries, queries
from netwerk.adapters.embedded.offers import box
from netwerk.adapters.embedded.reading import Reader
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point, Relationship, Subgraph, to_json
from netwerk.ports.finding import Candidates, FindQuery, Group, Wanted, first_of, known_by
from netwerk.ports.stems import forms

FEW: Final = 2_000
"""Items that are fetched without looking where they are."""
MANY: Final = 20_000
"""Items that are put in order, where no place is asked."""
_FIRST_RING: Final = 1_000.0
_LAST: Final = "\U0010ffff"
Leaving = Callable[..., list[Relationship]]


def find(reader: Reader, query: FindQuery) -> Candidates:
    """See DirectoryView.find."""
    team = _team(reader)
    known = (known_by(team, query.known),) if query.known else ()
    search = _Search(reader, query, (*query.wanted, *known))
    items, cut = first_of(search.items(), query)
    return Candidates(items=tuple(items), subgraph=_around(reader, items) | team, cut=cut)


def words_like(reader: Reader, typed: Collection[str]) -> frozenset[str]:
    """See DirectoryView.words_like."""
    marks = sorted(frozenset[str]().union(*map(forms, typed)))
    return frozenset(word for (word,) in reader.ask(item_queries.WORDS_LIKE, forms=to_json(marks)))


class _Search:
    def __init__(self, reader: Reader, query: FindQuery, wanted: Sequence[Wanted]) -> None:
        self._reader = reader
        self._query = query
        self._wanted = wanted
        self._begun = [each.prefix is not None for each in wanted]
        self._asked: dict[str, Any] = {"kinds": to_json(sorted(query.kinds))}
        for number, each in enumerate(wanted):
            self._asked |= {f"{key}_{number}": value for key, value in _asked(each).items()}

    def items(self) -> list[Item]:
        """Return all that can be among the first of the groups."""
        origin = self._query.origin
        if origin is None:
            rarest = self._rarest(MANY)
            if rarest is None:
                return self._read(item_queries.BY_KEY, {}, first=True)
            return self._read(item_queries.BY_WORD, _asked(rarest), first=True)
        rarest = self._rarest(FEW)
        if rarest is not None:
            return self._read(item_queries.BY_WORD, _asked(rarest))
        return [
            *self._near(origin, Group.NEAR, self._query.radius),
            *self._near(origin, Group.AT_HOME, self._query.home_reach),
            *self._read(item_queries.NOWHERE, {}, first=True),
        ]

    def _rarest(self, most: int) -> Wanted | None:
        """Return the condition that the fewest items meet, if these are no more than `most`."""
        best, least = None, most + 1
        for each in self._wanted:
            ((count,),) = self._reader.ask(item_queries.COUNTED, **_asked(each), most=least)
            if count < least:
                best, least = each, count
        return best

    def _near(self, origin: Point, group: Group, reach: float) -> list[Item]:
        """Return the items of a group in the smallest ring that has enough, or in the last."""
        radius, comes = min(_FIRST_RING, reach), group == Group.AT_HOME
        while True:
            asked = {"comes": comes, **box(origin, radius)}
            found = self._read(item_queries.BY_PLACE, asked)
            every = list({item.key: item for item in found}.values())
            inside = sum(_metres(origin, item) <= radius for item in every)
            if inside > self._query.limit or radius >= reach:
                return every
            radius = min(radius * 2, reach)

    def _read(self, statement: str, asked: Mapping[str, Any], *, first: bool = False) -> list[Item]:
        query = item_queries.narrowed(statement, self._begun, first=first)
        limit = self._query.limit + 1
        found = self._reader.ask(query, **self._asked, **asked, limit=limit)
        return [_item(row) for row in found]


def _asked(wanted: Wanted) -> dict[str, Any]:
    start, end = (wanted.prefix, wanted.prefix + _LAST) if wanted.prefix else ("", "")
    return {"keys": to_json(sorted(wanted.keys)), "start": start, "end": end}


def _item(row: tuple[Any, ...]) -> Item:
    kind, key, node, organization, comes, places = row
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
    def leaving(ids: Iterable[NodeId], *types: str) -> list[Relationship]:
        return reader.links(item_queries.LEAVING, ids=to_json(sorted(ids)), types=to_json(types))

    own = {item.node for item in items}
    contacts = {item.id for item in items if item.kind == ItemKind.CONTACT}
    volunteers = {item.node for item in items if item.kind == ItemKind.VOLUNTEER}
    hosts = {item.organization or item.node for item in items if _is_host(item)}
    offered = [*leaving(hosts, "PROVIDES"), *leaving(volunteers, "VOLUNTEERS_FOR")]
    services = {item.node for item in items if item.kind == ItemKind.SERVICE}
    services |= {r.target for r in offered}
    asked = {"ids": to_json(sorted(services)), "types": to_json(["PROVIDES"])}
    provided = reader.links(item_queries.REACHING, **asked)
    roles = [
        r
        for r in leaving({item.node for item in items if item.organization}, "CONTACT_FOR")
        if r.id in contacts
    ]
    bases = services | hosts | {r.source for r in provided}
    located = leaving(bases, "LOCATED_AT")
    joined = [*offered, *provided, *roles, *located]
    places = {r.target for r in located}
    areas = leaving(services | volunteers | places, "IN_AREA")
    facts = [*leaving(services, "ADDRESSES"), *_talents(reader, volunteers), *areas]
    facts += _upwards(leaving, {r.target for r in areas})
    return _of(reader, joined, facts, own)


def _is_host(item: Item) -> bool:
    return item.kind in {ItemKind.ORGANIZATION, ItemKind.CONTACT}


def _talents(reader: Reader, volunteers: Collection[NodeId]) -> list[Relationship]:
    ids = to_json(sorted(volunteers))
    return reader.links(item_queries.OFFERED_TALENTS, ids=ids)


def _upwards(leaving: Leaving, areas: Collection[NodeId]) -> list[Relationship]:
    """Return what areas are part of, and what that is part of."""
    found: dict[str, Relationship] = {}
    reached = set(areas)
    while reached:
        above = [r for r in leaving(reached, "PART_OF") if r.id not in found]
        found |= {r.id: r for r in above}
        reached = {r.target for r in above}
    return list(found.values())


def _of(
    reader: Reader,
    joined: Collection[Relationship],
    facts: Collection[Relationship],
    own: Collection[NodeId],
) -> Subgraph:
    """Return all these with the nodes at the ends of `joined`: Needs and Areas stay out."""
    ends = {end for r in joined for end in (r.source, r.target)} | set(own)
    nodes = reader.nodes(queries.NODES, ids=to_json(sorted(ends)))
    return Subgraph.of([*nodes, *joined, *facts])
