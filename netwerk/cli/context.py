"""What every command works with: the settings, the store, the clock, and how it speaks."""

import json
import locale
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, wraps
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from netwerk.clock import SystemClock, local_day
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import NetwerkError
from netwerk.domain.ids import NodeId, PersonId, WorkerId
from netwerk.ports.stores import Store
from netwerk.settings import Settings
from netwerk.stores import open_store

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
_TRANSLATIONS = Path(__file__).parents[1] / "translations"


class Context:
    """The settings and the store, each opened when it is first needed."""

    def __init__(self, address: str | None) -> None:
        """Take the address that was given on the command line, if any."""
        self._address = address
        self.clock = SystemClock()

    @cached_property
    def settings(self) -> Settings:
        """What the environment says."""
        return Settings.from_environment(os.environ, self._address)

    @cached_property
    def store(self) -> Store:
        """The store of the settings."""
        return open_store(self.settings, self.clock)

    def today(self) -> date:
        """Return the day it is here."""
        return local_day(self.clock)

    def close(self) -> None:
        """Let go of the store."""
        if "store" in self.__dict__:
            self.store.close()

    def scope(self, viewer: str, person: str | None = None, on: date | None = None) -> Scope:
        """Return who looks."""
        return Scope(
            viewer=WorkerId(NodeId(viewer)),
            purpose=Purpose.SUPPORT,
            as_of=on or self.today(),
            subject=None if person is None else PersonId(NodeId(person)),
        )


def as_json(command: F) -> F:
    """Give a command `--json`: its result is printed as one document, else as its lines."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @wraps(command)
    def printed(*arguments: Any, as_json: bool, **options: Any) -> None:
        result, lines = command(*arguments, **options)
        if as_json:
            click.echo(json.dumps(result, ensure_ascii=False, default=str))
        else:
            for line in lines:
                click.echo(line)

    return printed  # type: ignore[return-value]


def say(error: NetwerkError) -> str:
    """Return an error as a sentence in the language of the terminal."""
    return error.said(words().gettext)


def words() -> NullTranslations:
    """Return the texts in the language of the terminal: Dutch, or English."""
    return translation("messages", _TRANSLATIONS, [language()], fallback=True)


def language() -> str:
    """Return the language of the terminal."""
    told = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return (told or locale.getlocale()[0] or "en")[:2]


def watched(items: Iterable[T], doing: str) -> Iterator[T]:
    """Yield the items; on a terminal, show how far it is."""
    if not sys.stderr.isatty():
        yield from items
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=None)
        for number, item in enumerate(items):
            if number % 1000 == 0:
                progress.update(task, description=f"{doing}: {number:,}")
            yield item
