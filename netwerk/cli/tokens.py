"""Commands about tokens, by which other programs read the directory."""

from collections.abc import Iterable
from typing import Any

import click

from netwerk.cli.context import Context, as_json
from netwerk.domain.tokens import Token, TokenScope
from netwerk.usecases import tokens

Result = tuple[Any, Iterable[str]]
_ACTOR = "operator"


@click.group("token")
def token() -> None:
    """Tokens: which programs read the directory."""


@token.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice([each.value for each in TokenScope]),
)
@click.option("--days", type=click.IntRange(1), default=90, show_default=True)
@click.pass_obj
@as_json
def add(context: Context, name: str, scopes: tuple[str, ...], days: int) -> Result:
    """Make a token, which is printed once."""
    new = tokens.NewToken(name=name, scopes=scopes, days=days)
    made, secret = tokens.make(context.store, _ACTOR, context.today(), new)
    return {**_told(made), "token": secret}, [f"{made.id}\t{secret}"]


@token.command("list")
@click.pass_obj
@as_json
def list_(context: Context) -> Result:
    """Name all tokens."""
    told = [_told(each) for each in tokens.tokens(context.store)]
    return told, ("\t".join(str(value) for value in each.values()) for each in told)


@token.command("withdraw")
@click.argument("token_id", metavar="ID")
@click.pass_obj
@as_json
def withdraw(context: Context, token_id: str) -> Result:
    """End a token; the next request with it is refused."""
    ended = tokens.withdraw(context.store, _ACTOR, token_id)
    return _told(ended), [f"{ended.id} ({ended.name}) opens nothing any more."]


def _told(each: Token) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "scopes": " ".join(sorted(each.scopes)),
        "until": each.until.isoformat(),
        "used_on": None if each.used_on is None else each.used_on.isoformat(),
    }


COMMANDS = (token,)
