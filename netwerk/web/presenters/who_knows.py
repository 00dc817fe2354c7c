"""Who knows about a question, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.knowledge import CLARIFY, DO
from netwerk.graph.room import Load, Room
from netwerk.usecases.who_knows import ForNeed, Knowing, Outside
from netwerk.web.language import language
from netwerk.web.language import later as _l
from netwerk.web.presenters.knowledge import word

FEW: Final = 3
ROOM: Final[Mapping[Room, str]] = {
    Room.ROOM: _l("more room than most"),
    Room.AS_OTHERS: _l("as busy as the others"),
    Room.BUSY: _l("busier than most"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A colleague who knows something; `who` is what the plan calls them."""

    who: str
    name: str
    level: int
    word: str
    room: str
    carries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A specialist partner to consult."""

    id: str
    name: str
    offers: str
    known_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One need, with what is known about it; `way` is where to begin."""

    code: str
    label: str
    way: str
    mine: int
    myself: str
    together: str
    elsewhere: str
    able: tuple[Someone, ...]
    others: tuple[Someone, ...]
    outside: tuple[Partner, ...]

    @property
    def first(self) -> Someone | None:
        """Return whom to ask first: somebody who can do it, else who knows a little."""
        return next(iter((*self.able, *self.others)), None)


def card(found: ForNeed) -> Card:
    """Return what is known about one need, as it is shown."""
    able = [each for each in found.colleagues if each.level >= DO]
    others = [each for each in found.colleagues if each.level < DO]
    label = found.need.label(language())
    return Card(
        code=found.need.id,
        label=label[:1].upper() + label[1:],
        way=found.way.value,
        mine=found.mine,
        myself=_myself(found),
        together=_together(len(able), len(others)),
        elsewhere=_elsewhere(len(found.outside)),
        able=tuple(_someone(each) for each in able),
        others=tuple(_someone(each) for each in others),
        outside=tuple(_partner(each) for each in found.outside),
    )


def _myself(found: ForNeed) -> str:
    if found.mine >= DO:
        return gettext("You can do this yourself.")
    if found.mine == CLARIFY:
        return gettext("You can make the question clear. Take somebody along for the rest.")
    if found.mine:
        return gettext("You have heard of it. Take somebody along.")
    return gettext("You told nothing about this yet.")


def _together(able: int, others: int) -> str:
    if able:
        return ngettext("%(num)s colleague can do this.", "%(num)s colleagues can do this.", able)
    if others:
        return gettext("Nobody of us can do it whole; some know a part of it.")
    return gettext("None of us told that they know this.")


def _elsewhere(outside: int) -> str:
    if outside:
        return ngettext(
            "%(num)s specialist partner knows this.",
            "%(num)s specialist partners know this.",
            outside,
        )
    return gettext("We know no specialist partner for this. Put it to the team.")


def _someone(each: Knowing) -> Someone:
    return Someone(
        who=f"team:{each.worker.id}",
        name=each.worker.name,
        level=each.level,
        word=word(each.level),
        room=str(ROOM[each.load.room]),
        carries=_carries(each.load),
    )


def _carries(load: Load) -> str:
    told = ngettext("leads %(num)s inhabitant", "leads %(num)s inhabitants", load.cases)
    cases = told if load.cases else gettext("leads nobody now")
    if not load.minutes:
        return cases
    hours = f"{load.minutes / 60:.1f}".removesuffix(".0")
    hours = hours if language() == "en" else hours.replace(".", ",")
    return gettext("%(cases)s, %(hours)s hours a week", cases=cases, hours=hours)


def _partner(each: Outside) -> Partner:
    known = (
        gettext("%(names)s know them", names=", ".join(each.known_by))
        if len(each.known_by) > 1
        else gettext("%(name)s knows them", name=each.known_by[0])
        if each.known_by
        else gettext("none of us has met them yet")
    )
    return Partner(
        id=each.organization.id,
        name=each.organization.name,
        offers=", ".join(each.offers),
        known_by=known,
    )
