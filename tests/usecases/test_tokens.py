"""Tokens: what cannot be asked for, and the order in which they are shown."""

from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import InvalidInputError
from netwerk.usecases import tokens
from tests.builders import memory_store

DAY = date(2026, 11, 2)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store([])


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        (" ", ["hsds:read"], 1),
        ("x" * 101, ["hsds:read"], 1),
        ("site", [], 1),
        ("site", ["network:read"], 1),
        ("site", ["hsds:read"], 0),
        ("site", ["hsds:read"], 367),
    ],
)
def test_a_token_that_cannot_be_is_not_made(
    store: MemoryStore, name: str, scopes: list[str], days: int
) -> None:
    with pytest.raises(InvalidInputError):
        tokens.make(store, "boss", DAY, tokens.NewToken(name=name, scopes=scopes, days=days))
    assert not tokens.tokens(store)
    assert not list(store.audit_entries())


def test_the_newest_token_is_shown_first_and_one_that_is_not_there_cannot_end(
    store: MemoryStore,
) -> None:
    for name, day in (("old", DAY), ("new", DAY.replace(day=3))):
        new = tokens.NewToken(name=name, scopes=["hsds:read"], days=30)
        tokens.make(store, "boss", day, new)
    assert [each.name for each in tokens.tokens(store)] == ["new", "old"]
    with pytest.raises(InvalidInputError, match="no token"):
        tokens.withdraw(store, "boss", "nothing")
    assert tokens.opened(store, "nw_unknown", DAY) is None
