"""Asking a register for an address: the one host, over TLS, briefly, and of organizations alone."""

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from netwerk.adapters import locatieserver
from netwerk.adapters.locatieserver import LocatieserverGeocoder, is_public
from netwerk.app import create_app
from netwerk.domain.access import Scope
from netwerk.domain.errors import ElsewhereError, InvalidInputError, NotAllowedError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.ports.geocoder import FoundAddress
from netwerk.settings import Settings
from netwerk.usecases import geocoding
from netwerk.usecases.geocoding import AskedAddress
from tests.builders import memory_store
from tests.locatieserver.register import Register, running
from tests.usecases.test_keeping import KEEPER, WORKER, records
from tests.web import street
from tests.web.conftest import SETTINGS, Clock, Visitor, with_accounts
from tests.web.conftest import _quick_passwords as _quick_passwords

NAME = "Lindenlaan 12, 5701AB Helmond"
HERE = {"weergavenaam": NAME, "centroide_ll": "POINT(5.661 51.482)"}
ASKED = AskedAddress(street="Lindenlaan 12", postcode="5701AB", city="", secret=False)


def answer(*docs: dict[str, Any]) -> bytes:
    return json.dumps({"response": {"numFound": len(docs), "docs": docs}}).encode()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Register, ssl.SSLContext]]:
    with running(tmp_path_factory.mktemp("register")) as found:
        yield found


@pytest.fixture
def register(served: tuple[Register, ssl.SSLContext]) -> Register:
    found = served[0]
    found.status, found.body, found.headers, found.waits = 200, answer(HERE), {}, 0.0
    found.asked.clear()
    return found


@pytest.fixture
def geocoder(register: Register, served: tuple[Register, ssl.SSLContext]) -> LocatieserverGeocoder:
    return LocatieserverGeocoder(register.url, allowed=lambda _: True, trust=served[1])


def test_an_address_is_found(register: Register, geocoder: LocatieserverGeocoder) -> None:
    found = geocoder.find("Lindenlaan 12 & co")
    assert found == FoundAddress(name=NAME, point=(5.661, 51.482))
    (asked,) = register.asked
    assert asked.startswith("/search/v3_1/free?q=Lindenlaan+12+%26+co&fq=type%3Aadres")
    register.body = answer()
    assert geocoder.find("nergens") is None


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (500, answer(HERE), {}),
        (302, b"", {"Location": "https://localhost/elsewhere"}),
        (200, b"<html>", {}),
        (200, b"[]", {}),
        (200, b'{"response": null}', {}),
        (200, answer({"weergavenaam": "x"}), {}),
        (200, answer(HERE | {"centroide_ll": "POINT(x y)"}), {}),
        (200, answer(HERE | {"centroide_ll": 5}), {}),
        (200, answer(HERE | {"weergavenaam": "x" * 300_000}), {}),
    ],
)
def test_an_answer_that_is_none_is_told_as_such(
    status: int,
    body: bytes,
    headers: dict[str, str],
    register: Register,
    geocoder: LocatieserverGeocoder,
) -> None:
    register.status, register.body, register.headers = status, body, headers
    with pytest.raises(ElsewhereError):
        geocoder.find("Lindenlaan 12")
    assert len(register.asked) == 1


def test_who_does_not_answer_in_time_is_not_waited_for(
    register: Register, geocoder: LocatieserverGeocoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locatieserver, "_SECONDS", 0.2)
    register.waits = 1.0
    with pytest.raises(ElsewhereError):
        geocoder.find("Lindenlaan 12")


def test_nothing_of_this_machine_or_its_network_is_asked(
    register: Register, served: tuple[Register, ssl.SSLContext]
) -> None:
    with pytest.raises(ElsewhereError):
        LocatieserverGeocoder(register.url, trust=served[1]).find("Lindenlaan 12")
    assert register.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "172.16.0.1", "100.64.0.1"),
        *("::1", "::", "fe80::1", "fd00::1", "224.0.0.1", "::ffff:127.0.0.1"),
    ],
)
def test_an_address_of_our_own_is_not_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("145.58.31.7")
    assert is_public("2a02:2268::1")


