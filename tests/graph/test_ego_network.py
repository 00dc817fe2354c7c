"""The measures of an ego-network, against what other tools say of the same graphs."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId, PersonId
from netwerk.graph import ego_network as ego
from netwerk.graph.ego_network import EgoNetwork

ORACLES = Path(__file__).parents[1] / "examples" / "network_oracles.json"
PEOPLE = [PersonId(NodeId(f"a{n}")) for n in range(6)]


@cache
def oracles() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(ORACLES.read_text(encoding="utf-8"))
    return found


def network(graph: Mapping[str, Any], centre: str) -> EgoNetwork:
    """Return the ego-network of one node of a graph of the oracles."""

    def named(key: str) -> PersonId:
        return PersonId(NodeId(key))

    edges = {frozenset({named(a), named(b)}): weight for a, b, weight in graph["edges"]}
    alters = {
        other: weight
        for pair, weight in edges.items()
        if centre in pair and len(pair) == 2
        for other in pair - {named(centre)}
    }
    pairs = {pair: weight for pair, weight in edges.items() if pair <= set(alters)}
    return EgoNetwork(ego=named(centre), alters=alters, pairs=pairs)


def measured(found: EgoNetwork, name: str, *, weighted: bool) -> float | None:
    sizes = ego.component_sizes(found)
    values: dict[str, float | None] = {
        "size": found.size,
        "density": ego.density(found),
        "components": len(sizes),
        "isolates": sizes.count(1),
        "largest_component": max(sizes, default=0),
        "fragmentation": ego.fragmentation(found),
        "effective_size": ego.effective_size(found, weighted=weighted),
        "constraint": ego.constraint(found, weighted=weighted),
        "hierarchy": ego.hierarchy(found, weighted=weighted),
        "ego_betweenness": ego.ego_betweenness(found),
        "max_alter_betweenness": max(ego.alter_betweenness(found).values(), default=None),
    }
    if name == "efficiency":
        effective = values["effective_size"]
        return None if effective is None else effective / found.size
    return values[name]


@pytest.mark.parametrize(
    "item",
    oracles()["ego_measures"],
    ids=lambda item: f"{item['graph']}-{item['ego']}-{item['measure']}",
)
def test_a_measure_is_what_other_tools_say(item: Mapping[str, Any]) -> None:
    graph = oracles()["graphs"][item["graph"]]
    found = network(graph, item["ego"])
    value = measured(found, item["measure"], weighted=graph["weighted"])
    assert value == (None if item["value"] is None else pytest.approx(item["value"], abs=1e-9))


@st.composite
def networks(draw: st.DrawFn) -> EgoNetwork:
    alters = PEOPLE[: draw(st.integers(0, len(PEOPLE)))]
    pairs = [frozenset({a, b}) for a in alters for b in alters if a < b]
    known = draw(st.sets(st.sampled_from(pairs))) if pairs else set()
    weights = st.integers(1, 5)
    return EgoNetwork(
        ego=PersonId(NodeId("e")),
        alters={a: draw(weights) for a in alters},
        pairs={pair: draw(weights) for pair in sorted(known, key=sorted)},
    )


def every(found: EgoNetwork) -> list[float | None]:
    return [
        ego.density(found),
        *ego.component_sizes(found),
        ego.fragmentation(found),
        ego.effective_size(found),
        ego.efficiency(found),
        ego.effective_size(found, weighted=True),
        ego.constraint(found),
        ego.constraint(found, weighted=True),
        ego.hierarchy(found),
        ego.ego_betweenness(found),
        max(ego.alter_betweenness(found).values(), default=None),
    ]


@given(found=networks(), names=st.permutations(PEOPLE))
def test_who_is_called_what_changes_nothing(found: EgoNetwork, names: list[PersonId]) -> None:
    called = dict(zip(PEOPLE, names, strict=True))
    renamed = EgoNetwork(
        ego=found.ego,
        alters={called[a]: weight for a, weight in found.alters.items()},
        pairs={frozenset(called[a] for a in pair): w for pair, w in found.pairs.items()},
    )
    assert every(renamed) == [
        None if value is None else pytest.approx(value, abs=1e-9) for value in every(found)
    ]


@given(found=networks())
def test_measures_stay_within_their_bounds(found: EgoNetwork) -> None:
    n = found.size
    shares = [ego.density(found), ego.fragmentation(found), ego.hierarchy(found)]
    assert all(value is None or -1e-9 <= value <= 1 + 1e-9 for value in shares)
    assert (ego.effective_size(found) is None) == (ego.constraint(found) is None) == (n == 0)
    assert 0 <= ego.ego_betweenness(found) <= max(found.possible_pairs, 0)
    assert sum(ego.component_sizes(found)) == n
    if n:
        assert 1 - 1e-9 <= (ego.effective_size(found) or 0) <= n + 1e-9


@given(found=networks())
def test_equal_weights_are_as_no_weights(found: EgoNetwork) -> None:
    same = EgoNetwork(
        ego=found.ego, alters=dict.fromkeys(found.alters, 4), pairs=dict.fromkeys(found.pairs, 4)
    )
    plain = ego.effective_size(found), ego.constraint(found)
    weighted = ego.effective_size(same, weighted=True), ego.constraint(same, weighted=True)
    assert weighted == tuple(None if v is None else pytest.approx(v, abs=1e-9) for v in plain)
