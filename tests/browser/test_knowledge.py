"""What one knows is told at once, by touch and by keyboard; what did not arrive says so."""

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import sign_in

MINE = "/knowledge/mine"


def first_row(page: Page) -> str:
    """Open the first domain and return what selects its first block."""
    page.locator("details.domain").first.evaluate("each => { each.open = true }")
    name = page.locator("[data-level] input[type=radio]").first.get_attribute("name")
    return f'input[name="{name}"]'


def test_a_choice_is_stored_at_once_and_the_last_one_stays(visit: Visit) -> None:
    with visit() as page:
        sign_in(page)
        page.goto(MINE)
        choices = page.locator(first_row(page))
        expect(page.locator("[data-save]")).to_be_hidden()
        choices.nth(2).check()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("Opgeslagen")).to_have_count(1)
        page.reload()
        first_row(page)
        expect(choices.nth(4)).to_be_checked()


def test_what_did_not_arrive_says_so_and_the_button_comes_back(visit: Visit) -> None:
    with visit(failing=MINE) as page:
        sign_in(page)
        page.goto(MINE)
        choices = page.locator(first_row(page))
        stored = 1 if choices.nth(0).is_checked() else 0

        def fail(route: Route) -> None:
            route.abort() if route.request.method == "POST" else route.continue_()

        page.route(f"**{MINE}", fail)
        choices.nth(stored).check()
        expect(page.get_by_text("Nog niet opgeslagen")).to_be_visible()
        page.unroute(f"**{MINE}")
        page.get_by_role("button", name="Opslaan").click()
        page.wait_for_url("**saved=1")
        first_row(page)
        expect(choices.nth(stored)).to_be_checked()


def test_a_session_is_typed_by_keyboard_from_colleague_to_colleague(visit: Visit) -> None:
    with visit() as page:
        sign_in(page)
        page.goto("/knowledge/together/new")
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/together/knowing-*")
        title = page.get_by_role("heading", level=1).inner_text()
        rows = page.locator("[data-said] [data-level]")
        for digit in ("4", "0", "2"):
            page.keyboard.press(digit)
        for at, digit in enumerate(("4", "0", "2")):
            expect(rows.nth(at).locator(f"[type=radio][value='{digit}']")).to_be_checked()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
        page.get_by_role("link", name="Eén terug").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        for at, digit in enumerate(("4", "0", "2")):
            expect(rows.nth(at).locator(f"[type=radio][value='{digit}']")).to_be_checked()
        expect(page.get_by_text("1 van 72 gehad")).to_be_visible()
