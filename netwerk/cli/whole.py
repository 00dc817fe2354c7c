"""Commands about a store as a whole."""

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from netwerk import demo
from netwerk.cli.context import Context, as_json, watched
from netwerk.domain.access import OPERATOR
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import OperationId
from netwerk.domain.reopening import CLOSED
from netwerk.domain.stories import SHARED
from netwerk.graph.anonymous import Told
from netwerk.schema import load_schema
from netwerk.stores import open_store
from netwerk.usecases import (
    accounts,
    case_review,
    learning,
    matching,
    report,
    signals,
    transfer,
    white_spots,
)
from netwerk.usecases.knowledge import training
from netwerk.usecases.knowledge.training import Ending

Result = tuple[Any, Iterable[str]]


@click.command("init")
@click.pass_obj
@as_json
def init(context: Context) -> Result:
    """Set up a new store, or bring an old one up to date."""
    version = context.store.migrate()
    return {"schema": version}, [f"The store is ready (schema {version})."]


@click.command("migrate")
@click.pass_obj
@as_json
def migrate(context: Context) -> Result:
    """Bring the store's schema up to date; safe to run twice."""
    version = context.store.migrate()
    return {"schema": version}, [f"The store is ready (schema {version})."]


@click.command("check")
@click.pass_obj
@as_json
def check(context: Context) -> Result:
    """Verify the whole store against graph_schema, and the audit log."""
    found = transfer.check(context.store, load_schema(), context.settings.audit_key)
    return asdict(found), [f"{found.records} records and {found.entries} log entries are sound."]


@click.command("demo")
@click.option("--persons", type=click.IntRange(1, 5_000_000), help="How many Persons in all.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing where something is stored already.")
@click.pass_obj
@as_json
def demo_(context: Context, persons: int | None, seed: int, *, if_empty: bool) -> Result:
    """Fill an empty store with the demo municipality and its accounts."""
    store = context.store
    if not store.is_empty():
        if if_empty:
            return {"records": 0}, []
        raise InvalidInputError("The store is not empty.")
    records = demo.records(seed=seed, persons=persons, today=context.today())
    count = store.load(watched(records, "demo"))
    for each in watched(demo.accounts(), "accounts"):
        new = accounts.NewAccount(
            username=each.username, worker=each.worker, password=each.password
        )
        accounts.add_account(store, context.clock, "netwerk demo", new)
    learning.learn(store, context.clock)
    white_spots.publish(store, context.clock)
    _ask_for_volunteers(context, seed)
    _learn(context, seed)
    _notice(context, seed)
    _talk(context, seed)
    _share(context)
    report.publish(store, context.clock)
    return {"records": count}, [f"The demo is loaded: {count} records."]


def _ask_for_volunteers(context: Context, seed: int) -> None:
    """Let the demo's requests go out, and propose somebody for the first."""
    keys = [
        matching.post(
            context.store,
            context.scope(each.worker, each.person),
            OperationId(f"demo-{number}"),
            each.need,
            each.note,
        )
        for number, each in enumerate(demo.wanted(seed=seed, today=context.today()))
    ]
    keeper = context.scope(OPERATOR)
    found = matching.board(context.store, keeper).proposal.matches
    first = {keys[0]: found[keys[0]].person} if keys and keys[0] in found else {}
    matching.confirm(context.store, keeper, OperationId("demo-proposed"), first)


def _learn(context: Context, seed: int) -> None:
    """Let the demo's teams agree on what they learn; the last of each way is learned already."""
    for each in demo.lessons(seed=seed, today=context.today()):
        scope, operation = context.scope(each.who), OperationId(each.key)
        training.agree(context.store, scope, operation, each)
        if each.key.endswith(demo.LEARNED):
            done = OperationId(f"{operation}-done")
            training.end(context.store, scope, done, f"training-{operation}", Ending.LEARNED)


