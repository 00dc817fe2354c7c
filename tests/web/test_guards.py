"""What every answer carries, and what happens when something is wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from flask import Flask

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain import errors
from netwerk.web.access import public
from tests.web.conftest import SETTINGS, Clock, Visitor

SignIn = Callable[[str], Visitor]


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in",
        "/static/css/tokens.css",
        "/nothing",
        "/cases/",
        "/health/live",
        "/inhabitants/x/",
    ],
)
def test_every_answer_is_hardened(address: str, visitor: Visitor, signed_in: SignIn) -> None:
    for someone in (visitor, signed_in("own")):
        headers = someone.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Server" not in headers
        if not address.startswith("/static"):
            assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/sign-in", "/cases/", "/inhabitants/annie/", "/partners/"])
def test_pages_hold_nothing_that_the_policy_refuses(address: str, signed_in: SignIn) -> None:
    page = signed_in("own").get(address).text
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick" not in page
    assert "javascript:" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert page.count("<script") == page.count("<script defer src=")


def test_behind_tls_the_cookie_is_bound_to_the_host(store: MemoryStore, clock: Clock) -> None:
    app = create_app(replace(SETTINGS, secure=True), store, clock)
    answer = app.test_client().get("/sign-in", base_url="https://localhost/")
    told = answer.headers["Set-Cookie"]
    assert told.startswith("__Host-netwerk=")
    assert "Secure" in told
    assert "Domain" not in told
    assert "Path=/" in told
    assert int(answer.headers["Strict-Transport-Security"].partition("=")[2]) >= 31_536_000


def test_only_its_own_names_are_answered(store: MemoryStore, clock: Clock) -> None:
    app = create_app(replace(SETTINGS, hosts=("netwerk.example",)), store, clock)
    client = app.test_client()
    assert client.get("/sign-in", base_url="http://netwerk.example").status_code == 200
    assert client.get("/sign-in", base_url="http://elsewhere.example").status_code == 400


def test_too_much_at_once_is_refused(signed_in: SignIn) -> None:
    answer = signed_in("own").post("/cases/", {"q": "x" * 1_100_000})
    assert answer.status_code == 413
    assert "Dit is te veel in één keer" in answer.text


class Away(MemoryStore):
    """A store that answers until it does not."""

    error: errors.NetwerkError | None = None

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error

    @contextmanager
    def view(self, *arguments: Any, **options: Any) -> Iterator[Any]:
        self._fail()
        with super().view(*arguments, **options) as view:
            yield view

    def is_empty(self) -> bool:
        self._fail()
        return super().is_empty()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (errors.StoreUnavailableError("The store does not answer."), 503, "antwoordt niet"),
        (
            errors.StoreVersionError("The store is not set up yet (netwerk migrate)."),
            503,
            "netwerk",
        ),
        (errors.StoreFullError("The disk is full."), 507, "vol"),
    ],
)
def test_a_store_that_fails_is_a_plain_page(
    error: errors.NetwerkError,
    status: int,
    said: str,
    store: MemoryStore,
    signed_in: SignIn,
) -> None:
    own = signed_in("own")
    store.__class__ = Away
    assert isinstance(store, Away)
    store.error = error
    answer = own.get("/inhabitants/annie/")
    assert answer.status_code == status
    assert said in answer.text
    assert own.get("/health/ready").status_code == 503
    assert own.get("/health/live").status_code == 200
    store.error = None
    assert own.get("/inhabitants/annie/").status_code == 200
    assert own.get("/health/ready").status_code == 200


def test_what_nobody_foresaw_tells_nothing_of_the_inside(
    app: Flask,
    visitor: Visitor,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @public
    def broken() -> NoReturn:
        raise RuntimeError("Annie Bergman")

    monkeypatch.setitem(app.view_functions, "health.live", broken)
    answer = visitor.get("/health/live")
    assert answer.status_code == 500
    assert "Annie" not in answer.text
    logged = "".join((*capfd.readouterr(), caplog.text))
    assert "RuntimeError" in logged
    assert "Annie" not in logged
    assert "/health" not in logged
    assert "Er ging bij ons iets mis" in answer.text


def test_figures_are_for_this_machine_and_name_nobody(signed_in: SignIn) -> None:
    own = signed_in("own")
    own.get("/inhabitants/annie/")
    figures = own.get("/metrics").text
    assert 'route="inhabitant.index"' in figures
    assert "annie" not in figures
    elsewhere = own.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert elsewhere.status_code == 403


def test_an_unknown_page_is_a_page(visitor: Visitor, signed_in: SignIn) -> None:
    for someone in (visitor, signed_in("own")):
        answer = someone.get("/nothing")
        assert answer.status_code == 404
        assert "Hier is niets" in answer.text
    assert visitor.client.put("/sign-in").status_code == 405
