"""What if somebody falls away, who gives what, and what is otherwise than then: in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from netwerk.domain.ids import PersonId
from netwerk.graph.certainty import Certainty, Ground
from netwerk.graph.changes import Changes, Told
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import SUPPORT, Dropout, Strength
from netwerk.web.context import schema_label
from netwerk.web.presenters.network import closeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Somebody who gives support, and what remains without them."""

    person: PersonId
    name: str
    remains: str
    chosen: bool
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What is otherwise than on the earlier day, in words."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]


def givers(file: PersonFile, found: Strength, chosen: str) -> list[Giver]:
    """Return who gives support, the worst to lose first; of the chosen one all that remains."""
    return [
        Giver(
            person=each.person,
            name=_name(file, each.person),
            remains=_left(found, each),
            chosen=each.person == chosen,
            told=_without(found, each) if each.person == chosen else (),
        )
        for each in found.dropout
    ]


def support(file: PersonFile, found: Strength) -> list[tuple[str, str]]:
    """Return each kind of support with the names of who gives it."""
    return [
        (
            schema_label("support", kind),
            ", ".join(_name(file, each) for each in who) or gettext("nobody"),
        )
        for kind, who in found.support.by_type.items()
    ]


def sureness(rests: Mapping[str, Certainty]) -> dict[str, str]:
    """Return for every measure in one phrase how much it rests on."""
    return {key: _rests_on(each) for key, each in rests.items()}


def otherwise(then: PersonFile, now: PersonFile, found: Changes) -> Otherwise:
    """Return what came, went and changed, in words."""
    changed = ((_name(now, c.person), _changed(c.before, c.after)) for c in found.changed)
    return Otherwise(
        came=tuple(_name(now, each) for each in found.came),
        went=tuple(_name(then, each) for each in found.went),
        changed=tuple(changed),
    )


def _name(file: PersonFile, who: PersonId) -> str:
    return file.name(who) or gettext("without a name")


def _left(found: Strength, each: Dropout) -> str:
    return gettext(
        "%(some)s of %(all)s kinds of support stay",
        some=round(each.coverage * len(SUPPORT)),
        all=len(SUPPORT) - len(found.support.missing),
    )


def _without(found: Strength, each: Dropout) -> tuple[str, ...]:
    left = found.support.without(each.person)
    stays = [kind for kind in SUPPORT if left.by_type[kind]]
    goes = [kind for kind in left.missing if found.support.by_type[kind]]
    told = [
        gettext("What stays: %(kinds)s.", kinds=_kinds(stays)),
        gettext("What goes: %(kinds)s.", kinds=_kinds(goes)),
    ]
    return (*told, _groups(found, each))


def _groups(found: Strength, each: Dropout) -> str:
    before = found.measures["components"]
    if each.components is None or before is None:
        return gettext("It was not asked who knows whom, so groups are not known.")
    if each.components == 0:
        return gettext("Nobody else is left.")
    if each.components == before:
        return ngettext(
            "The others stay %(num)s group.", "The others stay %(num)s groups.", each.components
        )
    return ngettext(
        "The others are then %(num)s group, now it is %(before)s.",
        "The others are then %(num)s groups, now it is %(before)s.",
        each.components,
        before=before,
    )


def _kinds(kinds: list[str] | tuple[str, ...]) -> str:
    return ", ".join(schema_label("support", kind) for kind in kinds) or gettext("nothing")


def _changed(before: Told, after: Told) -> str:
    told = []
    if before.closeness != after.closeness:
        told.append((gettext("how close"), closeness(before.closeness), closeness(after.closeness)))
    if before.contact != after.contact:
        told.append((gettext("contact"), _contact(before), _contact(after)))
    if before.support != after.support:
        told.append((gettext("support"), _kinds(before.support), _kinds(after.support)))
    return "; ".join(
        gettext("%(what)s: first %(was)s, then %(now)s", what=what, was=was, now=now)
        for what, was, now in told
    )


def _contact(told: Told) -> str:
    words = (schema_label("contact", each) for each in told.contact)
    return ", ".join(words) or gettext("not said")


def _rests_on(each: Certainty) -> str:
    told = {"known": each.known, "every": each.every}
    match each.ground:
        case Ground.PEOPLE:
            return ngettext("Rests on %(num)s person.", "Rests on %(num)s people.", each.known)
        case Ground.PAIRS:
            return ngettext(
                "Who knows whom was asked: %(num)s pair was named.",
                "Who knows whom was asked: %(num)s pairs were named.",
                each.known,
            )
        case Ground.NOT_ASKED:
            return gettext("Who knows whom was not asked.")
        case Ground.CLOSENESS:
            return gettext("How close is known of %(known)s of %(every)s people.", **told)
        case Ground.HOMES:
            return gettext("The home is known of %(known)s of %(every)s people.", **told)
        case Ground.GIVERS:
            return gettext("What is given back is told of %(known)s of %(every)s people.", **told)
