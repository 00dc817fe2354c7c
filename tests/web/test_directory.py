"""The pages about partners and volunteers: what stands there, and what stands nowhere."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from netwerk.domain.errors import InvalidInputError
from netwerk.settings import Settings
from tests.builders import memory_store
from tests.web import street
from tests.web.conftest import SETTINGS, Clock, Visitor, with_accounts
from tests.worlds import node

SignIn = Callable[[str], Visitor]
PAGES = (
    "/partners/",
    "/partners/church",
    "/partners/shelter",
    "/partners/volunteers/volunteer",
    "/partners/areas.geojson",
    f"/inhabitants/annie/paths/?need={street.NEED}",
)


def test_a_partner_is_told_with_all_that_one_asks(signed_in: SignIn) -> None:
    page = signed_in("own").get("/partners/church").text
    for told in ("De Lichtkring", "Gijs Molenaar", "pastor of predikant", "Wandelen in het park"):
        assert told in page
    assert "1 collega uit je team kent ze." in page
    assert "Own: warm contact" in page


@pytest.mark.parametrize("who", ["own", "coordinator"])
def test_where_somebody_must_not_be_found_is_on_no_page(who: str, signed_in: SignIn) -> None:
    someone = signed_in(who)
    for address in PAGES:
        page = someone.get(address).text
        for secret in street.NOWHERE:
            assert secret not in page, address
    shelter = someone.get("/partners/shelter").text
    assert "Het adres is geheim" in shelter
    assert "Wijk Oost" in shelter
    assert "Buurt Oost" not in shelter
    assert "data-place" not in shelter


def test_a_worker_reads_that_there_is_a_certificate_and_a_coordinator_of_when(
    signed_in: SignIn,
) -> None:
    worker = signed_in("own").get("/partners/volunteers/volunteer").text
    coordinator = signed_in("coordinator").get("/partners/volunteers/volunteer").text
    assert "<dd>ja</dd>" in worker
    assert "0492-000111" not in worker
    assert "van 20 maanden geleden" in coordinator
    assert "0492-000111" in coordinator
    for page in (worker, coordinator):
        assert "Nederlands, Turks" in page
        assert "2 plekken vrij" in page
        assert "geen trappen" in page


def test_a_reviewer_reads_of_no_volunteer(signed_in: SignIn) -> None:
    page = signed_in("reviewer").get("/partners/church").text
    assert "Koffie op woensdag" in page
    assert "Riet" not in page
    assert "Riet Verstraten" in signed_in("own").get("/partners/church").text


def test_a_volunteer_who_wants_rest_says_until_when(clock: Clock) -> None:
    records = [
        each.with_properties(ask_again_from="2026-12-05") if each.id == "volunteer" else each
        for each in street.records()
    ]
    visitor = Visitor(create_app(SETTINGS, with_accounts(memory_store(records), clock), clock))
    visitor.signs_in("own")
    page = visitor.get("/partners/volunteers/volunteer").text
    assert "Wil tot zaterdag 5 december met rust gelaten worden" in page


def test_a_link_leads_nowhere_but_to_a_page_a_phone_or_a_mailbox(clock: Clock) -> None:
    records = [
        *street.records(),
        node("Organization", "bad", name="Kwaad", url="javascript://x/%0aalert(1)", phone='1"><b>'),
        node("Organization", "good", name="Goed", url="goed.example/hier", email="a@b.example"),
    ]
    visitor = Visitor(create_app(SETTINGS, with_accounts(memory_store(records), clock), clock))
    visitor.signs_in("own")
    bad, good = visitor.get("/partners/bad").text, visitor.get("/partners/good").text
    assert "javascript:" not in bad
    assert 'href="tel:1"' in bad
    assert 'href="https://goed.example/hier"' in good
    assert 'href="mailto:a@b.example"' in good


def test_borders_may_be_kept_an_hour_by_who_may_read_them(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.get("/partners/areas.geojson")
    assert answer.mimetype == "application/geo+json"
    assert answer.headers["Cache-Control"] == "private, max-age=3600"
    assert {each["properties"]["name"] for each in json.loads(answer.text)["features"]} == {
        "Buurt Oost",
        "Wijk Oost",
    }
    same = own.get("/partners/areas.geojson", headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")


TILES = "https://tiles.example/{z}/{x}/{y}.png"


def test_pictures_come_from_elsewhere_only_where_that_was_set(
    store: MemoryStore, clock: Clock, signed_in: SignIn
) -> None:
    page = signed_in("own").get("/partners/church")
    assert "img-src 'self' data:;" in page.headers["Content-Security-Policy"]
    assert "data-tiles" not in page.text
    app = create_app(replace(SETTINGS, tiles=(TILES, "© Iemand")), store, clock)
    visitor = Visitor(app)
    visitor.signs_in("own")
    page = visitor.get("/partners/church")
    policy = page.headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://tiles.example;" in policy
    assert policy.count("https:") == 1


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", None),
        (f"{TILES} © Iemand anders", (TILES, "© Iemand anders")),
        (TILES, InvalidInputError),
        ("http://tiles.example/{z}/{x}/{y}.png van ons", InvalidInputError),
        ("https://tiles.example;script-src *.evil/{z}/{x}/{y}.png van ons", InvalidInputError),
        ("https://tiles.example/tile.png van ons", InvalidInputError),
    ],
)
def test_tiles_are_set_with_whose_they_are(
    given: str, read: tuple[str, str] | type[InvalidInputError] | None
) -> None:
    keys = {f"NETWERK_{name}_KEY": "k" * 32 for name in ("SECRET", "AUDIT", "BACKUP")}
    environment = {**keys, "NETWERK_TILES": given}
    if isinstance(read, type):
        with pytest.raises(read):
            Settings.from_environment(environment)
    else:
        assert Settings.from_environment(environment).tiles == read


def test_a_partner_that_was_put_together_leads_on_to_the_one_that_stayed(
    signed_in: SignIn,
) -> None:
    keeper = signed_in("coordinator")
    page = keeper.get("/doubles/church/shelter").text
    versions = dict(re.findall(r'name="(version|other_version)"[^>]* value="(\d+)"', page))
    assert keeper.post("/doubles/church/shelter", versions).status_code == 303
    answer = signed_in("own").get("/partners/shelter")
    assert (answer.status_code, answer.location) == (302, "/partners/church")
    assert keeper.get("/partners/nobody").status_code == 404
    assert keeper.get("/partners/volunteers/nobody").status_code == 404
