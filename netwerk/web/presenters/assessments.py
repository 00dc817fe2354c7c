"""Questionnaires as they are read: in words, over time, and never as a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from netwerk.domain.assessments import Assessment
from netwerk.graph import instruments
from netwerk.graph.instruments import DOMAINS, SELF_SUFFICIENCY, Result
from netwerk.web import context
from netwerk.web.forms.base import choices
from netwerk.web.language import day


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A questionnaire that was filled in."""

    id: str
    name: str
    on: str
    told: str
    missing: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTime:
    """The domains of self-sufficiency: a column for each day, oldest first."""

    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def rows(every: Sequence[Assessment]) -> list[SheetRow]:
    """Return the questionnaires with what comes of each."""
    return [
        SheetRow(
            id=each.id,
            name=context.schema_label("instrument", each.instrument),
            on=_day(each),
            told=_told(each),
            missing=_missing(each),
            note=each.note,
        )
        for each in every
    ]


def over_time(every: Sequence[Assessment]) -> OverTime | None:
    """Return the last three times of self-sufficiency side by side; None where there is none."""
    taken = [each for each in every if each.instrument == SELF_SUFFICIENCY][:3][::-1]
    if not taken:
        return None
    levels = [name for _, name in choices("self_sufficiency_level")]
    return OverTime(
        days=tuple(_day(each) for each in taken),
        rows=tuple(
            (context.schema_label("self_sufficiency_domain", key), _cells(taken, key, levels))
            for key in DOMAINS
        ),
    )


def _cells(
    taken: Sequence[Assessment], key: str, levels: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    cells, before = [], None
    for each in taken:
        now = each.points.get(key)
        told = gettext("not filled in") if now is None else levels[now - 1]
        cells.append((told, _change(before, now)))
        before = before if now is None else now
    return tuple(cells)


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return ""
    if now == before:
        return gettext("the same")
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
