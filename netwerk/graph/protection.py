"""Puts together what is small, so that what is published has no small count in it.

Every figure is a set of disjoint atoms, none of them small: a side of a team (or of teams that are
told together), and each side split by one thing at a time. All that is published is a sum of atoms:
whatever is subtracted from whatever leaves atoms, and of what an atom is made up nothing tells. All
of it could be of one kind. That is why no two splits of a side may use the same thing, why teams
and all of them together are split into the same groups, and why nothing is left out but put with
others. What is published is rounded on top of that.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from netwerk.domain.report import Block, Published, Row, Shape
from netwerk.domain.upkeep import FEWEST, rounded

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing that is counted: for which team, on which side, and what it is of."""

    team: str
    side: str
    of: Mapping[str, str] = field(default_factory=dict)
    chance: float | None = None
    """How likely it was said to be that it came on the counted side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Universe:
    """What there could be: everything that a reader knows of, whether it was counted or not."""

    teams: tuple[str, ...]
    ways: Mapping[str, Mapping[str, Sequence[str]]]
    """For each way what a team's units can be of, in their order."""


def protected(
    units: Iterable[Unit], shape: Shape, universe: Universe, before: Published | None = None
) -> Published:
    """Return what may be published of these units.

    `before` is what was published of the period before, for a figure that follows from it.
    """
    of: dict[str, list[Unit]] = {team: [] for team in universe.teams}
    for unit in units:
        of[unit.team].append(unit)
    counts = {team: Counter(u.side for u in every) for team, every in of.items()}
    known = [each.whole.keys for each in before.teams] if before is not None else []
    groups = grouped(counts, shape.sides, known if shape.chained else ())
    if not groups:
        return Published(total=None, teams=())
    ways: dict[Group, dict[str, Sequence[Group]]] = {group: {} for group in groups}
    joint: dict[str, Sequence[Group]] = {}
    for way in shape.ways:
        parts = {group: _counted(of, shape, universe, group, way) for group in groups}
        split, joint[way] = _split(parts, shape, way)
        for group, found in split.items():
            ways[group][way] = found
    every = tuple(universe.teams)
    return Published(
        total=_block(of, shape, every, joint),
        teams=tuple(_block(of, shape, group, ways[group]) for group in groups),
    )


def grouped(
    counts: Mapping[str, Mapping[str, int]],
    sides: Sequence[str],
    together: Iterable[Group] = (),
) -> list[Group]:
    """Put keys together until no group is small on any side; nothing where even all are.

    Of `together` none is taken apart again; those that are gone by now are passed over.
    """
    held = [tuple(key for key in group if key in counts) for group in together]
    known = {key for group in held for key in group}
    blocks = [each for each in held if each] + [(key,) for key in counts if key not in known]

    def least(keys: Iterable[str]) -> int:
        every = tuple(keys)
        return min(sum(counts[key].get(side, 0) for key in every) for side in sides)

    blocks.sort(key=lambda block: (least(block), block))
    rest = [each for each in blocks if least(each) < FEWEST]
    alone = blocks[len(rest) :]
    small = [key for block in rest for key in block]
    while small and least(small) < FEWEST:
        if not alone:
            return []
        small += alone.pop(0)
    return sorted([*alone, *([tuple(sorted(small))] if small else [])])


def runs(counts: Mapping[str, Mapping[str, int]], sides: Sequence[str]) -> list[Group]:
    """Put keys that lie side by side together until none is small; nothing where all are."""
    found: list[Group] = []
    run: Group = ()
    for key in counts:
        run = (*run, key)
        if all(sum(counts[each].get(side, 0) for each in run) >= FEWEST for side in sides):
            found, run = [*found, run], ()
    if run and found:
        found[-1] = (*found[-1], *run)
    return found


def joined(partitions: Iterable[Iterable[Group]]) -> list[Group]:
    """Return the finest groups of which all of these are parts."""
    every = [group for partition in partitions for group in partition]
    order = list(dict.fromkeys(key for group in every for key in group))
    found: list[set[str]] = []
    for group in map(set, every):
        apart = [each for each in found if not each & group]
        found = [*apart, group.union(*(each for each in found if each & group))]
    groups = (tuple(sorted(each, key=order.index)) for each in found)
    return sorted(groups, key=lambda group: order.index(group[0]))


