"""One server with the demo, and one Chromium, for all tests of the browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import serving
from tests.browser.visiting import CHROMIUM, sign_in, started, visiting

Visit = Callable[..., AbstractContextManager[Page]]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser's tests."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server with the demo."""
    with serving(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; where it is missing the tests are left out, but never in CI."""
    if shutil.which(CHROMIUM) is None and not os.environ.get("CI"):
        pytest.skip("the pages need Chromium")
    with sync_playwright() as playwright:
        browser = started(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Visit:
    """Return what opens a page for a visitor."""
    return partial(visiting, browser, address)


@pytest.fixture
def samira(visit: Visit) -> Iterator[Page]:
    """Return a page in which Samira is signed in."""
    with visit() as page:
        sign_in(page)
        yield page
