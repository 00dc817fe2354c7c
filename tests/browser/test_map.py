"""The map beside its list: by mouse, by keyboard, without JavaScript, and with hostile names."""

import json
import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import DE_WIT, sign_in

MARKERS = "button.area-map__marker"


def found(page: Page, words: str) -> None:
    page.goto("/partners/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#q").fill(words)
    expect(page.locator("#found-status")).not_to_contain_text("Meer dan")
    expect(page.locator(MARKERS).first).to_be_visible()


def test_the_list_leads_to_the_map_and_the_map_to_the_list(samira: Page) -> None:
    found(samira, "taalcafe")
    row = samira.locator(".result").first
    row.get_by_role("button", name="Toon op de kaart").click()
    expect(samira.locator(f"{MARKERS}:focus")).to_have_count(1)
    expect(row).to_have_class("card result result--on")
    number = row.get_attribute("data-number") or "?"
    assert number in (samira.locator(f"{MARKERS}:focus").get_attribute("aria-label") or "")
    samira.keyboard.press("Enter")
    if samira.locator(".area-map__choices").count():
        expect(samira.locator(".area-map__choices button").first).to_be_focused()
        samira.keyboard.press("Enter")
    expect(samira.locator(".result--on [data-row-goal]")).to_be_focused()


def test_every_number_on_the_map_is_in_the_list(samira: Page) -> None:
    found(samira, "koffie")
    told = samira.locator(MARKERS).evaluate_all("all => all.map(e => e.ariaLabel)")
    names = samira.locator(".result[data-place]").evaluate_all(
        "all => all.map(e => e.dataset.name)"
    )
    assert names
    assert all(any(name in label for label in told) for name in names)
    assert sum(label.count(",") for label in told) >= len(names) - len(told)


def test_typing_keeps_the_focus_and_says_how_much_there_is(samira: Page) -> None:
    samira.goto("/partners/")
    samira.locator("#q").press_sequentially("schuld", delay=40)
    expect(samira.locator("#found-status")).not_to_contain_text("Meer dan")
    expect(samira.locator("#q")).to_be_focused()
    expect(samira.locator("#found-status")).to_contain_text("gevonden")
    assert "schuld" not in samira.url
    samira.get_by_text("Preciezer kiezen").click()
    samira.locator("#f-kind-service").check()
    expect(samira.locator("#f-kind-service")).to_be_focused()
    expect(samira.get_by_role("button", name="aanbod loslaten")).to_be_visible()
    expect(samira).to_have_url(re.compile(r"/partners/\?kind=service$"))


def test_who_comes_back_finds_what_was_looked_for(samira: Page) -> None:
    found(samira, "schuld")
    before = samira.locator("#found-status").inner_text()
    samira.locator(".result a").first.click()
    samira.wait_for_url(re.compile("/partners/[a-z]"))
    samira.go_back()
    expect(samira.locator("#q")).to_have_value("schuld")
    expect(samira.locator("#found-status")).to_have_text(before)


def test_who_comes_back_finds_the_page_that_was_looked_at(samira: Page) -> None:
    found(samira, "schuld")
    for _ in range(2):  # coming back twice, as one does when one compares
        if "bladzijde 2" not in samira.locator("#found-status").inner_text():
            samira.get_by_role("button", name="De volgende").click()
        expect(samira.locator("#found-status")).to_contain_text("bladzijde 2")
        samira.locator(".result a").first.click()
        samira.wait_for_url(re.compile("/partners/[a-z]"))
        samira.go_back()
        expect(samira.locator("#found-status")).to_contain_text("bladzijde 2")
    with samira.expect_response(lambda answer: answer.request.method == "POST"):
        samira.locator("#q").fill("schulden")
    expect(samira.locator("#found-status")).to_contain_text("bladzijde 1")


def test_near_an_inhabitant_something_goes_on_the_list_in_three_steps(samira: Page) -> None:
    samira.goto(DE_WIT)
    samira.get_by_label("Wat zoek je?").fill("koffie")
    samira.get_by_role("button", name="Zoek dichtbij").click()
    expect(samira.get_by_role("button", name="nieuwe mensen leren kennen loslaten")).to_be_visible()
    expect(samira).to_have_url(re.compile(r"/partners/\?.*need=social.meeting"))
    assert "koffie" not in samira.url
    add = samira.locator(".listed__add button").first
    add.click()
    expect(samira.locator(".listed__there").first).to_be_visible()
    samira.goto(f"{DE_WIT}shortlist/")
    expect(samira.locator(".listed > li").first).to_be_visible()
    while samira.get_by_role("button", name="Van het lijstje af").count():
        samira.get_by_role("button", name="Van het lijstje af").first.click()
        samira.wait_for_load_state()


