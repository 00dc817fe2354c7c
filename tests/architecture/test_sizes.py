"""Small enough to hold in one's head. The design's sizes are a compass; these are the fence."""

from pathlib import Path

import pytest

from tests.architecture.sources import functions, length, modules, name, templates

MODULE, TESTS, STATEMENTS, FUNCTION, TEMPLATE = 400, 500, 600, 32, 120
EVERY = [*modules("netwerk"), *modules("tests")]


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_a_module_is_about_one_thing(path: Path) -> None:
    # A module of named statements is read one at a time.
    most = STATEMENTS if path.stem == "queries" else MODULE
    most = TESTS if name(path).startswith("tests/") else most
    assert len(path.read_text(encoding="utf-8").splitlines()) <= most


@pytest.mark.parametrize("path", modules("netwerk"), ids=name)
def test_a_function_does_one_thing(path: Path) -> None:
    long = {each.name: length(each) for each in functions(path) if length(each) > FUNCTION}
    assert long == {}


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_fits_on_a_page(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE
