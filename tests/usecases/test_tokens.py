"""Tokens: what cannot be asked for, and the order in which they are shown."""

from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.tokens import TokenScope
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


def test_a_token_opens_what_it_is_for_until_its_last_day_and_its_first_use_a_day_is_noted(
    store: MemoryStore,
) -> None:
    new = tokens.NewToken(name="site", scopes=["hsds:read"], days=2)
    made, secret = tokens.make(store, "boss", DAY, new)
    for _ in range(2):
        found = tokens.opened(store, secret, DAY)
        assert found is not None
        assert found.opens(TokenScope.HSDS_READ, DAY)
        assert found.used_on == DAY
    assert tokens.opened(store, secret, made.until) is None
    assert not made.opens(TokenScope.HSDS_READ, made.until)
    assert tokens.opened(store, secret.removeprefix("nw_"), DAY) is None
    told = [e.event.action for e in store.audit_entries()]
    assert told == ["make-token", "use-token"]
    assert secret not in repr(list(store.system_records()))


def test_a_withdrawn_token_opens_nothing(store: MemoryStore) -> None:
    new = tokens.NewToken(name="site", scopes=["hsds:read"], days=2)
    made, secret = tokens.make(store, "boss", DAY, new)
    assert tokens.withdraw(store, "boss", made.id) == made
    assert tokens.opened(store, secret, DAY) is None
    assert not tokens.tokens(store)
