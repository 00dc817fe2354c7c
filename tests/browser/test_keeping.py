"""Keeping the map in a browser: pointing, two at once, with keys alone, and without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import sign_in


def first(page: Page, kind: str) -> None:
    page.goto(f"/keep/{kind}/")
    page.locator("ul.rows a").first.click()


def test_a_place_is_pointed_at_by_mouse_and_by_keys(visit: Visit) -> None:
    with visit() as page:
        sign_in(page, "coordinator")
        first(page, "locations")
        latitude = page.locator("input[name=latitude]")
        was = latitude.input_value()
        holder = page.locator(".area-map")
        expect(holder.locator(".area-map__border").first).to_be_attached()
        holder.click(position={"x": 60, "y": 60})
        by_mouse = latitude.input_value()
        assert by_mouse != was
        holder.focus()
        page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Zet de speld").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("De speld staat er.")).to_be_visible()
        assert latitude.input_value() not in {was, by_mouse}
        page.get_by_role("button", name="Opslaan").click()
        expect(page.get_by_text("Opgeslagen.")).to_be_visible()
        assert re.fullmatch(r"51\.\d{1,5}", latitude.input_value())


def test_two_at_once_without_javascript_lose_nothing(visit: Visit) -> None:
    with visit(java_script_enabled=False) as one, visit(java_script_enabled=False) as other:
        for page in (one, other):
            sign_in(page, "coordinator")
            first(page, "organizations")
        other.get_by_label("Telefoon").fill("0492 11 11 11")
        other.get_by_role("button", name="Opslaan").click()
        one.get_by_label("Telefoon").fill("0492 22 22 22")
        one.get_by_label("Website").fill("https://voorbeeld.example")
        one.get_by_role("button", name="Opslaan").click()
        expect(one.get_by_role("heading", name="Wat wil je houden?")).to_be_visible()
        expect(one.get_by_text("0492 11 11 11")).to_be_visible()
        one.locator("input[name=choose-phone][value=stored]").check()
        one.get_by_role("button", name="Bewaar wat ik koos").click()
        expect(one.get_by_text("Opgeslagen.")).to_be_visible()
        assert one.get_by_label("Telefoon").input_value() == "0492 11 11 11"
        assert one.get_by_label("Website").input_value() == "https://voorbeeld.example"
        one.get_by_role("link", name="Wat er veranderde, en terug").click()
        one.get_by_role("button", name="Zet terug zoals het hiervoor was").click()
        expect(one.get_by_role("heading", name="Teruggezet")).to_be_visible()


def test_needs_are_found_by_typing_and_ticked(visit: Visit) -> None:
    for javascript in (True, False):
        with visit(java_script_enabled=javascript) as page:
            sign_in(page, "coordinator")
            first(page, "services")
            words = page.locator("#words")
            words.press_sequentially("deurwaarder", delay=20)
            if not javascript:
                page.get_by_role("button", name="Zoek", exact=True).click()
            page.locator("#matches input[type=checkbox]").first.check()
            page.get_by_role("button", name="Opslaan").click()
            expect(page.get_by_text("Opgeslagen.")).to_be_visible()
            expect(page.locator("#need-money\\.debts")).to_be_checked()
            page.locator("#need-money\\.debts").uncheck()
            page.get_by_role("button", name="Opslaan").click()
            expect(page.get_by_text("Opgeslagen.")).to_be_visible()
