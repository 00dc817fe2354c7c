"""Signals as rows to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from netwerk.domain.records import parse_day
from netwerk.usecases.signals import Shown
from netwerk.web import context
from netwerk.web.context import schema_label
from netwerk.web.language import day


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """A signal: what, where and when, by whom, and what was done."""

    key: str
    noticed: str
    place: str
    when: str
    by: str
    outcome: str
    done: str


def rows(found: Iterable[Shown]) -> list[SignalRow]:
    """Return signals as they are read in a list."""
    return [
        SignalRow(
            key=each.signal.key,
            noticed=each.signal.noticed,
            place=each.place,
            when=day(parse_day(each.signal.on), context.today()),
            by=each.by,
            outcome=schema_label("signal_outcome", each.signal.outcome.value),
            done=each.signal.done,
        )
        for each in found
    ]
