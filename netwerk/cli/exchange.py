"""Commands that bring the directory in and take it out."""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from netwerk.cli.context import Context, as_json, language, watched, words
from netwerk.cli.publishing import export
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.drafts import Choice, Problem, Standing
from netwerk.domain.errors import InvalidInputError, NetwerkError
from netwerk.domain.staging import Import
from netwerk.exchange import areas, delimited, sheets
from netwerk.exchange.hsds import files
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import exporting, importing

Result = tuple[Any, Iterable[str]]
_TOLD: Final = 50
"""Problems that are printed; the rest is counted."""
_READERS: Final = {"csv": delimited.read, "xlsx": sheets.read}


@click.group("import")
def import_() -> None:
    """Bring partners or areas in: all of a file, or nothing."""


def _options(command: Any, *, folder: bool = False) -> Any:
    for option in (
        click.option("--dry-run", is_flag=True, help="Only say what it would change."),
        click.option(
            "--doubles",
            type=click.Choice([each.value for each in Choice]),
            help="What to do with partners that seem to be there already.",
        ),
        click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=folder)),
    ):
        command = option(command)
    return command


def _hsds_options(command: Any) -> Any:
    return _options(command, folder=True)


def _sheet_options(command: Any) -> Any:
    for option in (
        click.option(
            "--mapping",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help='A JSON file: {"heading": "column", …}. Without it the headings are read.',
        ),
        click.option("--municipality", default="", help="Only rows of this municipality."),
    ):
        command = option(command)
    return _options(command)


@import_.command("csv")
@_sheet_options
@click.pass_obj
@as_json
def import_csv(context: Context, /, **asked: Any) -> Result:
    """Bring partners in from a CSV file."""
    return _sheet(context, "csv", asked)


@import_.command("xlsx")
@_sheet_options
@click.pass_obj
@as_json
def import_xlsx(context: Context, /, **asked: Any) -> Result:
    """Bring partners in from an Excel file."""
    return _sheet(context, "xlsx", asked)


@import_.command("geojson")
@_options
@click.pass_obj
@as_json
def import_geojson(context: Context, /, **asked: Any) -> Result:
    """Bring areas in from GeoJSON, with their CBS codes."""
    with asked["file"].open("rb") as file:
        drafts = areas.read(file)
    new = new_import(asked["file"], importing.AREAS)
    staged = importing.stage(context.store, operator(context), context.clock, new, drafts)
    return finish(context, staged, doubles=asked["doubles"], dry_run=asked["dry_run"])


@import_.command("hsds")
@_hsds_options
@click.pass_obj
@as_json
def import_hsds(context: Context, /, **asked: Any) -> Result:
    """Bring partners in from HSDS 3.1 or ORUK 3.0: JSON, a zip of tables, or a folder of them."""
    new, data = new_import(asked["file"], importing.HSDS), _dataset(asked["file"])
    store, scope = context.store, operator(context)
    staged = importing.stage_hsds(store, scope, context.clock, new, data)
    return finish(context, staged, doubles=asked["doubles"], dry_run=asked["dry_run"])


def _dataset(path: Path) -> Dataset:
    if not path.is_dir():
        return files.read(path.name, path.read_bytes())
    tables = (*path.glob("*.csv"), *path.glob("*.json"))
    return files.read_tables({each.name: each.read_text("utf-8-sig") for each in tables})


def operator(context: Context) -> Scope:
    """Return who acts on the command line."""
    return Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=context.today())


def new_import(file: Path, kind: str) -> importing.NewImport:
    """Return the import of a file, under a key of its own."""
    return importing.NewImport(key=secrets.token_hex(16), title=file.name, kind=kind)


def finish(context: Context, staged: Import, *, doubles: str | None, dry_run: bool) -> Result:
    """Bring in what was staged, or (dry run) throw it away; say what it changes."""
    told = _told(context, staged)
    if dry_run:
        importing.drop(context.store, operator(context), staged.id)
    else:
        bring_in(context, staged, None if doubles is None else Choice(doubles))
    return {**told, "entered": not dry_run}, _lines(told, entered=not dry_run)


