"""An attacker with every table of all teams and periods, as `netwerk report --json` prints them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner

from netwerk.cli import main
from netwerk.clock import SystemClock, local_day
from netwerk.domain.periods import over
from netwerk.domain.report import SHAPES, Figure
from netwerk.domain.signals import SIGNAL, Signal
from netwerk.graph import protection
from netwerk.graph.figures import Counting, Files
from netwerk.graph.protection import Unit
from netwerk.settings import Settings
from netwerk.stores import open_store
from tests.graph.attacker import Aspect, Counted, Kind, aspects
from tests.graph.whole import Sum, Whole, of_some_ways

HALVES = over(local_day(SystemClock()), 4)
"""The half years that `netwerk demo` publishes."""


@pytest.fixture(scope="module")
def store_of_demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = f"sqlite:///{tmp_path_factory.mktemp('demo')}/netwerk.db"
    for command in ("init", "demo"):
        assert CliRunner().invoke(main, ["--store", address, command]).exit_code == 0
    return address


@pytest.fixture(scope="module")
def counting(store_of_demo: str) -> Counting:
    """Return what there is to count, of which the attacker knows nothing but what is published."""
    store = open_store(Settings.from_environment({}, store_of_demo), SystemClock())
    with store.system() as work:
        noticed = [Signal.read(key, facts) for key, facts in work.find(SIGNAL)]
    found = Counting(Files.read(store.dump()), noticed)
    store.close()
    return found


@pytest.fixture(scope="module")
def true(counting: Counting) -> Mapping[Aspect, int]:
    found: Counter[Aspect] = Counter()
    for figure, half in product(Figure, HALVES):
        for unit in counting.units(figure, half):
            found.update(aspects((figure, str(half[0]), unit)))
    return found


@pytest.fixture(scope="module")
def sums(store_of_demo: str, counting: Counting) -> list[Sum]:
    """Return what was added up into each count that is printed, of every team and half year."""
    found: dict[Sum, None] = {}
    for team, half in product(("", *counting.universe.teams), HALVES):
        told = ["--store", store_of_demo, "report", "--json", "--period", str(half[0])]
        result = CliRunner().invoke(main, [*told, *(["--team", team] if team else [])])
        assert result.exit_code == 0, result.output
        figures = json.loads(result.stdout)["figures"]
        found |= dict.fromkeys(
            each
            for figure in Figure
            if "counts" in figures[figure]
            for each in printed(figure, str(half[0]), figures[figure])
        )
    return list(found)


def printed(figure: Figure, period: str, told: Mapping[str, Any]) -> Iterator[Sum]:
    rows = [("", {"of": [""], "counts": told["counts"]})]
    rows += [(way, row) for way, every in told["ways"].items() for row in every]
    for way, row in rows:
        for side in row["counts"]:
            yield tuple(
                (figure, period, team, side, way, key)
                for team, key in product(told["teams"], row["of"])
            )


def units(counting: Counting, figure: Figure) -> Iterator[Unit]:
    """Yield every unit there could be of a figure."""
    shape, universe = SHAPES[figure], counting.universe
    for team, side in product(universe.teams, shape.sides):
        ways = [way for way, sides in shape.ways.items() if side in sides]
        for keys in product(*(universe.ways[way][team] for way in ways)):
            yield Unit(team=team, side=side, of=dict(zip(ways, keys, strict=True)))


@pytest.mark.parametrize("figure", Figure)
def test_no_table_of_a_figure_gives_away_a_small_count(
    figure: Figure, counting: Counting, true: Mapping[Aspect, int], sums: Sequence[Sum]
) -> None:
    """Not by subtracting what teams, or all of them together, are split into."""
    every = list(units(counting, figure))
    for half in HALVES:
        period = str(half[0])
        kinds: list[Kind] = [((figure, period, unit),) for unit in every]
        told = [each for each in sums if each[0][:2] == (figure, period)]
        assert list(Whole(kinds, true, told).found()) == []


def lives(counting: Counting) -> Iterator[Kind]:
    """Yield how a case could come and go in these half years, and how long it was open."""
    ends = ["three_months", "half_year", "year", "longer"]
    for team, begun, ended in product(counting.universe.teams, range(-1, 4), range(5)):
        if ended < max(begun, 0):
            continue
        # Who came in one half year and went in the next was not there for longer than a year.
        lasted = {0: ends[:2], 1: ends[:3]}.get(ended - begun, ends[2:]) if begun >= 0 else ends
        for length in lasted if ended < 4 else [""]:
            yield tuple(life(team, begun, ended, length))


def life(team: str, begun: int, ended: int, length: str) -> Iterator[Counted]:
    for at, half in enumerate(HALVES):
        held = {"start": begun < at <= ended, "in": begun == at, "end": begun <= at < ended}
        for side in (side for side, is_so in held.items() if is_so):
            yield Figure.FLOW, str(half[0]), Unit(team=team, side=side)
        if ended == at:
            yield Figure.FLOW, str(half[0]), Unit(team=team, side="out", of={"length": length})


def test_no_table_of_cases_minus_that_of_another_half_year_is_small(
    counting: Counting, true: Mapping[Aspect, int], sums: Sequence[Sum]
) -> None:
    told = of_some_ways(sums, {Figure.FLOW: ["length"]})
    assert list(Whole(list(lives(counting)), true, told).found()) == []


def helped(counting: Counting) -> Iterator[Kind]:
    """Yield how help could be asked for and be phased out, each in a half year or outside them."""
    every = range(-1, len(HALVES) + 1)
    for team, known, due in product(counting.universe.teams, every, every):
        for outcome in ("accepted", "ended", "phased_out"):
            yes = Unit(team=team, side="yes", of={"came_of_yes": outcome})
            for side in ("on_time", "late"):
                # What is over in time was over by then; what runs is late.
                if side == "on_time" and (outcome == "accepted" or known > due):
                    continue
                out = Unit(team=team, side=side)
                both = [(Figure.ASKS, known, yes), (Figure.PHASING, due, out)]
                yield tuple(
                    (f, str(HALVES[at][0]), unit) for f, at, unit in both if 0 <= at < len(HALVES)
                )
    for team, half in product(counting.universe.teams, HALVES):
        for outcome in ("declined", "no_answer"):
            no = Unit(team=team, side="no", of={"came_of_no": outcome})
            yield ((Figure.ASKS, str(half[0]), no),)


def test_no_table_of_asks_minus_that_of_what_was_phased_out_is_small(
    counting: Counting, true: Mapping[Aspect, int], sums: Sequence[Sum]
) -> None:
    told = of_some_ways(sums, {Figure.ASKS: ["came_of_yes", "came_of_no"], Figure.PHASING: []})
    kinds = [kind for kind in helped(counting) if kind]
    assert list(Whole(kinds, true, told).found()) == []


def test_the_attacker_finds_what_is_not_protected(
    counting: Counting, true: Mapping[Aspect, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protection, "FEWEST", 3)
    half, figure = HALVES[-1], Figure.NEEDS
    every = counting.units(figure, half)
    bare = protection.protected(every, SHAPES[figure], counting.universe)
    told: list[Sum] = []
    for block in (bare.total, *bare.teams):
        assert block is not None
        ways = {
            way: [{"of": row.keys, "counts": row.counts} for row in rows]
            for way, rows in block.ways.items()
        }
        facts = {"teams": block.whole.keys, "counts": block.whole.counts, "ways": ways}
        told += printed(figure, str(half[0]), facts)
    kinds: list[Kind] = [((figure, str(half[0]), unit),) for unit in units(counting, figure)]
    assert list(Whole(kinds, true, told).found()) != []
