"""No small count can be worked out of what is published, by sums or by knowing how it is done."""

from collections import defaultdict
from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.upkeep import FEWEST, ROUNDED
from netwerk.graph.suppression import Counts, Table

SLACK = ROUNDED // 2
Bounds = tuple[float, float]
tables = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(
        st.sampled_from("uvwxyz"),
        st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 60)),
        min_size=1,
    ),
    max_size=4,
)


def told(figure: int | None) -> Bounds:
    """Return between what a reader knows a figure to be, from itself alone."""
    return (0, inf) if figure is None else (figure - SLACK, figure + SLACK)


def narrowed(whole: Bounds, parts: dict[str, Bounds]) -> tuple[Bounds, dict[str, Bounds]]:
    """Return what a sum and its parts tell about each other.

    For one sum, and so for a tree of sums, these are all the bounds that linear programming finds.
    """
    low, high = sum(b[0] for b in parts.values()), sum(b[1] for b in parts.values())
    whole = max(whole[0], low), min(whole[1], high)
    found = {}
    for key, (least, most) in parts.items():
        others_high = sum(b[1] for other, b in parts.items() if other != key)
        others_low = low - least
        found[key] = max(least, whole[0] - others_high), min(most, whole[1] - others_low)
    return whole, found


def attacked(counts: Counts, published: Table) -> list[Bounds]:
    """Return what an attacker knows of every figure that was hidden."""
    cells = {
        column: {row: told(published.cells.get(column, {}).get(row)) for row in rows}
        for column, rows in counts.items()
    }
    totals = {column: told(published.totals.get(column)) for column in counts}
    for _ in range(4):
        for column in counts:
            totals[column], cells[column] = narrowed(totals[column], cells[column])
        _, totals = narrowed(told(published.total), totals)
    hidden = [totals[column] for column in counts if column not in published.totals]
    for column, rows in cells.items():
        shown = published.cells.get(column, {})
        hidden += [bounds for row, bounds in rows.items() if row not in shown]
    return hidden


@given(tables)
def test_what_is_hidden_could_be_anything_below_the_limit_and_above(counts: Counts) -> None:
    published = Table.of(counts)
    if published.total is None:
        assert not published.totals
    for least, most in attacked(counts, published):
        assert least <= 0
        assert most >= FEWEST


@given(tables)
def test_what_is_shown_is_not_small_and_nearly_right(counts: Counts) -> None:
    published = Table.of(counts)
    assert Table.read(published.written()) == published
    for column, cells in published.cells.items():
        for row, figure in cells.items():
            assert counts[column][row] >= FEWEST
            assert abs(figure - counts[column][row]) <= SLACK
            assert figure % ROUNDED == 0
    for column, figure in published.totals.items():
        assert sum(counts[column].values()) >= FEWEST
        assert abs(figure - sum(counts[column].values())) <= SLACK


@pytest.mark.parametrize("rows", [2, 3])
def test_who_knows_how_it_is_done_knows_no_small_count_either(rows: int) -> None:
    """Publish every small table there is; see what those with the same publication share."""
    alike: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for values in product(range(24), repeat=rows):
        published = Table.of({"a": {str(number): n for number, n in enumerate(values)}})
        alike[repr(published)].append(values)
    for same in alike.values():
        shown = Table.of({"a": {str(number): n for number, n in enumerate(same[0])}})
        if shown.total is not None and shown.total + SLACK > 23:
            continue  # some with this publication have larger counts than were tried
        for number in range(rows):
            if str(number) not in shown.cells.get("a", {}):
                assert len({values[number] for values in same}) >= 5


def test_a_lonely_small_count_takes_another_with_it() -> None:
    published = Table.of({"a": {"u": 3, "v": 12, "w": 40}})
    assert (published.total, published.totals) == (55, {"a": 55})
    assert published.cells == {"a": {"w": 40}}
    two = Table.of({"a": {"u": 3, "v": 4, "w": 12, "x": 40}})
    assert two.cells == {"a": {"x": 40}}, "3 and 4 are together still small"
    assert Table.of({"a": {"u": 5, "v": 5, "w": 40}}).cells == {"a": {"w": 40}}
    assert Table.read({"total": 1.5, "cells": 3}) == Table(total=None, totals={}, cells={})