def bring_in(context: Context, staged: Import, doubles: Choice | None) -> None:
    """Bring in what was staged; where that cannot be, nothing is left of it."""
    store, scope = context.store, operator(context)
    try:
        if doubles is not None:
            importing.choose(store, scope, staged.id, doubles)
        elif staged.counts[Standing.DOUBLE]:
            raise InvalidInputError(
                "%(count)s partners seem to be there already: say --doubles update, skip or new.",
                count=staged.counts[Standing.DOUBLE],
            )
        importing.enter(store, scope, context.clock, staged.id)
    except NetwerkError:
        importing.drop(store, scope, staged.id)
        raise


def _sheet(context: Context, kind: str, asked: Mapping[str, Any]) -> Result:
    store, scope, file = context.store, operator(context), asked["file"]
    new = new_import(file, importing.SHEET)
    with file.open("rb") as opened:
        rows = watched(_READERS[kind](opened), "read")
        begun = importing.begin_sheet(store, scope, context.clock, new, rows)
    mapping = begun.mapping if asked["mapping"] is None else _mapping(asked["mapping"])
    plan = importing.SheetPlan(
        key=begun.id, mapping=mapping, only=asked["municipality"], language=language()
    )
    try:
        staged = importing.check_sheet(store, scope, context.clock, load_schema(), plan)
    except InvalidInputError:
        importing.drop(store, scope, begun.id)
        raise
    return finish(context, staged, doubles=asked["doubles"], dry_run=asked["dry_run"])


def _mapping(file: Path) -> Mapping[str, str]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(each, str) for each in told.values()):
        raise InvalidInputError("A mapping is a JSON file of headings and what they say.")
    return told


def _told(context: Context, staged: Import) -> dict[str, Any]:
    counts = {standing.value: number for standing, number in staged.counts.items()}
    problems = [_problem(each) for each in _problems(context, staged)]
    return {"import": staged.id, **counts, "problems": problems}


def _problems(context: Context, staged: Import) -> Iterator[Problem]:
    for number in range(len(staged.parts)):
        for entry in importing.part(context.store, operator(context), staged.id, number):
            yield from entry.draft.problems


def _problem(problem: Problem) -> dict[str, Any]:
    said = words().gettext(problem.reason)
    return {
        "row": problem.row,
        "column": problem.column,
        "reason": said % problem.values if problem.values else said,
        "suggestion": problem.suggestion,
    }


def _lines(told: Mapping[str, Any], *, entered: bool) -> Iterator[str]:
    say = words().gettext
    for each in told["problems"][:_TOLD]:
        where = say("row %(row)s") % each
        meant = say(" Do you mean “%(suggestion)s”?") % each if each["suggestion"] else ""
        yield f"{where}, {each['column']}: {each['reason']}{meant}"
    if len(told["problems"]) > _TOLD:
        yield say("… and %(count)s more.") % {"count": len(told["problems"]) - _TOLD}
    yield say(
        "%(new)s new, %(changed)s changed, %(double)s there already under another name,"
        " %(wrong)s wrong, %(same)s as it was."
    ) % {key: told[key] for key in ("new", "changed", "double", "wrong", "same")}
    yield say("All of it was brought in.") if entered else say("Nothing was changed.")


@export.command("csv")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
@as_json
def export_csv(context: Context, path: Path) -> Result:
    """Write all partners with what they offer as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as to:
        count = delimited.write(to, exporting.partners(*_wish(context, "csv")))
    return {"rows": count - 1}, [f"{count - 1} rows were written."]


@export.command("xlsx")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
@as_json
def export_xlsx(context: Context, path: Path) -> Result:
    """Write all partners with what they offer as an Excel file."""
    with path.open("wb") as to:
        count = sheets.write(to, exporting.partners(*_wish(context, "xlsx")))
    return {"rows": count - 1}, [f"{count - 1} rows were written."]


@export.command("geojson")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
@as_json
def export_geojson(context: Context, path: Path) -> Result:
    """Write the areas, and the places that are no secret, as GeoJSON."""
    store, scope, _, wish = _wish(context, "geojson")
    path.write_text(exporting.places(store, scope, wish), encoding="utf-8")
    return {"file": str(path)}, [f"{path} was written."]


def _wish(context: Context, kind: str) -> tuple[Store, Scope, Clock, exporting.Wish]:
    """Return what is asked on the command line; the reason is that somebody runs this machine."""
    wish = exporting.Wish(kind=kind, reason="netwerk export", language=language())
    return context.store, operator(context), context.clock, wish


COMMANDS = (import_,)
