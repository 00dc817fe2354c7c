"""A visitor in Chromium: what they do, and what must hold on every page they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Playwright

CHROMIUM: Final = "/usr/bin/chromium"
AXE: Final = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
DE_WIT: Final = "/inhabitants/p-dewit/"
WIDTHS: Final = (1280, 768, 375)
_PATIENT: Final = 10_000
"""Milliseconds."""


def started(playwright: Playwright) -> Browser:
    """Start the system's Chromium, without anything that looks outside."""
    quiet = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*quiet, "--disable-component-update", "--disable-sync"]
    )


@contextmanager
def visiting(
    browser: Browser, address: str, width: int = 1280, failing: str = "", **options: Any
) -> Iterator[Page]:
    """Open a page; afterwards nothing may have been refused or broken in it.

    `failing`: a test wants requests to addresses with this in it to fail.
    """
    context: BrowserContext = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, locale="nl-NL", **options
    )
    trouble: list[str] = []
    page = context.new_page()
    page.set_default_timeout(_PATIENT)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda told: trouble.extend(_wrong(page, told, failing)))
    page.on("request", lambda asked: trouble.extend(_elsewhere(address, asked.url)))

    def dismiss(dialog: Dialog) -> None:
        trouble.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    try:
        yield page
    finally:
        context.close()
    assert not trouble, trouble


def _wrong(page: Page, told: ConsoleMessage, failing: str) -> Iterator[str]:
    # A page that answers 403 or 404 is noted by Chromium as a failure; it is an answer.
    where = told.location["url"]
    meant = where == page.url or (failing != "" and failing in where)
    refused = told.text.startswith("Failed to load resource") and meant
    if told.type in {"error", "warning"} and not refused:
        yield told.text


def _elsewhere(address: str, url: str) -> Iterator[str]:
    if not url.startswith((address, "data:")):
        yield f"asked elsewhere: {url}"


def sign_in(page: Page, name: str = "samira") -> None:
    """Sign in with a demo account."""
    page.goto("/sign-in")
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Wachtwoord").fill(f"demo-{name}-netwerk")
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than the window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def objections(page: Page) -> list[str]:
    """Return what axe-core objects to: WCAG 2.2 A and AA, and best practices."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
