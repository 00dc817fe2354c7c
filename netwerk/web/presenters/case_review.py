"""A case in casuïstiek: its drawing with roles, its figures then and now, what was tried."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.ids import NodeId
from netwerk.domain.records import parse_day
from netwerk.domain.ties import group_of
from netwerk.graph.anonymous import Figures, RoleInNetwork, Sheet, Tried
from netwerk.graph.strength import SUPPORT
from netwerk.usecases.case_review import Reason, Room, Talked
from netwerk.web.context import schema, schema_label
from netwerk.web.language import language
from netwerk.web.language import later as _l
from netwerk.web.presenters import network
from netwerk.web.presenters.ecomap import Ecomap, Somebody, drawn

REASONS: Final = {
    Reason.STUCK: _l("asks wait for an answer, or only a no came"),
    Reason.LEANS_ON_ONE: _l("most support leans on one person"),
    Reason.SHRINKING: _l("the network grew smaller in half a year"),
    Reason.LONG_EFFORT: _l("the team has been busy with it for long"),
    Reason.REFERRAL: _l("an advice to the municipality is being prepared"),
}
_UNKNOWN: Final = 3
_ORGANIZATION: Final = 2
_OLDEST: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One figure of the network, then and now."""

    name: str
    then: str
    now: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRow:
    """Somebody of the drawing, in the table beside it."""

    name: str
    closeness: str
    contact: str
    support: str
    valence: str
    approach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnScreen:
    """A case as it is shown to the session."""

    letter: str
    about: str
    needs: tuple[str, ...]
    sheet: Sheet
    picture: Ecomap
    rows: tuple[RoleRow, ...]
    compared: tuple[Compared, ...]
    tried: tuple[tuple[str, str], ...]


def on_screen(talked: Talked) -> OnScreen | None:
    """Return a case as the session sees it; None when it was taken back."""
    sheet = talked.sheet
    if sheet is None:
        return None
    return OnScreen(
        letter=talked.item.letter,
        about=_about(sheet),
        needs=tuple(_need(code) for code in sheet.needs),
        sheet=sheet,
        picture=picture(sheet),
        rows=tuple(_row(role) for role in (*sheet.people, *sheet.organizations)),
        compared=compared(sheet),
        tried=tried(sheet.tried),
    )


def picture(sheet: Sheet) -> Ecomap:
    """Draw the network with roles where names would stand."""
    people = [_person(at, role) for at, role in enumerate(sheet.people)]
    people += [_place(at, role) for at, role in enumerate(sheet.organizations)]
    known = [(f"p{one}", f"p{other}") for one, other in sheet.pairs]
    labels = {key: str(label) for key, label in network.SECTORS.items()}
    return drawn(people, labels, known)


def compared(sheet: Sheet) -> tuple[Compared, ...]:
    """Return the figures of now beside those of then, where there are any of then."""
    now = _told(sheet.now)
    then = {} if sheet.then is None else _told(sheet.then)
    return tuple(
        Compared(
            name=str(name),
            then=then.get(key, ""),
            now=told,
            changed=bool(then) and then.get(key) != told,
        )
        for key, name in _FIGURES.items()
        if (told := now[key])
    )


def tried(asks: Sequence[Tried]) -> tuple[tuple[str, str], ...]:
    """Return what was asked as ways and outcomes: the same way is told once, with how often."""
    counts = Counter((_way(each.steps), each.outcome) for each in asks)
    return tuple(
        (
            way if number == 1 else gettext("%(way)s, %(number)s times", way=way, number=number),
            schema_label("outcome", outcome),
        )
        for (way, outcome), number in counts.items()
    )


def prompts() -> list[str]:
    """Return the questions for the talk."""
    every = schema().vocabularies["review_prompt"].values.values()
    return [each.label(language()) for each in every]


def when(room: Room) -> date:
    """Return the day of a session."""
    return parse_day(room.session.on)


def names(room: Room, ids: Sequence[NodeId]) -> list[str]:
    """Return what those who sit in a session are called; who has no name is left out."""
    return [name for each in ids if (name := room.names.get(each, ""))]


