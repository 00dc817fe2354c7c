"""Which entries are what was asked, and how many there would be with another value of a filter."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from netwerk.domain.cards import Offered
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point, Properties
from netwerk.domain.schedule import Schedule
from netwerk.graph.listing import Listing
from netwerk.graph.typed import ancestors
from netwerk.graph.where import Where

YES: Final = "yes"
"""The value of a filter that one can only ask for."""


class Facet(StrEnum):
    """A filter whose values are counted."""

    KIND = "kind"
    NEED = "need"
    ORGANIZATION_KIND = "organization_kind"
    VERIFIED = "verified"
    KNOWN = "known"
    FORMALITY = "formality"
    PAYMENT = "payment"
    LANGUAGE = "language"
    WHEELCHAIR = "wheelchair"
    OPEN = "open"
    FREE = "free"


Facets: TypeAlias = Mapping[Facet, Mapping[str, int]]
Values: TypeAlias = Mapping[Facet, Collection[str]]
_OF_ENTRY: Final[tuple[Facet, ...]] = (
    Facet.KIND,
    Facet.ORGANIZATION_KIND,
    Facet.VERIFIED,
    Facet.KNOWN,
)
_OF_OFFER: Final[tuple[Facet, ...]] = tuple(each for each in Facet if each not in _OF_ENTRY)


class Order(StrEnum):
    """What stands first."""

    DISTANCE = "distance"
    RELEVANCE = "relevance"
    WARMTH = "warmth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the directory. What is empty or None is not asked.

    `needs`: each with everything below it. `open_at`: a moment (see `schedule.next_time` for a
    weekday and hour). `free`: with room left, as far as known. `known`: warm, cold. What is asked
    of an offer must hold of one and the same offer of an organization.
    """

    typed: str = ""
    language: str = "nl"
    kinds: frozenset[ItemKind] = frozenset()
    needs: frozenset[NeedId] = frozenset()
    organization_kinds: frozenset[str] = frozenset()
    formalities: frozenset[Formality] = frozenset()
    payments: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    age: int | None = None
    wheelchair: bool = False
    open_at: datetime | None = None
    free: bool = False
    verified_since: date | None = None
    known: frozenset[str] = frozenset()
    point: Point | None = None
    area: NodeId | None = None
    radius: float = 5000.0
    order: Order = Order.DISTANCE
    most: int = 50

    def values(self, facet: Facet) -> frozenset[str]:
        """Return the values that are asked of a facet; empty: any will do."""
        yes, nothing = frozenset({YES}), frozenset[str]()
        every: Mapping[Facet, frozenset[str]] = {
            Facet.KIND: frozenset(map(str, self.kinds)),
            Facet.NEED: frozenset(map(str, self.needs)),
            Facet.ORGANIZATION_KIND: self.organization_kinds,
            Facet.VERIFIED: yes if self.verified_since else nothing,
            Facet.KNOWN: self.known,
            Facet.FORMALITY: frozenset(map(str, self.formalities)),
            Facet.PAYMENT: self.payments,
            Facet.LANGUAGE: self.languages,
            Facet.WHEELCHAIR: yes if self.wheelchair else nothing,
            Facet.OPEN: yes if self.open_at else nothing,
            Facet.FREE: yes if self.free else nothing,
        }
        return every[facet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an answer depends on beside the question.

    `now` is the moment and `since` the day that the counts of OPEN and VERIFIED are about, also
    where they are not asked; `on` is the day on which offers are held.
    """

    parents: Mapping[NeedId, NeedId | None]
    now: datetime
    since: date
    on: date
    holidays: Container[date] = ()
    where: Where = field(default_factory=Where)


@dataclass(slots=True)
class Judged:
    """The listings that are what was asked, and the counts."""

    kept: list[Listing] = field(default_factory=list)
    counts: dict[Facet, Counter[str]] = field(
        default_factory=lambda: {facet: Counter() for facet in Facet}
    )


class Judge:
    """Holds listings to a question."""

    def __init__(self, asked: Asked, terms: Terms) -> None:
        """Take the question."""
        self._asked = asked
        self._terms = terms
        self._since = (asked.verified_since or terms.since).isoformat()
        self._wanted = {facet: asked.values(facet) for facet in Facet}
        self._filters = [facet for facet, values in self._wanted.items() if values]
        self._above: dict[frozenset[str], frozenset[str]] = {}
        self._open: dict[tuple[tuple[str, ...], bool], bool] = {}
        self._found = Judged()

    def judge(self, listings: Iterable[Listing]) -> Judged:
        """Return which of all so far pass; a facet counts what passes every other filter."""
        for each in listings:
            if each.held and self._inside(each):
                self._count(each, self._found)
        return self._found

    def _count(self, listing: Listing, found: Judged) -> None:
        own = self._of_listing(listing)
        missed = self._missed(own)
        if len(missed) > 1:
            return
        suited = self._suited(listing) if listing.offers else [self._without(listing)]
        offers = [(values, self._missed(values)) for values in suited]
        if any(not lacks for _, lacks in offers):
            if not missed:
                found.kept.append(listing)
            for facet in missed or _OF_ENTRY:
                found.counts[facet].update(own[facet])
        for facet in () if missed else _OF_OFFER:
            fitting = {v for values, lacks in offers if lacks <= {facet} for v in values[facet]}
            found.counts[facet].update(fitting)

    def _missed(self, values: Values) -> set[Facet]:
        wanted = self._wanted
        return {
            facet
            for facet in self._filters
            if facet in values and wanted[facet].isdisjoint(values[facet])
        }

    def _suited(self, listing: Listing) -> Iterable[Values]:
        """Return what holds of the offers that are meant for the age that is asked."""
        age, talents = self._asked.age, listing.item.card.needs
        return (
            self._of_offer(each, talents)
            for each in listing.offers
            if age is None or each.suits_age(age)
        )

    def _inside(self, listing: Listing) -> bool:
        where = self._terms.where
        if where.area is None or listing.in_area:
            return True
        return where.inside is not None and any(map(where.inside, listing.item.places))

    def _of_listing(self, listing: Listing) -> Values:
        verified = listing.item.card.verified_on
        return {
            Facet.KIND: (str(listing.item.kind),),
            Facet.ORGANIZATION_KIND: {each.kind for each in listing.hosts if each.kind},
            Facet.VERIFIED: _yes(verified is not None and verified >= self._since),
            Facet.KNOWN: listing.warmths,
        }

    def _of_offer(self, offer: Offered, talents: Iterable[str]) -> Values:
        return {
            Facet.NEED: self._needs(frozenset((*offer.needs, *talents))),
            Facet.FORMALITY: (offer.formality,),
            Facet.PAYMENT: (offer.payment,) if offer.payment else (),
            Facet.LANGUAGE: offer.languages,
            Facet.WHEELCHAIR: _yes(offer.wheelchair),
            Facet.OPEN: _yes(self._is_open(offer)),
            Facet.FREE: _yes(offer.has_room),
        }

    def _without(self, listing: Listing) -> Values:
        """Return what holds of who has no offers: what for, and whether one can come in."""
        nothing: Values = dict.fromkeys(_OF_OFFER, ())
        wheelchair = _yes(listing.item.card.wheelchair)
        return {
            **nothing,
            Facet.NEED: self._needs(listing.needs),
            Facet.WHEELCHAIR: wheelchair,
        }

    def _is_open(self, offer: Offered) -> bool:
        # Many keep the same hours: each are read once for a question.
        hours = offer.hours, offer.open_on_holidays
        found = self._open.get(hours)
        if found is None:
            facts: Properties = {
                "hours": offer.hours,
                "open_on_holidays": offer.open_on_holidays,
            }
            moment = self._asked.open_at or self._terms.now
            found = Schedule.read(facts).open_at(moment, self._terms.holidays)
            self._open[hours] = found
        return found

    def _needs(self, needs: frozenset[str]) -> frozenset[str]:
        """Return needs with all that they are below."""
        found = self._above.get(needs)
        if found is None:
            known = (NeedId(NodeId(each)) for each in needs)
            above = (up for need in known for up in ancestors(need, self._terms.parents))
            found = self._above[needs] = frozenset({*needs, *above})
        return found


def _yes(holds: bool) -> Sequence[str]:  # noqa: FBT001 -- a claim becomes a value
    return (YES,) if holds else ()
