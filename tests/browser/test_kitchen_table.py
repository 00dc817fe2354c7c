"""A worker with a tablet and an inhabitant beside them, from the drawing to an advice on paper."""

import io

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visit
from tests.browser.test_drawing import TABLET, Hand, added, asked
from tests.browser.visiting import overflow, sign_in

NEED = "social.loneliness"


def opened(page: Page) -> str:
    """Open a file for somebody who lives in a neighbourhood; return its address."""
    page.goto("/cases/new")
    page.locator("[name=name]").fill("Mevrouw Tafel")
    page.locator("[name=question]").fill("Zij zit veel alleen.")
    page.locator("[name=area]").select_option(index=3)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/inhabitants/**")
    return page.url.split("?")[0].split("#")[0]


def ask(page: Page, file: str, number: int) -> str:
    """Ask one of the proposals; return what is asked."""
    page.goto(f"{file}paths/?need={NEED}")
    path = page.locator("article.path").nth(number)
    title = path.get_by_role("heading").inner_text().split("\n")[-1].strip("0123456789 ")
    path.get_by_role("link", name="We vragen het").click()
    page.get_by_role("button", name="Leg vast dat we dit vragen").click()
    page.wait_for_url(lambda url: "/asks/new" not in url)
    return title


def answered(page: Page, file: str, title: str, **told: str) -> None:
    page.goto(file)
    page.get_by_role("link", name=title).first.click()
    page.locator(f"input[name=outcome][value={told['outcome']}]").check()
    page.locator("[name=reason]").fill(told["reason"])
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_url(lambda url: "/asks/" not in url)


def drawn(page: Page, file: str) -> None:
    page.goto(f"{file}drawing/")
    page.wait_for_load_state("networkidle")
    hand = Hand(page)
    added(hand)
    asked(hand)


def strong(page: Page, file: str) -> None:
    """Read together what the network can carry, and what if somebody falls ill."""
    page.goto(f"{file}network/")
    expect(page.get_by_role("heading", name="Wat valt op")).to_be_visible()
    expect(page.locator(".findings")).to_contain_text("mensen om de inwoner heen")
    page.locator(".what-if__who").first.click()
    expect(page.get_by_role("heading", name="Wat als")).to_be_visible()
    assert overflow(page) == 0


def tried(page: Page, file: str) -> tuple[str, str]:
    """Ask two, of whom one says no and the other helps, until it goes without us."""
    yes, no = ask(page, file, 0), ask(page, file, 1)
    answered(page, file, no, outcome="declined", reason="Heeft het zelf te druk.")
    answered(page, file, yes, outcome="accepted", reason="Komt elke week.")
    answered(page, file, yes, outcome="phased_out", reason="Het loopt vanzelf.")
    return yes, no


def advised(page: Page, file: str) -> str:
    """Write an advice and give it; return the address of its paper."""
    page.goto(f"{file}advice/")
    page.get_by_role("button", name="Advies voorbereiden").click()
    need = page.locator(f"input[name=needs][value='{NEED}']")
    need.evaluate("box => { box.closest('details').open = true; }")
    need.check()
    page.locator("[name=reason]").fill("Zij kan de dag niet alleen vullen.")
    page.locator("[name=none_tried_because]").fill("Er is gevraagd.")
    page.locator("[name=product]").select_option(index=1)
    page.locator("[name=months]").fill("6")
    page.locator("[name=keeps_doing]").fill("De koffieochtend blijft doorgaan.")
    page.get_by_role("button", name="Opslaan en bekijken").click()
    page.get_by_role("button", name="Geef dit advies").click()
    expect(page.get_by_role("button", name="Geef dit advies")).to_have_count(0)
    return page.get_by_role("link", name="Bewaar als PDF").get_attribute("href") or ""


def test_from_the_drawing_to_an_advice_on_paper(visit: Visit) -> None:
    with visit(width=TABLET["width"], has_touch=True) as page:
        page.set_viewport_size(TABLET)
        sign_in(page)
        file = opened(page)
        drawn(page, file)
        strong(page, file)
        yes, no = tried(page, file)
        paper = advised(page, file)
        answer = page.request.get(paper)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        words = " ".join(
            " ".join(sheet.extract_text().split())
            for sheet in PdfReader(io.BytesIO(answer.body())).pages
        )
        assert "Zij kan de dag niet alleen vullen." in words
        assert "De koffieochtend blijft doorgaan." in words
        for told in ("afgebouwd", "nee"):
            assert told in words
        assert yes in words
        assert no in words