def _notice(context: Context, seed: int) -> None:
    """Let the demo's teams note what they saw at places where people are."""
    for number, (who, told) in enumerate(demo.noticed(seed=seed, today=context.today())):
        operation = OperationId(f"demo-signal-{number}")
        signals.note(context.store, context.scope(who), operation, told)


def _share(context: Context) -> None:
    """Let the demo's teams read what inhabitants told, and find closed files back."""
    records = list(context.store.dump())
    with context.store.system() as work:
        for key, facts in demo.shared(records):
            work.put(SHARED, key, facts)
        for key, facts in demo.closed(records):
            work.put(CLOSED, key, facts)


def _talk(context: Context, seed: int) -> None:
    """Let the demo's teams hold a session of casuïstiek, and plan the next one."""
    for number, talk in enumerate(demo.talks(seed=seed, today=context.today())):
        store, chair = context.store, replace(context.scope(talk.session.chair), as_of=talk.day)
        key = case_review.plan(store, chair, OperationId(f"demo-talk-{number}"), talk.session)
        for case, each in enumerate(talk.cases):
            scope = replace(context.scope(each.by, each.person), as_of=talk.day)
            operation = OperationId(f"demo-talk-{number}-{case}")
            told = Told(question=each.question)
            wanted = case_review.Bringing(session=key, told=told, minutes=20, sure=True)
            item = case_review.bring(store, scope, operation, wanted)
            if each.decision is not None:
                noting = case_review.Noting(decided=each.decision, version=1, sure=True)
                case_review.note(store, chair, OperationId(f"{operation}-noted"), item, noting)
        if talk.day < context.today():
            case_review.close(store, chair, OperationId(f"demo-talk-{number}-closed"), key, 1)


@click.command("load")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.pass_obj
@as_json
def load(context: Context, file: Path) -> Result:
    """Add the graph of a file of JSON Lines (- is standard input); all or nothing."""
    if str(file) == "-":
        count = transfer.load(context.store, watched(sys.stdin, "load"))
    else:
        with file.open(encoding="utf-8") as lines, file.open(encoding="utf-8") as again:
            count = transfer.load(context.store, watched(lines, "load"), again)
    return {"records": count}, [f"{count} records were added."]


@click.command("dump")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document; not with -.")
@click.pass_obj
def dump(context: Context, file: Path, *, as_json: bool) -> None:
    """Write the graph as JSON Lines (- is standard output); the file appears when it is whole."""
    if str(file) == "-":
        if as_json:
            raise click.UsageError("--json and - both want standard output.")
        transfer.dump(context.store, sys.stdout)
        return
    count = transfer.dump_to(context.store, file)
    if as_json:
        click.echo(json.dumps({"records": count}))
    else:
        click.echo(f"{count} records were written.", err=True)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@as_json
def backup(context: Context, file: Path) -> Result:
    """Write everything, accounts and audit log included, to an encrypted file."""
    kept = transfer.keep(context.store, file, context.settings.backup_key)
    return asdict(kept), [_told(kept)]


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
@as_json
def restore(context: Context, file: Path) -> Result:
    """Fill an empty store from a backup."""
    context.store.migrate()
    put = transfer.put_back(context.store, file, context.settings.backup_key)
    transfer.verify(context.store, context.settings.audit_key)
    return asdict(put), [_told(put)]


@click.command("copy")
@click.option("--to", "address", metavar="URL", required=True, help="An empty store.")
@click.pass_obj
@as_json
def copy(context: Context, address: str) -> Result:
    """Carry everything to another, empty store."""
    with closing(open_store(context.settings, context.clock, address)) as other:
        other.migrate()
        copied = transfer.copy(context.store, other)
    return asdict(copied), [_told(copied)]


def _told(counted: transfer.Counted) -> str:
    return f"{counted.records} records, {counted.system} others, {counted.entries} log entries."


COMMANDS = (init, migrate, check, demo_, load, dump, backup, restore, copy)
