"""Commands that set up another municipality."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from netwerk.cli.context import Context, as_json, watched
from netwerk.cli.exchange import bring_in, new_import, operator
from netwerk.domain.access import Role
from netwerk.domain.drafts import Choice, Draft
from netwerk.domain.staging import Import
from netwerk.exchange import areas, delimited
from netwerk.schema import load_schema
from netwerk.usecases import importing, setup

Result = tuple[Any, Iterable[str]]
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("setup")
@click.option("--municipality", required=True, help="Its name, as the file of schools has it.")
@click.option("--areas", "borders", type=_FILE, required=True, help="GeoJSON with CBS codes.")
@click.option("--schools", type=_FILE, help="The open data of DUO, of the whole country.")
@click.pass_obj
@as_json
def setup_(context: Context, municipality: str, borders: Path, schools: Path | None) -> Result:
    """Set up a municipality: needs, areas and schools. Safe to run again."""
    context.store.migrate()
    told = {"needs": _stage(context, Path(setup.NEEDS), setup.NEEDS, setup.needs(load_schema()))}
    with borders.open("rb") as file:
        told["areas"] = _stage(context, borders, importing.AREAS, areas.read(file))
    if schools is not None:
        told["schools"] = _schools(context, schools, municipality)
    return told, _lines(municipality, told)


def _stage(context: Context, file: Path, kind: str, drafts: list[Draft]) -> dict[str, int]:
    new = new_import(file, kind)
    staged = importing.stage(context.store, operator(context), context.clock, new, drafts)
    return _entered(context, staged)


def _schools(context: Context, file: Path, municipality: str) -> dict[str, int]:
    store, scope, clock = context.store, operator(context), context.clock
    new = new_import(file, importing.SHEET)
    with file.open("rb") as opened:
        begun = importing.begin_sheet(
            store, scope, clock, new, watched(delimited.read(opened), "schools")
        )
    plan = importing.SheetPlan(key=begun.id, mapping=begun.mapping, only=municipality)
    return _entered(context, importing.check_sheet(store, scope, clock, load_schema(), plan))


def _entered(context: Context, staged: Import) -> dict[str, int]:
    bring_in(context, staged, Choice.UPDATE)
    return {standing.value: number for standing, number in staged.counts.items()}


def _lines(municipality: str, told: dict[str, dict[str, int]]) -> Iterator[str]:
    yield f"{municipality} is set up."
    for what, counts in told.items():
        yield f"  {what}: {counts['new']} new, {counts['changed']} changed, {counts['wrong']} wrong"
    yield "Next: netwerk team add, netwerk worker add, netwerk user add."


@click.group("team")
def team() -> None:
    """Teams."""


@team.command("add")
@click.argument("key", metavar="ID")
@click.option("--name", required=True)
@click.option("--cluster", default="", help="What its areas are called together.")
@click.option("--area", "codes", multiple=True, metavar="CODE", help="An area that it is for.")
@click.pass_obj
@as_json
def add_team(context: Context, key: str, name: str, cluster: str, codes: tuple[str, ...]) -> Result:
    """Add a team, with the areas that it is for."""
    new = setup.NewTeam(id=key, name=name, cluster=cluster, areas=codes)
    setup.add_team(context.store, operator(context), new)
    return {"team": key}, [f"Team {name} is there ({key})."]


@click.group("worker")
def worker() -> None:
    """Colleagues."""


@worker.command("add")
@click.argument("key", metavar="ID")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([each.value for each in Role]), default="worker")
@click.option("--team", "of", default="", metavar="ID", help="The team that they are of.")
@click.pass_obj
@as_json
def add_worker(context: Context, key: str, name: str, role: str, of: str) -> Result:
    """Add a colleague; `netwerk user add` lets them sign in."""
    new = setup.NewColleague(id=key, name=name, role=Role(role), team=of)
    setup.add_colleague(context.store, operator(context), new)
    return {"worker": key}, [f"{name} is there ({key}). Next: netwerk user add NAME --worker {key}"]


COMMANDS = (setup_, team, worker)
