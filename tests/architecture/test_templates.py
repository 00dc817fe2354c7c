"""Every template, parsed: it has a layout and a title, and nothing inline, unused or unescaped."""

import re
from pathlib import Path
from typing import Final

import pytest
from jinja2 import Environment, nodes

from tests.architecture.sources import ROOT, name, templates

INLINE: Final = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
FOLDER: Final = ROOT / "templates"
EVERY: Final = templates()
PAGES: Final = [path for path in EVERY if (FOLDER / "pages") in path.parents]
COMPONENTS: Final = sorted((FOLDER / "components").glob("*.html"))
_PARSER: Final = Environment(
    autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
)


def parsed(path: Path) -> nodes.Template:
    return _PARSER.parse(path.read_text(encoding="utf-8"))


def used(tree: nodes.Template) -> set[str]:
    """Return the names that a template reads, and the attributes it takes."""
    names = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "load"}
    return names | {each.attr for each in tree.find_all(nodes.Getattr)}


def blocks(path: Path) -> set[str]:
    """Return the blocks that a template fills in, itself or by what it extends."""
    tree = parsed(path)
    own = {each.name for each in tree.find_all(nodes.Block)}
    above = layout(tree)
    # base.html has an empty title: it does not fill one in.
    return own if above in {None, "base.html"} else own | blocks(FOLDER / str(above))


def layout(tree: nodes.Template) -> str | None:
    """Return what a template extends."""
    found = [each.template for each in tree.find_all(nodes.Extends)]
    return str(found[0].value) if found and isinstance(found[0], nodes.Const) else None


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_extends_a_layout_and_sets_a_title(path: Path) -> None:
    assert str(layout(parsed(path))).startswith("layouts/")
    assert {"title", "content"} <= blocks(path)


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_what_is_imported_is_used(path: Path) -> None:
    tree = parsed(path)
    imported: set[str] = set()
    for each in tree.find_all(nodes.FromImport):
        imported |= {name if isinstance(name, str) else name[1] for name in each.names}
    imported |= {each.target for each in tree.find_all(nodes.Import)}
    assert imported - used(tree) == set()


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_nothing_is_left_unescaped(path: Path) -> None:
    tree = parsed(path)
    assert [each.name for each in tree.find_all(nodes.Filter) if each.name == "safe"] == []
    assert list(tree.find_all(nodes.ScopedEvalContextModifier)) == []


def test_every_macro_is_used() -> None:
    read = set().union(*(used(parsed(path)) for path in EVERY))
    imported: set[str] = set()
    for path in EVERY:
        for each in parsed(path).find_all(nodes.FromImport):
            imported |= {name if isinstance(name, str) else name[0] for name in each.names}
    macros = {each.name for path in EVERY for each in parsed(path).find_all(nodes.Macro)}
    assert macros - read - imported == set()


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_holds_macros_alone(path: Path) -> None:
    kinds = {type(each).__name__ for each in parsed(path).body}
    assert kinds <= {"Macro", "Output", "FromImport"}
    written = [
        part.data.strip()
        for each in parsed(path).body
        if isinstance(each, nodes.Output)
        for part in each.nodes
        if isinstance(part, nodes.TemplateData)
    ]
    assert not any(written)
