"""What was found on the map, as rows; and the filters with how many each would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from flask import url_for
from flask_babel import gettext, ngettext

from netwerk.domain.directory import Need
from netwerk.domain.hours import DAYS
from netwerk.domain.ids import NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point, text
from netwerk.graph.calendar import public_holidays
from netwerk.usecases.areas import Neighbourhood
from netwerk.usecases.finding import Facet, Found, Hit
from netwerk.web.context import schema_label
from netwerk.web.forms.finding import PAGE, SPOT, Sought, radius_choices
from netwerk.web.language import ago, language, metres
from netwerk.web.language import later as _l
from netwerk.web.presenters.partner import tongues
from netwerk.web.presenters.schedule import at_present, weekday

Facets: TypeAlias = Mapping[Facet, Mapping[str, int]]
Areas: TypeAlias = Mapping[str, list[Neighbourhood]]
KINDS: Final = {
    ItemKind.SERVICE: _l("what is offered"),
    ItemKind.ORGANIZATION: _l("organizations"),
    ItemKind.CONTACT: _l("contact persons"),
    ItemKind.VOLUNTEER: _l("volunteers"),
}
_TICKS: Final = (
    ("formality", Facet.FORMALITY, _l("Access")),
    ("organization", Facet.ORGANIZATION_KIND, _l("Kind of organization")),
    ("payment", Facet.PAYMENT, _l("Costs")),
)
_VOCABULARIES: Final = {"organization": "organization_kind"}
_CLAIMS: Final = (
    ("wheelchair", Facet.WHEELCHAIR, _l("is accessible with a wheelchair")),
    ("free", Facet.FREE, _l("with room, as far as we know")),
    ("verified", Facet.VERIFIED, _l("asked after in the last year")),
)
_QUICK: Final = (
    ("day", "now", Facet.OPEN, _l("open now")),
    ("wheelchair", "1", Facet.WHEELCHAIR, _l("wheelchair access")),
    ("known", "any", Facet.KNOWN, _l("known to our team")),
    ("payment", "free", Facet.PAYMENT, _l("free of charge")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One result. `place` is where it is drawn, if that may be; `record` goes on a short list."""

    number: int
    title: str
    link: str
    kind: str
    by: str
    told: str
    facts: tuple[str, ...]
    known: str
    warm: bool
    place: Point | None
    record: NodeId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a filter, and how many results there would be with it."""

    name: str
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Values of one filter, under its name."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All filters, with what is chosen."""

    needs: tuple[Group, ...]
    quick: tuple[Choice, ...]
    ticks: tuple[Group, ...]
    claims: Group
    languages: tuple[Choice, ...]
    days: tuple[tuple[str, str], ...]
    known: tuple[Choice, ...]
    areas: tuple[Group, ...]
    arounds: tuple[Group, ...]
    radii: tuple[tuple[int, str], ...]


def rows(found: Found, sought: Sought, needs: Iterable[Need], now: datetime) -> list[Row]:
    """Return the results of the page that is asked, numbered over all pages."""
    called = {need.id: need.label(language()) for need in needs}
    first = (sought.page - 1) * PAGE
    return [
        _row(number, hit, called, now) for number, hit in enumerate(found.hits[first:], first + 1)
    ]


def panel(found: Found, sought: Sought, needs: Iterable[Need], areas: Areas) -> Panel:
    """Return the filters."""
    facets = found.facets
    kinds = Group(
        label=gettext("What"),
        choices=tuple(
            _choice(sought, facets[Facet.KIND], "kind", kind.value, str(label))
            for kind, label in KINDS.items()
        ),
    )
    ticks = [kinds, *(_ticks(sought, facets[f], name, str(label)) for name, f, label in _TICKS)]
    return Panel(
        needs=tuple(_needs(sought, facets[Facet.NEED], list(needs))),
        quick=tuple(_quick(sought, facets)),
        ticks=tuple(ticks),
        claims=Group(label=gettext("Only what is"), choices=tuple(_claims(sought, facets))),
        languages=tuple(_languages(sought, facets[Facet.LANGUAGE])),
        days=(
            ("now", gettext("open now")),
            *((each, weekday(number)) for number, each in enumerate(DAYS)),
        ),
        known=tuple(_known_by(sought, facets[Facet.KNOWN])),
        areas=tuple(_areas(sought, areas, "area")),
        arounds=tuple(_areas(sought, areas, "around")),
        radii=tuple(radius_choices()),
    )


