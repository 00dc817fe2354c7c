"""The command `netwerk`: what goes wrong is one line, and never a traceback."""

import sys
from typing import Any

import click

from netwerk.cli import (
    accounts,
    asking,
    bench,
    exchange,
    finding,
    publishing,
    reporting,
    serving,
    setting_up,
    subjects,
    tokens,
    whole,
)
from netwerk.cli.context import Context, say
from netwerk.domain.errors import InvalidInputError, NetwerkError


class _Commands(click.Group):
    """Turns the program's own errors into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NetwerkError as error:
            click.echo(f"netwerk: {say(error)}", err=True)
            sys.exit(1)
        except BrokenPipeError:
            raise
        except (OSError, UnicodeDecodeError) as error:
            click.echo(f"netwerk: {say(_own(error))}", err=True)
            sys.exit(1)


def _own(error: OSError | UnicodeDecodeError) -> NetwerkError:
    """Return what the system says as an error of ours."""
    if isinstance(error, UnicodeDecodeError):
        return InvalidInputError("This is not text in UTF-8. Save it as UTF-8 and try again.")
    return InvalidInputError(
        "%(file)s cannot be used: %(reason)s.",
        file=error.filename or "-",
        reason=error.strerror or type(error).__name__,
    )


@click.group(cls=_Commands, context_settings={"max_content_width": 100})
@click.option("--store", metavar="URL", help="Which store (else NETWERK_STORE).")
@click.version_option(package_name="netwerk")
@click.pass_context
def main(context: click.Context, store: str | None) -> None:
    """Informal support paths before formal referral."""
    context.obj = Context(store)
    context.call_on_close(context.obj.close)


for _commands in (
    whole.COMMANDS,
    asking.COMMANDS,
    finding.COMMANDS,
    accounts.COMMANDS,
    publishing.COMMANDS,
    reporting.COMMANDS,
    tokens.COMMANDS,
    exchange.COMMANDS,
    setting_up.COMMANDS,
    subjects.COMMANDS,
    serving.COMMANDS,
    bench.COMMANDS,
):
    for _command in _commands:
        main.add_command(_command)
