"""Signing in: who gets in, who waits, and when a session ends."""

from datetime import UTC, datetime, timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import InvalidInputError, SignInError, TooManyAttemptsError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties
from netwerk.usecases import accounts
from tests.builders import memory_store
from tests.worlds import node

PASSWORD = "een fiets met zeven bellen"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    store = memory_store([node("Worker", "w", role="worker", name="Wil")])
    new = accounts.NewAccount(username="Wil", worker=WorkerId(NodeId("w")), password=PASSWORD)
    accounts.add_account(store, clock, "test", new)
    return store


def test_the_right_password_opens_a_session(store: MemoryStore, clock: Clock) -> None:
    token = accounts.sign_in(store, clock, " WIL ", PASSWORD)
    account = accounts.signed_in(store, clock, token)
    assert account is not None
    assert (account.username, account.worker, account.role) == ("wil", "w", "worker")
    assert accounts.signed_in(store, clock, token + "x") is None
    kept = repr(list(store.system_records()))
    assert token not in kept
    assert PASSWORD not in kept


@pytest.mark.parametrize("username", ["wil", "nobody", ""])
def test_wrong_passwords_count_for_every_name(
    store: MemoryStore, clock: Clock, username: str
) -> None:
    for _ in range(5):
        with pytest.raises(SignInError):
            accounts.sign_in(store, clock, username, "wrong")
    with pytest.raises(TooManyAttemptsError):
        accounts.sign_in(store, clock, username, PASSWORD)
    clock.wait(seconds=31)
    with pytest.raises(SignInError):
        accounts.sign_in(store, clock, username, "wrong")
    clock.wait(seconds=31)
    with pytest.raises(TooManyAttemptsError):
        accounts.sign_in(store, clock, username, PASSWORD)
    refused = [e.event.outcome for e in store.audit_entries() if e.event.action == "sign-in"]
    assert refused == ["refused"] * 6


def test_a_right_password_clears_the_count(store: MemoryStore, clock: Clock) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInError):
                accounts.sign_in(store, clock, "wil", "wrong")
        accounts.sign_in(store, clock, "wil", PASSWORD)


def test_a_session_ends_when_idle_and_after_a_day(store: MemoryStore, clock: Clock) -> None:
    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    clock.wait(minutes=30)
    assert accounts.signed_in(store, clock, token) is None
    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    for _ in range(12 * 3 - 1):
        clock.wait(minutes=20)
        assert accounts.signed_in(store, clock, token) is not None
    clock.wait(minutes=20)
    assert accounts.signed_in(store, clock, token) is None


@pytest.mark.parametrize("change", ["sign out", "password", "disable", "end"])
def test_what_ends_every_session(store: MemoryStore, clock: Clock, change: str) -> None:
    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    for key in accounts.sessions(store, "wil"):
        accounts.end_session(store, "ada", key)
    assert accounts.signed_in(store, clock, token) is not None
    match change:
        case "sign out":
            accounts.sign_out(store, token)
        case "password":
            accounts.set_password(store, "test", "wil", PASSWORD)
        case "disable":
            accounts.disable(store, "test", "wil")
        case _:
            for key in accounts.sessions(store, "wil"):
                accounts.end_session(store, "wil", key)
    assert accounts.signed_in(store, clock, token) is None


def test_a_shut_account_does_not_open(store: MemoryStore, clock: Clock) -> None:
    accounts.disable(store, "test", "wil")
    with pytest.raises(SignInError):
        accounts.sign_in(store, clock, "wil", PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["short", "x" * 129, "welkom123456", "password1234", "netwerknetwerk", "aaaaaaaaaaaa"],
)
def test_a_password_that_is_easily_guessed_is_refused(
    store: MemoryStore, clock: Clock, password: str
) -> None:
    with pytest.raises(InvalidInputError):
        accounts.set_password(store, "test", "wil", password)
    accounts.sign_in(store, clock, "wil", PASSWORD)


def test_signing_out_twice_is_no_error(store: MemoryStore, clock: Clock) -> None:
    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    for _ in range(2):
        accounts.sign_out(store, token)
    told = [e.event.action for e in store.audit_entries()]
    assert told.count("sign-out") == 1


def test_an_account_is_of_somebody_who_is_there(store: MemoryStore, clock: Clock) -> None:
    new = accounts.NewAccount(
        username="xander", worker=WorkerId(NodeId("nobody")), password=PASSWORD
    )
    with pytest.raises(InvalidInputError, match="no colleague nobody"):
        accounts.add_account(store, clock, "test", new)
    with pytest.raises(InvalidInputError, match="no account xander"):
        accounts.disable(store, "test", "xander")


def test_a_session_that_ends_while_it_is_looked_at_is_over(
    store: MemoryStore, clock: Clock
) -> None:
    class Late(MemoryStore):
        def peek(self, kind: str, key: str) -> Properties | None:
            found = super().peek(kind, key)
            if kind == "account":
                accounts.sign_out(self, token)
            return found

    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    store.__class__ = Late
    clock.wait(minutes=2)
    assert accounts.signed_in(store, clock, token) is None
    assert not accounts.sessions(store, "wil")


@pytest.mark.parametrize("username", ["", "-wil", "wil van buren", "x" * 65])
def test_a_name_to_sign_in_with_is_short_and_plain(
    store: MemoryStore, clock: Clock, username: str
) -> None:
    new = accounts.NewAccount(username=username, worker=WorkerId(NodeId("w")), password=PASSWORD)
    with pytest.raises(InvalidInputError, match="small letters"):
        accounts.add_account(store, clock, "test", new)
    assert [each.username for each in accounts.accounts(store)] == ["wil"]


def test_a_name_is_of_one_account(store: MemoryStore, clock: Clock) -> None:
    new = accounts.NewAccount(username="WIL", worker=WorkerId(NodeId("w")), password=PASSWORD)
    with pytest.raises(InvalidInputError, match="taken"):
        accounts.add_account(store, clock, "test", new)


def test_the_language_stays_with_the_account(store: MemoryStore) -> None:
    accounts.set_language(store, "wil", "en")
    assert [each.language for each in accounts.accounts(store)] == ["en"]


def test_the_password_is_asked_again_before_what_cannot_be_undone(
    store: MemoryStore, clock: Clock
) -> None:
    accounts.confirm(store, clock, "wil", PASSWORD)
    with pytest.raises(SignInError):
        accounts.confirm(store, clock, "wil", "wrong")
    told = [(e.event.action, e.event.outcome) for e in store.audit_entries()]
    assert told[-2:] == [("confirm-password", "done"), ("confirm-password", "refused")]


def test_of_ones_sessions_this_one_is_known(store: MemoryStore, clock: Clock) -> None:
    token = accounts.sign_in(store, clock, "wil", PASSWORD)
    (key,) = accounts.sessions(store, "wil")
    assert accounts.is_own_key(token, key)
    assert not accounts.is_own_key(token + "x", key)
