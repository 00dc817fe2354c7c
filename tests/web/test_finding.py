"""The search of the map: what is found, by whom, and what stays out of addresses."""

import re
from collections.abc import Callable

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.app import create_app
from tests.builders import memory_store
from tests.web import street
from tests.web.conftest import SETTINGS, Clock, Visitor, with_accounts
from tests.web.test_leaks import CORPUS, harmless, poisoned
from tests.worlds import link, node

SignIn = Callable[[str], Visitor]
HX = {"HX-Request": "true"}
MAP = "/partners/"


def titles(page: str) -> list[str]:
    return re.findall(r'data-name="([^"]+)"', page)


def test_words_find_offers_organizations_people_in_roles_and_volunteers(signed_in: SignIn) -> None:
    own = signed_in("own")
    for words, name in (
        ("wandelen", "Wandelen in het park"),
        ("lichtkring", "De Lichtkring"),
        ("molenaar", "Gijs Molenaar"),
        ("riet", "Riet Verstraten"),
    ):
        page = own.post(MAP, {"q": words})
        assert page.status_code == 200
        assert name in titles(page.text), words


def test_a_reviewer_finds_no_volunteer(signed_in: SignIn) -> None:
    page = signed_in("reviewer").post(MAP, {"q": "riet"}).text
    assert "Riet Verstraten" not in page