def age(sheet: Sheet) -> str:
    """Return the band of an age in words."""
    start = sheet.age_from
    if start is None:
        return gettext("age unknown")
    if start == 0:
        return gettext("under 18")
    if start >= _OLDEST:
        return gettext("90 or older")
    end = 29 if start == 18 else start + 9
    return gettext("%(start)s to %(end)s years", start=start, end=end)


def _about(sheet: Sheet) -> str:
    months = sheet.months_open
    since = (
        ngettext("with us for %(num)s month", "with us for %(num)s months", months)
        if months
        else gettext("new with us")
    )
    return f"{age(sheet)}, {since}"


def _need(code: str) -> str:
    term = schema().needs.get(code)
    return code if term is None else term.label.label(language())


def _name(role: RoleInNetwork, vocabulary: str) -> str:
    label = schema_label(vocabulary, role.kind) or gettext("somebody")
    return label if role.number == 0 else f"{label} {role.number}"


def _person(at: int, role: RoleInNetwork) -> Somebody:
    letters = network.letter_of()
    words = schema_label("valence", role.valence) if role.valence in {"mixed", "stressful"} else ""
    return Somebody(
        key=f"p{at}",
        name=_name(role, "tie_kind"),
        words=words or schema_label("contact", role.contact),
        sector=group_of(role.kind),
        closeness=role.closeness or _UNKNOWN,
        letters="".join(letters[kind] for kind in SUPPORT if kind in role.support),
        approach=role.approach,
        valence=role.valence,
    )


def _place(at: int, role: RoleInNetwork) -> Somebody:
    return Somebody(
        key=f"o{at}",
        name=_name(role, "organization_kind"),
        words=schema_label("participation", role.how),
        sector="organizations",
        closeness=_ORGANIZATION,
        letters="",
        approach=role.approach,
        valence="",
    )


def _row(role: RoleInNetwork) -> RoleRow:
    vocabulary = "organization_kind" if role.how else "tie_kind"
    return RoleRow(
        name=_name(role, vocabulary),
        closeness="" if role.how else network.closeness(role.closeness),
        contact=schema_label("contact", role.contact),
        support=", ".join(schema_label("support", each) for each in role.support),
        valence=schema_label("valence", role.valence),
        approach=schema_label("approach", role.approach),
    )


def _told(found: Figures) -> dict[str, str]:
    share = "" if found.max_share is None else f"{found.max_share} %"
    return {
        "size": str(found.size),
        "close": str(found.close),
        "groups": gettext("not asked") if found.groups is None else str(found.groups),
        "missing": _supports(found.missing),
        "single_giver": _supports(found.single_giver),
        "max_share": share,
        "stressful": str(found.stressful) if found.stressful else "",
    }


def _supports(kinds: Sequence[str]) -> str:
    return ", ".join(schema_label("support", each) for each in kinds) or gettext("nothing")


def _times(way: str, number: int) -> str:
    if number == 1:
        return way
    return gettext("%(way)s, %(number)s times", way=way, number=number)


def _way(steps: Sequence[str]) -> str:
    """Return a way of asking as kinds of people: by a neighbour, at a church."""
    return " → ".join(_step(step) for step in steps) or gettext("a direct question")


def _step(step: str) -> str:
    kind, _, detail = step.partition(".")
    vocabulary = {"tie": "tie_kind", "takes_part": "participation"}.get(kind)
    if vocabulary is not None:
        return schema_label(vocabulary, detail)
    return str(_STEPS.get(kind, kind))


_FIGURES: Final = {
    "size": _l("People around"),
    "close": _l("Of them close"),
    "groups": _l("Loose groups"),
    "missing": _l("Support that nobody gives"),
    "single_giver": _l("Support from one person alone"),
    "max_share": _l("Share of who gives most"),
    "stressful": _l("Who take more than they give"),
}
_STEPS: Final = {
    "acquainted": _l("a colleague who knows somebody there"),
    "role": _l("a contact person"),
    "contact": _l("a contact person"),
    "provides": _l("an organization"),
    "volunteers": _l("a volunteer"),
    "talent": _l("somebody who wants to help"),
    "direct": _l("a direct question"),
}
