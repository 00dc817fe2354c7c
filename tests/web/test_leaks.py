"""Nothing leaks: what the view hides changes no byte of any page, and texts stay texts."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings

from netwerk.app import create_app
from netwerk.domain.records import Node, Record, Subgraph
from netwerk.domain.visibility import visible
from netwerk.usecases import accounts
from tests.builders import memory_store
from tests.web import street
from tests.web.conftest import SETTINGS, Clock, Visitor, with_accounts, without_what_is_made_once
from tests.web.street import MINE, NEED
from tests.worlds import INHABITANT, NEEDS, SCOPE, VIEWER, in_order, link, node, worlds

FILE: Final = f"/inhabitants/{INHABITANT}/"
PAGES: Final = [
    FILE,
    *(
        f"{FILE}{page}"
        for page in ("person", "question", "talents", "ties/new", "network/?then=2026-06-01")
    ),
    *(f"{FILE}paths/?need={need}&radius=20000&steps=4&specialist=1" for need in NEEDS),
    *(f"{FILE}ties/tie{n}" for n in range(6)),
    *(f"{FILE}participations/part{n}/end" for n in range(3)),
    *(f"{FILE}asks/{ask}" for ask in ("a0", "a1")),
    "/partners/",
    *(f"/partners/o{n}" for n in range(3)),
]


def pages(records: Iterable[Record]) -> list[tuple[int, str]]:
    """Return every page about the inhabitant, as the worker who leads the case gets it."""
    store, clock = memory_store(records), Clock()
    new = accounts.NewAccount(username="wil", worker=VIEWER, password=street.PASSWORD)
    accounts.add_account(store, clock, "test", new)
    visitor = Visitor(create_app(SETTINGS, store, clock))
    visitor.signs_in("wil")
    answers = [visitor.get(page) for page in PAGES]
    return [(each.status_code, without_what_is_made_once(each.text)) for each in answers]


@given(world=worlds())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[*HealthCheck],
)
def test_what_the_view_hides_changes_no_byte_of_any_page(world: Subgraph) -> None:
    shown = pages(in_order(world))
    assert shown == pages(in_order(visible(world, SCOPE)))
    assert shown[0][0] == 200


CORPUS: Final = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202egnaam",
]


def poisoned(record: Record, text: str) -> Record:
    """Return a record of the street with the text in all its free text."""
    free = ("name", "question", "question_behind", "title", "first_step", "label_nl", "asked_by")
    if not isinstance(record, Node):
        return record
    said = {key: text for key in free if key in record.properties}
    return record.with_properties(**said)


def addresses() -> Iterator[str]:
    """Return every page with texts of the street."""
    file = f"/inhabitants/{MINE['person']}/"
    yield from ("/partners/church", "/partners/shelter", "/partners/volunteers/volunteer")
    yield from ("/cases/", "/partners/", file, f"{file}paths/?need={NEED}", f"{file}question")
    yield from (f"{file}person", f"{file}ties/{MINE['tie']}", f"{file}ties/{MINE['tie']}/end")
    yield from (f"{file}asks/{MINE['ask']}", f"{file}asks/new?need={NEED}&path=annie,bo,walk")
    yield from (f"{file}participations/{MINE['part']}/end", f"{file}talents")


@pytest.mark.parametrize("text", CORPUS)
def test_a_text_stays_a_text(text: str) -> None:
    clock = Clock()
    store = memory_store([poisoned(each, text) for each in street.records()])
    visitor = Visitor(create_app(SETTINGS, with_accounts(store, clock), clock))
    visitor.signs_in("own")
    for address in addresses():
        answer = visitor.get(address)
        assert answer.status_code == 200
        harmless(answer.text, text)


@pytest.mark.parametrize("text", CORPUS)
def test_what_is_typed_stays_a_text(text: str) -> None:
    clock = Clock()
    store = with_accounts(memory_store(street.records()), clock)
    visitor = Visitor(create_app(SETTINGS, store, clock))
    harmless(visitor.signs_in(text).text, text)
    visitor.signs_in("own")
    harmless(visitor.post("/cases/", {"q": text}).text, text)
    harmless(visitor.get(f"/partners/?q={quote(text)}").text, text)
    harmless(visitor.post("/inhabitants/annie/paths/", {"words": text}).text, text)
    harmless(visitor.get(f"/inhabitants/annie/paths/?need={quote(text)}").text, text)
    harmless(visitor.post("/inhabitants/annie/ties/new", {"name": text}).text, text)


def harmless(page: str, text: str) -> None:
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert "49{" not in page
    assert 'href="javascript:' not in page
    if "<" in text and text in page:
        raise AssertionError(text)


CANARY: Final = "Zwaantje Kanarie"


def test_a_name_of_another_file_is_on_no_page() -> None:
    clock = Clock()
    theirs: list[Record] = [
        node("Person", "canary", name=CANARY, told_by="zwaan"),
        link("TIE", "zwaan", "canary", "zwaan-canary", owner="zwaan", kind="friend"),
    ]
    store = with_accounts(memory_store([*street.records(), *theirs]), clock)
    visitor = Visitor(create_app(SETTINGS, store, clock))
    visitor.signs_in("own")
    for address in [*addresses(), "/inhabitants/zwaan/", "/inhabitants/canary/"]:
        assert CANARY not in visitor.get(address).text
    assert CANARY not in visitor.post("/cases/", {"q": "kanarie"}).text
