"""The search of the directory: by word where that is quick, else outwards from a place.

All conditions must hold, so the rarest alone tells how many items there can be. Where these are few
they are all fetched; where every condition is common, rings around the origin soon hold enough.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, LiteralString

from neo4j.spatial import WGS84Point

from netwerk.adapters.neo4j import item_queries
from netwerk.adapters.neo4j.records import subgraph
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point
from netwerk.ports.finding import Candidates, FindQuery, Group, Wanted, first_of, known_by
from netwerk.ports.stems import forms

Ask = Callable[[LiteralString, Mapping[str, Any]], Mapping[str, Any]]

FEW: Final = 2_000
"""Items that are fetched without looking where they are."""
MANY: Final = 20_000
"""Items that are put in order, where no place is asked."""
_FIRST_RING: Final = 5_000.0
_WIDER, _MARGIN = 1.002, 1.0
"""The server measures on a slightly larger sphere; what lies on the edge is judged here."""


def find(ask: Ask, query: FindQuery) -> Candidates:
    """See DirectoryView.find."""
    wanted = [*query.wanted]
    if query.known:
        wanted.append(known_by(subgraph(ask(item_queries.TEAM, {})), query.known))
    items, cut = first_of(_Search(ask, query, wanted).items(), query)
    around = subgraph(ask(item_queries.AROUND, _around(items)))
    return Candidates(items=tuple(items), subgraph=around, cut=cut)


def words_like(ask: Ask, typed: Collection[str]) -> frozenset[str]:
    """See DirectoryView.words_like."""
    marks = sorted(frozenset[str]().union(*map(forms, typed)))
    return frozenset(ask(item_queries.WORDS_LIKE, {"forms": marks})["words"])


class _Search:
    def __init__(self, ask: Ask, query: FindQuery, wanted: Sequence[Wanted]) -> None:
        self._ask = ask
        self._query = query
        self._wanted = [{"keys": sorted(w.keys), "prefix": w.prefix or ""} for w in wanted]

    def items(self) -> list[Item]:
        """Return all that can be among the first of the groups."""
        origin = self._query.origin
        rarest = self._rarest(MANY if origin is None else FEW)
        if origin is None:
            statement = item_queries.FIRST_BY_WORD if rarest else item_queries.BY_KEY
            return self._read(statement, rarest or {})
        if rarest is not None:
            return self._read(item_queries.BY_WORD, rarest)
        return [
            *self._near(origin, Group.NEAR, self._query.radius),
            *self._near(origin, Group.AT_HOME, self._query.home_reach),
            *self._read(item_queries.NOWHERE, {}),
        ]

    def _rarest(self, most: int) -> Mapping[str, Any] | None:
        """Return the condition that the fewest items meet, if these are no more than `most`."""
        if not self._wanted:
            return None
        counts = self._ask(item_queries.COUNTED, {"wanted": self._wanted})["counts"]
        least = min(counts)
        return self._wanted[counts.index(least)] if least <= most else None

    def _near(self, origin: Point, group: Group, reach: float) -> list[Item]:
        """Return the items of a group in the smallest ring that has enough, or in the last."""
        radius = min(_FIRST_RING, reach)
        asked = {"origin": WGS84Point(origin), "comes": group == Group.AT_HOME}
        while True:
            around = {**asked, "reach": radius * _WIDER + _MARGIN}
            found = self._read(item_queries.BY_PLACE, around)
            inside = sum(_metres(origin, item) <= radius for item in found)
            if inside > self._query.limit or radius >= reach:
                return found
            radius = min(radius * 2, reach)

    def _read(self, statement: LiteralString, asked: Mapping[str, Any]) -> list[Item]:
        common = {
            "kinds": sorted(self._query.kinds),
            "wanted": self._wanted,
            "limit": self._query.limit + 1,
        }
        return [_item(row) for row in self._ask(statement, {**common, **asked})["items"]]


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


def _metres(origin: Point, item: Item) -> float:
    return min(distance(origin, each) for each in item.places)


def _around(items: Collection[Item]) -> dict[str, list[str]]:
    """Return what the statement about what is around some items takes."""

    def of(*kinds: ItemKind) -> list[Item]:
        return [item for item in items if item.kind in kinds]

    hosts = of(ItemKind.ORGANIZATION, ItemKind.CONTACT)
    return {
        "own": sorted({item.node for item in items}),
        "services": [item.node for item in of(ItemKind.SERVICE)],
        "hosts": sorted({item.organization or item.node for item in hosts}),
        "volunteers": [item.node for item in of(ItemKind.VOLUNTEER)],
        "persons": sorted({item.node for item in of(ItemKind.CONTACT)}),
        "contacts": [item.id for item in of(ItemKind.CONTACT)],
    }
