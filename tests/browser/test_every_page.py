"""What holds on every page: axe-core finds nothing, nothing sticks out, texts can grow."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.pages import PAGES, Shown
from tests.browser.visiting import DE_WIT, WIDTHS, objections, overflow, sign_in, visiting

SignedIn = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def signed_in(browser: Browser, address: str) -> SignedIn:
    """Return what a browser keeps of somebody who signed in: once for each: it is slow."""

    @cache
    def kept(who: str) -> dict[str, Any]:
        with visiting(browser, address) as page:
            sign_in(page, who)
            return dict(page.context.storage_state())

    return kept


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_page_is_for_everybody(shown: Shown, visit: Visit, signed_in: SignedIn) -> None:
    kept = {"storage_state": signed_in(shown.who)} if shown.who else {}
    with visit(**kept) as page:
        page.goto(shown.address)
        shown.act(page)
        assert shown.who == "" or "/sign-in" not in page.url
        assert objections(page) == []
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0, width
        # 200 % zoom of a window of 1280 is one of 640 with the text twice as large.
        page.set_viewport_size({"width": 640, "height": 450})
        assert overflow(page) == 0, "200 %"
        page.set_viewport_size({"width": 375, "height": 812})
        assert objections(page) == [], "375"


def test_texts_grow_and_spread(visit: Visit) -> None:
    with visit(width=375) as page:
        sign_in(page)
        page.goto(DE_WIT)
        before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        page.locator("details.settings > summary").click()
        # The page that comes is the one to measure, not one that is still being built.
        with page.expect_navigation():
            page.get_by_role("button", name="grootst").click()
        after = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert after > before * 1.2
        assert overflow(page) == 0


def test_targets_are_large_enough_for_a_finger(visit: Visit) -> None:
    with visit(width=375) as page:
        sign_in(page)
        for address in ("/cases/", DE_WIT, f"{DE_WIT}paths/", f"{DE_WIT}ties/new"):
            page.goto(address)
            small = page.evaluate(
                """() => [...document.querySelectorAll('button, select, input:not([type=hidden])')]
                .filter(e => e.offsetParent !== null && !e.matches('[type=checkbox], [type=radio]'))
                .filter(e => e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML.slice(0, 120))"""
            )
            assert small == [], address
