"""Reads graph_schema. A mistake in it stops the program at once, with the file's name."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from netwerk import resources
from netwerk.domain.chances import Priors
from netwerk.schema.kinds import (
    BesideFile,
    DirectLineFile,
    Kind,
    NeedTerm,
    PriorsFile,
    RelationshipKind,
    Spoken,
    Vocabulary,
)
from netwerk.schema.schema import Schema

VERSION: Final = 2
"""Raised when records of an older version need a migration."""
FOLDER: Final = resources.folder("graph_schema")
_Model = TypeVar("_Model", bound=BaseModel)
_APART = ("needs", "priors", "direct_line", "spoken", "beside")


@cache
def load_schema(folder: Path = FOLDER) -> Schema:
    """Return the schema of a folder: this program's own, unless another is named.

    Raises ValueError with the name of the file that is wrong.
    """
    vocabularies = {
        path.stem: _read(path, Vocabulary)
        for path in sorted((folder / "vocabularies").glob("*.yaml"))
        if path.stem not in _APART
    }
    schema = Schema(
        version=VERSION,
        nodes={kind.name: kind for kind in _every(folder / "nodes", Kind)},
        relationships={
            kind.name: kind for kind in _every(folder / "relationships", RelationshipKind)
        },
        vocabularies=vocabularies,
        needs=_needs(folder / "vocabularies" / "needs.yaml"),
        priors=_priors(_read(folder / "vocabularies" / "priors.yaml", PriorsFile)),
        beside=_read(folder / "vocabularies" / "beside.yaml", BesideFile).kinds,
        lines=_read(folder / "vocabularies" / "direct_line.yaml", DirectLineFile).lines,
        spoken=_read(folder / "vocabularies" / "spoken.yaml", Spoken),
    )
    _require_whole(schema)
    return schema


def _every(folder: Path, model: type[_Model]) -> list[_Model]:
    return [_read(path, model) for path in sorted(folder.glob("*.yaml"))]


def _content(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read(path: Path, model: type[_Model], content: object = None) -> _Model:
    try:
        return model.model_validate(_content(path) if content is None else content)
    except (ValidationError, yaml.YAMLError) as wrong:
        raise ValueError(f"graph_schema/{path.parent.name}/{path.name}: {wrong}") from wrong


def _needs(path: Path) -> Mapping[str, NeedTerm]:
    terms = {
        code: _read(path, NeedTerm, content) for code, content in _content(path)["needs"].items()
    }
    # A parent stands before what is below it: relationships and checks can rely on the order.
    seen: set[str] = set()
    for code, term in terms.items():
        if term.parent is not None and term.parent not in seen:
            raise ValueError(f"graph_schema/vocabularies/needs.yaml: {code} has no parent above it")
        seen.add(code)
    return terms


def _priors(content: PriorsFile) -> Priors:
    return Priors(
        beta=content.beta,
        by_closeness=content.by_closeness,
        by_contact=content.by_contact,
        strength_unknown=content.strength_unknown,
    )


def _require_whole(schema: Schema) -> None:
    """Refuse a schema that names a vocabulary or kind that is not there."""
    kinds: tuple[Kind | RelationshipKind, ...] = (
        *schema.nodes.values(),
        *schema.relationships.values(),
    )
    for kind in kinds:
        for name, each in kind.properties.items():
            if each.vocabulary is not None and each.vocabulary not in schema.vocabularies:
                raise ValueError(f"graph_schema: {kind.name}.{name} has no vocabulary")
    for link in schema.relationships.values():
        if not {*link.sources, *link.targets} <= set(schema.nodes):
            raise ValueError(f"graph_schema: {link.name} joins a kind that is not there")
    _require_spoken(schema)
    steps = {f"tie.{kind}" for kind in schema.vocabularies["tie_kind"].values}
    steps |= {f"takes_part.{how}" for how in schema.vocabularies["participation"].values}
    if missing := sorted(steps - set(schema.priors.beta)):
        raise ValueError(f"graph_schema/vocabularies/priors.yaml: {missing} are missing")


def _require_spoken(schema: Schema) -> None:
    for name, vocabulary in (
        ("kind", "tie_kind"),
        ("contact", "contact"),
        ("support", "support"),
        ("valence", "valence"),
    ):
        if not set(getattr(schema.spoken, name)) <= set(schema.vocabularies[vocabulary].values):
            raise ValueError(f"graph_schema/vocabularies/spoken.yaml: {name} has no such value")
