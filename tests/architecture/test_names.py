"""One name for one thing, across folders."""

import ast
import configparser
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT, modules, name

CALLED: Final = {
    "account": "accounts",
    "administration": "accounts",
    "inhabitant": "network",
    "knowing": "knowledge",
    "paths": "support_paths",
    "training": "knowledge",
}
"""Pages that are called as their reader calls them; the others are called as their use case."""
VAGUE: Final = re.compile(r"manager|utils?$|common|helpers$|misc", re.IGNORECASE)
FEATURES: Final = sorted(path.name for path in (ROOT / "templates" / "pages").iterdir())


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_has_one_name_for_pages_routes_and_use_case(feature: str) -> None:
    assert (ROOT / "netwerk" / "web" / "routes" / f"{feature}.py").is_file()
    usecase = CALLED.get(feature, feature)
    found = ROOT / "netwerk" / "usecases" / usecase
    # A feature that is more than a module is a folder of that name.
    assert found.with_suffix(".py").is_file() or (found / "__init__.py").is_file()


def test_every_route_module_has_pages_or_needs_none() -> None:
    routes = {path.stem for path in modules("netwerk/web/routes")} - {"__init__"}
    assert routes - set(FEATURES) <= {"health", "hsds", "v1"}


@pytest.mark.parametrize("path", modules("netwerk"), ids=name)
def test_no_name_says_nothing(path: Path) -> None:
    assert not VAGUE.search(path.stem)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [each for each in classes if VAGUE.search(each)] == []


@pytest.mark.parametrize("script", sorted((ROOT / "static/js/components").glob("*.js")), ids=name)
def test_a_script_belongs_to_a_component_with_its_look(script: Path) -> None:
    assert (ROOT / "templates" / "components" / f"{script.stem}.html").is_file()
    assert (ROOT / "static" / "css" / "components" / f"{script.stem}.css").is_file()


def test_every_sheet_and_script_is_asked_for() -> None:
    base = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    everywhere = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    for path in (*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/css/components").iterdir()):
        assert path.name in base or path.name in everywhere, path.name
    for path in (ROOT / "static/js").rglob("*.js"):
        assert path.name in everywhere, path.name


def test_import_contracts_take_no_exceptions() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    contracts = [section for section in config if section.startswith("importlinter:contract:")]
    assert len(contracts) >= 7
    for contract in contracts:
        assert not {"ignore_imports", "unmatched_ignore_imports_alerting"} & set(config[contract])
