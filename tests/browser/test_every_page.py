"""What holds on every page: axe-core finds nothing, nothing sticks out, texts can grow."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.pages import PAGES, Shown
from tests.browser.visiting import DE_WIT, WIDTHS, objections, overflow, sign_in


def opened(page: Page, shown: Shown) -> None:
    if shown.who:
        sign_in(page, shown.who)
    page.goto(shown.address)
    shown.act(page)


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_axe_finds_nothing(shown: Shown, visit: Visit) -> None:
    with visit() as page:
        opened(page, shown)
        assert objections(page) == []
        page.set_viewport_size({"width": 375, "height": 812})
        assert objections(page) == []


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_nothing_sticks_out(shown: Shown, visit: Visit) -> None:
    with visit() as page:
        opened(page, shown)
        for width in (*WIDTHS, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) == 0, width
        # 200 % zoom of a window of 1280 is one of 640 with the text twice as large.
        page.set_viewport_size({"width": 640, "height": 450})
        assert overflow(page) == 0, "200 %"


def test_texts_grow_and_spread(visit: Visit) -> None:
    with visit(width=375) as page:
        sign_in(page)
        page.goto(DE_WIT)
        before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        page.locator("details.settings > summary").click()
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
