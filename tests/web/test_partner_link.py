"""The one page for partners: nobody learns from it which links there are."""

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from tests.web.conftest import Clock, Visitor, without_what_is_made_once

_LINK = re.compile(r"https?://localhost(/partner/[\w.-]+)")
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_BACK = re.compile(r'name="back" value="[^"]*"')


@pytest.fixture
def link(signed_in: Callable[[str], Visitor]) -> str:
    coordinator = signed_in("coordinator")
    coordinator.post("/ask-partners/", {"organization": "church", "operation": "1" * 32})
    found = _LINK.search(html.unescape(coordinator.get("/ask-partners/").text))
    assert found is not None
    return found[1]


def signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="partner-link")


def key_of(app: Flask, link: str) -> str:
    return str(signer(app).loads(link.removeprefix("/partner/")))


def shown(visitor: Visitor, address: str) -> tuple[int, str]:
    answer = visitor.get(address)
    text = without_what_is_made_once(answer.text)
    return answer.status_code, _BACK.sub("", text)


def answer(visitor: Visitor, address: str, **told: str) -> int:
    token = _TOKEN.search(visitor.get("/sign-in").text)
    assert token is not None
    return visitor.client.post(address, data={"csrf_token": token[1], **told}).status_code


def test_a_partner_answers_without_an_account_once(
    link: str, app: Flask, visitor: Visitor, signed_in: Callable[[str], Visitor]
) -> None:
    page = visitor.get(link)
    assert page.status_code == 200
    assert "De Lichtkring" in page.text
    assert "Molenaar" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert answer(visitor, link, **{"church:phone": "0492 1", "coffee:stopped": "yes"}) == 303
    assert visitor.get(link).status_code == 404
    coordinator = signed_in("coordinator")
    key = key_of(app, link)
    assert "0492 1" in coordinator.get(f"/ask-partners/{key}").text
    taken = {"take": ["church:phone"]}
    assert coordinator.post(f"/ask-partners/{key}", taken).status_code == 303
    assert "0492 1" in coordinator.get("/partners/church").text


def test_what_does_not_fit_comes_back_with_what_was_typed(link: str, visitor: Visitor) -> None:
    token = _TOKEN.search(visitor.get("/sign-in").text)
    assert token is not None
    sent = {"csrf_token": token[1], "church:phone": "9" * 50}
    page = visitor.client.post(link, data=sent)
    assert page.status_code == 200
    assert "9" * 50 in page.text
    assert answer(visitor, link) == 303


def test_wrong_used_withdrawn_and_old_look_alike(
    link: str, app: Flask, clock: Clock, signed_in: Callable[[str], Visitor]
) -> None:
    visitor = Visitor(app)
    wrong = shown(visitor, "/partner/abc.def")
    assert wrong[0] == 404
    assert shown(visitor, f"/partner/{signer(app).dumps('none')}") == wrong
    forged = URLSafeSerializer("guessed", salt="partner-link").dumps(key_of(app, link))
    assert shown(visitor, f"/partner/{forged}") == wrong
    assert answer(visitor, f"/partner/{forged}") == 404
    clock.wait(days=30)
    assert shown(visitor, link) == wrong
    clock.wait(days=-30)
    coordinator = signed_in("coordinator")
    withdrawn = coordinator.post(
        f"/ask-partners/{key_of(app, link)}/withdraw", {"operation": "2" * 32}
    )
    assert withdrawn.status_code == 303
    assert shown(visitor, link) == wrong


def test_a_partners_answer_needs_the_token_against_forgery(link: str, visitor: Visitor) -> None:
    assert visitor.client.post(link, data={}).status_code == 400
    assert visitor.get(link).status_code == 200


def test_whoever_tries_many_links_is_stopped(visitor: Visitor) -> None:
    told = [visitor.get(f"/partner/guess{number}").status_code for number in range(31)]
    assert told == [404] * 30 + [429]
