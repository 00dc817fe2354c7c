"""Commands about the rights of whom the data is about, and about how long it is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from netwerk.cli.context import Context, as_json
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.exchange import subject_file
from netwerk.graph.subject import records_of
from netwerk.schema import load_schema
from netwerk.usecases import erasing, own_file, retaining

Result = tuple[Any, Iterable[str]]
_REASON = "Why: the request it answers, without a name. It is in the log."


@click.group("subject")
def subject() -> None:
    """The rights of whom the data is about."""


@subject.command("export")
@click.option("--person", required=True, metavar="ID")
@click.option("--reason", required=True, help=_REASON)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.pass_obj
@as_json
def export(context: Context, person: str, reason: str, path: Path | None) -> Result:
    """Write all that is held about a person as a zip (JSON and a page), dossier-ID.zip."""
    scope = _scope(context, person)
    file, mark = own_file.export(context.store, context.clock, scope, _once(), reason)
    schema, told = load_schema(), records_of(file.graph)
    files: dict[str, str | bytes] = {
        "dossier.json": subject_file.document(person, told, file.elsewhere, mark, file.beside),
        "dossier.html": subject_file.page(
            [*told, *file.elsewhere], schema, mark, "nl", file.beside
        ),
    }
    to = path or Path(f"dossier-{person}.zip")
    to.write_bytes(subject_file.packed(files))
    to.chmod(0o600)
    count = len(told) + len(file.elsewhere) + len(file.beside)
    return {"path": str(to), "records": count}, [f"{count} records were written to {to}."]


@subject.command("erase")
@click.option("--person", required=True, metavar="ID")
@click.option("--reason", default="", help=_REASON)
@click.option("--confirm", is_flag=True, help="Do it; else it is only told what would go.")
@click.pass_obj
@as_json
def erase(context: Context, person: str, reason: str, *, confirm: bool) -> Result:
    """Erase a person everywhere; backups that were made before keep what they have."""
    scope, schema = _scope(context, person), load_schema()
    if confirm:
        found = erasing.erase(context.store, scope, _once(), schema, reason)
    else:
        found = erasing.preview(context.store, scope, _once(), schema)
    removed = {} if found is None else dict(found.counts())
    kept = [] if found is None else [asdict(each) for each in found.kept]
    lines = [f"{name}: {count}" for name, count in removed.items()]
    lines += [f"kept by law until {each['until']}: {each['label']}" for each in kept]
    lines.append("Erased." if confirm else "Nothing was erased yet: add --confirm and --reason.")
    return {"erased": confirm, "removed": removed, "kept": kept}, lines


@click.command("retain")
@click.option("--dry-run", is_flag=True, help="Only tell what would go.")
@click.pass_obj
@as_json
def retain(context: Context, *, dry_run: bool) -> Result:
    """Let go of what was kept long enough; for every night."""
    scope, schema = replace(_scope(context, ""), subject=None), load_schema()
    if dry_run:
        told = retaining.due(context.store, schema, context.today())
    else:
        told = retaining.retain(context.store, scope, _once(), schema)
    every = {**told.records, **told.beside}
    lines = [f"{name}: {count}" for name, count in every.items()] or ["Nothing is over."]
    if told.left:
        lines.append(f"Changed meanwhile, and left until the next time: {told.left}.")
    return {"dry_run": dry_run, **asdict(told)}, lines


def _scope(context: Context, person: str) -> Scope:
    return Scope(
        viewer=OPERATOR,
        purpose=Purpose.DATA_SUBJECT,
        as_of=context.today(),
        subject=PersonId(NodeId(person)),
    )


def _once() -> OperationId:
    return OperationId(secrets.token_hex(16))


COMMANDS = (subject, retain)
