"""The plain scan that `netwerk bench near` is measured against: everything in memory, no index."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from netwerk.domain.directory import Need
from netwerk.domain.ids import WorkerId
from netwerk.domain.items import ItemKind, items_of
from netwerk.domain.records import Record, Subgraph
from netwerk.graph.calendar import public_holidays
from netwerk.graph.filters import Asked, Judge, Terms
from netwerk.graph.finding import in_order, relevance_of
from netwerk.graph.listing import Looking
from netwerk.graph.typed import Reader
from netwerk.graph.where import Where
from netwerk.ports.finding import FindQuery
from netwerk.ports.stems import forms
from netwerk.schema import load_schema
from netwerk.usecases.finding import LATELY


class Scan:
    """All items with their cards, made once; a question goes through all of them."""

    def __init__(self, records: Iterable[Record], viewer: WorkerId, on: date) -> None:
        """Load everything, and whom the viewer's team knows."""
        graph = Subgraph.of(records)
        teams = {r.target for r in graph.of_type("MEMBER_OF") if r.source == viewer}
        team = {r.source for r in graph.of_type("MEMBER_OF") if r.target in teams}
        known = [r for r in graph.of_type("ACQUAINTED") if r.source in team]
        met = {r.target for r in known}
        roles = [r for r in graph.of_type("CONTACT_FOR") if r.source in met]
        around = Subgraph.of([*known, *roles, *graph.of_type("PART_OF")])
        self._looking = Looking(around, on, None)
        self._needs = [Need.from_node(node) for node in graph.labelled("Need")]
        self._items = list(items_of(graph))
        self._words = {key for item in self._items for key in item.keys if key[0] != ":"}

    def find(self, asked: Asked, now: datetime, on: date) -> list[str]:
        """Return the keys of the first hits, in order."""
        meant = Reader(self._needs, load_schema(), asked.language).read(asked.typed, self._like)
        query = FindQuery(
            kinds=frozenset(ItemKind),
            wanted=tuple(each.wanted for each in meant),
            origin=asked.point,
            radius=asked.radius,
        )
        near = [
            self._looking.listing(item, asked.point)
            for item in self._items
            if query.meets(item) and query.group_of(item) is not None
        ]
        terms = Terms(
            parents={need.id: need.parent for need in self._needs},
            now=now,
            since=on - LATELY,
            on=on,
            holidays=public_holidays(),
            where=Where(origin=asked.point, radius=asked.radius, seen_from=asked.point),
        )
        kept = Judge(asked, terms).judge(near).kept
        relevance = {each.item.key: relevance_of(each, meant) for each in kept}
        ordered = in_order(kept, relevance, asked.order)
        return [each.item.key for each in ordered[: asked.most]]

    def _like(self, typed: Collection[str]) -> frozenset[str]:
        marks = frozenset[str]().union(*map(forms, typed))
        return frozenset(word for word in self._words if marks & forms(word))
