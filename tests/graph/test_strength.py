"""Network strength: by hand on a small street, and its laws on any file."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Node, Record, Subgraph
from netwerk.graph import strength
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import Support, kind_iqv, load_of
from tests.graph.test_ego_network import oracles
from tests.worlds import INHABITANT, PERSONS, TODAY, link, node, worlds

E, P, A, W, G = "emotional", "instrumental", "informational", "appraisal", "companionship"


def file(*records: Record, on: date = TODAY, **person: Any) -> PersonFile:
    me = node("Person", "p0", name="Zij", **person)
    return PersonFile(Subgraph.of([me, *records]), INHABITANT, on)


def somebody(key: str, *support: str, tie: str = "", **facts: Any) -> list[Record]:
    facts = {"owner": "p0", "kind": "friend", "support": list(support), **facts}
    return [
        node("Person", key, name=key, point=facts.pop("point", None)),
        link("TIE", "p0", key, tie or f"t-{key}", **facts),
    ]


def knows(one: str, other: str, **facts: Any) -> Record:
    return link("TIE", one, other, f"k-{one}-{other}", owner="p0", kind="friend", **facts)


def test_a_daughter_who_carries_everything() -> None:
    found = strength.strength(
        file(
            *somebody("daughter", E, P, kind="child", support_given=[E], point=[5.65, 51.48]),
            *somebody("sister", E, kind="sibling", point=[5.75, 51.48]),
            *somebody("neighbour", G, kind="neighbour"),
            *somebody("son", P, kind="child", valence="stressful", approach="do_not_approach"),
            knows("daughter", "sister", closeness=5),
            link("TAKES_PART", "p0", "o", owner="p0", how="member"),
            point=[5.65, 51.48],
        )
    )
    assert found.support.by_type == {
        E: ("daughter", "sister"),
        P: ("daughter",),
        A: (),
        W: (),
        G: ("neighbour",),
    }
    assert found.support.coverage == 3 / 5
    assert (found.support.missing, found.support.single_giver) == ([A, W], [P, G])
    assert (found.load.max_share, found.load.busiest) == (1 / 2, ("daughter",))
    assert found.load.effective_supporters == pytest.approx(1 / (1 / 4 + 1 / 16 + 1 / 16))
    worst = found.dropout[0]
    assert (worst.person, worst.coverage, worst.support_left) == ("daughter", 2 / 5, 1 / 2)
    assert worst.components == 3
    assert (found.stressful, found.approach["do_not_approach"]) == (1, 1)
    assert found.approach["not_discussed"] == 3
    assert found.measures["size"] == 4
    assert found.measures["density"] == 1 / 6
    assert (found.measures["components"], found.measures["isolates"]) == (3, 2)
    assert found.measures["reciprocity"] == 1 / 3
    assert (found.measures["close_by"], found.measures["close_by_known"]) == (1 / 2, 2)
    assert found.measures["kind_iqv"] == pytest.approx((1 - 9 / 16 - 1 / 16) * 4 / 3)
    assert found.measures["organizations"] == 1
    assert (found.bridges, found.measures["max_alter_betweenness"]) == ((), 0)


def test_what_was_not_asked_is_not_known() -> None:
    found = strength.strength(file(*somebody("ans", E), *somebody("bo", P)))
    unknown = {key for key, value in found.measures.items() if value is None}
    assert unknown == {
        "density",
        "components",
        "isolates",
        "largest_component",
        "fragmentation",
        "effective_size",
        "efficiency",
        "constraint",
        "hierarchy",
        "effective_size_weighted",
        "constraint_weighted",
        "ego_betweenness",
        "max_alter_betweenness",
        "close_by",
    }
    assert [each.components for each in found.dropout] == [None, None]
    asked = strength.strength(file(*somebody("ans"), *somebody("bo"), alter_ties_asked=True))
    assert asked.measures["components"] == 2
    assert asked.measures["effective_size"] == 2


def test_a_tie_that_is_over_still_says_that_it_was_asked() -> None:
    over = knows("ans", "bo", valid_to="2026-01-01")
    found = strength.strength(file(*somebody("ans"), *somebody("bo"), over))
    assert found.measures["density"] == 0


def test_nobody_is_a_network_too() -> None:
    found = strength.strength(file(alter_ties_asked=True))
    measures = found.measures
    assert [measures[key] for key in ("size", "components", "largest_component")] == [0, 0, 0]
    assert measures["ego_betweenness"] == 0
    for key in ("density", "effective_size", "constraint", "kind_iqv", "close_by", "reciprocity"):
        assert measures[key] is None
    assert measures["max_alter_betweenness"] is None
    assert (found.load.max_share, found.load.busiest, found.dropout) == (None, (), ())


def test_one_person_told_of_twice_counts_once() -> None:
    twice = [*somebody("ans", E, closeness=2), *somebody("ans", P, tie="again", closeness=5)]
    found = file(*twice, *somebody("bo", kind="neighbour"))
    assert strength.network_of(found).alters == {"ans": 5, "bo": 3}
    assert strength.strength(found).load.max_share == 1


def test_a_bridge_is_who_others_would_lose_each_other_without() -> None:
    people = [each for key in ("ans", "bo", "cor") for each in somebody(key)]
    found = strength.strength(file(*people, knows("ans", "bo"), knows("bo", "cor")))
    assert (found.bridges, found.measures["max_alter_betweenness"]) == (("bo",), 1)


@pytest.mark.parametrize("case", oracles()["composition"], ids=lambda case: str(case["case"]))
def test_variation_is_what_other_tools_say(case: dict[str, Any]) -> None:
    groups = [str(n) for n, count in enumerate(case["counts"]) for _ in range(count)]
    assert kind_iqv(groups) == pytest.approx(case["iqv"])


@pytest.mark.parametrize("case", oracles()["concentration"], ids=lambda case: str(case["loads"]))
def test_load_is_what_other_tools_say(case: dict[str, Any]) -> None:
    giving = [PersonId(NodeId(str(n))) for n, load in enumerate(case["loads"]) for _ in range(load)]
    found = load_of(Support(by_type={str(n): (who,) for n, who in enumerate(giving)}))
    expected = [case["max_share"], case["hhi"], case["effective_number"]]
    assert [found.max_share, found.hhi, found.effective_supporters] == [
        None if each is None else pytest.approx(float(Fraction(each))) for each in expected
    ]


def test_the_scenario_of_the_design() -> None:
    scenario = oracles()["support"]
    letters = {"E": E, "P": P, "A": A, "G": G}
    giving: dict[str, list[str]] = {kind: [] for kind in (*letters.values(), W)}
    for who, kinds in scenario["scenario"].items():
        for letter in kinds:
            giving[letters[letter]].append(who)
    people = {k: tuple(PersonId(NodeId(w)) for w in sorted(v)) for k, v in giving.items()}
    support = Support(by_type=people)
    left = {who: len(letters) + 1 - len(support.without(who).missing) for who in support.loads}
    assert left == scenario["types_covered_after_dropout"]
    load = load_of(support)
    assert load.max_share == float(Fraction(scenario["max_share"]))
    assert load.hhi == pytest.approx(float(Fraction(scenario["hhi"])))


drawn = settings(deadline=None, suppress_health_check=[*HealthCheck])


@st.composite
def supportive(draw: st.DrawFn) -> Subgraph:
    """Draw a world in which ties also tell who gives what."""
    world = draw(worlds())
    kinds = st.lists(st.sampled_from([E, P, A, W, G]), unique=True)
    told = [
        tie.with_properties(support=draw(kinds), support_given=draw(kinds))
        for tie in world.of_type("TIE")
    ]
    near = draw(st.lists(st.sampled_from(PERSONS[1:]), min_size=1, unique=True))
    own = [
        link("TIE", "p0", who, f"own-{who}", owner="p0", kind="friend", support=draw(kinds))
        for who in near
        if who in world.nodes
    ]
    return world | Subgraph.of([*told, *own])


@given(world=supportive(), support=st.sets(st.sampled_from([E, P, A, W, G])))
@drawn
def test_somebody_more_never_covers_less(world: Subgraph, support: set[str]) -> None:
    before = strength.strength(PersonFile(world, INHABITANT, TODAY))
    more = world | Subgraph.of(somebody("new", *sorted(support)))
    after = strength.strength(PersonFile(more, INHABITANT, TODAY))
    assert after.support.coverage >= before.support.coverage
    assert all(each.coverage <= after.support.coverage for each in after.dropout)


@given(world=supportive(), order=st.permutations([f"p{n}" for n in range(1, 7)]))
@drawn
def test_other_names_for_the_same_people_change_nothing(world: Subgraph, order: list[str]) -> None:
    names = {NodeId(f"p{n}"): NodeId(f"x-{name}") for n, name in enumerate(order, 1)}

    def renamed(record: Record) -> Record:
        if isinstance(record, Node):
            return replace(record, id=names.get(record.id, record.id))
        ends = [names.get(end, end) for end in (record.source, record.target)]
        owner = names.get(NodeId(str(record.properties.get("owner"))))
        moved = replace(record, source=ends[0], target=ends[1])
        return moved if owner is None else moved.with_properties(owner=owner)

    plain = strength.strength(PersonFile(world, INHABITANT, TODAY))
    every: list[Record] = [*world.nodes.values(), *world.relationships.values()]
    other = Subgraph.of(renamed(record) for record in every)
    found = strength.strength(PersonFile(other, INHABITANT, TODAY))
    assert found.measures == pytest.approx(plain.measures)
    assert set(found.bridges) == {names[each] for each in plain.bridges}
    assert {k: set(v) for k, v in found.support.by_type.items()} == {
        kind: {names[each] for each in givers} for kind, givers in plain.support.by_type.items()
    }
    assert set(found.load.busiest) == {names[each] for each in plain.load.busiest}
    assert found.load.hhi == pytest.approx(plain.load.hhi)
    left = {names[e.person]: (e.coverage, e.components, e.support_left) for e in plain.dropout}
    assert {e.person: (e.coverage, e.components, e.support_left) for e in found.dropout} == left
    assert (found.approach, found.stressful) == (plain.approach, plain.stressful)


@given(world=supportive())
@drawn
def test_no_other_file_changes_a_measure(world: Subgraph) -> None:
    others: list[Record] = [
        node("Person", "q0", name="Ander"),
        link("TIE", "q0", "p1", "qt", owner="q0", kind="friend", support=[E], valid_from=None),
        link("TIE", "p1", "p2", "qs", owner="q0", kind="friend", shared=True),
        link("TAKES_PART", "p0", "o0", "qp", owner="q0", how="member"),
    ]
    plain = strength.strength(PersonFile(world, INHABITANT, TODAY))
    more = world | Subgraph.of(others)
    assert strength.strength(PersonFile(more, INHABITANT, TODAY)) == plain