def test_a_host_with_one_address_of_our_own_is_not_asked(
    register: Register, served: tuple[Register, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [(2, 1, 6, "", ("145.58.31.7", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    for found in (both, []):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        with pytest.raises(ElsewhereError):
            LocatieserverGeocoder(register.url, trust=served[1]).find("Lindenlaan 12")
    assert register.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused(register: Register) -> None:
    with pytest.raises(ElsewhereError):
        LocatieserverGeocoder(register.url, allowed=lambda _: True).find("Lindenlaan 12")
    assert register.asked == []


# --- the use case and its page


def test_it_is_looked_up_for_who_keeps_the_directory_and_logged(
    register: Register, geocoder: LocatieserverGeocoder
) -> None:
    store = memory_store(records())
    assert geocoding.locate(store, KEEPER, geocoder, ASKED).name == NAME
    assert [entry.event.action for entry in store.audit_entries()] == ["look-up-address"]
    assert "q=Lindenlaan+12+5701AB&" in register.asked[0]


@pytest.mark.parametrize(
    ("scope", "asked", "refused"),
    [
        (WORKER, ASKED, NotAllowedError),
        (replace(KEEPER, viewer=WorkerId(NodeId("nobody"))), ASKED, NotAllowedError),
        (replace(KEEPER, viewer=WorkerId(NodeId("church"))), ASKED, NotAllowedError),
        (KEEPER, replace(ASKED, secret=True), InvalidInputError),
        (KEEPER, replace(ASKED, street=" "), InvalidInputError),
        (KEEPER, replace(ASKED, postcode="", city=" "), InvalidInputError),
    ],
)
def test_nobody_else_and_nothing_secret_is_looked_up(
    scope: Scope,
    asked: AskedAddress,
    refused: type[Exception],
    register: Register,
    geocoder: LocatieserverGeocoder,
) -> None:
    with pytest.raises(refused):
        geocoding.locate(memory_store(records()), scope, geocoder, asked)
    assert register.asked == []


def test_an_address_that_is_not_there_is_said(
    register: Register, geocoder: LocatieserverGeocoder
) -> None:
    register.body = answer()
    with pytest.raises(InvalidInputError):
        geocoding.locate(memory_store(records()), KEEPER, geocoder, ASKED)


@pytest.fixture
def keeper(geocoder: LocatieserverGeocoder) -> Callable[[], Visitor]:
    def sign_in() -> Visitor:
        clock = Clock()
        store = with_accounts(memory_store(street.records()), clock)
        visitor = Visitor(create_app(SETTINGS, store, clock, geocoder))
        visitor.signs_in("coordinator")
        return visitor

    return sign_in


def test_the_form_of_a_place_shows_what_was_found_and_keeps_what_was_typed(
    register: Register, keeper: Callable[[], Visitor]
) -> None:
    visitor, hall = keeper(), "/keep/locations/hall/edit"
    assert "Zoek dit adres op" in visitor.get(hall).text
    typed = {"was": "{}", "name": "Zaal", "address": "Lindenlaan 12", "again": "address"}
    page = visitor.post(hall, typed | {"postcode": "5701AB"}).text
    assert f"Gevonden: {NAME}" in page
    assert 'value="5.661"' in page
    assert 'value="Lindenlaan 12"' in page
    assert "5701AB" in visitor.post(hall, typed | {"postcode": "5701AB", "masked": "yes"}).text
    assert len(register.asked) == 1
    register.status = 500
    page = visitor.post(hall, typed | {"postcode": "5701AB"}).text
    assert "antwoordt niet" in page
    assert 'value="Lindenlaan 12"' in page


def test_a_secret_place_stays_secret_whatever_is_typed(
    register: Register, keeper: Callable[[], Visitor]
) -> None:
    typed = {"name": "x", "address": "Schuilstraat 7", "postcode": "5799XX", "again": "address"}
    keeper().post("/keep/locations/hidden/edit", typed | {"was": "{}", "masked": "no"})
    keeper().post("/keep/organizations/church/edit", typed | {"was": "{}"})
    assert register.asked == []


def test_nobody_is_asked_unless_an_installation_says_whom(tmp_path: Path) -> None:
    store = {"NETWERK_STORE": f"sqlite:///{tmp_path}/n.db"}
    assert Settings.from_environment(store).geocoder is None
    clock = Clock()
    given = with_accounts(memory_store(street.records()), clock)
    visitor = Visitor(create_app(SETTINGS, given, clock))
    visitor.signs_in("coordinator")
    hall = "/keep/locations/hall/edit"
    assert "Zoek dit adres op" not in visitor.get(hall).text
    assert visitor.post(hall, {"was": "{}", "again": "address"}).status_code == 200
    url = "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free"
    named = Settings.from_environment(store | {"NETWERK_GEOCODER": url})
    assert named.geocoder == url
    parts = create_app(named, given, clock).extensions["netwerk"]
    assert isinstance(parts.geocoder, LocatieserverGeocoder)
    for wrong in ("http://api.pdok.nl/", "https://u:p@host/x", "file:///etc", "https://h/?q="):
        with pytest.raises(InvalidInputError):
            Settings.from_environment(store | {"NETWERK_GEOCODER": wrong})
