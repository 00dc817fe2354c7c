"""A session as a team holds it: a projector by keyboard, and a phone that takes notes at once."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from netwerk.clock import SystemClock, local_day
from tests.browser.conftest import Visit
from tests.browser.visiting import overflow, sign_in

TOMORROW: Final = local_day(SystemClock()) + timedelta(days=1)
SECRET: Final = "Zij durft de deur niet meer uit."
READABLE: Final = 24
"""Pixels on a projector of 1920 across."""
GUEST: Final = "oost-1"
"""Of another team: in this session only by invitation."""
_SMALL: Final = """(least) => [...document.querySelectorAll('main *')]
  .filter(each => each.matches('h1, h2, p, li, td, th, dt, dd, summary, button, a, .ecomap__name'))
  .filter(each => each.textContent.trim() && each.getClientRects().length
    && !each.closest('.hidden') && !each.closest('nav') && each.checkVisibility())
  .map(each => {
    const drawn = each.ownerSVGElement;
    const scale = drawn ? drawn.getScreenCTM().a : 1;
    return [parseFloat(getComputedStyle(each).fontSize) * scale, each.textContent.trim()];
  }).filter(([size]) => size < least)"""


def files_of(page: Page) -> list[str]:
    """Return the files of three inhabitants of the worker."""
    page.goto("/cases/")
    links = page.locator("main h3 a[href^='/inhabitants/']").all()
    files = [each.get_attribute("href") or "" for each in links][:3]
    assert len(files) == 3
    return files


def names_around(page: Page, file: str) -> list[str]:
    """Return what the inhabitant and those around them are called, as their file tells it."""
    page.goto(file)
    title = page.get_by_role("heading", level=1).inner_text().partition(" (")[0]
    page.goto(f"{file}network/")
    around = page.locator(".tie__name")
    if not around.count():
        page.goto(file)
    assert around.count()
    return [title, *(each.text_content() or "" for each in around.all())]


def planned(page: Page) -> str:
    page.goto("/reviews/new")
    page.get_by_label("Welke dag?").fill(TOMORROW.isoformat())
    for who in (f"w-{GUEST}", "w-tom"):
        page.locator(f"input[name=participants][value='{who}']").check()
    page.get_by_label("En wie zonder inlog?").fill("praktijkondersteuner\nschool\nwoningcorporatie")
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**/reviews/session-*")
    return page.url.partition("?")[0]


def brought(page: Page, session: str, files: list[str]) -> None:
    for file in files:
        page.goto(f"{file}review")
        page.get_by_label("Op welk overleg?").select_option(session.rpartition("/")[2])
        page.get_by_label("Wat is de vraag?").fill(SECRET if file == files[-1] else "Wat nu?")
        page.get_by_label("En de vraag achter de vraag?").fill("")
        page.get_by_role("button", name="Breng deze casus in").click()
        page.wait_for_url("**/reviews/session-*")


def pressed(page: Page, name: str, role: str = "link") -> None:
    """Follow a link or press a button with the keyboard alone."""
    page.get_by_role(role, name=name, exact=True).focus()  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def on_paper(page: Page, session: str) -> str:
    answer = page.request.get(f"{session}/minutes.pdf")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    sheets = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(sheet.extract_text().split()) for sheet in sheets)


def both_noted(projector: Page, phone: Page) -> None:
    """Write at once: who comes second reads the first and keeps what they typed."""
    for page in (projector, phone):
        page.get_by_role("link", name="Schrijf op wat we besluiten").click()
        page.wait_for_url("**/notes")
    phone.get_by_label("Wat besluiten we?").fill("Eerst samen wandelen.")
    phone.get_by_role("button", name="Opslaan").tap()
    phone.wait_for_url("**saved=1")
    projector.get_by_label("Wat besluiten we?").fill("De vrijwilliger belt.")
    projector.get_by_label("Taak 1", exact=True).fill("Iemand zoeken die meeloopt")
    pressed(projector, "Opslaan", "button")
    expect(projector.get_by_role("alert")).to_be_visible()
    expect(projector.locator("main")).to_contain_text("Eerst samen wandelen.")
    expect(projector.get_by_label("Wat besluiten we?")).to_have_value("De vrijwilliger belt.")
    expect(projector.get_by_label("Taak 1", exact=True)).to_have_value("Iemand zoeken die meeloopt")
    projector.get_by_label("Wat besluiten we?").fill("Eerst samen wandelen. De vrijwilliger belt.")
    pressed(projector, "Opslaan", "button")
    projector.wait_for_url("**saved=1")


def removed(page: Page, session: str) -> None:
    """Take the guest out of the session while they sit in it."""
    page.goto(f"{session}/change")
    page.locator(f"input[name=participants][value='w-{GUEST}']").uncheck()
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url("**saved=1")


def gone_through(projector: Page, phone: Page, names: list[str]) -> None:
    """Turn by keyboard from case to case: large enough, and nobody is named."""
    for turn in range(3):
        assert projector.evaluate(_SMALL, READABLE) == []
        phone.goto(projector.url)
        assert overflow(phone) == 0
        for page in (projector, phone):
            told = page.locator("main").inner_html()
            assert [each for each in names if each in told] == []
        if turn < 2:
            title = projector.get_by_role("heading", level=1)
            letter = "ABC"[turn + 1]
            projector.keyboard.press("ArrowRight")
            expect(title).to_contain_text(f"Casus {letter}")


def taken_back(projector: Page, phone: Page, session: str) -> None:
    """Take the case back where one sits: on its own page, in the middle of the talk."""
    last = projector.url
    projector.get_by_text("De inwoner wil dit niet").focus()
    projector.keyboard.press("Enter")
    pressed(projector, "Haal casus C terug", "button")
    projector.wait_for_url("**saved=1")
    for page in (projector, phone):
        for where in (session, last):
            page.goto(where)
            assert SECRET not in page.content()


@contextmanager
def around_the_table(visit: Visit) -> Iterator[tuple[Page, Page]]:
    with visit(width=1920) as projector, visit(width=375, has_touch=True) as phone:
        projector.set_viewport_size({"width": 1920, "height": 1080})
        phone.set_viewport_size({"width": 375, "height": 812})
        sign_in(projector)
        sign_in(phone, "tom")
        yield projector, phone


def test_three_cases_on_a_projector_and_a_phone(visit: Visit) -> None:
    with around_the_table(visit) as (projector, phone):
        files = files_of(projector)
        names = [each for file in files for each in names_around(projector, file)]
        session = planned(projector)
        brought(projector, session, files)
        projector.goto(session)
        pressed(projector, "Begin")
        projector.wait_for_url("**/cases/*")
        first = projector.url
        gone_through(projector, phone, names)
        expect(phone.locator("main")).to_contain_text(SECRET)
        taken_back(projector, phone, session)
        for page in (projector, phone):
            page.goto(first)
        both_noted(projector, phone)
        paper = on_paper(projector, session)
        for kept in (
            "Eerst samen wandelen.",
            "De vrijwilliger belt.",
            "Iemand zoeken die meeloopt",
        ):
            assert kept in paper
        assert [each for each in (*names, SECRET) if each in paper] == []


def test_who_is_taken_out_reads_nothing_more(visit: Visit) -> None:
    with visit() as page, visit(width=375, has_touch=True) as guest:
        sign_in(page)
        sign_in(guest, GUEST)
        session = planned(page)
        brought(page, session, files_of(page)[:1])
        guest.goto(session)
        guest.get_by_role("link", name="Begin").tap()
        guest.wait_for_url("**/cases/*")
        expect(guest.locator("main")).to_contain_text(SECRET)
        removed(page, session)
        for where in (guest.url, session, f"{session}/minutes", f"{session}/minutes.pdf"):
            answer = guest.request.get(where)
            assert answer.status == 404
            assert SECRET not in answer.text()
