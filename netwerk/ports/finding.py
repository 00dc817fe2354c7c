"""What the search of the directory asks of a store: candidates, bounded; above it is judged.

Contract of `DirectoryView.find`. An item (`netwerk.domain.items`) meets a query when it is of one
of the kinds, meets every condition in `wanted`, is near enough, and, where `known` is asked,
belongs to an organization or person with whom a colleague of the viewer's teams is so acquainted
(or to the organization that such a person is contact for). The answer holds, of each `Group`, the
first `limit` items in the order of the group; a group that has more is in `cut`.

Contract of `DirectoryView.around_items`. Around each: the Services that it is, that it provides (an
organization, a contact person's organization), or that it volunteers for; their providers;
LOCATED_AT of them and of the organizations; the CONTACT_FOR of a contact person, the VOLUNTEERS_FOR
of a volunteer; and the team, as `Candidates` has it. All with the nodes at the ends.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from netwerk.domain.geometry import distance
from netwerk.domain.items import Item, ItemKind
from netwerk.domain.records import Point, Subgraph, text

HOME_REACH: Final = 50_000.0
"""Metres that somebody comes to help at home, where the question does not reach further."""


class Group(StrEnum):
    """Where an item is, seen from the origin of a query. Without an origin all are ANYWHERE."""

    NEAR = "near"
    AT_HOME = "at_home"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A condition: met by an item with one of these keys, or a word that begins so."""

    keys: frozenset[str] = frozenset()
    prefix: str | None = None

    def met_by(self, keys: frozenset[str]) -> bool:
        """Whether an item with these keys meets it."""
        if not self.keys.isdisjoint(keys):
            return True
        return self.prefix is not None and any(key.startswith(self.prefix) for key in keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindQuery:
    """What is looked for, as far as a store judges it. A prefix is never empty.

    The groups, in this order: NEAR, what is within `radius` metres of the origin, nearest first;
    AT_HOME, what is given at home by somebody within HOME_REACH (or the radius, if that is more),
    nearest first; ANYWHERE, what has no place. What is as near follows its key; ANYWHERE has only
    the order of the numbers of its items, so that the first of many are of all kinds.
    """

    kinds: frozenset[ItemKind]
    wanted: tuple[Wanted, ...] = ()
    known: frozenset[str] = frozenset()
    origin: Point | None = None
    radius: float = 5000.0
    limit: int = 500

    def group_of(self, item: Item) -> tuple[Group, float] | None:
        """Return which group an item is in, with its distance; None where it is too far."""
        if self.origin is None or not item.places:
            return Group.ANYWHERE, 0.0
        metres = min(distance(self.origin, each) for each in item.places)
        if item.comes:
            return (Group.AT_HOME, metres) if metres <= self.home_reach else None
        return (Group.NEAR, metres) if metres <= self.radius else None

    @property
    def home_reach(self) -> float:
        """How far somebody comes."""
        return max(HOME_REACH, self.radius)

    def meets(self, item: Item) -> bool:
        """Whether an item is of a kind that is asked and meets all that is wanted."""
        return item.kind in self.kinds and all(each.met_by(item.keys) for each in self.wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Items in the order of their groups, without their keys, and what they are judged with.

    That is what the viewer's teams know: MEMBER_OF, ACQUAINTED, and the CONTACT_FOR of Persons they
    know, with the nodes at the ends; and PART_OF from the areas on their cards upwards, without.
    """

    items: tuple[Item, ...] = ()
    subgraph: Subgraph = field(default_factory=Subgraph)
    cut: frozenset[Group] = frozenset()


def first_of(items: Iterable[Item], query: FindQuery) -> tuple[list[Item], frozenset[Group]]:
    """Return the first of each group of items that meet a query, and which groups have more."""
    groups: dict[Group, list[tuple[float, str, Item]]] = {group: [] for group in Group}
    for item in items:
        found = query.group_of(item)
        if found is not None:
            group, metres = found
            first = item.number if group == Group.ANYWHERE else metres
            groups[group].append((first, item.key, item))
    cut = frozenset(group for group, every in groups.items() if len(every) > query.limit)
    shown = [
        item
        for every in groups.values()
        for _, _, item in sorted(every, key=lambda each: each[:2])[: query.limit]
    ]
    return shown, cut


def areas_of(items: Iterable[Item]) -> list[str]:
    """Return the areas on the cards of items."""
    found = {area for item in items for area in item.card.areas}
    found |= {area for item in items for each in item.card.offers for area in each.areas}
    return sorted(found)


def known_by(team: Subgraph, warmths: Collection[str]) -> Wanted:
    """Return the condition that an item is of somebody whom a team is so acquainted with.

    `team` has its ACQUAINTED, and the CONTACT_FOR of Persons among those. Who knows the pastor
    knows the church; a warmth that was never told is taken for cold.
    """
    met = {
        r.target
        for r in team.of_type("ACQUAINTED")
        if (text(r.properties, "warmth") or "cold") in warmths
    }
    met |= {r.target for r in team.of_type("CONTACT_FOR") if r.source in met}
    return Wanted(keys=frozenset(f":of:{each}" for each in met))