def test_filters_stand_in_the_address_and_words_do_not(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.post(MAP, {"q": "", "kind": ["service", "volunteer"], "wheelchair": "1"})
    assert answer.status_code == 303
    assert answer.location == "/partners/?kind=service&kind=volunteer&wheelchair=1"
    answer = own.post(MAP, {"q": "Zwaantje", "kind": "service", "person": "annie"})
    assert answer.status_code == 200
    here = re.search(r'data-address="([^"]+)"', answer.text)
    assert here is not None
    assert here[1] == "/partners/?kind=service"
    # What stands in an address all the same is not taken for words or somebody.
    page = own.get("/partners/?q=Zwaantje&person=annie").text
    assert 'id="q" name="q" value=""' in page
    assert "Annie" not in page


def test_near_an_inhabitant_is_for_who_may_open_the_file(
    signed_in: SignIn, store: MemoryStore
) -> None:
    page = signed_in("own").post(MAP, {"person": "annie"}).text
    assert "Voor Annie Bergman" in page
    assert "dicht bij huis" in page
    assert "<li>200 m</li>" in page
    for home in ("5.65,", '51.48"'):
        assert f'data-home="{home}' not in page
    assert [e.event.action for e in store.audit_entries()].count("find-near") == 1
    for who in ("other", "coordinator", "reviewer"):
        for headers in ({}, HX):
            answer = signed_in(who).post(MAP, {"person": "annie"}, headers=headers)
            assert answer.status_code == 404
            assert "Annie" not in answer.text


def test_where_nobody_knows_the_home_it_is_said(clock: Clock) -> None:
    records = [
        each.with_properties(point=None) if each.id == "annie" else each
        for each in street.records()
    ]
    visitor = Visitor(create_app(SETTINGS, with_accounts(memory_store(records), clock), clock))
    visitor.signs_in("own")
    answer = visitor.post(MAP, {"person": "annie"})
    assert answer.status_code == 200
    assert "niet bekend waar" in answer.text


def test_as_one_types_a_part_of_the_page_comes(signed_in: SignIn) -> None:
    answer = signed_in("own").post(MAP, {"q": "koff"}, headers=HX)
    assert "<html" not in answer.text
    assert "Koffie op woensdag" in titles(answer.text)
    assert 'hx-swap-oob="innerHTML:#found-status"' in answer.text


def test_near_somebody_an_offer_is_put_on_the_list(signed_in: SignIn) -> None:
    own = signed_in("own")
    assert 'name="record"' not in own.post(MAP, {"q": "koffie"}).text
    page = own.post(MAP, {"person": "annie", "q": "koffie"}).text
    assert 'name="record" value="coffee"' in page
    own.post("/inhabitants/annie/shortlist/", {"record": "coffee"})
    again = own.post(MAP, {"person": "annie", "q": "koffie"}).text
    assert 'name="record" value="coffee"' not in again
    assert "✓ Op het lijstje" in again


def test_where_somebody_must_not_be_found_is_in_no_result(signed_in: SignIn) -> None:
    for who in ("own", "coordinator"):
        someone = signed_in(who)
        for words in ("", "opvang", "riet", street.SECRET, "5799XX", "Lindenlaan"):
            page = someone.post(MAP, {"q": words or " ", "person": "annie" if who == "own" else ""})
            text = page.text.replace(f'value="{words}"', "") if words else page.text
            for secret in street.NOWHERE:
                assert secret not in text, (who, words)
    assert "het adres is geheim" in signed_in("own").post(MAP, {"q": "opvang"}).text


def test_an_empty_answer_helps_on(clock: Clock) -> None:
    expert = link("KNOWS_ABOUT", street.worker("mate"), street.NEED, level=4)
    store = with_accounts(memory_store([*street.records(), expert]), clock)
    visitor = Visitor(create_app(SETTINGS, store, clock))
    visitor.signs_in("own")
    sent = {"q": "xyzzy", "person": "annie", "need": street.NEED, "wheelchair": "1"}
    page = visitor.post(MAP, sent).text
    assert "Niets past bij dit alles" in page
    assert "Mate" in page
    assert 'name="radius" value="10000"' in page
    assert 'name="drop" value="wheelchair:1"' in page
    dropped = visitor.post(MAP, sent | {"drop": "wheelchair:1"}).text
    assert 'name="drop" value="wheelchair:1"' not in dropped


def test_results_come_in_pages_of_twenty(clock: Clock) -> None:
    many = [node("Organization", f"x{n:02d}", name=f"Club {n:02d}") for n in range(45)]
    store = with_accounts(memory_store([*street.records(), *many]), clock)
    visitor = Visitor(create_app(SETTINGS, store, clock))
    visitor.signs_in("own")
    seen: list[str] = []
    for page in (1, 2, 3):
        found = titles(visitor.post(MAP, {"q": "club", "page": str(page)}).text)
        assert len(found) == (20, 20, 5)[page - 1]
        seen += found
    assert sorted(seen) == [f"Club {n:02d}" for n in range(45)]
    assert "45 gevonden · bladzijde 2 van 3" in visitor.post(MAP, {"q": "club", "page": "2"}).text


@pytest.mark.parametrize(
    "nonsense",
    [
        "kind=x&need=y&radius=7&age=-1&hour=99&day=x&sort=x&known=x&language=12&payment=x&page=x",
        "age=99999999999&page=-4&radius=²&wheelchair=2",
    ],
)
def test_what_cannot_be_is_as_if_it_was_not_chosen(nonsense: str, signed_in: SignIn) -> None:
    own = signed_in("own")
    assert own.get(f"{MAP}?{nonsense}").status_code == 200
    assert titles(own.get(f"{MAP}?{nonsense}").text) == titles(own.get(MAP).text)
    assert "nobody" in own.get(f"{MAP}?area=nobody").text


def test_every_filter_can_be_chosen(signed_in: SignIn) -> None:
    own = signed_in("own")
    chosen = (
        f"kind=service&need={street.NEED}&area=wk&age=30&day=tu&hour=14&sort=distance&known=any"
        "&language=nl&formality=informal&organization=church&payment=free&free=1&verified=1"
    )
    for each in [chosen, *chosen.split("&"), "day=now"]:
        assert own.get(f"{MAP}?{each}").status_code == 200


@pytest.mark.parametrize("text", CORPUS)
def test_what_was_found_stays_a_text(text: str, clock: Clock) -> None:
    records = [poisoned(each, text) for each in street.records()]
    visitor = Visitor(create_app(SETTINGS, with_accounts(memory_store(records), clock), clock))
    visitor.signs_in("own")
    harmless(visitor.get(MAP).text, text)
    harmless(visitor.post(MAP, {"q": text, "person": "annie"}).text, text)
    harmless(visitor.post(MAP, {"q": "koffie"}, headers=HX).text, text)


def test_pictures_from_elsewhere_are_not_asked_where_an_inhabitant_lives(
    store: MemoryStore, clock: Clock
) -> None:
    from dataclasses import replace

    tiles = ("https://tiles.example/{z}/{x}/{y}.png", "© Iemand")
    visitor = Visitor(create_app(replace(SETTINGS, tiles=tiles), store, clock))
    visitor.signs_in("own")
    assert "data-tiles" in visitor.post(MAP, {"q": "koffie"}).text
    assert "data-tiles" not in visitor.post(MAP, {"q": "koffie", "person": "annie"}).text


def test_a_place_on_the_map_is_looked_around_and_stays_out_of_addresses(
    signed_in: SignIn,
) -> None:
    own = signed_in("own")
    page = own.post(MAP, {"lon": "5.65", "lat": "51,48", "kind": "service"}).text
    assert "rond de plek op de kaart" in page
    assert 'data-address="/partners/?kind=service"' in page
    assert "<li>200 m</li>" in page
    # What is sent in an address all the same is not taken for a place.
    assert "rond de plek op de kaart" not in own.get("/partners/?lon=5.65&lat=51.48").text
    for place in ({"lon": "5.65"}, {"lon": "x", "lat": "y"}, {"lon": "200", "lat": "51"}):
        assert "Vul de twee getallen" in own.post(MAP, place).text
    assert "rond de plek op de kaart" not in own.post(MAP, {"lon": "5", "drop": "spot:here"}).text


def test_of_an_inhabitant_one_may_look_around_elsewhere_without_their_home(
    signed_in: SignIn, store: MemoryStore
) -> None:
    page = signed_in("own").post(MAP, {"person": "annie", "lon": "5.7", "lat": "51.5"}).text
    assert "Voor Annie Bergman" in page
    assert "dicht bij huis" not in page
    assert "find-near" not in [e.event.action for e in store.audit_entries()]


def test_near_an_inhabitant_the_name_of_a_need_finds_what_is_offered_for_it(
    signed_in: SignIn,
) -> None:
    own = signed_in("own")
    page = own.post(MAP, {"person": "annie", "begin": "1", "q": "contact"}).text
    assert 'data-address="/partners/?need=family.contact&amp;kind=service"' in page
    page = own.post(MAP, {"person": "annie", "begin": "1", "need": street.NEED}).text
    assert "need=family.contact" in page
    page = own.post(MAP, {"person": "annie", "begin": "1", "q": "de lichtkring"}).text
    assert 'name="q" value="de lichtkring"' in page
