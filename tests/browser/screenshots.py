"""Takes the pictures of the user guide: `python -m tests.browser.screenshots FOLDER [NAME ...]`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.pages import PAGES
from tests.browser.serving import serving
from tests.browser.visiting import WIDTHS, sign_in, started, visiting


def main(folder: Path, names: list[str]) -> None:
    """Take every page (or those named) at every width."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as kept,
        serving(Path(kept)) as address,
        sync_playwright() as playwright,
    ):
        browser = started(playwright)
        for shown in PAGES:
            if names and shown.name not in names:
                continue
            for width in WIDTHS:
                with visiting(browser, address, width) as page:
                    if shown.who:
                        sign_in(page, shown.who)
                    page.goto(shown.address)
                    shown.act(page)
                    page.screenshot(path=folder / f"{shown.name}-{width}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
