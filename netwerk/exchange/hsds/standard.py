"""The published schemas: which tables there are, what joins them, and whether a document is valid.

A mistake in graph_schema/exchange stops the program at once.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from netwerk import resources
from netwerk.domain.errors import InvalidInputError

Row = dict[str, Any]
HSDS: Final = "hsds"
ORUK: Final = "oruk"
_FOLDER: Final = resources.folder("graph_schema") / "exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its file, its columns with their types, and what can be nested in it.

    `children` are key: (table, whether it is a list); `needed` are the columns a CSV must have.
    """

    name: str
    file: str
    columns: Mapping[str, str]
    children: Mapping[str, tuple[str, bool]]
    needed: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One published standard."""

    name: str
    version: str
    names: frozenset[str]
    profile: str
    tables: Mapping[str, Table]
    schemas: Mapping[str, Row]
    lists: Mapping[str, Row]
    package: Row
    _validators: dict[str, Draft202012Validator] = field(default_factory=dict)

    def check(self, table: str, document: object, place: str) -> None:
        """Refuse, with InvalidInputError, a document that is not one of this table."""
        for error in self.errors(table, document):
            raise _refusal(error, place, f"{self.name.upper()} {self.version}")

    def errors(self, table: str, document: object) -> Iterator[ValidationError]:
        """Yield what is wrong with a document of a table, nested ones included."""
        if table not in self._validators:
            bundle = {"$ref": f"#/$defs/{table}", "$defs": self.schemas}
            self._validators[table] = Draft202012Validator(bundle)
        yield from self._validators[table].iter_errors(document)


@cache
def content() -> Row:
    """Return `graph_schema/exchange/hsds.yaml`."""
    found: Row = yaml.safe_load((_FOLDER / "hsds.yaml").read_text(encoding="utf-8"))
    return found


@cache
def inverses() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return (table, key): (table below, key that says the same from there), both ways."""
    pairs = [(_pair(one), _pair(other)) for one, other in content()["inverse"].items()]
    return {**dict(pairs), **{other: one for one, other in pairs}}


@cache
def standard(name: str) -> Standard:
    """Return a standard: `hsds` or `oruk`. Raises InvalidInputError for another."""
    facts = content()["standards"].get(name)
    if facts is None:
        raise InvalidInputError("There is no profile %(name)s: use hsds or oruk.", name=name)
    folder = _FOLDER / facts["folder"]
    raw = {p.stem: _read(p) for p in sorted(folder.glob("*.json")) if p.stem != "datapackage"}
    schemas = {name: _rooted(schema) for name, schema in raw.items()}
    return Standard(
        name=name,
        version=facts["version"],
        names=frozenset(facts["names"]),
        profile=facts["profile"],
        tables={each: _table(each, schema, facts["also"]) for each, schema in raw.items()},
        schemas=schemas,
        lists={p.stem.removesuffix("_list"): _read(p) for p in sorted((folder / "list").glob("*"))},
        package=_read(folder / "datapackage.json"),
    )


def _table(name: str, schema: Row, also: Row) -> Table:
    columns: dict[str, str] = {}
    children: dict[str, tuple[str, bool]] = {}
    for key, each in schema["properties"].items():
        many = each.get("type") == "array"
        to = (each.get("items", {}) if many else each).get("$ref")
        if to is None:
            columns[key] = str(each.get("type", "string"))
        else:
            children[key] = (to.removesuffix(".json"), many)
    for key, to in also.get(name, {}).items():
        children[key] = (to, key.endswith("s"))
    needed = {*schema.get("required", ()), *schema.get("tabular_required", ())} & set(columns)
    return Table(
        name=name,
        file=schema.get("path", f"{name}s.csv"),
        columns=columns,
        children=children,
        needed=frozenset(needed),
    )


def _rooted(schema: Any) -> Any:
    """Return a schema whose references stay within one bundle."""
    if isinstance(schema, list):
        return [_rooted(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _rooted(each) for key, each in schema.items()}
    if isinstance(to := schema.get("$ref"), str):
        found["$ref"] = f"#/$defs/{to.removesuffix('.json')}"
    return found


def _read(path: Path) -> Row:
    found: Row = json.loads(path.read_text(encoding="utf-8"))
    return found


def _pair(dotted: str) -> tuple[str, str]:
    table, _, key = dotted.partition(".")
    return table, key


def _place(place: str, error: ValidationError) -> str:
    steps = (f"[{s}]" if isinstance(s, int) else f".{s}" for s in error.absolute_path)
    return f"{place}{''.join(steps)}".lstrip(".")


def _refusal(error: ValidationError, place: str, standard: str) -> InvalidInputError:
    """Say in our own words what is wrong: those of the library repeat the whole document."""
    where, wanted = _place(place, error), cast("Any", error.validator_value)
    if error.validator == "required":
        missing = next(k for k in wanted if k not in cast("Any", error.instance))
        return InvalidInputError(
            "%(place)s: “%(name)s” is missing (%(standard)s).",
            place=where,
            name=missing,
            standard=standard,
        )
    if error.validator == "enum":
        return InvalidInputError(
            "%(place)s: this must be one of %(choices)s (%(standard)s).",
            place=where,
            choices=", ".join(map(str, wanted)),
            standard=standard,
        )
    return InvalidInputError(
        "%(place)s: this must be a %(type)s (%(standard)s).",
        place=where,
        type=str(wanted),
        standard=standard,
    )
