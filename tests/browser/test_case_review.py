"""A session of casuïstiek as a team holds it: planned, brought without names, noted, closed."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from netwerk.clock import SystemClock, local_day
from tests.browser.conftest import Visit
from tests.browser.visiting import DE_WIT, sign_in

TOMORROW = local_day(SystemClock()) + timedelta(days=1)
PROJECTOR, PHONE = 1920, 375
NAMES = ("De Wit", "Ingrid", "Ans Kuijpers", "Leny", "Sjaan")


def planned(page: Page) -> str:
    """Plan a session of tomorrow with two colleagues, and return its address."""
    page.goto("/reviews/new")
    page.get_by_label("Welke dag?").fill(TOMORROW.isoformat())
    page.get_by_label("Hoe laat?").fill("13:30")
    page.get_by_label("Waar?").fill("Wijkhuis, grote tafel")
    for box in page.locator("input[name=participants]").all()[:3]:
        box.check()
    page.get_by_label("En wie zonder inlog?").fill("praktijkondersteuner van de huisarts")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_role("heading", level=2, name="Wie zit erbij")).to_be_visible()
    return page.url.partition("?")[0]


def brought(page: Page, session: str) -> None:
    """Bring a case: a name in the text is refused and stays typed, a role is not."""
    page.goto(f"{DE_WIT}review")
    page.get_by_label("Op welk overleg?").select_option(session.rpartition("/")[2])
    question = page.get_by_label("Wat is de vraag?")
    question.fill("Mevrouw wil weer onder de mensen, maar Ingrid vindt dat spannend.")
    page.get_by_label("En de vraag achter de vraag?").fill("Durft ze alleen de deur uit?")
    page.get_by_role("button", name="Breng deze casus in").click()
    expect(page.get_by_role("alert")).to_contain_text("Ingrid")
    expect(question).to_have_value(
        "Mevrouw wil weer onder de mensen, maar Ingrid vindt dat spannend."
    )
    question.fill("Mevrouw wil weer onder de mensen, maar haar dochter vindt dat spannend.")
    page.get_by_role("button", name="Breng deze casus in").click()
    expect(page.get_by_role("heading", name="Casus A")).to_be_visible()


def nameless(page: Page) -> None:
    """Check that what is shown says of nobody who they are."""
    told = page.locator("main").inner_html()
    assert [name for name in NAMES if name in told] == []


def test_a_session_from_planning_to_minutes(visit: Visit) -> None:
    for javascript in (True, False):
        with visit(java_script_enabled=javascript) as page:
            sign_in(page)
            address = planned(page)
            brought(page, address)
            page.goto(address)
            page.get_by_role("link", name="Begin").click()
            nameless(page)
            expect(page.locator(".ecomap__name", has_text="buur")).to_be_visible()
            page.get_by_role("link", name="Schrijf op wat we besluiten").click()
            page.get_by_label("Wat besluiten we?").fill("We vragen de buurvrouw mee te gaan.")
            page.get_by_label("Wie pakt het op?").select_option(index=1)
            page.get_by_label("Taak 1", exact=True).fill("De buurvrouw bellen")
            page.get_by_label("Denkt iemand er anders over?").fill(
                "Een van ons vindt het te vroeg."
            )
            page.get_by_role("button", name="Opslaan").click()
            expect(page.locator(".review__decision")).to_contain_text("buurvrouw")
            page.goto(address)
            page.get_by_role("button", name="Overleg afsluiten").click()
            page.get_by_role("link", name="Het verslag").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Verslag casuïstiek")
            nameless(page)
            page.goto(DE_WIT)
            expect(page.locator("#reviews + ul").first).to_contain_text("buurvrouw mee te gaan")


def test_it_can_be_read_across_the_room_and_on_a_phone(visit: Visit) -> None:
    with visit(width=PROJECTOR) as page:
        sign_in(page)
        address = planned(page)
        brought(page, address)
        page.goto(address)
        page.get_by_role("link", name="Begin").click()
        size = page.locator(".review__question").evaluate("e => getComputedStyle(e).fontSize")
        assert float(size.removesuffix("px")) >= 32
        where = page.url
        page.set_viewport_size({"width": PHONE, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE, where


def test_a_case_that_is_taken_back_is_gone_at_once(visit: Visit) -> None:
    with visit() as page:
        sign_in(page)
        address = planned(page)
        brought(page, address)
        page.goto(address)
        page.get_by_text("De inwoner wil dit niet").click()
        page.get_by_role("button", name="Haal casus A terug").click()
        expect(page.get_by_text("Er is niets van bewaard")).to_be_visible()
        assert "onder de mensen" not in page.content()
