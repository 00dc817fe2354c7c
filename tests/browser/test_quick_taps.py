"""One tap says whether somebody may be asked; no tap is lost, however quick and slow the line."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import DE_WIT, sign_in

WORDS: Final = ("Mag gevraagd", "Alleen voor steun", "Met rust laten", "Nog niet besproken")
_SLOW: Final = 400
"""Milliseconds that every request takes longer."""


@contextmanager
def slow_line(page: Page) -> Iterator[None]:
    """Let every request of a page take longer."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", line | {"latency": _SLOW})
    yield
    session.send("Network.emulateNetworkConditions", line | {"latency": 0})
    session.detach()


@pytest.fixture
def row(visit: Visit) -> Iterator[Locator]:
    """Return the first row of somebody's network, on a page whose taps may fail."""
    with visit(failing="/approach/") as page:
        sign_in(page)
        page.goto(DE_WIT)
        key = page.locator("li.tie").first.get_attribute("id")
        yield page.locator(f"#{key}")


def tap(row: Locator, word: str) -> None:
    row.get_by_role("button", name=word).click()


def shows(row: Locator, word: str) -> None:
    """Wait until a row shows one word as said, and no other."""
    expect(row).not_to_have_attribute("aria-busy", "true")
    pressed = row.locator("button[aria-pressed=true]")
    expect(pressed).to_have_count(1)
    expect(pressed).to_have_text(word)


@pytest.mark.parametrize("pause", [0, 40, 430])
def test_the_last_of_quick_taps_is_shown_and_stored(row: Locator, pause: int) -> None:
    chosen = random.Random(pause)  # noqa: S311 - the same taps at every run
    for _ in range(3):
        said = [chosen.choice(WORDS) for _ in range(3)]
        with slow_line(row.page):
            for word in said:
                tap(row, word)
                time.sleep(pause / 1000)
            shows(row, said[-1])
        row.page.reload()
        shows(row, said[-1])


def test_who_goes_on_at_once_takes_the_last_word_along(row: Locator) -> None:
    page = row.page
    tap(row, "Mag gevraagd")
    shows(row, "Mag gevraagd")
    with slow_line(page):
        tap(row, "Alleen voor steun")
        tap(row, "Met rust laten")
        page.get_by_role("link", name="Wie kunnen we vragen?").first.click()
        page.wait_for_url("**/paths/**")
    page.goto(DE_WIT)
    shows(row, "Met rust laten")


def test_the_finger_stays_where_it_was(row: Locator) -> None:
    button = row.get_by_role("button", name="Met rust laten")
    button.focus()
    row.page.keyboard.press("Enter")
    shows(row, "Met rust laten")
    expect(button).to_be_focused()
    expect(row.get_by_role("status")).to_have_text("Genoteerd. Het telt vanaf nu.")


def test_a_tap_that_did_not_arrive_says_so(row: Locator) -> None:
    page = row.page
    tap(row, "Met rust laten")
    shows(row, "Met rust laten")

    def lose(route: Route) -> None:
        route.abort("failed") if route.request.method == "POST" else route.continue_()

    page.route("**/approach/**", lose)
    tap(row, "Alleen voor steun")
    expect(row.get_by_role("alert")).to_contain_text("Nog niet genoteerd")
    shows(row, "Met rust laten")
    page.unroute("**/approach/**")
    tap(row, "Alleen voor steun")
    shows(row, "Alleen voor steun")
    expect(row.get_by_role("alert")).to_have_count(0)


def test_a_tap_after_the_session_ended_is_carried_through_signing_in(
    row: Locator, visit: Visit
) -> None:
    page = row.page
    tap(row, "Alleen voor steun")
    shows(row, "Alleen voor steun")
    with visit() as other:
        sign_in(other)
        other.goto("/account")
        for _ in range(other.get_by_role("button", name="Daar afmelden").count()):
            other.get_by_role("button", name="Daar afmelden").first.click()
    tap(row, "Met rust laten")
    page.get_by_label("Naam").fill("samira")
    page.get_by_label("Wachtwoord").fill("demo-samira-netwerk")
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("button", name="Nu opslaan").click()
    shows(row, "Met rust laten")
