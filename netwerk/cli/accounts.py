"""Commands about accounts and the audit log."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import click

from netwerk.cli.context import Context, as_json
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.usecases import accounts, transfer
from netwerk.usecases.knowledge import leaving

Result = tuple[Any, Iterable[str]]
_ACTOR = "operator"


@click.group("user")
def user() -> None:
    """Accounts: who can sign in."""


@user.command("add")
@click.argument("username")
@click.option("--worker", required=True, metavar="ID", help="Which colleague in the store.")
@click.pass_obj
@as_json
def add(context: Context, username: str, worker: str) -> Result:
    """Let a colleague in, with a password that is printed once."""
    password = _password()
    new = accounts.NewAccount(username=username, worker=WorkerId(NodeId(worker)), password=password)
    made = accounts.add_account(context.store, context.clock, _ACTOR, new)
    told = {"username": made.username, "role": made.role.value, "password": password}
    return told, [f"{made.username} ({made.role.value}): {password}"]


@user.command("list")
@click.pass_obj
@as_json
def list_(context: Context) -> Result:
    """Name all accounts."""
    told: list[dict[str, Any]] = [
        {"username": a.username, "name": a.name, "role": a.role.value, "disabled": a.disabled}
        for a in accounts.accounts(context.store)
    ]
    return told, (
        "\t".join([a["username"], a["name"], a["role"], *["disabled"] * a["disabled"]])
        for a in told
    )


@user.command("disable")
@click.argument("username")
@click.pass_obj
@as_json
def disable(context: Context, username: str) -> Result:
    """Shut an account; it is signed out everywhere."""
    accounts.disable(context.store, _ACTOR, username)
    return {"username": username, "disabled": True}, [f"{username} can no longer sign in."]


@user.command("leave")
@click.argument("username")
@click.pass_obj
@as_json
def leave(context: Context, username: str) -> Result:
    """Shut the account of who leaves; what they told that they know goes with them."""
    accounts.disable(context.store, _ACTOR, username)
    name = username.strip().casefold()
    gone = next(a for a in accounts.accounts(context.store) if a.username == name)
    operation = OperationId(secrets.token_hex(16))
    leaving.leave(context.store, context.scope(gone.worker), operation, _ACTOR)
    told = [f"{name} can no longer sign in, and what they knew is forgotten."]
    return {"username": name, "disabled": True}, told


@user.command("reset")
@click.argument("username")
@click.pass_obj
@as_json
def reset(context: Context, username: str) -> Result:
    """Give an account a new password, printed once, and open it again."""
    password = _password()
    accounts.set_password(context.store, _ACTOR, username, password)
    accounts.disable(context.store, _ACTOR, username, disabled=False)
    return {"username": username, "password": password}, [f"{username}: {password}"]


@click.group("audit")
def audit() -> None:
    """The audit log: who saw and changed what."""


@audit.command("verify")
@click.option("--anchor", metavar="NUMBER:SEAL", help="An entry that was noted elsewhere.")
@click.pass_obj
@as_json
def verify(context: Context, anchor: str | None) -> Result:
    """Prove that no entry was changed, removed or reordered."""
    known = _anchor(anchor) if anchor else None
    count = transfer.verify(context.store, context.settings.audit_key, known)
    return {"entries": count}, [f"{count} entries, all as they were written."]


@audit.command("list")
@click.option("--after", type=click.IntRange(0), default=0, help="Only entries after this number.")
@click.pass_obj
@as_json
def list_entries(context: Context, after: int) -> Result:
    """Print the audit log."""
    entries = list(context.store.audit_entries(after))
    return [asdict(entry) for entry in entries], (
        f"{e.number}\t{e.at}\t{e.event.actor}\t{e.event.action}\t{e.event.subject or '-'}"
        f"\t{e.event.outcome}"
        for e in entries
    )


def _password() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(4))


def _anchor(typed: str) -> tuple[int, str]:
    number, _, seal = typed.partition(":")
    if not number.isdigit() or not seal:
        raise click.UsageError("An anchor is NUMBER:SEAL.")
    return int(number), seal


COMMANDS = (user, audit)
