"""The search of the directory: what a store returns is filtered, counted and put in order here.

So all stores answer alike. A store returns the first of each group with their cards, by which they
are judged; what is around them is read of those that are shown. It is asked for more, and only for
what can be a hit, where that could change what is shown, and never for more than MOST_LOOKED_AT.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.cards import FREE, WHEELCHAIR, open_at
from netwerk.domain.directory import Need
from netwerk.domain.items import ItemKind, folded
from netwerk.graph.entries import Entry, Reading
from netwerk.graph.filters import Asked, Facets, Judge, Judged, Order, Terms
from netwerk.graph.listing import Listing, Looking
from netwerk.graph.typed import Reader, Term, below
from netwerk.graph.where import Where
from netwerk.ports.finding import Candidates, FindQuery, Wanted
from netwerk.ports.stores import DirectoryView
from netwerk.schema import Schema

AT_FIRST: Final = 400
MOST_LOOKED_AT: Final = 800
"""Items of each group."""
_FIRST: Final = tuple(ItemKind)
"""What stands first of what is alike in all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found, in order: the first of `total`.

    `more`: there may be more that was not looked at. `counted_all`: the counts are of all there is,
    and not only of what was looked at.
    """

    entries: tuple[Entry, ...]
    relevance: Mapping[str, float]
    total: int
    more: bool
    counted_all: bool
    facets: Facets


class Search:
    """One search, through one view, on one day."""

    def __init__(self, view: DirectoryView, needs: Sequence[Need], schema: Schema) -> None:
        """Take what is looked through, the taxonomy and the vocabularies."""
        self._view = view
        self._needs = needs
        self._schema = schema

    def find(self, asked: Asked, terms: Terms, shown: frozenset[ItemKind]) -> Findings:
        """Return what was asked, of the kinds that may be `shown`."""
        meant = Reader(self._needs, self._schema, asked.language).read(
            asked.typed, self._view.words_like
        )
        wide = FindQuery(
            kinds=shown,
            wanted=(*(each.wanted for each in meant), *_in_area(terms.where)),
            origin=terms.where.origin,
            radius=terms.where.radius,
            limit=AT_FIRST,
        )
        pool = _Pool(asked, terms)
        first = last = self._view.find(wide)
        found = pool.judge(first)
        if not pool.is_settled(first, found):
            last = self._view.find(self._narrow(wide, asked))
            found = pool.judge(last)
        relevance = {each.item.key: relevance_of(each, meant) for each in found.kept}
        order = in_order(found.kept, relevance, asked.order)
        return Findings(
            entries=tuple(self._entries(order[: asked.most], terms)),
            relevance=relevance,
            total=len(order),
            more=bool(last.cut),
            counted_all=not first.cut,
            facets=found.counts,
        )

    def _entries(self, shown: Sequence[Listing], terms: Terms) -> list[Entry]:
        around = self._view.around_items([each.item.key for each in shown])
        reading = Reading(around, terms.on, terms.where.seen_from)
        # What was taken away just now is not shown.
        there = around.nodes.keys() | around.relationships.keys()
        return [reading.entry(each) for each in shown if each.item.id in there]

    def _narrow(self, query: FindQuery, asked: Asked) -> FindQuery:
        """Return a query for more, and only for what can be a hit."""
        return replace(
            query,
            kinds=query.kinds & (asked.kinds or query.kinds),
            wanted=(*query.wanted, *self._conditions(asked)),
            known=asked.known,
            limit=MOST_LOOKED_AT,
        )

    def _conditions(self, asked: Asked) -> list[Wanted]:
        """Return what an item must be found by; an offer of it may still not be what was asked."""
        under = below(self._needs)
        codes = {code for each in asked.needs for code in under.get(each, {each})}
        every = (
            [f":need:{code}" for code in codes],
            [f":kind:{kind}" for kind in asked.organization_kinds],
            [f":formality:{formality}" for formality in asked.formalities],
            [f":payment:{payment}" for payment in asked.payments],
            [f":language:{language}" for language in asked.languages],
            [WHEELCHAIR] if asked.wheelchair else [],
            [FREE] if asked.free else [],
            [open_at(asked.open_at)] if asked.open_at else [],
        )
        return [Wanted(keys=frozenset(keys)) for keys in every if keys]


class _Pool:
    """Everything that was returned so far."""

    def __init__(self, asked: Asked, terms: Terms) -> None:
        self._asked = asked
        self._terms = terms
        self._judge = Judge(asked, terms)
        self._known: set[str] = set()

    def judge(self, found: Candidates) -> Judged:
        """Add what was returned, and hold it to the question."""
        where = self._terms.where
        looking = Looking(found.subgraph, self._terms.on, where.area)
        new = [item for item in found.items if item.key not in self._known]
        self._known |= {item.key for item in new}
        return self._judge.judge(looking.listing(item, where.seen_from) for item in new)

    def is_settled(self, found: Candidates, judged: Judged) -> bool:
        """Whether nothing beyond what was returned can change the entries that are shown."""
        if not found.cut:
            return True
        near = sum(each.distance_m is not None for each in judged.kept)
        return self._asked.order == Order.DISTANCE and near >= self._asked.most


def relevance_of(listing: Listing, meant: Iterable[Term]) -> float:
    """Return how well an item fits the words: best where they are in its own name."""
    terms = tuple(meant)
    if not terms:
        return 0.0
    own = frozenset(folded(listing.name))
    hosts = frozenset(word for each in listing.hosts for word in folded(each.name))
    return round(sum(_fit(listing, own, hosts, term) for term in terms), 3)


def _fit(listing: Listing, own: frozenset[str], hosts: frozenset[str], term: Term) -> float:
    begins = term.prefix is not None and any(word.startswith(term.prefix) for word in own)
    steps = (
        (1.0, bool(term.exact & own)),
        (0.8, begins),
        (0.75, _called(listing, term)),
        (0.7, bool(term.needs & listing.needs)),
        (0.6, bool(term.loose & own)),
        (0.5, bool((term.exact | term.loose) & hosts)),
    )
    return next((fit for fit, holds in steps if holds), 0.3)


def _called(listing: Listing, term: Term) -> bool:
    """Whether it is itself of the kind, or in the role, that is called so."""
    match listing.item.kind:
        case ItemKind.ORGANIZATION:
            return any(each.kind in term.kinds for each in listing.hosts)
        case ItemKind.CONTACT:
            return listing.item.card.role in term.roles
        case _:
            return False


def in_order(
    listings: Iterable[Listing], relevance: Mapping[str, float], order: Order
) -> list[Listing]:
    """Return listings as they are shown; what is alike in the first respect follows the others."""

    def metres(each: Listing) -> float:
        return float("inf") if each.distance_m is None else each.distance_m

    def warmth(each: Listing) -> int:
        return int("warm" not in each.warmths) if each.warmths else 2

    def key(each: Listing) -> tuple[float | str, ...]:
        far, fit, known = metres(each), -relevance[each.item.key], warmth(each)
        end = (_FIRST.index(each.item.kind), each.name.casefold(), each.item.key)
        match order:
            case Order.DISTANCE:
                return (far, fit, known, *end)
            case Order.RELEVANCE:
                return (fit, far, known, *end)
            case _:
                return (known, far, fit, *end)

    return sorted(listings, key=key)


def _in_area(where: Where) -> tuple[Wanted, ...]:
    return (Wanted(keys=where.keys),) if where.keys else ()