def status(found: Found, sought: Sought, around: str) -> str:
    """Say how much was found, and around which place."""
    if not found.total:
        return gettext("Nothing found.")
    if found.more:
        told = gettext("More than %(num)s found", num=found.total)
    else:
        told = ngettext("%(num)s found", "%(num)s found", found.total)
    last = pages(found)
    if around:
        told = f"{told}, {around}"
    if last > 1:
        where = gettext("page %(page)s of %(last)s", page=min(sought.page, last), last=last)
        told = f"{told} · {where}"
    return told


def pages(found: Found) -> int:
    """Return how many pages there are."""
    return max(1, -(-found.total // PAGE))


def where(sought: Sought, areas: Areas) -> str:
    """Say around which place is looked, where that is one."""
    if any(sought.spot):
        return gettext("around the place on the map")
    if sought.chosen("around"):
        every = {each.id: each.name for level in areas.values() for each in level}
        return gettext("around %(place)s", place=every.get(NodeId(sought.chosen("around")), "?"))
    return gettext("near home") if sought.person else ""


def chosen(panel_: Panel, sought: Sought, around: str) -> list[tuple[str, str]]:
    """Return what was chosen of the filters, as (what to let go, what it is called).

    What has a button of its own above the results is let go of there.
    """
    groups = [*panel_.ticks, panel_.claims, *panel_.needs, *panel_.areas]
    every = [choice for group in groups for choice in group.choices]
    every += [*panel_.languages, *panel_.known]
    quick = {f"{each.name}:{each.value}" for each in panel_.quick}
    told = [(f"{each.name}:{each.value}", each.label) for each in every if each.chosen]
    told = [(key, label) for key, label in told if key not in quick]
    if around and not sought.near_home:
        told.insert(0, (SPOT if any(sought.spot) else f"around:{sought.chosen('around')}", around))
    days = dict(panel_.days)
    if (day := sought.chosen("day")) and day != "now":
        told.append((f"day:{day}", f"{days[day]}, {sought.chosen('hour') or 10}:00"))
    if age := sought.chosen("age"):
        told.append((f"age:{age}", gettext("for somebody of %(age)s", age=age)))
    return told


def wider(sought: Sought) -> int | None:
    """Return how far one could look instead, if further is possible."""
    return next((each for each, _ in radius_choices() if each > sought.radius), None)


def _row(number: int, hit: Hit, called: Mapping[Any, str], now: datetime) -> Row:
    place = hit.place.point if hit.place is not None and not hit.place.masked else None
    listable = hit.kind is not ItemKind.CONTACT
    return Row(
        number=number,
        title=hit.name or gettext("without a name"),
        link=_link(hit),
        kind=_kind(hit),
        by=", ".join(each.name for each in hit.organizations if each.id != hit.node),
        told=_told(hit, called),
        facts=tuple(fact for fact in _facts(hit, now) if fact),
        known=_known(hit, now),
        warm=any(each.warmth == "warm" for each in hit.acquaintances),
        place=place,
        record=hit.node if listable else None,
    )


def _link(hit: Hit) -> str:
    if hit.kind is ItemKind.VOLUNTEER:
        return url_for("directory.volunteer", volunteer=hit.node)
    if hit.kind is ItemKind.ORGANIZATION:
        return url_for("directory.partner", organization=hit.node)
    if not hit.organizations:
        return ""
    anchor = hit.node if hit.kind is ItemKind.SERVICE else "contacts"
    return url_for("directory.partner", organization=hit.organizations[0].id, _anchor=anchor)


def _kind(hit: Hit) -> str:
    match hit.kind:
        case ItemKind.CONTACT:
            return schema_label("contact_role", hit.role) or gettext("contact person")
        case ItemKind.VOLUNTEER:
            return gettext("volunteer")
        case ItemKind.ORGANIZATION:
            return schema_label("organization_kind", hit.organization_kind)
        case ItemKind.SERVICE:
            formality = hit.service.formality.value if hit.service else None
            return schema_label("formality", formality)


def _told(hit: Hit, called: Mapping[Any, str]) -> str:
    if hit.offers:
        return ", ".join(each.name for each in hit.offers[:4])
    return ", ".join(called[each] for each in hit.needs[:4] if each in called)


def _facts(hit: Hit, now: datetime) -> list[str]:
    service = hit.service
    facts = service.properties if service else {}
    payment = schema_label("payment", hit.payment)
    return [
        _distance(hit),
        _open(hit, now) or text(facts, "schedule") or "",
        text(facts, "how_to_apply") or "",
        text(facts, "cost") or payment,
        "" if hit.has_room else gettext("full at the moment"),
        gettext("wheelchair access") if hit.wheelchair and not hit.comes_to_you else "",
        ", ".join(tongues(hit.languages)) if set(hit.languages) - {"nl"} else "",
        hit.phone or "",
    ]


def _distance(hit: Hit) -> str:
    if hit.comes_to_you and hit.service is not None:
        return schema_label("delivery", hit.service.delivery)
    if hit.place is not None and hit.place.masked:
        return gettext("the address is secret")
    if hit.distance_m is None:
        return ""
    if hit.kind is ItemKind.VOLUNTEER:
        return gettext("lives within %(distance)s", distance=metres(hit.distance_m))
    return metres(hit.distance_m)


def _open(hit: Hit, now: datetime) -> str:
    return at_present(hit.schedule, now, public_holidays())


def _known(hit: Hit, now: datetime) -> str:
    if not hit.acquaintances:
        return ""
    first = hit.acquaintances[0]
    told = gettext(
        "%(name)s knows them: %(warmth)s",
        name=first.name,
        warmth=schema_label("warmth", first.warmth),
    )
    if first.last_met is not None:
        told = f"{told}, {gettext('last met %(when)s', when=ago(first.last_met, now.date()))}"
    others = len(hit.acquaintances) - 1
    if others:
        more = ngettext("and %(num)s more colleague", "and %(num)s more colleagues", others)
        told = f"{told} ({more})"
    return told


def _claims(sought: Sought, facets: Facets) -> Iterable[Choice]:
    for name, facet, label in _CLAIMS:
        counts = {"1": sum(facets[facet].values())}
        yield _choice(sought, counts, name, "1", str(label))


def _quick(sought: Sought, facets: Facets) -> Iterable[Choice]:
    """Yield what is asked most, one press each."""
    for name, value, facet, label in _QUICK:
        counts = facets[facet]
        ticked = sought.ticked(name, value)
        count = counts.get(value, 0) if facet is Facet.PAYMENT else sum(counts.values())
        yield Choice(name=name, value=value, label=str(label), count=count, chosen=ticked)


def _choice(sought: Sought, counts: Mapping[str, int], name: str, value: str, label: str) -> Choice:
    ticked = sought.ticked(name, value)
    return Choice(name=name, value=value, label=label, count=counts.get(value, 0), chosen=ticked)


def _ticks(sought: Sought, counts: Mapping[str, int], name: str, label: str) -> Group:
    vocabulary = _VOCABULARIES.get(name, name)
    values = {*counts, *sought.filters.getlist(name)}
    every = [
        _choice(sought, counts, name, value, schema_label(vocabulary, value)) for value in values
    ]
    return Group(label=label, choices=tuple(sorted(every, key=lambda c: (-c.count, c.label))))


def _needs(sought: Sought, counts: Mapping[str, int], needs: list[Need]) -> Iterable[Group]:
    for domain in sorted(needs, key=lambda need: need.label(language()).casefold()):
        if domain.parent is not None:
            continue
        below = [need for need in needs if need.parent == domain.id]
        every = [domain, *sorted(below, key=lambda need: need.label(language()).casefold())]
        choices = tuple(
            _choice(sought, counts, "need", need.id, need.label(language()))
            for need in every
            if counts.get(need.id) or sought.ticked("need", need.id)
        )
        if choices:
            yield Group(label=domain.label(language()), choices=choices)


def _languages(sought: Sought, counts: Mapping[str, int]) -> list[Choice]:
    codes = sorted({*counts, *sought.filters.getlist("language")})
    every = [_choice(sought, counts, "language", code, tongues([code])[0]) for code in codes]
    return sorted(every, key=lambda each: each.label.casefold())


def _known_by(sought: Sought, counts: Mapping[str, int]) -> list[Choice]:
    labels = {"warm": gettext("warm contact"), "any": gettext("known to the team")}
    every = {"warm": counts.get("warm", 0), "any": sum(counts.values())}
    return [_choice(sought, every, "known", key, label) for key, label in labels.items()]


def _areas(sought: Sought, areas: Areas, name: str) -> list[Group]:
    levels = {"district": gettext("Districts"), "neighbourhood": gettext("Neighbourhoods")}
    return [
        Group(
            label=label,
            choices=tuple(
                _choice(sought, {}, name, each.id, each.name) for each in areas.get(level, ())
            ),
        )
        for level, label in levels.items()
    ]
