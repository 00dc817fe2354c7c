"""The plain scan that `netwerk bench near` is measured against: everything in memory, no index."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from netwerk.domain.directory import Need
from netwerk.domain.ids import WorkerId
from netwerk.domain.items import Item, ItemKind, items_of
from netwerk.domain.places import blurred
from netwerk.domain.records import Record, Subgraph
from netwerk.graph.calendar import public_holidays
from netwerk.graph.entries import Entry, Reading
from netwerk.graph.filters import Asked, Judge, Terms
from netwerk.graph.finding import in_order, relevance_of
from netwerk.graph.typed import Reader
from netwerk.graph.where import Where
from netwerk.ports.finding import FindQuery
from netwerk.ports.stems import forms
from netwerk.schema import load_schema
from netwerk.usecases.finding import LATELY


class Scan:
    """All items with all their facts, read once; a question goes through all of them."""

    def __init__(self, records: Iterable[Record], viewer: WorkerId, on: date) -> None:
        """Load everything; of whom colleagues know, what the viewer's team does."""
        graph = Subgraph.of(records)
        teams = {r.target for r in graph.of_type("MEMBER_OF") if r.source == viewer}
        team = {r.source for r in graph.of_type("MEMBER_OF") if r.target in teams}
        links = graph.relationships.values()
        kept = [r for r in links if r.type != "ACQUAINTED" or r.source in team]
        graph = Subgraph.of([*graph.nodes.values(), *kept])
        self._needs = [Need.from_node(node) for node in graph.labelled("Need")]
        self._items = list(items_of(graph))
        self._words = {key for item in self._items for key in item.keys if key[0] != ":"}
        reading = Reading(graph, on, None)
        self._entries: list[tuple[Item, Entry]] = [(i, reading.entry(i)) for i in self._items]

    def find(self, asked: Asked, now: datetime, on: date) -> list[str]:
        """Return the keys of the first hits, in order."""
        meant = Reader(self._needs, load_schema(), asked.language).read(asked.typed, self._like)
        query = FindQuery(
            kinds=frozenset(ItemKind),
            wanted=tuple(each.wanted for each in meant),
            origin=asked.point,
            radius=asked.radius,
        )
        near: list[Entry] = []
        for item, entry in self._entries:
            if query.meets(item) and (found := query.group_of(item)) is not None:
                near.append(_seen_from(entry, asked, found[1]))
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


def _seen_from(entry: Entry, asked: Asked, metres: float) -> Entry:
    if asked.point is None or not entry.item.places or entry.item.comes:
        return entry
    at_home = entry.item.kind == ItemKind.VOLUNTEER
    return replace(entry, distance_m=blurred(metres) if at_home else metres)
