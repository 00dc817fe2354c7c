"""No small count can be worked out of all that is published together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netwerk.domain.report import SHAPES, Figure, Published, Row, Shape
from netwerk.domain.upkeep import FEWEST, ROUNDED, rounded
from netwerk.graph import protection
from netwerk.graph.protection import Unit, Universe, crossed, grouped, joined, protected, runs
from tests.graph.attacker import Attacker, Kind, publications

TEAMS = ("a", "b", "c")
COUNTS = st.one_of(st.just(0), st.integers(0, 12), st.integers(8, 40))
P, Q, R = "p", "q", "r"


def universe(teams: Sequence[str], **ways: Sequence[str]) -> Universe:
    return Universe(
        teams=tuple(teams), ways={way: dict.fromkeys(teams, keys) for way, keys in ways.items()}
    )


NEEDS = universe(TEAMS, domain="dfg", wijk="vw", met_by=["own", "general"])
FLOW = universe(TEAMS, waiting="s", length="st")
ASKS = universe(
    TEAMS, came_of_yes=["accepted", "ended"], came_of_no=["declined", "no_answer"], first_step="klm"
)


SUGGESTIONS = universe(TEAMS, first_step="kl", suggested=["first", "own", "wish"])


def needs() -> Iterator[Kind]:
    """Yield the kinds of needs there are: where, what about, met by what."""
    for team, domain, wijk, by in product(TEAMS, "dfg", "vw", ["own", "general", "specialist"]):
        of = {"domain": domain, "wijk": wijk, "met_by": by}
        side = "specialist" if by == "specialist" else "without"
        yield ((Figure.NEEDS, P, Unit(team=team, side=side, of=of)),)


def cases() -> Iterator[Kind]:
    """Yield the kinds of cases there are: since when, until when, and how long it took."""
    periods = [P, Q, R]
    for team, begun, ended in product(TEAMS, range(-1, 3), range(4)):
        if ended >= max(begun, 0):
            for length in "st" if ended < 3 else "s":
                yield tuple(_in_periods(team, begun, ended, length, periods))


def _in_periods(
    team: str, begun: int, ended: int, length: str, periods: Sequence[str]
) -> Iterator[tuple[Figure, str, Unit]]:
    for at, period in enumerate(periods):
        if begun < at <= ended:
            yield Figure.FLOW, period, Unit(team=team, side="start")
        if begun == at:
            yield Figure.FLOW, period, Unit(team=team, side="in", of={"waiting": "s"})
        if ended == at:
            yield Figure.FLOW, period, Unit(team=team, side="out", of={"length": length})
        if begun <= at < ended:
            yield Figure.FLOW, period, Unit(team=team, side="end")


def asks() -> Iterator[Kind]:
    """Yield the kinds of asks there are: through whom they began, and what came of them."""
    outcomes = {"yes": ["accepted", "ended"], "no": ["declined", "no_answer"]}
    for team, side, first in product(TEAMS, outcomes, "klm"):
        for outcome in outcomes[side]:
            of = {"first_step": first, f"came_of_{side}": outcome}
            yield ((Figure.ASKS, P, Unit(team=team, side=side, of=of)),)


def suggestions() -> Iterator[Kind]:
    """Yield the kinds of asks there are: through whom, which suggestion, and what came of it."""
    for team, side, first, which in product(TEAMS, ["yes", "no"], "kl", ["first", "own", "wish"]):
        of = {"first_step": first, "suggested": which}
        yield ((Figure.ASKS, P, Unit(team=team, side=side, of=of)),)


def attack(
    kinds: Sequence[Kind],
    counts: Sequence[int],
    every: Universe,
    figures: Sequence[tuple[Figure, str]],
) -> list[Any]:
    """Return what an attacker finds in a world with these counts."""

    def publish(units: list[Unit], shape: Shape, before: Published | None) -> Published:
        # What this world does not know of is not split.
        ways = {way: sides for way, sides in shape.ways.items() if way in every.ways}
        return protected(units, replace(shape, ways=ways), every, before)

    told = publications(kinds, counts, publish, figures)
    return list(Attacker(kinds, counts, told).found())


def drawn(kinds: Sequence[Kind]) -> st.SearchStrategy[list[int]]:
    return st.lists(COUNTS, min_size=len(kinds), max_size=len(kinds))


@settings(max_examples=12)
@given(drawn(list(needs())))
def test_nobody_finds_a_small_count_of_needs(counts: list[int]) -> None:
    assert attack(list(needs()), counts, NEEDS, [(Figure.NEEDS, P)]) == []


@settings(max_examples=4)
@given(drawn(list(cases())))
def test_nobody_finds_a_small_count_of_cases_in_three_periods(counts: list[int]) -> None:
    figures = [(Figure.FLOW, P), (Figure.FLOW, Q), (Figure.FLOW, R)]
    assert attack(list(cases()), counts, FLOW, figures) == []


@settings(max_examples=12)
@given(drawn(list(asks())))
def test_nobody_finds_a_small_count_of_asks(counts: list[int]) -> None:
    assert attack(list(asks()), counts, ASKS, [(Figure.ASKS, P)]) == []


@settings(max_examples=12)
@given(drawn(list(suggestions())))
def test_nobody_finds_a_small_count_of_suggestions(counts: list[int]) -> None:
    assert attack(list(suggestions()), counts, SUGGESTIONS, [(Figure.ASKS, P)]) == []


@given(drawn(list(suggestions())))
def test_what_is_told_of_suggestions_adds_up_to_the_asks(counts: list[int]) -> None:
    units = [
        each
        for ((_, _, unit),), n in zip(suggestions(), counts, strict=True)
        for each in [unit] * n
    ]
    shape = SHAPES[Figure.ASKS]
    shape = replace(shape, ways={way: shape.ways[way] for way in SUGGESTIONS.ways})
    told = protected(units, shape, SUGGESTIONS)
    for block in filter(None, (told.total, *told.teams)):
        rows = block.ways["suggested"]
        assert sorted(key for row in rows for key in row.keys) == ["first", "own", "wish"]
        for row in rows:
            of = [u for u in units if u.team in block.whole.keys and u.of["suggested"] in row.keys]
            true = Counter(unit.side for unit in of)
            assert row.counts == {side: rounded(true[side]) for side in ("yes", "no")}
            assert min(true["yes"], true["no"]) >= FEWEST


def one_small(team: str, domain: str) -> list[int]:
    """Return counts of needs of which only those of one domain in one team are small."""
    units = [unit for ((_, _, unit),) in needs()]
    return [1 if (u.team, u.of["domain"]) == (team, domain) else 40 for u in units]


def test_the_attacker_is_no_fool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the protection they find a small count at once, and exactly."""
    figures = [(Figure.NEEDS, P)]
    assert attack(list(needs()), one_small("a", "d"), NEEDS, figures) == []
    monkeypatch.setattr(protection, "FEWEST", 1)
    found = attack(list(needs()), one_small("a", "d"), NEEDS, figures)
    assert any(true == most for _, true, most in found)


