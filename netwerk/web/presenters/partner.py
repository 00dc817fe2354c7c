"""A partner and a volunteer, in the words of the page about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from babel import Locale
from flask_babel import gettext, ngettext

from netwerk.domain.directory import Need, Service
from netwerk.domain.ids import NodeId
from netwerk.domain.places import Place
from netwerk.domain.records import Node, Properties, Value, day, text
from netwerk.domain.schedule import Schedule
from netwerk.graph.partner import Contact
from netwerk.usecases.partners import Acquaintance, Offered, PartnerRead, VolunteerRead
from netwerk.web.context import schema_label
from netwerk.web.language import ago, language
from netwerk.web.presenters.schedule import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A way to reach somebody: where a link leads, and what it says."""

    link: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place as it is told; `at` only where it may be drawn."""

    lines: tuple[str, ...]
    access: tuple[str, ...]
    masked: bool
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCard:
    """What a partner offers, with facts as pairs of a word and what it is."""

    id: str
    name: str
    told: str
    needs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    volunteers: tuple[tuple[NodeId, str], ...]
    checked: str


def checked(properties: Properties, today: date) -> str:
    """Say when something was asked after, and by whom."""
    on, by = day(properties, "verified_on"), text(properties, "verified_by")
    if on is None:
        return gettext("not checked yet")
    when = gettext("checked %(when)s", when=ago(on, today))
    return f"{when}, {by}" if by else when


def reaches(properties: Properties) -> list[Reach]:
    """Return how to reach something: by phone first. An address that is none is left out."""
    found = []
    if phone := text(properties, "phone"):
        found.append(Reach(link=f"tel:{phone_link(phone)}", told=phone))
    if email := text(properties, "email"):
        found.append(Reach(link=f"mailto:{email}", told=email))
    if url := text(properties, "url"):
        whole = url if "://" in url else f"https://{url}"
        if urlsplit(whole).scheme in {"http", "https"}:
            found.append(Reach(link=whole, told=url))
    return found


def contact_reaches(contact: Contact) -> list[Reach]:
    """Return how to reach somebody in their role."""
    return reaches({"phone": contact.phone, "email": contact.email})


def phone_link(phone: str) -> str:
    """Return a phone number as a link has it."""
    return "".join(c for c in phone if c.isdigit() or c == "+")


def spots(places: Iterable[Place]) -> list[Spot]:
    """Return places as they are told."""
    return [_spot(place) for place in places]


def offers(read: PartnerRead, today: date) -> list[OfferCard]:
    """Return what a partner offers, by name."""
    own = {place.id for place in read.places}
    return [_offer(each, own, today) for each in read.offers if each.service.held_on(today)]


def known(every: Iterable[Acquaintance], today: date) -> list[str]:
    """Say who knows the partner, and how well; the own team first."""
    return [_known(each, today) for each in every]


def tongues(codes: Iterable[str]) -> list[str]:
    """Return what languages are called."""
    names = Locale(language()).languages
    return [str(names.get(code.casefold(), code)) for code in codes]


def free_places(free: int | None) -> str:
    """Say how many places are free."""
    if free is None:
        return gettext("places not known")
    if free == 0:
        return gettext("full at the moment")
    return gettext("1 place free") if free == 1 else gettext("%(n)s places free", n=free)


def volunteer_facts(read: VolunteerRead, today: date, *, keeps: bool) -> list[tuple[str, str]]:
    """Return what may be read about a volunteer; `keeps`: by who keeps the volunteers."""
    facts = [
        (gettext("Languages"), ", ".join(tongues(read.person.languages))),
        (gettext("Room for more"), free_places(read.free)),
        (gettext("Would rather not"), read.rather_not),
        (gettext("Certificate of conduct"), _conduct(read, today, keeps=keeps)),
        (gettext("Part of town"), read.area),
    ]
    if keeps:
        facts += [(gettext("Reach"), each.told) for each in reaches(read.node.properties)]
    return [(name, told) for name, told in facts if told]


def _conduct(read: VolunteerRead, today: date, *, keeps: bool) -> str:
    if read.vog_on is None:
        return gettext("not known")
    if not keeps:
        return gettext("yes")
    return gettext("of %(when)s", when=ago(read.vog_on, today))


def _spot(place: Place) -> Spot:
    access = [] if not place.accessibility else [place.accessibility]
    if place.wheelchair is not None:
        access.insert(
            0,
            gettext("accessible with a wheelchair")
            if place.wheelchair
            else gettext("not accessible with a wheelchair"),
        )
    if place.masked:
        lines = [gettext("The address is secret. Call first."), place.area]
    else:
        lines = [place.name, place.address, f"{place.postcode} {place.city}".strip(), place.area]
    return Spot(
        lines=tuple(dict.fromkeys(line for line in lines if line)),
        access=tuple(access),
        masked=place.masked,
        at=place.point,
    )


def _offer(offered: Offered, own: set[NodeId], today: date) -> OfferCard:
    service = offered.service
    elsewhere = [place for place in offered.places if place.id not in own]
    where = [", ".join(_spot(place).lines) for place in elsewhere]
    return OfferCard(
        id=service.id,
        name=service.name,
        told=text(service.properties, "description") or "",
        needs=need_labels(offered.needs),
        facts=tuple(service_facts(service, where)),
        volunteers=offered.volunteers,
        checked=checked(service.properties, today),
    )


def need_labels(needs: Iterable[Need]) -> tuple[str, ...]:
    """Return what needs are called."""
    return tuple(need.label(language()) for need in needs)


def service_facts(service: Service, where: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the facts of an offer that are known, in the order in which people ask for them."""
    facts = service.properties
    hours = in_words(Schedule.read(facts))
    payment = schema_label("payment", text(facts, "payment"))
    cost = text(facts, "cost") or ""
    told = [
        (gettext("When"), "; ".join(hours) or text(facts, "schedule") or ""),
        (gettext("Where"), "; ".join(where) or _delivered(service)),
        (gettext("For whom"), ", ".join(filter(None, (text(facts, "audience"), ages(service))))),
        (gettext("Costs"), cost or payment),
        (gettext("How to apply"), text(facts, "how_to_apply") or ""),
        (gettext("Languages"), _languages(facts.get("languages"))),
        (gettext("Access"), schema_label("formality", service.formality.value)),
        (gettext("Room"), _room(service)),
        *((gettext("Reach"), each.told) for each in reaches(facts)),
    ]
    return [(name, each) for name, each in told if each]


