"""The open sheet: ranges that can be worked out by hand."""

import pytest

from netwerk.domain.costs import Range, Sheet
from netwerk.domain.errors import InvalidInputError


def test_a_sheet_by_hand() -> None:
    sheet = Sheet(
        needs=Range(100, 200),
        otherwise=Range(10, 20),
        specialist=Range(1_000, 2_000),
        hours=Range(1, 2),
        rate=Range(50, 60),
        volunteers=Range(0, 10),
    )
    assert sheet.avoided == Range(10, 40)
    assert sheet.saved == Range(10_000, 80_000)
    assert sheet.work == Range(5_000, 24_000)
    assert sheet.guidance == Range(0, 2_000)
    assert sheet.balance == (10_000 - 24_000 - 2_000, 80_000 - 5_000)


@pytest.mark.parametrize("ends", [(2, 1), (-1, 1), (float("nan"), 1)])
def test_a_range_has_an_order(ends: tuple[float, float]) -> None:
    with pytest.raises(InvalidInputError):
        Range(*ends)
