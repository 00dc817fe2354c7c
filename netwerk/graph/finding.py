"""The search of the directory: what a store returns is filtered, counted and put in order here.

So all stores answer alike. A store returns the first of each group; it is asked for more only as
long as that could change what is shown, and never for more than MOST_LOOKED_AT.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.directory import Need
from netwerk.domain.items import ItemKind, folded
from netwerk.domain.records import text
from netwerk.graph.entries import Entry, Reading
from netwerk.graph.filters import Asked, Facets, Judge, Judged, Order, Terms
from netwerk.graph.typed import Reader, Term, below
from netwerk.graph.where import Where
from netwerk.ports.finding import Candidates, FindQuery, Wanted
from netwerk.ports.stores import DirectoryView
from netwerk.schema import Schema

AT_FIRST: Final = 400
MOST_LOOKED_AT: Final = 800
"""Items of each group."""
_STEP: Final = 2
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
        for query in self._further(wide, asked):
            if pool.is_settled(last, found):
                break
            last = self._view.find(query)
            found = pool.judge(last)
        relevance = {e.item.key: relevance_of(e, meant) for e in found.kept}
        order = in_order(found.kept, relevance, asked.order)
        return Findings(
            entries=tuple(order[: asked.most]),
            relevance=relevance,
            total=len(order),
            more=bool(last.cut),
            counted_all=not first.cut,
            facets=found.counts,
        )

    def _further(self, wide: FindQuery, asked: Asked) -> Iterator[FindQuery]:
        """Yield what to ask next: only what can be a hit, then more of it."""
        query = self._narrow(wide, asked)
        if query != wide:
            yield query
        while query.limit < MOST_LOOKED_AT:
            query = replace(query, limit=query.limit * _STEP)
            yield query

    def _narrow(self, query: FindQuery, asked: Asked) -> FindQuery:
        conditions = list(query.wanted)
        if asked.needs:
            under = below(self._needs)
            codes = {code for each in asked.needs for code in under.get(each, {each})}
            conditions.append(Wanted(keys=frozenset(f":need:{code}" for code in codes)))
        if asked.organization_kinds:
            kinds = frozenset(f":kind:{kind}" for kind in asked.organization_kinds)
            conditions.append(Wanted(keys=kinds))
        return replace(
            query,
            kinds=query.kinds & (asked.kinds or query.kinds),
            wanted=tuple(conditions),
            known=asked.known,
        )


class _Pool:
    """Everything that was returned so far."""

    def __init__(self, asked: Asked, terms: Terms) -> None:
        self._asked = asked
        self._terms = terms
        self._judge = Judge(asked, terms)
        self._entries: dict[str, Entry] = {}

    def judge(self, found: Candidates) -> Judged:
        """Add what was returned, and hold all of it to the question."""
        reading = Reading(found.subgraph, self._terms.on, self._terms.where.seen_from)
        for item in found.items:
            if item.key not in self._entries:
                self._entries[item.key] = reading.entry(item)
        return self._judge.judge(self._entries.values())

    def is_settled(self, found: Candidates, judged: Judged) -> bool:
        """Whether nothing beyond what was returned can change the entries that are shown."""
        if not found.cut:
            return True
        near = sum(each.distance_m is not None for each in judged.kept)
        return self._asked.order == Order.DISTANCE and near >= self._asked.most


def relevance_of(entry: Entry, meant: Iterable[Term]) -> float:
    """Return how well an entry fits the words: best where they are in its own name."""
    own = frozenset(folded(entry.name))
    hosts = frozenset(
        word for each in entry.organizations for word in folded(text(each.properties, "name") or "")
    )
    return round(sum(_fit(entry, own, hosts, term) for term in meant), 3)


def _fit(entry: Entry, own: frozenset[str], hosts: frozenset[str], term: Term) -> float:
    called = _called(entry, term)
    begins = term.prefix is not None and any(word.startswith(term.prefix) for word in own)
    steps = (
        (1.0, bool(term.exact & own)),
        (0.8, begins),
        (0.75, called),
        (0.7, bool(term.needs & entry.needs)),
        (0.6, bool(term.loose & own)),
        (0.5, bool((term.exact | term.loose) & hosts)),
    )
    return next((fit for fit, holds in steps if holds), 0.3)


def _called(entry: Entry, term: Term) -> bool:
    """Whether it is itself of the kind, or in the role, that is called so."""
    match entry.item.kind:
        case ItemKind.ORGANIZATION:
            return text(entry.node.properties, "kind") in term.kinds
        case ItemKind.CONTACT:
            return entry.link is not None and text(entry.link.properties, "role") in term.roles
        case _:
            return False


def in_order(entries: Iterable[Entry], relevance: Mapping[str, float], order: Order) -> list[Entry]:
    """Return entries as they are shown; what is alike in the first respect follows the others."""

    def metres(entry: Entry) -> float:
        return float("inf") if entry.distance_m is None else entry.distance_m

    def warmth(entry: Entry) -> int:
        return 2 if entry.warmth is None else int(entry.warmth != "warm")

    def key(entry: Entry) -> tuple[float | str, ...]:
        far, fit, known = metres(entry), -relevance[entry.item.key], warmth(entry)
        end = (_FIRST.index(entry.item.kind), entry.name.casefold(), entry.item.key)
        match order:
            case Order.DISTANCE:
                return (far, fit, known, *end)
            case Order.RELEVANCE:
                return (fit, far, known, *end)
            case _:
                return (known, far, fit, *end)

    return sorted(entries, key=key)


def _in_area(where: Where) -> tuple[Wanted, ...]:
    return (Wanted(keys=where.keys),) if where.keys else ()
