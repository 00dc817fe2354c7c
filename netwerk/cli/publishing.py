"""Commands that take the directory out for other systems."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from netwerk.cli.context import Context, as_json
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.hsds import files
from netwerk.schema import load_schema
from netwerk.usecases import publishing

Result = tuple[Any, Iterable[str]]


@click.group("export")
def export() -> None:
    """Take the directory out."""


@export.command("hsds")
@click.option("--profile", type=click.Choice(["hsds", "oruk"]), default="hsds", show_default=True)
@click.option("--tabular", is_flag=True, help="CSV files: a zip, or a folder.")
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_obj
@as_json
def export_hsds(context: Context, path: Path, profile: str, *, tabular: bool) -> Result:
    """Write what is public of the directory as HSDS 3.1, or as its profile ORUK 3.0."""
    scope = Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=context.today())
    if tabular and profile != "hsds":
        raise InvalidInputError("ORUK is JSON: leave --tabular or --profile out.")
    wish = publishing.Wish(kind=publishing.TABLES if tabular else profile)
    taken = publishing.taken_out(context.store, load_schema(), scope, wish)
    if tabular:
        _write_tables(path, taken)
        return {"files": len(taken)}, [f"{len(taken)} files were written."]
    [text] = taken.values()
    path.write_text(text, encoding="utf-8")
    counts = {key: len(v) for key, v in json.loads(text).items() if isinstance(v, list)}
    return counts, [", ".join(f"{count} {key}" for key, count in counts.items()) + "."]


def _write_tables(path: Path, tables: publishing.Taken) -> None:
    if path.suffix == ".zip":
        path.write_bytes(files.zipped(tables))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (path / name).write_text(text, encoding="utf-8", newline="")


COMMANDS = (export,)
