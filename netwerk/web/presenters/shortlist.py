"""The short list: as its worker keeps it, and as a letter to the inhabitant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from netwerk.domain.directory import Service
from netwerk.domain.places import Place
from netwerk.domain.records import Properties, text
from netwerk.domain.schedule import Schedule
from netwerk.graph.partner import Contact
from netwerk.usecases.shortlist import Entry, Listed
from netwerk.web.context import schema_label
from netwerk.web.language import metres
from netwerk.web.presenters.partner import need_labels
from netwerk.web.presenters.schedule import in_words

_DETOUR: Final = 1.3
_ON_FOOT: Final = 1500.0
_BY_BIKE: Final = 7000.0
_STROLL: Final = 65.0
_RIDE: Final = 220.0
"""Metres a minute, of who takes their time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something on the list: what it is called, and answers to what one would ask."""

    number: int
    record: str
    title: str
    by: str
    sentence: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    gone: bool


def told(listed: Listed) -> list[Told]:
    """Return what is on the list; what is no longer there says so."""
    return [_told(number, entry) for number, entry in enumerate(listed.entries, 1)]


def letter(listed: Listed) -> list[Told]:
    """Return what goes on paper: what is no longer there does not."""
    kept = (entry for entry in listed.entries if not entry.gone)
    return [_told(number, entry) for number, entry in enumerate(kept, 1)]


def _told(number: int, entry: Entry) -> Told:
    by = ", ".join(entry.by)
    if entry.gone:
        title = entry.name or gettext("Something that is no longer there")
    elif entry.volunteer:
        title = entry.name or gettext("A volunteer")
    else:
        title = entry.name
    return Told(
        number=number,
        record=entry.item.record,
        title=title,
        by="" if entry.volunteer or by == title else by,
        sentence=entry.item.sentence,
        facts=() if entry.gone else _facts(entry),
        gone=entry.gone,
    )


def _facts(entry: Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if entry.volunteer:
        helps = gettext("%(what)s. Your contact brings you together.", what=", ".join(entry.by))
        return ((gettext("Helps with"), (helps,)),)
    facts = [
        (gettext("What is it?"), _what(entry)),
        (gettext("When?"), _when(entry.service)),
        (gettext("Where?"), _where(entry)),
        (gettext("How do you get there?"), _way(entry)),
        (gettext("Whom can you ask for?"), _whom(entry.contacts)),
        (gettext("Phone"), _phones(entry)),
        (gettext("What does it cost?"), _costs(entry.service)),
        (gettext("How do you begin?"), _begin(entry.service)),
    ]
    return tuple((name, lines) for name, lines in facts if lines)


def _what(entry: Entry) -> tuple[str, ...]:
    about = entry.service.properties if entry.service else entry.organization or {}
    described = text(about, "description") or ""
    if described or not entry.needs:
        return _lines(described)
    return (gettext("For: %(needs)s.", needs=", ".join(need_labels(entry.needs))),)


def _when(service: Service | None) -> tuple[str, ...]:
    if service is None:
        return ()
    hours = tuple(in_words(Schedule.read(service.properties)))
    return hours or _lines(text(service.properties, "schedule"))


def _where(entry: Entry) -> tuple[str, ...]:
    if entry.service is not None and entry.service.comes_to_you:
        at_home = entry.service.delivery == "at_home"
        return (gettext("At your home.") if at_home else gettext("Online or by phone."),)
    return tuple(line for place in entry.places for line in _place(place))


def _place(place: Place) -> tuple[str, ...]:
    if place.masked:
        return (gettext("The address is secret. Call first, or ask your contact."),)
    town = " ".join(filter(None, (place.postcode, place.city)))
    return tuple(dict.fromkeys(filter(None, (place.name, place.address, town))))


def _way(entry: Entry) -> tuple[str, ...]:
    lines = []
    if (away := entry.distance_m) is not None:
        lines.append(_minutes(away))
    if any(place.wheelchair for place in entry.places):
        lines.append(gettext("You can get in with a wheelchair."))
    lines += [place.accessibility for place in entry.places if place.accessibility]
    return tuple(lines)


def _minutes(away: float) -> str:
    about = metres(away)
    if away <= _ON_FOOT:
        minutes = max(1, round(away * _DETOUR / _STROLL))
        if minutes == 1:
            return gettext("About %(distance)s from your home: a minute on foot.", distance=about)
        return gettext(
            "About %(distance)s from your home: some %(minutes)s minutes on foot.",
            distance=about,
            minutes=minutes,
        )
    if away <= _BY_BIKE:
        return gettext(
            "About %(distance)s from your home: some %(minutes)s minutes by bike.",
            distance=about,
            minutes=round(away * _DETOUR / _RIDE),
        )
    return gettext("About %(distance)s from your home.", distance=about)


def _whom(contacts: Iterable[Contact]) -> tuple[str, ...]:
    return tuple(
        ", ".join(filter(None, (each.name, schema_label("contact_role", each.role))))
        for each in contacts
        if each.name
    )


def _phones(entry: Entry) -> tuple[str, ...]:
    known = [each.phone for each in entry.contacts]
    known += [text(about, "phone") or "" for about in _about(entry)]
    return tuple(dict.fromkeys(filter(None, known)))[:2]


def _about(entry: Entry) -> list[Properties]:
    service = entry.service.properties if entry.service else {}
    return [service, entry.organization or {}]


def _costs(service: Service | None) -> tuple[str, ...]:
    if service is None:
        return ()
    facts = service.properties
    return _lines(text(facts, "cost") or schema_label("payment", text(facts, "payment")))


def _begin(service: Service | None) -> tuple[str, ...]:
    return () if service is None else _lines(text(service.properties, "how_to_apply"))


def _lines(said: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (said or "").splitlines()))
