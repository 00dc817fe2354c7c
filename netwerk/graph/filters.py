"""Which entries are what was asked, and how many there would be with another value of a filter."""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point, text
from netwerk.graph.entries import Entry, Offer
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
_OF_ENTRY: Final[tuple[Facet, ...]] = (
    Facet.KIND,
    Facet.NEED,
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
    """The entries that are what was asked, and the counts."""

    kept: list[Entry] = field(default_factory=list)
    counts: dict[Facet, Counter[str]] = field(
        default_factory=lambda: {facet: Counter() for facet in Facet}
    )


class Judge:
    """Holds entries to a question."""

    def __init__(self, asked: Asked, terms: Terms) -> None:
        """Take the question."""
        self._asked = asked
        self._terms = terms
        self._wanted = {facet: asked.values(facet) for facet in Facet}

    def judge(self, entries: Iterable[Entry]) -> Judged:
        """Return which entries pass; a facet counts what passes every other filter."""
        found = Judged()
        for entry in entries:
            if entry.held and self._inside(entry):
                self._count(entry, found)
        return found

    def _count(self, entry: Entry, found: Judged) -> None:
        own = {facet: self._of_entry(facet, entry) for facet in _OF_ENTRY}
        missed = self._missed(own)
        if len(missed) > 1:
            return
        suited = [offer for offer in entry.offers if self._suits(offer)]
        every = [{facet: self._of_offer(facet, offer) for facet in _OF_OFFER} for offer in suited]
        offers = [(values, self._missed(values)) for values in every]
        if any(not lacks for _, lacks in offers):
            if not missed:
                found.kept.append(entry)
            for facet in missed or _OF_ENTRY:
                found.counts[facet].update(own[facet])
        for facet in () if missed else _OF_OFFER:
            fitting = (values[facet] for values, lacks in offers if lacks <= {facet})
            found.counts[facet].update(frozenset[str]().union(*fitting))

    def _missed(self, values: Mapping[Facet, Collection[str]]) -> set[Facet]:
        wanted = self._wanted
        return {
            facet
            for facet, those in values.items()
            if wanted[facet] and wanted[facet].isdisjoint(those)
        }

    def _suits(self, offer: Offer) -> bool:
        return self._asked.age is None or (
            offer.service is not None and offer.service.suits_age(self._asked.age)
        )

    def _inside(self, entry: Entry) -> bool:
        where = self._terms.where
        if where.area is None or where.area in entry.areas:
            return True
        return where.inside is not None and any(map(where.inside, entry.item.places))

    def _of_entry(self, facet: Facet, entry: Entry) -> frozenset[str]:
        match facet:
            case Facet.KIND:
                return frozenset({str(entry.item.kind)})
            case Facet.NEED:
                return self._needs(entry)
            case Facet.ORGANIZATION_KIND:
                kinds = (text(each.properties, "kind") for each in entry.organizations)
                return frozenset(kind for kind in kinds if kind)
            case Facet.VERIFIED:
                since = self._asked.verified_since or self._terms.since
                return _yes(entry.verified_on is not None and entry.verified_on >= since)
            case _:
                return frozenset(each.warmth for each in entry.acquaintances)

    def _of_offer(self, facet: Facet, offer: Offer) -> frozenset[str]:
        match facet:
            case Facet.FORMALITY:
                return frozenset({str(offer.service.formality)} if offer.service else ())
            case Facet.PAYMENT:
                return frozenset({offer.payment} if offer.payment else ())
            case Facet.LANGUAGE:
                return frozenset(offer.languages)
            case Facet.WHEELCHAIR:
                return _yes(offer.wheelchair)
            case Facet.OPEN:
                moment = self._asked.open_at or self._terms.now
                return _yes(offer.schedule.open_at(moment, self._terms.holidays))
            case _:
                return _yes(offer.has_room)

    def _needs(self, entry: Entry) -> frozenset[str]:
        above = (up for need in entry.needs for up in ancestors(need, self._terms.parents))
        return frozenset({*entry.needs, *above})


def _yes(holds: bool) -> frozenset[str]:  # noqa: FBT001 -- a claim becomes a value
    return frozenset({YES} if holds else ())
