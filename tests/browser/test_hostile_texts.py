"""Hostile texts in every field, on every page that shows them, in a browser that would run them."""

from playwright.sync_api import Page, expect

from tests.browser.visiting import DE_WIT

HOSTILE = (
    "<script>alert('a')</script>",
    "\"><img src=x onerror=alert('b')>",
    "</textarea><svg onload=alert('c')>",
    "<a href=javascript:alert('d') autofocus onfocus=alert('e')>x</a>",
)


def test_what_somebody_typed_never_runs(samira: Page) -> None:
    """A dialog, an error or a request elsewhere fails the test when the page is closed."""
    for number, text in enumerate(HOSTILE):
        samira.goto("/cases/new")
        samira.locator("#name").fill(text)
        samira.locator("#question").fill(f"{text} {number}")
        samira.locator("#question_behind").fill(text)
        samira.get_by_role("button", name="Begin").click()
        samira.wait_for_url("**/inhabitants/**")
        file = samira.url.split("#")[0].split("?")[0]
        expect(samira.get_by_role("heading", level=1)).to_contain_text(text[:20])
        samira.goto(f"{file}ties/new")
        samira.locator("#name").fill(text)
        samira.locator("#kind").select_option("friend")
        samira.get_by_role("button", name="Opslaan").click()
        expect(samira.locator("h4").first).to_have_text(text)
        for page in ("person", "question", "ties/new", "talents", "paths/"):
            samira.goto(f"{file}{page}")
        samira.goto("/cases/")
        expect(samira.get_by_text(text).first).to_be_visible()
        samira.locator("#q").fill(text)
        samira.get_by_role("button", name="Zoek").click()
        expect(samira.locator("#q")).to_have_value(text)
    samira.goto(f"/partners/?q={HOSTILE[0]}")
    samira.goto(f"{DE_WIT}paths/")
    samira.locator("#words").press_sequentially(HOSTILE[1])
    expect(samira.locator("#matches")).not_to_be_empty()
