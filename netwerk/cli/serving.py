"""The command that serves the pages."""

import sys
from collections.abc import Callable
from typing import Any

import click
import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from netwerk import demo
from netwerk.app import create_app
from netwerk.cli.context import Context
from netwerk.domain.access import Role
from netwerk.graph import instrument_texts


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.pass_obj
def serve(context: Context, host: str, port: int, workers: int) -> None:
    """Serve the pages with the production server."""
    if context.settings.instruments is not None:
        # A mistake in it is told here, in one line: every worker reads it again.
        instrument_texts.read(context.settings.instruments)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    context.store.migrate()
    _welcome(context, f"http://{host}:{port}")
    settings = context.settings
    context.close()
    run(lambda: create_app(settings), host, port, workers)


def run(make: Callable[[], Flask], host: str, port: int, workers: int) -> None:
    """Serve an application until it is told to stop."""
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": 8,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    _Server(make, options).run()


class _Server(BaseApplication):
    """Gunicorn, with an app that every worker builds for itself."""

    def __init__(self, make: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)  # type: ignore[union-attr]

    def load(self) -> Flask:
        return self._make()


def _welcome(context: Context, address: str) -> None:
    """Print the address, and the demo accounts if this store has them."""
    click.echo(f"Netwerk: {address}")
    with context.store.system() as work:
        known = {name for name, _ in work.find("account")}
    shown: set[Role] = set()
    for account in demo.accounts():
        if account.username in known and account.role not in shown:
            shown.add(account.role)
            click.echo(
                f"  {account.role.value:16} {account.username:16} {account.password}"
                f"   ({account.name})"
            )


COMMANDS = (serve,)
