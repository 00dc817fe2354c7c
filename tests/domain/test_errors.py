"""Errors are in words that a reader can act upon."""

import pytest

from netwerk.domain.errors import ElsewhereError, NetwerkError, NotSentError


@pytest.mark.parametrize(
    ("error", "way_out"),
    [(ElsewhereError(), "Point the place out yourself"), (NotSentError(), "your own mail program")],
)
def test_where_another_system_fails_there_is_another_way(error: NetwerkError, way_out: str) -> None:
    assert way_out in str(error)
