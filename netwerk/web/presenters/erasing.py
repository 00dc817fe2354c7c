"""What goes and what stays, in words: for one person, and for all files in a quarter."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import format_date

from netwerk.graph.erasing import Erasure
from netwerk.schema import Schema
from netwerk.usecases.retaining import Kept

_SAID_ELSEWHERE = frozenset({"CONCERNS", "LEADS", "HANDLED_BY", "ASKED_IN", "KEPT_IN", "ADVISES"})
"""What only joins things that are counted themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """Something that the law keeps: what, until when, and which law."""

    label: str
    until: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What goes, what is changed in other files, what stays."""

    goes: tuple[tuple[str, int], ...]
    changed: int
    stays: tuple[Stays, ...]
    open_cases: int


def going(found: Erasure, schema: Schema, language: str) -> Going:
    """Return what erasing somebody comes to."""
    return Going(
        goes=_counted(found.counts(), schema, language),
        changed=len(found.changed),
        stays=tuple(
            Stays(
                label=schema.nodes[each.label].label.label(language),
                until=str(format_date(each.until, "d MMMM y")),
                because=because.label(language)
                if (because := schema.nodes[each.label].because)
                else "",
            )
            for each in found.kept
        ),
        open_cases=found.open_cases,
    )


def coming(kept: Kept, schema: Schema, language: str) -> tuple[tuple[str, int], ...]:
    """Return what goes in the coming quarter."""
    beside = tuple(
        (schema.beside[kind].label.label(language), count) for kind, count in kept.beside.items()
    )
    return (*_counted(kept.records, schema, language), *beside)


def _counted(
    counts: Mapping[str, int], schema: Schema, language: str
) -> tuple[tuple[str, int], ...]:
    labels = {name: kind.label for name, kind in schema.nodes.items()}
    labels |= {name: kind.label for name, kind in schema.relationships.items()}
    return tuple(
        (labels[name].label(language), count)
        for name, count in counts.items()
        if name not in _SAID_ELSEWHERE
    )
