"""Two records side by side, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from netwerk.domain.records import Node, Value, parse_day, text
from netwerk.schema.kinds import Property
from netwerk.usecases.doubles import Double
from netwerk.web import context
from netwerk.web.language import day, language
from netwerk.web.language import later as _l

WHY: Final = {
    "name": _l("their names are alike"),
    "source_id": _l("they have the same number at the source"),
    "phone": _l("they have the same telephone number"),
    "email": _l("they have the same e-mail address"),
    "url": _l("they have the same website"),
    "place": _l("they are in the same place"),
}
"""Why two may be one and the same."""
_HIDDEN: Final = frozenset({"point", "extra"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing in which two differ; `takes_other`: only the other knows it."""

    name: str
    label: str
    kept: str
    gone: str
    takes_other: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCard:
    """Two that may be one, in a list."""

    kept: str
    gone: str
    names: tuple[str, str]
    kind: str
    why: str


def card(pair: Double) -> PairCard:
    """Return a pair as it is shown in a list."""
    return PairCard(
        kept=pair.kept.id,
        gone=pair.gone.id,
        names=(name_of(pair.kept), name_of(pair.gone)),
        kind=context.schema().nodes[pair.kept.label].label.label(language()),
        why=", ".join(str(WHY[each]) for each in pair.why),
    )


def choices(pair: Double) -> list[Choice]:
    """Return in what two differ, in the order of the kind file."""
    kinds = context.schema().nodes[pair.kept.label].properties
    return [
        Choice(
            name=name,
            label=kind.label.label(language()),
            kept=_told(kind, pair.kept.properties.get(name)),
            gone=_told(kind, pair.gone.properties.get(name)),
            takes_other=name not in pair.kept.properties,
        )
        for name, kind in kinds.items()
        if name in pair.differing and name not in _HIDDEN
    ]


def name_of(node: Node) -> str:
    """Return what a record is called."""
    return text(node.properties, "name") or node.id


def _told(kind: Property, value: Value | None) -> str:
    if value is None:
        return gettext("nothing filled in")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if kind.type == "day":
        return day(parse_day(str(value)), context.today())
    several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return ", ".join(_word(kind, str(each)) for each in several)


def _word(kind: Property, value: str) -> str:
    if kind.vocabulary is None:
        return value
    return context.schema().label(kind.vocabulary, value, language()) or value
