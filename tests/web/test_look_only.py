"""Who broke the glass reads a file and changes nothing: over every route that changes a file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose
from netwerk.domain.grants import GRANT, Grant
from netwerk.domain.ids import NodeId, PersonId
from tests.web.conftest import Visitor
from tests.web.street import MINE, worker
from tests.web.test_access import OF_FILES, ask
from tests.worlds import StoppedClock, link

SignIn = Callable[[str], Visitor]
READING = frozenset({"/inhabitants/{person}/paths/"})
"""What is sent as a form and changes nothing: words that should not stand in an address."""
OF_THE_TEAM = frozenset(
    {
        "/inhabitants/{person}/review",
        "/inhabitants/{person}/effort/new",
        "/inhabitants/{person}/requests/{request}",
    }
)
"""Forms that offer colleagues or sessions of the team: from another team they are not accepted."""
POSTS = [rule for rule in OF_FILES if rule.method == "POST"]
PAGES = [
    rule
    for rule in OF_FILES
    if rule.method == "GET" and "{person}/" in rule.address and not rule.address.endswith(".pdf")
]


@pytest.fixture
def in_emergency(store: MemoryStore, signed_in: SignIn) -> Visitor:
    """Return somebody of another team, to whom Annie's file was opened just now."""
    grant = Grant(
        viewer=worker("other"),
        person=PersonId(NodeId(MINE["person"])),
        purpose=Purpose.EMERGENCY,
        reason="Ze belde in paniek.",
        begun=StoppedClock().now() - timedelta(minutes=1),
    )
    with store.system() as work:
        work.put(GRANT, grant.key, grant.written())
    return signed_in("other")


def held(store: MemoryStore) -> tuple[Any, ...]:
    """Return all that is kept, but who is signed in and what they tried."""
    apart = {"session", "throttle"}
    system = [each for each in store.system_records() if each[0] not in apart]
    return (*store.dump(), *system)


@pytest.mark.parametrize("rule", POSTS, ids=lambda rule: rule.name)
def test_whoever_broke_the_glass_changes_nothing(
    rule: Any, in_emergency: Visitor, store: MemoryStore
) -> None:
    before = held(store)
    answer = ask(in_emergency, rule)
    assert held(store) == before
    if rule.address in READING | OF_THE_TEAM:
        assert answer.status_code == 200
    else:
        assert answer.status_code in (403, 404), answer.status_code
        if answer.status_code == 403:
            assert "alleen om te lezen" in answer.text


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.name)
def test_every_page_of_the_file_says_that_it_is_to_be_read_only(
    rule: Any, in_emergency: Visitor
) -> None:
    page = ask(in_emergency, rule)
    assert page.status_code in (200, 404)
    # What is to be printed has no menu, no buttons, and nothing to change.
    if page.status_code == 200 and 'class="top"' in page.text:
        assert "data-look-only" in page.text


def test_who_is_on_the_case_by_now_is_told_of_no_exception(
    in_emergency: Visitor, store: MemoryStore
) -> None:
    assert "data-look-only" in in_emergency.get("/inhabitants/annie/").text
    store.load([link("LEADS", worker("other"), "case-annie")])
    assert "data-look-only" not in in_emergency.get("/inhabitants/annie/").text
    assert (
        in_emergency.post("/inhabitants/annie/shortlist/", {"record": "coffee"}).status_code == 303
    )


def test_the_owner_of_the_file_is_told_of_no_exception(signed_in: SignIn) -> None:
    assert "data-look-only" not in signed_in("own").get("/inhabitants/annie/").text
