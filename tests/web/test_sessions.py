"""Being signed in: it begins new, it ends everywhere, and nobody is sent astray."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain.audit import AuditEntry
from netwerk.usecases import accounts
from tests.web.conftest import SETTINGS, Clock, Visitor
from tests.web.street import PASSWORD

SignIn = Callable[[str], Visitor]
OTHER = "drie blauwe regenlaarzen buiten"


def cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("netwerk")
    assert found is not None
    return str(found.value)


def with_cookie(app: Flask, value: str) -> int:
    """Return what a browser that stole the cookie gets."""
    thief = app.test_client()
    thief.set_cookie("netwerk", value)
    return thief.get("/account").status_code


def test_the_cookie_is_for_the_server_alone(visitor: Visitor) -> None:
    answer = visitor.signs_in("own")
    told = answer.headers["Set-Cookie"]
    assert "HttpOnly" in told
    assert "SameSite=Lax" in told
    assert PASSWORD not in told


def test_a_new_session_begins_at_sign_in(app: Flask, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    before = cookie(visitor)
    visitor.signs_in("own")
    assert cookie(visitor) != before
    assert with_cookie(app, before) == 303


def sign_out(visitor: Visitor, _: MemoryStore) -> None:
    assert visitor.post("/sign-out").status_code == 303


def shut(_: Visitor, store: MemoryStore) -> None:
    accounts.disable(store, "test", "own")


def change_password(visitor: Visitor, _: MemoryStore) -> None:
    answer = visitor.post("/account", {"old": PASSWORD, "new": OTHER})
    assert answer.status_code == 303
    assert visitor.get("/account").status_code == 200, "who changed it stays signed in"


def reset(_: Visitor, store: MemoryStore) -> None:
    accounts.set_password(store, "test", "own", OTHER)


def end_elsewhere(_: Visitor, store: MemoryStore) -> None:
    for key in accounts.sessions(store, "own"):
        accounts.end_session(store, "own", key)


@pytest.mark.parametrize("change", [sign_out, shut, change_password, reset, end_elsewhere])
def test_an_old_cookie_is_dead(
    change: Callable[[Visitor, MemoryStore], None],
    app: Flask,
    store: MemoryStore,
    signed_in: SignIn,
) -> None:
    visitor = signed_in("own")
    stolen = cookie(visitor)
    assert with_cookie(app, stolen) == 200
    change(visitor, store)
    assert with_cookie(app, stolen) == 303


def test_a_session_ends_after_half_an_hour_of_silence(signed_in: SignIn, clock: Clock) -> None:
    own = signed_in("own")
    for _ in range(4):
        clock.wait(minutes=29)
        assert own.get("/cases/").status_code == 200
    clock.wait(minutes=31)
    answer = own.get("/cases/")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/cases/")


def test_a_session_over_in_a_fragment_leads_to_sign_in(visitor: Visitor) -> None:
    answer = visitor.get("/inhabitants/annie/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in")


def test_wrong_passwords_are_counted_across_applications(store: MemoryStore, clock: Clock) -> None:
    answers = [
        Visitor(create_app(SETTINGS, store, clock)).signs_in("own", "wrong").status_code
        for _ in range(6)
    ]
    assert answers == [401] * 5 + [429]


def test_an_address_is_limited_too(visitor: Visitor) -> None:
    answers = [visitor.signs_in(f"name{n}", "x").status_code for n in range(61)]
    assert answers == [401] * 60 + [429]


def test_wrong_name_and_wrong_password_look_alike(visitor: Visitor) -> None:
    one, other = visitor.signs_in("own", "wrong"), visitor.signs_in("absent", "wrong")
    assert (one.status_code, other.status_code) == (401, 401)
    assert said(one.text) == said(other.text)
    assert 'value="own"' in one.text
    assert "wrong" not in one.text


def said(page: str) -> str:
    return page.partition('role="alert"')[2].partition("</div>")[0]


@pytest.mark.parametrize(
    "where",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/%09/elsewhere.example",
        "\t//elsewhere.example",
        "/\t/elsewhere.example",
        "///elsewhere.example",
        "elsewhere",
    ],
)
def test_nobody_is_sent_elsewhere(where: str, visitor: Visitor) -> None:
    sent = {"username": "own", "password": PASSWORD}
    visitor.get("/sign-in")
    answers = [
        visitor.post(f"/sign-in?{_query(where)}", sent),
        visitor.post("/setting/size/large", {"back": where}),
    ]
    for answer in answers:
        assert answer.status_code == 303
        location = answer.location
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\", "/\t"))


def _query(where: str) -> str:
    return urlencode({"next": where})


def test_after_signing_in_one_is_where_one_wanted_to_be(visitor: Visitor) -> None:
    where = visitor.get("/inhabitants/annie/paths/?need=family.contact").location
    answer = visitor.post(where, {"username": "own", "password": PASSWORD})
    assert answer.location == "/inhabitants/annie/paths/?need=family.contact"


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("own", "/cases/"),
        ("coordinator", "/todo/"),
        ("reviewer", "/partners/"),
        ("administrator", "/administration/"),
        ("officer", "/oversight/"),
    ],
)
def test_everybody_has_a_first_page(who: str, first: str, signed_in: SignIn) -> None:
    visitor = signed_in(who)
    assert visitor.get("/").location == first
    assert visitor.get(first).status_code == 200


def test_the_language_stays_with_the_account(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert "Mijn inwoners" in own.get("/cases/").text
    own.post("/setting/language/en", {"back": "/cases/"})
    assert "My inhabitants" in own.get("/cases/").text
    assert "My inhabitants" in signed_in("own").get("/cases/").text
    assert "Mijn inwoners" in signed_in("mate").get("/cases/").text


def test_a_setting_that_is_none_changes_nothing(visitor: Visitor) -> None:
    for name, value in (("size", "huge"), ("shoe", "large"), ("language", "xx")):
        assert visitor.post(f"/setting/{name}/{value}").status_code == 303
    assert '<html lang="nl"' in visitor.get("/sign-in").text


def test_who_disabled_whom_is_in_the_log(signed_in: SignIn, store: MemoryStore) -> None:
    signed_in("administrator").post("/administration/accounts/mate/disable")
    last: AuditEntry = list(store.audit_entries())[-1]
    event = last.event
    assert (event.action, event.actor) == ("disable-account", "w-administrator")
    assert event.details == {"account": "mate"}


def test_administrators_do_not_shut_themselves_out(signed_in: SignIn) -> None:
    administrator = signed_in("administrator")
    answer = administrator.post("/administration/accounts/administrator/disable")
    assert answer.status_code == 400
    assert administrator.get("/administration/").status_code == 200


def test_a_form_that_came_too_late_is_saved_after_signing_in(
    signed_in: SignIn, clock: Clock, store: MemoryStore
) -> None:
    own = signed_in("own")
    typed: dict[str, Any] = {"name": "Cor <b>", "kind": "friend", "approach": "may_ask"}
    typed |= {"contact": "weekly", "closeness": "", "valence": ""}
    typed |= {"support": ["emotional", "companionship"]}
    token = re.search(r'name="csrf_token" value="([^"]+)"', own.get("/cases/").text)
    assert token is not None
    clock.wait(hours=13)
    sent = typed | {"csrf_token": token[1], "operation": "6" * 32}
    before = len(list(store.dump()))
    late = own.client.post("/inhabitants/annie/ties/new", data=sent)
    assert late.status_code == 401
    assert "staat er nog" in late.text
    wrong = own.client.post("/sign-in", data=carried(late.text) | {"username": "own"})
    again = carried(wrong.text) | {"username": "own", "password": PASSWORD}
    resumed = own.client.post("/sign-in", data=again)
    assert (resumed.status_code, len(list(store.dump()))) == (200, before)
    assert 'action="/inhabitants/annie/ties/new"' in resumed.text
    saved = own.client.post("/inhabitants/annie/ties/new", data=carried(resumed.text, "card--form"))
    assert saved.status_code == 303
    tie = next(r for r in store.dump() if r.id.startswith("t-"))
    assert (tie.properties["contact"], tie.properties["support"]) == (
        "weekly",
        ["emotional", "companionship"],
    )
    assert "Cor &lt;b&gt;" in own.get("/inhabitants/annie/").text


def test_a_form_of_a_stranger_is_not_kept(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    answer = visitor.client.post("/inhabitants/annie/ties/new", data={"name": "Cor"})
    assert (answer.status_code, 'name="kept' in answer.text) == (400, False)
    sent = {"kept-address": "https://elsewhere.example/", "kept.name": "x"}
    answer = visitor.post("/sign-in", sent | {"username": "own", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/")


def carried(page: str, after: str = "<main") -> dict[str, list[str]]:
    """Return the hidden fields of the main form of a page."""
    found: dict[str, list[str]] = {}
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.partition(after)[2])
    for name, value in fields:
        found.setdefault(name, []).append(unescape(value))
    return found
