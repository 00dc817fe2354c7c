"""Whatever is kept has a term, or a reason why it has none: nothing about people is forgotten."""

import ast
import importlib
from typing import Final

import pytest

from netwerk.domain.held import TELLS, TELLS_NOBODY
from netwerk.schema import load_schema
from tests.architecture.sources import ROOT, modules

STAYS: Final = {
    "account": "as long as somebody works here; an administrator shuts it",
    "session": "goes by itself when it is over",
    "throttle": "goes by itself when the waiting is over",
    "token": "of a program, not of a person; an administrator withdraws it",
    "partner-link": "of an organization, and what it told of itself",
    "publication": "counts, and none below the limit",
    "report": "counts, and none below the limit",
    "edit": "which records one save was about; no word of what is in them",
    "gone": "that something was taken away; no word of what it was",
    "import-mapping": "what the headings of a list mean",
    "import-match": "which partner a row of a list is",
}
"""What is kept beside the graph without a term, and why."""


def kinds() -> dict[str, str]:
    """Return under which system kinds something is put, and in which module."""
    found: dict[str, str] = {}
    for path in modules("netwerk/usecases") + modules("netwerk/graph") + modules("netwerk/domain"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if getattr(call.func, "attr", "") not in {"put", "keep_beside"}:
                continue
            first = call.args[0].value if isinstance(call.args[0], ast.Starred) else call.args[0]
            value: object = first.value if isinstance(first, ast.Constant) else None
            if isinstance(first, ast.Name):
                value = getattr(module, first.id, None)
            kind = value[0] if isinstance(value, tuple) else value
            if isinstance(kind, str):
                found[kind] = name
    return found


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_what_is_kept_beside_the_graph_has_a_term(kind: str) -> None:
    assert (kind in load_schema().beside) != (kind in STAYS), kinds()[kind]


def test_no_term_is_named_for_what_is_kept_no_more() -> None:
    # Its kind is handed on to a unit of work by a name of its own.
    known = {*kinds(), "history"}
    assert set(load_schema().beside) <= known
    assert set(STAYS) <= known


def test_every_kind_beside_the_graph_tells_people_or_says_why_not() -> None:
    """Asking for one's own file is complete by construction: a new kind must choose."""
    assert not set(TELLS) & set(TELLS_NOBODY)
    assert set(TELLS) | set(TELLS_NOBODY) == set(load_schema().beside)
    assert all(TELLS_NOBODY.values())
