"""Dates that are none are refused, whatever they look like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.records import parse_day


@given(st.dates())
def test_a_day_reads_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "value", ["2026-02-30", "2026-13-01", "30-11-2026", "20261130", "2026-W48-1", "", "tomorrow"]
)
def test_a_day_that_is_none_is_named(value: str) -> None:
    with pytest.raises(InvalidRecordError, match=f"{value} is not a date"):
        parse_day(value)