def test_the_attacker_subtracts_teams_from_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each team puts together what is small there, all of them give it away."""

    def apart(parts: Any, sides: Any) -> Any:
        every = {key: dict.fromkeys(sides, 40) for key in "dfg"}
        return {team: grouped(c, sides) for team, c in parts.items()}, grouped(every, sides)

    monkeypatch.setattr(protection, "crossed", apart)
    assert attack(list(needs()), one_small("a", "d"), NEEDS, [(Figure.NEEDS, P)]) != []


def test_what_teams_tell_apart_is_the_same_and_left_over_from_all_of_them() -> None:
    big, small = {"s": 40}, {"s": 3}
    parts: dict[tuple[str, ...], dict[str, dict[str, int]]] = {
        ("a",): {"d": big, "f": big, "g": big},
        ("b",): {"d": big, "f": big, "g": big},
        ("c",): {"d": small, "f": big, "g": small},
    }
    split, whole = crossed(parts, ["s"])
    assert sorted(whole) == [("d",), ("f",), ("g",)]
    # Only c cannot tell d, and what is left for c must not be small: so b keeps silent as well.
    assert split[("c",)] == [("d", "f", "g")]
    assert sum(len(groups) > 1 for groups in split.values()) == 1


KEYED = st.dictionaries(
    st.sampled_from("uvwxyz"), st.fixed_dictionaries({"s": COUNTS, "t": COUNTS}), max_size=6
)


@given(KEYED)
def test_groups_are_whole_and_never_small(counts: Mapping[str, Mapping[str, int]]) -> None:
    groups = grouped(counts, ("s", "t"))
    if not groups:
        small = any(sum(each[side] for each in counts.values()) < FEWEST for side in "st")
        assert small or not counts
        return
    assert sorted(key for group in groups for key in group) == sorted(counts)
    for group in groups:
        assert all(sum(counts[key][side] for key in group) >= FEWEST for side in "st")


def test_what_is_small_takes_the_smallest_other_with_it() -> None:
    counts = {"u": {"s": 3}, "v": {"s": 12}, "w": {"s": 40}}
    assert grouped(counts, ["s"]) == [("u", "v"), ("w",)]
    assert grouped({"u": {"s": 5}, "v": {"s": 5}, "w": {"s": 40}}, ["s"]) == [("u", "v"), ("w",)]
    assert grouped({"u": {"s": 9}}, ["s"]) == []
    again = grouped({"u": {"s": 30}, "v": {"s": 12}, "w": {"s": 40}}, ["s"], [("gone", "u", "v")])
    assert again == [("u", "v"), ("w",)], "who was told together stays together"


def test_what_has_an_order_is_put_together_side_by_side() -> None:
    counts = {key: {"s": n} for key, n in zip("uvwxyz", [3, 12, 40, 0, 11, 2], strict=True)}
    assert runs(counts, ["s"]) == [("u", "v"), ("w",), ("x", "y", "z")]
    assert runs({"u": {"s": 9}}, ["s"]) == []


def test_the_finest_groups_that_hold_all_groups() -> None:
    assert joined([[("a",), ("b",), ("c",)], [("a", "b"), ("c",)]]) == [("a", "b"), ("c",)]
    assert joined([[("a", "b"), ("c",)], [("b", "c"), ("a",)]]) == [("a", "b", "c")]
    assert joined([]) == []


def test_a_share_is_of_what_was_counted_and_counts_are_rounded() -> None:
    of = {"domain": "d", "wijk": "v", "met_by": "own"}
    units = [Unit(team="a", side="without", of=of)] * 43
    units += [Unit(team="a", side="specialist", of=of)] * 11
    every = universe(["a"], domain="d", wijk="v", met_by=["own"])
    told = protected(units, SHAPES[Figure.NEEDS], every)
    assert told.of("a") == told.of(None)
    assert told.of("nobody") is None
    block = told.of("a")
    assert block is not None
    assert block.whole == Row(keys=("a",), counts={"without": 45, "specialist": 10}, share=80)
    assert block.ways["met_by"] == (Row(keys=("own",), counts={"without": 45}),)
    assert all(n % ROUNDED == 0 for n in block.whole.counts.values())
    assert Published.read(told.written()) == told
    few = protected(units[:45], SHAPES[Figure.NEEDS], every)
    assert few == Published(total=None, teams=()) == Published.read(few.written())
    assert Published.read(None) == few