def ages(service: Service) -> str:
    """Say for which ages something is meant."""
    least, most = service.age_min, service.age_max
    if least is not None and most is not None:
        return gettext("from %(least)s to %(most)s years", least=least, most=most)
    if least is not None:
        return gettext("from %(least)s years", least=least)
    return gettext("up to %(most)s years", most=most) if most is not None else ""


def _delivered(service: Service) -> str:
    return schema_label("delivery", service.delivery) if service.comes_to_you else ""


def _languages(codes: Value | None) -> str:
    every = [] if isinstance(codes, str) or not isinstance(codes, Sequence) else list(codes)
    # That Dutch is spoken goes without saying.
    return "" if every == ["nl"] else ", ".join(tongues(str(code) for code in every))


def _room(service: Service) -> str:
    if service.capacity is None:
        return ""
    return free_places(max(0, service.capacity - service.load))


def _known(each: Acquaintance, today: date) -> str:
    told = [schema_label("warmth", each.warmth)]
    if each.through:
        told.append(gettext("knows %(who)s", who=each.through))
    if each.last_met is not None:
        told.append(gettext("last met %(when)s", when=ago(each.last_met, today)))
    return f"{each.name}: {', '.join(part for part in told if part)}"


def verified(node: Node, today: date) -> str:
    """Say when a record was asked after."""
    return checked(node.properties, today)


def count_known(every: Sequence[Acquaintance]) -> str:
    """Say how many of the own team know the partner."""
    own = {each.name for each in every if each.of_team}
    if not own:
        return gettext("Nobody of your team knows them yet.")
    return ngettext("%(num)s of your team knows them.", "%(num)s of your team know them.", len(own))