def crossed(
    parts: Mapping[Group, Mapping[str, Mapping[str, int]]], sides: Sequence[str]
) -> tuple[dict[Group, list[Group]], list[Group]]:
    """Return what is told apart for each of some teams, and for all of them together.

    All teams that tell something tell the same things; the others, together, could tell them too,
    for that is what is left when those are subtracted from all. What no team tells apart, only all
    of them together do.
    """
    keys = list(dict.fromkeys(key for each in parts.values() for key in each))
    sums = {
        key: {side: sum(each[key].get(side, 0) for each in parts.values()) for side in sides}
        for key in keys
    }
    whole = grouped(sums, sides)

    def fits(teams: Iterable[Group], apart: Sequence[str]) -> bool:
        groups = [[key] for key in apart] + [[key for key in keys if key not in apart]]
        every = tuple(teams)
        return all(
            sum(parts[team][key].get(side, 0) for team in every for key in group) >= FEWEST
            for group in groups
            for side in sides
        )

    told, apart = sorted(parts), list[str]()
    for key in sorted(
        (g[0] for g in whole if len(g) == 1), key=lambda key: (-min(sums[key].values()), key)
    ):
        more = [*apart, key]
        able = [team for team in told if fits([team], more)]
        rest = [team for team in parts if team not in able]
        while able and rest and not fits(rest, more):
            rest.append(able.pop(0))
        if len(able) * len(more) > len(told) * len(apart):
            told, apart = able, more
    singles: list[Group] = [(key,) for key in apart]
    other = tuple(sorted(key for key in keys if key not in apart))
    split = {t: [*singles, other] if t in told else [tuple(sorted(keys))] for t in parts}
    return split, [*singles, *(group for group in whole if group not in singles)]


def _split(
    parts: Mapping[Group, Mapping[str, Mapping[str, int]]], shape: Shape, way: str
) -> tuple[Mapping[Group, Sequence[Group]], Sequence[Group]]:
    """Return what of a way is told apart, for each team and for all of them together."""
    sides = shape.ways[way]
    if way in shape.crossed:
        return crossed(parts, sides)
    group_them = runs if way in shape.ordered else grouped
    split = {teams: group_them(counts, sides) for teams, counts in parts.items()}
    return split, joined(split.values())


def _counted(
    of: Mapping[str, Sequence[Unit]], shape: Shape, universe: Universe, group: Group, way: str
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {
        key: Counter() for team in group for key in universe.ways[way][team]
    }
    for unit in (unit for team in group for unit in of[team] if unit.side in shape.ways[way]):
        counts[unit.of[way]][unit.side] += 1
    return counts


def _block(
    of: Mapping[str, Sequence[Unit]],
    shape: Shape,
    group: Group,
    ways: Mapping[str, Sequence[Group]],
) -> Block:
    units = [unit for team in group for unit in of[team]]
    rows: dict[str, tuple[Row, ...]] = {}
    for way, groups in ways.items():
        at = {key: keys for keys in groups for key in keys}
        found: dict[Group, list[str]] = defaultdict(list)
        for unit in (unit for unit in units if unit.side in shape.ways[way]):
            found[at[unit.of[way]]].append(unit.side)
        rows[way] = tuple(_row(shape, keys, found[keys], shape.ways[way]) for keys in groups)
    whole = _row(shape, group, [unit.side for unit in units], shape.sides)
    return Block(whole=whole, ways=rows, brier=_brier(units, shape))


def _brier(units: Iterable[Unit], shape: Shape) -> tuple[int, int] | None:
    """Return the Brier score of the chances that were told, and that of the base rate."""
    told = [(u.chance, u.side in shape.counted) for u in units if u.chance is not None]
    came = sum(came for _, came in told)
    if min(came, len(told) - came) < FEWEST:
        return None
    base = came / len(told)
    score = sum((chance - came) ** 2 for chance, came in told) / len(told)
    return round(100 * score), round(100 * base * (1 - base))


def _row(shape: Shape, keys: Group, counted: Sequence[str], sides: Sequence[str]) -> Row:
    """Return a row: its counts are rounded, its share is of what was counted."""
    counts = Counter(counted)
    share = None
    if shape.counted and len(sides) > 1:
        share = round(100 * sum(counts[side] for side in shape.counted) / len(counted))
    return Row(keys=keys, counts={side: rounded(counts[side]) for side in sides}, share=share)
