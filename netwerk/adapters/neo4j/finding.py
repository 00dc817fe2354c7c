"""The search of the directory: the first by number, or outwards from a place in rings.

One index intersects all conditions (`netwerk.ports.marks`), so that what is rare is found at once,
and where all is common the first ring around the origin soon holds enough. Numbers have rings too:
the lowest half, the lowest quarter, … of all.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, LiteralString

from netwerk.adapters.neo4j import item_queries, items
from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.cards import read_card
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point, Subgraph
from netwerk.ports import marks
from netwerk.ports.finding import Candidates, FindQuery, Group, Wanted, first_of, known_by
from netwerk.ports.stems import forms

Ring = tuple[float, marks.Conditions]
Ask = Callable[[LiteralString, Mapping[str, Any]], Mapping[str, Any]]

FEW: Final = 1_200
"""Items that are fetched at once, however far they are."""
CLAUSES: Final = 900
"""Marks in one question: the index refuses more than 1,024."""
LONGEST: Final = 900
"""Signs of a mark in a question: the index refuses a longer beginning of a word."""
_FIRST_RING: Final = 1_000.0
_HALVINGS: Final = (9, 6, 3)


def find(ask: Ask, query: FindQuery) -> Candidates:
    """See DirectoryView.find."""
    wanted = [*query.wanted]
    if query.known:
        wanted.append(known_by(subgraph(ask(item_queries.TEAM, {})), query.known))
    found, cut = first_of(_Search(ask, query, wanted).items(), query)
    told = ask(item_queries.JUDGED_WITH, {"keys": [item.key for item in found]})
    cards = dict(told["cards"])
    # What was taken away between the two has no card any more.
    with_cards = (
        replace(item, card=read_card(cards[item.key])) for item in found if item.key in cards
    )
    return Candidates(items=tuple(with_cards), subgraph=subgraph(told), cut=cut)


def around_items(ask: Ask, keys: Collection[str]) -> Subgraph:
    """See DirectoryView.around_items."""
    return subgraph(ask(item_queries.AROUND, {"keys": sorted(keys)}))


def words_like(ask: Ask, typed: Collection[str]) -> frozenset[str]:
    """See DirectoryView.words_like."""
    marks = sorted(frozenset[str]().union(*map(forms, typed)))
    return frozenset(ask(item_queries.WORDS_LIKE, {"forms": marks})["words"])


class _Search:
    def __init__(self, ask: Ask, query: FindQuery, wanted: Sequence[Wanted]) -> None:
        self._ask = ask
        self._query = query
        self._asked: marks.Conditions = []
        self._rest: marks.Conditions = []
        room = CLAUSES
        for each in sorted(marks.asked(query.kinds, wanted), key=len):
            room -= len(each)
            fits = room >= 0 and max(map(len, each)) <= LONGEST
            (self._asked if fits else self._rest).append(each)
        # The index takes no empty question: what it cannot be asked is judged on all of the kinds.
        self._asked = self._asked or marks.asked(query.kinds, ())

    def items(self) -> list[Item]:
        """Return all that can be among the first of the groups, still without cards."""
        query = self._query
        if query.origin is None:
            rings = {Group.ANYWHERE: _by_number([])}
        else:
            rings = {
                Group.NEAR: _by_place(Group.NEAR, query.origin, query.radius),
                Group.AT_HOME: _by_place(Group.AT_HOME, query.origin, query.home_reach),
                Group.ANYWHERE: _by_number([marks.within(Group.ANYWHERE)]),
            }
        # All that is there, if that is little: then one trip is enough.
        every = self._read([each[-1][1] for each in rings.values()], FEW + 1)
        found: list[Item] = []
        for (group, steps), some in zip(rings.items(), every, strict=True):
            few = len(some) <= FEW and not self._rest
            found += some if few else self._outwards(group, steps)
        return found

    def _outwards(self, group: Group, steps: Sequence[Ring]) -> list[Item]:
        """Return the items of the smallest ring that has enough, or of the last."""
        found: list[Item] = []
        for reach, conditions in steps:
            (found,) = self._read([conditions])
            if sum(self._is_within(item, group, reach) for item in found) > self._query.limit:
                break
        return found

    def _is_within(self, item: Item, group: Group, reach: float) -> bool:
        origin = self._query.origin
        if group == Group.ANYWHERE or origin is None:
            return True
        return min(distance(origin, each) for each in item.places) <= reach

    def _read(
        self, every: Sequence[marks.Conditions], limit: int | None = None
    ) -> list[list[Item]]:
        asked = {
            "asked": [_match([*self._asked, *conditions]) for conditions in every],
            "rest": self._rest,
            "options": {} if limit is None else {"limit": limit},
        }
        found = self._ask(item_queries.FIND, asked)["found"]
        return [[_item(row) for row in some] for some in found]


def _by_place(group: Group, origin: Point, reach: float) -> list[Ring]:
    """Return the rings around a place, each twice as wide."""
    radius, found = min(_FIRST_RING, reach), list[Ring]()
    while radius < reach:
        found.append((radius, [marks.within(group, (origin, radius))]))
        radius *= 2
    return [*found, (reach, [marks.within(group, (origin, reach))])]


def _by_number(conditions: marks.Conditions) -> list[Ring]:
    """Return the lowest numbers, then more of them, then all."""
    some = [(0.0, [*conditions, [items.below(each)]]) for each in _HALVINGS]
    return [*some, (0.0, conditions)]


def _match(conditions: marks.Conditions) -> str:
    """Return a question as the index reads it."""
    return " ".join("+(" + " ".join(each) + ")" for each in conditions)


def _item(row: Sequence[Any]) -> Item:
    kind, key, node, organization, comes, places = row
    return Item(
        kind=ItemKind(kind),
        id=key,
        node=NodeId(node),
        organization=None if organization is None else NodeId(organization),
        places=tuple((lon, lat) for lon, lat in json.loads(places)),
        comes=comes,
    )
