"""What helped earlier in a team, as lines to read in a session."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.ids import NodeId
from netwerk.domain.report import Row
from netwerk.usecases.case_review import Earlier
from netwerk.web.context import schema, schema_label
from netwerk.web.language import language
from netwerk.web.presenters.report import spoken

_NAMED: Final = 2
"""So many kinds of people that are counted together are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something with the share of it that went well, in percent, and of how many about."""

    what: str
    share: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """What is told: of which half year and teams, about the domains and through whom."""

    period: str
    teams: str
    domains: tuple[Line, ...]
    steps: tuple[Line, ...]


def domains_of(needs: Sequence[str]) -> set[str]:
    """Return the life domains of needs."""
    known = schema().needs
    return {known[code].parent or code for code in needs if code in known}


def helped(
    found: Earlier | None, own: Collection[str], names: Mapping[NodeId, str]
) -> Helped | None:
    """Return what helped earlier; None where nothing may be told, or nothing is to be told.

    `own` are the life domains of the case, `names` those of teams.
    """
    if found is None:
        return None
    steps = [_line(row, _together(list(map(_step, row.keys)))) for row in found.steps]
    domains = [_line(row, _own_first(row.keys, own)) for row in found.domains]
    told = Helped(
        period=spoken(found.period),
        teams=", ".join(names[key] for key in found.teams if key in names),
        domains=tuple(line for line in domains if line is not None),
        steps=tuple(sorted((line for line in steps if line is not None), key=_best)),
    )
    return told if told.domains or told.steps else None


def _line(row: Row, what: str) -> Line | None:
    if row.share is None:
        return None
    return Line(what=what, share=row.share, count=sum(row.counts.values()))


def _step(key: str) -> str:
    return schema_label("report_part", f"first_step.{key}")


def _together(labels: Sequence[str]) -> str:
    if len(labels) > _NAMED:
        return gettext("the other %(count)s together", count=len(labels))
    return gettext(" or ").join(labels)


def _own_first(keys: Sequence[str], own: Collection[str]) -> str:
    """Return the domains of the case, and with how many others they are counted."""
    mine = gettext(" and ").join(_domain(key) for key in keys if key in own)
    others = sum(key not in own for key in keys)
    if not others:
        return mine
    told = ngettext("%(num)s other life domain", "%(num)s other life domains", others)
    return gettext("%(mine)s, counted with %(others)s,", mine=mine, others=told)


def _best(line: Line) -> tuple[int, str]:
    return -line.share, line.what


def _domain(key: str) -> str:
    term = schema().needs.get(key)
    return key if term is None else term.label.label(language())
