"""The application over the street, and colleagues who are signed in."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain.requests import REQUEST
from netwerk.settings import Settings
from netwerk.usecases import accounts
from netwerk.web.security import limiter
from tests.builders import memory_store
from tests.web import street
from tests.worlds import KEY

SETTINGS = Settings(
    store="sqlite:///nowhere.db", secret_key=b"s" * 32, audit_key=KEY, backup_key=KEY
)
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_ONCE = re.compile(r'(name="(?:csrf_token|operation)" value=")[^"]+')


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)


class Visitor:
    """Somebody with a browser of their own; what they send carries the token against forgery."""

    def __init__(self, app: Flask) -> None:
        limiter.reset()  # it counts for this process, whatever the application
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        token = _TOKEN.search(self.get("/account").text) or _TOKEN.search(self.get("/sign-in").text)
        assert token is not None
        sent = {"csrf_token": token[1], "operation": "0" * 32} | (data or {})
        return self.client.post(path, data=sent, **options)

    def signs_in(self, name: str, password: str = street.PASSWORD) -> TestResponse:
        return self.post("/sign-in", {"username": name, "password": password})


def without_what_is_made_once(page: str) -> str:
    """Return a page without its tokens, so that two can be compared."""
    return _ONCE.sub(r"\1", page)


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash as argon2id does, but light: these tests are not about its cost."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", light)
    monkeypatch.setattr(accounts, "_NOBODY", light.hash("nobody"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> MemoryStore:
    made = with_accounts(memory_store([*street.records(), *street.advices()]), clock)
    street.tell(made)
    return made


@pytest.fixture(scope="session")
def built() -> Flask:
    """Return the application as it is built once: its routes and templates take long."""
    return create_app(SETTINGS, memory_store(), Clock())


@pytest.fixture
def app(built: Flask, store: MemoryStore, clock: Clock) -> Flask:
    """Return the application over the street; a test that changes it builds its own."""
    parts = built.extensions["netwerk"]
    built.extensions["netwerk"] = replace(parts, store=store, clock=clock)
    return built


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Visitor]:
    def sign_in(name: str) -> Visitor:
        visitor = Visitor(app)
        assert visitor.signs_in(name).status_code == 303
        return visitor

    return sign_in


def with_accounts(store: MemoryStore, clock: Clock) -> MemoryStore:
    """Give every colleague of the street an account, and each file a request for a volunteer."""
    for name in street.ROLES:
        new = accounts.NewAccount(
            username=name, worker=street.worker(name), password=street.PASSWORD
        )
        accounts.add_account(store, clock, "test", new)
    with store.system() as work:
        for request in street.requests():
            work.put(REQUEST, request.key, request.written())
    return store