def test_a_press_on_the_map_looks_around_it_and_keeps_the_filters(samira: Page) -> None:
    samira.goto("/partners/?kind=service&wheelchair=1")
    expect(samira.locator(MARKERS).first).to_be_visible()
    before = samira.locator("#found-status").inner_text()
    samira.locator("[data-area-map]").click(position={"x": 60, "y": 250})
    with samira.expect_response(lambda answer: answer.request.method == "POST"):
        samira.get_by_role("button", name="Zoek rond deze plek").click()
    expect(samira.locator("#found-status")).to_contain_text("rond de plek op de kaart")
    assert samira.locator("#found-status").inner_text() != before
    expect(samira.locator(".area-map__home")).to_have_count(1)
    expect(samira.locator("#quick-wheelchair")).to_have_attribute("aria-pressed", "true")
    assert samira.url.endswith("/partners/?kind=service&wheelchair=1")
    # Who comes back from a partner still looks around that place; and one press lets go of it.
    samira.locator(".result a").first.click()
    samira.wait_for_url(re.compile("/partners/[a-z]"))
    samira.go_back()
    expect(samira.locator("#found-status")).to_contain_text("rond de plek op de kaart")
    samira.get_by_role("button", name="rond de plek op de kaart").click()
    expect(samira.locator("#found-status")).to_have_text(before)


def test_with_keys_the_middle_of_the_map_is_looked_around(samira: Page) -> None:
    samira.goto("/partners/")
    button = samira.get_by_role("button", name="Zoek rond het midden van de kaart")
    button.focus()
    samira.keyboard.press("Enter")
    expect(samira.locator("#found-status")).to_contain_text("rond de plek op de kaart")
    expect(samira).to_have_url(re.compile("/partners/$"))


def test_without_javascript_a_place_is_chosen_or_filled_in(visit: Visit) -> None:
    with visit(java_script_enabled=False) as page:
        sign_in(page)
        page.goto("/partners/?wheelchair=1")
        page.get_by_text("Preciezer kiezen").click()
        page.get_by_label("Het midden van").select_option("Bloemvelden")
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.locator("#found-status")).to_contain_text("rond Bloemvelden")
        expect(page.locator("#quick-wheelchair")).to_have_attribute("aria-pressed", "true")
        page.get_by_label("Lengtegraad").fill("5,66")
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("allebei")
        expect(page.get_by_label("Lengtegraad")).to_have_value("5,66")
        page.get_by_label("Breedtegraad").fill("51,48")
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.locator("#found-status")).to_contain_text("rond de plek op de kaart")
        assert "5.66" not in page.url
        assert "5,66" not in page.url


def test_without_javascript_there_is_a_list_and_a_drawing(visit: Visit) -> None:
    with visit(java_script_enabled=False) as page:
        sign_in(page)
        page.goto("/partners/")
        expect(page.locator("svg.map")).to_be_visible()
        expect(page.get_by_role("button", name="Toon op de kaart")).to_have_count(0)
        page.locator("#q").fill("schuld")
        page.get_by_role("button", name="Zoek", exact=True).click()
        expect(page.locator("#found-status")).to_contain_text("bladzijde 1 van")
        page.get_by_role("button", name="De volgende").click()
        expect(page.locator("#found-status")).to_contain_text("bladzijde 2 van")
        expect(page.locator("#q")).to_have_value("schuld")
        assert page.url.endswith("/partners/")
        page.locator("#q").fill("")
        page.locator("#need").select_option("money.debts")
        page.get_by_role("button", name="Zoek", exact=True).click()
        assert page.url.endswith("/partners/?need=money.debts")


HOSTILE = "<img src=x onerror=alert('kaart')>"


def test_a_name_on_the_map_never_runs(samira: Page) -> None:
    """A dialog, an error or a request elsewhere fails the test when the page is closed."""

    def poison(route: Route) -> None:
        areas = route.fetch().json()
        for area in areas["features"]:
            area["properties"]["name"] = HOSTILE
        route.fulfill(status=200, content_type="application/geo+json", body=json.dumps(areas))

    samira.route("**/areas.geojson", poison)
    found(samira, "koffie")
    expect(samira.locator(".area-map__name").first).to_contain_text(HOSTILE)
    samira.evaluate(
        """name => {
          const rows = document.querySelectorAll('.result[data-place]');
          for (const row of rows) {
            row.dataset.name = name;
            row.dataset.place = rows[0].dataset.place;
          }
          document.dispatchEvent(new CustomEvent('htmx:afterSettle', { detail: {} }));
        }""",
        HOSTILE,
    )
    samira.locator(MARKERS).first.click()
    expect(samira.locator(".area-map__choices button").first).to_contain_text(HOSTILE)
    samira.keyboard.press("Escape")
    expect(samira.locator(".area-map__choices")).to_have_count(0)
    expect(samira.locator(MARKERS).first).to_be_focused()
