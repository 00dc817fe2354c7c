"""The main job, as Samira does it: with a mouse, with keys alone, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import DE_WIT, sign_in


def test_from_signing_in_to_what_came_of_it(visit: Visit) -> None:
    for javascript in (True, False):
        with visit(java_script_enabled=javascript) as page:
            sign_in(page)
            page.get_by_role("link", name="Mevrouw De Wit", exact=True).click()
            page.get_by_role("link", name="Wie kunnen we vragen?").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Wie kunnen we vragen?")
            first = page.locator("article.path").first
            title = first.get_by_role("heading").inner_text().split("\n")[-1].strip("0123456789 ")
            first.get_by_text("Waarom deze?").click()
            expect(first.get_by_role("table")).to_be_visible()
            first.get_by_role("link", name="We vragen het").click()
            page.get_by_role("button", name="Leg vast dat we dit vragen").click()
            asked = page.get_by_role("link", name=title).first
            expect(asked).to_be_visible()
            asked.click()
            page.locator("input[name=outcome][value=accepted]").check()
            page.get_by_role("button", name="Opslaan").click()
            expect(page.locator("#asks")).to_be_visible()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus says what is wanted."""
    for _ in range(150):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText || document.activeElement.name")
        if re.search(wanted, said):
            shown = page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            )
            assert shown, f"where the focus is cannot be seen: {said}"
            return
    raise AssertionError(f"no key leads to {wanted}")


def follow(page: Page, wanted: str, leads_to: str) -> None:
    """Reach a link or button with Tab, and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to)


def test_with_keys_alone(visit: Visit) -> None:
    with visit() as page:
        page.goto("/sign-in")
        tab_to(page, "^username$")
        page.keyboard.type("samira")
        tab_to(page, "^password$")
        page.keyboard.type("demo-samira-netwerk")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases/")
        page.keyboard.press("Tab")
        assert "inhoud" in page.evaluate("document.activeElement.innerText")
        follow(page, "^Mevrouw De Wit$", "**/p-dewit/**")
        follow(page, "Wie kunnen we vragen", "**/paths/**")
        tab_to(page, "^words$")
        page.keyboard.type("eenzam")
        expect(page.locator("#matches a").first).to_be_visible()
        follow(page, "^Eenzaam|eenzaam|contact|alleen", "**need=**")
        tab_to(page, "Waarom deze")
        page.keyboard.press("Enter")
        expect(page.locator("article.path").first.get_by_role("table")).to_be_visible()
        follow(page, "We vragen het", "**/asks/new**")
        tab_to(page, "Leg vast dat we dit vragen")


def test_what_is_typed_finds_needs_while_typing(samira: Page) -> None:
    samira.goto(f"{DE_WIT}paths/")
    samira.get_by_label("Waar gaat het om?").press_sequentially("rood staan", delay=20)
    expect(samira.locator("#matches")).to_contain_text("geld en schulden")
    assert "rood" not in samira.url


def test_without_javascript_words_find_needs_too(visit: Visit) -> None:
    with visit(java_script_enabled=False) as page:
        sign_in(page)
        page.goto(f"{DE_WIT}paths/")
        page.get_by_label("Waar gaat het om?").fill("rood staan")
        page.get_by_role("button", name="Zoek", exact=True).click()
        page.locator("#matches").get_by_role("link", name="geld en schulden").first.click()
        expect(page.locator(".badge--need")).to_have_text(re.compile("geld en schulden"))


@pytest.mark.parametrize("javascript", [True, False])
def test_one_tap_says_who_is_left_alone(visit: Visit, javascript: bool) -> None:
    with visit(java_script_enabled=javascript) as page:
        sign_in(page)
        page.goto(DE_WIT)
        row = page.locator("li.tie").filter(has_text="Met rust laten").first
        key = row.get_attribute("id")
        for word in ("Alleen voor steun", "Met rust laten"):
            button = page.locator(f"#{key}").get_by_role("button", name=word)
            button.click()
            pressed = page.locator(f"#{key}").get_by_role("button", name=word)
            expect(pressed).to_have_attribute("aria-pressed", "true")
        page.reload()
        last = page.locator(f"#{key}").get_by_role("button", name="Met rust laten")
        expect(last).to_have_attribute("aria-pressed", "true")


def test_somebody_is_added_changed_and_ended(samira: Page) -> None:
    samira.goto(DE_WIT)
    samira.get_by_role("link", name="Iemand erbij").click()
    samira.get_by_label("Wie is het?").fill("de buurvrouw van 12")
    samira.get_by_role("button", name="Opslaan").click()
    expect(samira.get_by_role("alert")).to_contain_text("Kies")
    expect(samira.get_by_label("Wie is het?")).to_have_value("de buurvrouw van 12")
    samira.get_by_label("Hoe kennen ze elkaar?").select_option("neighbour")
    samira.get_by_role("button", name="Opslaan").click()
    row = samira.locator("li.tie").filter(has_text="de buurvrouw van 12")
    expect(row).to_be_visible()
    row.get_by_role("link", name="Niet meer in beeld").click()
    samira.get_by_role("button", name="Opslaan").click()
    expect(samira.locator("li.tie").filter(has_text="de buurvrouw van 12")).to_have_count(0)
