"""Whom we know and whom not yet, and who is where in the week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import format_date, gettext, ngettext

from netwerk.domain.schedule import Schedule
from netwerk.usecases.acquaintances import Overview, Partner
from netwerk.web import context
from netwerk.web.language import ago, language
from netwerk.web.presenters.schedule import in_words

_NAMED = 3
"""Colleagues who are named with a partner; of the others it is said how many."""
_MONDAY = date(2026, 11, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One partner in a list."""

    id: str
    name: str
    contact: str
    known: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A day of the week, and who can be found where."""

    name: str
    places: tuple[str, ...]


def row(partner: Partner, today: date) -> Row:
    """Return a partner as it is shown."""
    role = context.schema().label("contact_role", partner.role or None, language())
    contact = ", ".join(each for each in (partner.contact, role) if each)
    known = []
    for each in partner.known:
        words = [each.name, context.schema().label("warmth", each.warmth, language())]
        if each.last_met is not None:
            words.append(gettext("spoke them %(when)s", when=ago(each.last_met, today)))
        known.append(", ".join(words))
    if len(known) > _NAMED:
        more = len(known) - _NAMED
        told = ngettext("and %(num)s other colleague", "and %(num)s other colleagues", more)
        known = [*known[:_NAMED], told]
    return Row(
        id=partner.organization.id,
        name=partner.organization.name,
        contact=contact,
        known=tuple(known),
        mine=any(each.mine for each in partner.known),
    )


def within(partners: Iterable[Partner], wijk: str, domain: str) -> list[Partner]:
    """Return the partners in a wijk, with something to offer in a life domain; empty is any."""
    return [
        each
        for each in partners
        if (not wijk or wijk in each.wijken) and (not domain or domain in each.domains)
    ]


def week(found: Overview) -> list[WeekDay]:
    """Return the days of the week on which somebody can regularly be found somewhere."""
    days = []
    for number in range(7):
        there = sorted(
            (str(line), each.organization, each.name, in_words(Schedule(lines=(line,)))[0])
            for each in found.present
            for line in each.schedule.lines
            if number in line.weekdays
        )
        if there:
            name = str(format_date(_MONDAY + timedelta(days=number), "EEEE"))
            places = [f"{who}, {where}: {when}" for _, where, who, when in there]
            days.append(WeekDay(name=name, places=tuple(places)))
    return days
