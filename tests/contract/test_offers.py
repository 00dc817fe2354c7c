"""Which offers a question may use, one reason at a time."""

from dataclasses import replace
from typing import Any

import pytest

from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Point, Record
from netwerk.ports.stores import OfferQuery
from tests.contract.conftest import Fresh
from tests.worlds import SCOPE, link, node

HERE: Point = (5.65, 51.48)
QUERY = OfferQuery(
    need=NeedId(NodeId("n.a")),
    formalities=frozenset({"informal"}),
    on="2026-11-02",
    age=40,
    origin=HERE,
    radius=1000.0,
    limit=10,
)
PLACES = {"here": [5.65, 51.48], "near": [5.66, 51.48], "far": [5.9, 51.6], "unknown": None}


def neighbourhood(place: str, **facts: Any) -> list[Record]:
    """Return one service, with everything around it that an offer needs."""
    service = {"name": "S", "formality": "informal", **facts}
    return [
        node("Worker", "w0", role="worker", name="W"),
        node("Person", "p0", name="Zij"),
        node("Case", "c0", question="?"),
        node("Need", "n", label_nl="n", label_en="n"),
        node("Need", "n.a", label_nl="a", label_en="a", parent="n"),
        node("Need", "n.b", label_nl="b", label_en="b", parent="n"),
        node("Need", "m", label_nl="m", label_en="m"),
        node("Organization", "o", name="O", kind="church"),
        node("Service", "s", **service),
        node("Location", "l", name="L", point=PLACES[place]),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "w0", "c0"),
        link("PROVIDES", "o", "s"),
        link("ADDRESSES", "s", "n.b"),
        link("LOCATED_AT", "s", "l"),
    ]


@pytest.mark.parametrize("placed", [True, False])
@pytest.mark.parametrize("delivery", ["on_site", "at_home", None])
@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, True),
        ({"formality": "general"}, False),
        ({"capacity": 3}, True),
        ({"capacity": 3, "load": 2}, True),
        ({"capacity": 3, "load": 3}, False),
        ({"load": 9}, True),
        ({"age_min": 40, "age_max": 40}, True),
        ({"age_min": 41}, False),
        ({"age_max": 39}, False),
        ({"valid_from": "2026-11-02"}, True),
        ({"valid_from": "2026-11-03"}, False),
        ({"valid_to": "2026-11-03"}, True),
        ({"valid_to": "2026-11-02"}, False),
    ],
)
def test_an_offer_is_shown_when_it_can_be_used(
    fresh: Fresh, facts: dict[str, Any], shown: bool, delivery: str | None, placed: bool
) -> None:
    records = neighbourhood("near" if placed else "unknown", delivery=delivery, **facts)
    with fresh(records).view(SCOPE, "look") as view:
        offers = view.offers(QUERY)
        assert view.around(QUERY).subgraph.relationships == offers.subgraph.relationships
        anywhere = view.offers(replace(QUERY, need=None, age=None, origin=None))
    assert set(offers.subgraph.nodes) == ({"o", "s", "l"} if shown else set())
    assert ("s" in anywhere.subgraph.nodes) is (shown or "age_min" in facts or "age_max" in facts)
    assert not offers.cut


@pytest.mark.parametrize(
    ("place", "delivery", "radius", "shown"),
    [
        ("here", "on_site", 0.0, True),
        ("near", "on_site", 693.0, True),
        ("near", "on_site", 692.0, False),
        ("far", "on_site", 1000.0, False),
        ("unknown", "on_site", 0.0, True),
        ("far", "at_home", 0.0, True),
        ("far", "online", 0.0, True),
    ],
)
def test_distance_counts_where_somebody_has_to_go(
    fresh: Fresh, place: str, delivery: str, radius: float, shown: bool
) -> None:
    store = fresh(neighbourhood(place, delivery=delivery))
    with store.directory(SCOPE) as directory:
        offers = directory.offers(replace(QUERY, radius=radius))
    assert ("s" in offers.subgraph.nodes) is shown


def test_an_offer_of_another_need_or_of_nobody_is_left_out(fresh: Fresh) -> None:
    records = neighbourhood("here")
    store = fresh([r for r in records if getattr(r, "type", "") != "PROVIDES"])
    with store.directory(SCOPE) as directory:
        assert not directory.offers(QUERY).subgraph.nodes
        assert not directory.offers(replace(QUERY, need=None)).subgraph.nodes
    with fresh(records).directory(SCOPE) as directory:
        assert not directory.offers(replace(QUERY, need=NeedId(NodeId("m")))).subgraph.nodes


def test_a_group_that_is_cut_says_where(fresh: Fresh) -> None:
    records = neighbourhood("here")
    for number in range(3):
        key = f"s{number}"
        records += [
            node("Service", key, name=key, formality="informal", delivery="online"),
            link("PROVIDES", "o", key),
            link("ADDRESSES", key, "n.a"),
        ]
    with fresh(records).directory(SCOPE) as directory:
        cut = directory.offers(replace(QUERY, limit=2))
        whole = directory.offers(replace(QUERY, limit=3))
    assert {key for key in cut.subgraph.nodes if key[0] == "s"} == {"s", "s0", "s1"}
    assert [(g.need, g.room_known, g.comes_to_you, g.last) for g in cut.cut] == [
        ("n.a", False, True, ("o", "s1"))
    ]
    assert not whole.cut
