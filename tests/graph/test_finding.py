"""The search asks for more as long as that can change what is shown, and no longer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.directory import Formality, Need
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.item_parts import added, touched
from netwerk.domain.items import ItemKind, items_of, one_slip, slips
from netwerk.domain.records import Record, Subgraph
from netwerk.graph import finding
from netwerk.graph.filters import Asked, Order, Terms
from netwerk.graph.finding import Findings, Search
from netwerk.graph.where import Where
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.schema import load_schema
from tests.builders import memory_store
from tests.contract.test_finding import towns
from tests.worlds import SCOPE, TODAY, in_order, link, node

DIRECTORY = replace(SCOPE, subject=None)
EVERY = frozenset(ItemKind)
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HERE = (5.65, 51.48)
asked_of = st.builds(
    Asked,
    typed=st.sampled_from(["", "koffie", "schuld", "kofie", "brug pastor"]),
    kinds=st.frozensets(st.sampled_from(list(ItemKind)), max_size=2),
    needs=st.frozensets(st.sampled_from([NeedId(NodeId("n")), NeedId(NodeId("m"))]), max_size=1),
    organization_kinds=st.frozensets(st.sampled_from(["church", "welfare"]), max_size=1),
    known=st.frozensets(st.sampled_from(["warm", "cold"]), max_size=1),
    formalities=st.frozensets(st.sampled_from(list(Formality)), max_size=1),
    payments=st.frozensets(st.sampled_from(["free", "paid"]), max_size=1),
    languages=st.frozensets(st.sampled_from(["nl", "ar"]), max_size=1),
    age=st.sampled_from([None, None, 17, 30]),
    wheelchair=st.booleans(),
    open_at=st.sampled_from([None, None, NOW, NOW + timedelta(hours=2, minutes=59)]),
    verified_since=st.sampled_from([None, date(2026, 6, 1)]),
    free=st.booleans(),
    point=st.sampled_from([None, HERE]),
    radius=st.sampled_from([500.0, 5000.0, 1_000_000.0]),
    order=st.sampled_from(list(Order)),
    most=st.sampled_from([1, 3, 50]),
)


class Watched:
    """A view that remembers what it was asked."""

    def __init__(self, world: Subgraph) -> None:
        self._view = memory_store(in_order(world)).directory(DIRECTORY)
        self._shown = self._view.__enter__()
        self.asked: list[FindQuery] = []

    def find(self, query: FindQuery) -> Candidates:
        self.asked.append(query)
        return self._shown.find(query)

    def around_items(self, keys: Collection[str]) -> Subgraph:
        return self._shown.around_items(keys)

    def words_like(self, typed: Collection[str]) -> frozenset[str]:
        return self._shown.words_like(typed)


def search(world: Subgraph, asked: Asked) -> tuple[Findings, list[FindQuery]]:
    view = Watched(world)
    needs = [Need.from_node(each) for each in world.labelled("Need")]
    where = Where(origin=asked.point, radius=asked.radius, seen_from=asked.point)
    terms = Terms(
        parents={need.id: need.parent for need in needs},
        now=NOW,
        since=TODAY,
        on=TODAY,
        where=where,
    )
    found = Search(view, needs, load_schema()).find(asked, terms, EVERY)  # type: ignore[arg-type]
    return found, view.asked


@given(world=towns(), asked=asked_of)
@settings(suppress_health_check=[*HealthCheck], max_examples=150)
def test_asking_little_by_little_finds_what_asking_for_all_finds(
    monkeypatch: pytest.MonkeyPatch, world: Subgraph, asked: Asked
) -> None:
    whole, once = search(world, asked)
    assert len(once) == 1
    with monkeypatch.context() as few:
        few.setattr(finding, "AT_FIRST", 1)
        few.setattr(finding, "MOST_LOOKED_AT", 64)
        found, _ = search(world, asked)
    keys = [each.item.key for each in found.entries]
    assert keys == [each.item.key for each in whole.entries]
    assert found.more or found.total == whole.total
    assert not found.counted_all or found.facets == whole.facets


def test_nothing_more_is_asked_when_the_nearest_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Subgraph.of(_row_of(12))
    monkeypatch.setattr(finding, "AT_FIRST", 3)
    nearest, asked = search(world, Asked(point=HERE, most=2))
    assert [each.item.id for each in nearest.entries] == ["o00", "o01"]
    assert (len(asked), nearest.more, nearest.counted_all) == (1, True, False)
    _, asked = search(world, Asked(point=HERE, most=2, order=Order.RELEVANCE))
    assert [query.limit for query in asked] == [3, finding.MOST_LOOKED_AT]
    monkeypatch.setattr(finding, "MOST_LOOKED_AT", 6)
    found, asked = search(world, Asked(most=2))
    assert [query.limit for query in asked] == [3, 6]
    assert found.more


def test_what_was_not_looked_at_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AT_FIRST", 2)
    monkeypatch.setattr(finding, "MOST_LOOKED_AT", 2)
    found, _ = search(Subgraph.of(_row_of(12)), Asked(point=HERE, order=Order.WARMTH))
    assert (found.total, found.more, found.counted_all) == (2, True, False)


def test_what_was_taken_away_meanwhile_is_not_shown() -> None:
    class Forgetful(Watched):
        def around_items(self, keys: Collection[str]) -> Subgraph:
            return super().around_items([key for key in keys if key != "organization:o01"])

    world = Subgraph.of(_row_of(3))
    found = Search(Forgetful(world), [], load_schema()).find(  # type: ignore[arg-type]
        Asked(point=HERE), Terms(parents={}, now=NOW, since=TODAY, on=TODAY), EVERY
    )
    assert [each.item.id for each in found.entries] == ["o00", "o02"]


def _row_of(count: int) -> list[Record]:
    return [
        record
        for n in range(count)
        for record in (
            node("Organization", f"o{n:02d}", name=f"O{n}"),
            node("Location", f"l{n:02d}", point=[HERE[0] + n / 1000, HERE[1]]),
            link("LOCATED_AT", f"o{n:02d}", f"l{n:02d}"),
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("koffie", "kofie", True),
        ("kofie", "koffie", True),
        ("koffie", "kaffie", True),
        ("koffie", "kofife", True),
        ("koffie", "kofeif", False),
        ("koffie", "kffie", True),
        ("koffie", "koffie", False),
        ("koffie", "thee", False),
        ("bus", "bos", False),
    ],
)
def test_one_slip_is_one_letter(one: str, other: str, near: bool) -> None:
    assert one_slip(one, other) is near


@given(st.text("abc", min_size=4, max_size=6), st.text("abc", min_size=4, max_size=6))
def test_two_words_one_slip_apart_are_found_by_a_slip_they_share(one: str, other: str) -> None:
    if one_slip(one, other):
        assert ({one} | slips(one)) & ({other} | slips(other))


def test_a_contact_of_what_is_not_there_is_nothing() -> None:
    lost = Subgraph.of([node("Person", "p", name="P"), link("CONTACT_FOR", "p", "o")])
    assert list(items_of(lost)) == []
    assert list(items_of(lost, [NodeId("elsewhere")])) == []


def test_a_record_touches_what_is_found_through_it() -> None:
    assert touched(link("PROVIDES", "o", "s")) == {"o", "s"}
    assert touched(link("CONTACT_FOR", "p", "o")) == {"p"}
    assert touched(link("MEMBER_OF", "w", "t")) == set()
    assert touched(node("Person", "p")) == {"p"}
    assert touched(node("Need", "n")) == set()
    assert added(node("Person", "p")) == set()
    assert added(node("Service", "s")) == {"s"}
