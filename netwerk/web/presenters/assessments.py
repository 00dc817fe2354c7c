"""Questionnaires as they are read: in words, over time, and never as a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import format_date, gettext, ngettext

from netwerk.domain.assessments import Assessment
from netwerk.graph import instruments
from netwerk.graph.instruments import DOMAINS, SELF_SUFFICIENCY, Result
from netwerk.web import context
from netwerk.web.forms.base import choices
from netwerk.web.language import day

AT_ONCE: Final = 3
"""Times that stand beside each other unless more is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A questionnaire that was filled in."""

    id: str
    name: str
    on: str
    told: str
    missing: str
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """A domain of self-sufficiency over time.

    `then` and `now`: the first and the last level that are shown, 1 to 5; None: not filled in.
    `cells`: what was told on each day, and how that is beside what was told before it.
    """

    name: str
    then: int | None
    now: int | None
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """The domains of self-sufficiency: a column for each day, oldest first."""

    days: tuple[str, ...]
    rows: tuple[DomainRow, ...]
    more: int
    """How many earlier times are not shown."""


def rows(every: Sequence[Assessment]) -> list[SheetRow]:
    """Return the questionnaires with what comes of each."""
    return [
        SheetRow(
            id=each.id,
            name=_name(each),
            on=_day(each),
            told=_told(each),
            missing=_missing(each),
            by=each.taken_by,
            note=each.note,
        )
        for each in every
    ]


def stored(read: Assessment) -> list[str]:
    """Return what is stored of a questionnaire, in words."""
    (row,) = rows([read])
    levels = dict(enumerate((name for _, name in choices("self_sufficiency_level")), 1))
    own = read.instrument == SELF_SUFFICIENCY
    points = [
        f"{label(read.instrument, key)}: {levels[value] if own else value}"
        for key, value in read.points.items()
    ]
    return [*points, row.told, row.by, row.note]


def label(instrument: str, key: str) -> str:
    """Return what a question is called: a domain, or its number on the paper form."""
    if instrument == SELF_SUFFICIENCY:
        return context.schema_label("self_sufficiency_domain", key)
    return gettext("Question %(number)s", number=key)


def over_time(every: Sequence[Assessment], *, whole: bool) -> OverTime | None:
    """Return self-sufficiency at the last times, or the whole time; None where there is none."""
    sheets = [each for each in every if each.instrument == SELF_SUFFICIENCY]
    taken = (sheets if whole else sheets[:AT_ONCE])[::-1]
    if not taken:
        return None
    levels = [name for _, name in choices("self_sufficiency_level")]
    return OverTime(
        days=tuple(str(format_date(each.taken_on, "d MMM y")) for each in taken),
        rows=tuple(_domain(taken, key, levels) for key in DOMAINS),
        more=len(sheets) - len(taken),
    )


def _domain(taken: Sequence[Assessment], key: str, levels: Sequence[str]) -> DomainRow:
    known = [each.points[key] for each in taken[:-1] if key in each.points]
    return DomainRow(
        name=label(SELF_SUFFICIENCY, key),
        then=known[0] if known else None,
        now=taken[-1].points.get(key),
        cells=_cells(taken, key, levels),
    )


def _name(each: Assessment) -> str:
    name = context.schema_label("instrument", each.instrument)
    return f"{name}: {each.about}" if each.about else name


def _cells(
    taken: Sequence[Assessment], key: str, levels: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    cells, before = [], None
    for each in taken:
        now = each.points.get(key)
        told = gettext("not filled in") if now is None else f"{now} · {levels[now - 1]}"
        cells.append((told, _change(before, now)))
        before = before if now is None else now
    return tuple(cells)


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None or now == before:
        return ""
    return gettext("higher than before") if now > before else gettext("lower than before")


def _told(each: Assessment) -> str:
    found = instruments.result(each.instrument, each.points)
    if each.instrument == SELF_SUFFICIENCY:
        return gettext("See the domains in the table.")
    if found.total is None:
        return gettext("Too few answers to add up; talk about what was filled in.")
    most = instruments.BANDS[each.instrument][-1][0]
    told = gettext("%(total)s of %(most)s points", total=found.total, most=most)
    return f"{told}: {_band(each.instrument, found)}.{_parts(found)}"


def _band(instrument: str, found: Result) -> str:
    words = {
        ("lsns_6", "at_risk"): gettext("few people to fall back on, something to talk about"),
        ("lsns_6", "not_at_risk"): gettext("people to fall back on"),
        ("de_jong_gierveld_6", "not"): gettext("the answers do not point to loneliness"),
        ("de_jong_gierveld_6", "moderate"): gettext("moderately lonely, something to talk about"),
        ("de_jong_gierveld_6", "severe"): gettext("severely lonely, something to talk about"),
        ("ediz_plus", "none"): gettext("no pressure of caring"),
        ("ediz_plus", "light"): gettext("some pressure of caring"),
        ("ediz_plus", "moderate"): gettext(
            "quite some pressure of caring, something to talk about"
        ),
        ("ediz_plus", "severe"): gettext("very high pressure of caring, something to talk about"),
    }
    return words[instrument, found.band or ""]


def _parts(found: Result) -> str:
    if found.family is None:
        return ""
    both = {"family": found.family, "friends": found.friends}
    return " " + gettext("Family %(family)s, friends %(friends)s.", **both)


def _missing(each: Assessment) -> str:
    count = instruments.missing(each.instrument, each.points)
    if not count:
        return ""
    return ngettext("%(num)s question has no answer", "%(num)s questions have no answer", count)


def _day(each: Assessment) -> str:
    return day(each.taken_on, context.today())
