"""How sure a chance is: quantiles of Beta(a, b) held to their laws."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.chances import Chances, Tally, beta_quantile
from netwerk.schema import load_schema

PRIORS = load_schema().priors
SHARES = st.floats(0.01, 0.99)
SIZES = st.floats(0.5, 200)


@given(share=SHARES, a=st.integers(1, 40))
def test_where_the_quantile_is_known_it_is_right(share: float, a: int) -> None:
    assert isclose(beta_quantile(share, a, 1), share ** (1 / a), rel_tol=1e-9)


@given(share=SHARES, a=SIZES, b=SIZES)
def test_the_two_ends_mirror_each_other(share: float, a: float, b: float) -> None:
    assert isclose(beta_quantile(share, a, b), 1 - beta_quantile(1 - share, b, a), abs_tol=1e-9)


@given(one=SHARES, other=SHARES, a=SIZES, b=SIZES)
def test_more_weight_lies_below_a_larger_number(
    one: float, other: float, a: float, b: float
) -> None:
    low, high = sorted((one, other))
    assert 0 < beta_quantile(low, a, b) <= beta_quantile(high, a, b) < 1


@pytest.mark.parametrize(
    ("share", "a", "b", "known"),
    [(0.05, 2, 8, 0.0410), (0.95, 2, 8, 0.4291), (0.05, 8, 2, 0.5709), (0.5, 7, 3, 0.7138)],
)
def test_quantiles_stand_in_the_tables(share: float, a: float, b: float, known: float) -> None:
    assert beta_quantile(share, a, b) == pytest.approx(known, abs=1e-4)


def test_a_whole_country_of_outcomes_is_told_too() -> None:
    n = 2_000_000
    low, high = beta_quantile(0.05, n, n), beta_quantile(0.95, n, n)
    wide = 1.6448536 / (2 * (2 * n + 1) ** 0.5)
    assert low == pytest.approx(0.5 - wide, abs=1e-7)
    assert high == pytest.approx(0.5 + wide, abs=1e-7)


def test_a_step_is_never_certain() -> None:
    much = Tally(asked=10_000, accepted=10_000, declined=0, files=50)
    chances = Chances(priors=PRIORS, tallies={"role": much})
    assert chances.p("role") == 0.99
    assert chances.p("role", strength=0.0) == 0.01


def test_outcomes_narrow_the_interval() -> None:
    prior = Chances(priors=PRIORS).of("role").interval
    seen = Tally(asked=100, accepted=80, declined=20, files=50)
    learnt = Chances(priors=PRIORS, tallies={"role": seen}).of("role").interval
    assert prior[0] < learnt[0] < 0.8 < learnt[1] < prior[1]
