"""The search, held against plain enumeration and against the reduced graph."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netwerk.domain.cases import Safety
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Record, Relationship, Subgraph
from netwerk.domain.visibility import visible
from netwerk.graph.question import Answer, Question
from netwerk.schema import load_schema
from netwerk.usecases import support_paths
from tests.builders import ask_example, example_items, example_records, memory_store, told
from tests.graph.oracle import enumerate_paths
from tests.worlds import (
    INHABITANT,
    SCOPE,
    VIEWER,
    crowded,
    in_order,
    link,
    node,
    questions,
    worlds,
)

PRIORS = load_schema().priors


def ask(graph: Subgraph, question: Question) -> Answer:
    """Put a question to a memory store that holds the graph."""
    return support_paths.find(memory_store(in_order(graph)), SCOPE, question, PRIORS)


@given(world=worlds(), question=questions())
def test_the_search_equals_plain_enumeration(world: Subgraph, question: Question) -> None:
    equals_plain_enumeration(world, question)


def equals_plain_enumeration(world: Subgraph, question: Question) -> None:
    answer = ask(world, question)
    if answer.safety is Safety.ACUTE:
        assert answer.paths == ()
        return
    expected = enumerate_paths(world, VIEWER, question, PRIORS)
    found = [(p.supporter, p.service, p.nodes) for p in answer.paths]
    assert found == [(p.supporter, p.service, p.nodes) for p in expected]
    for path, other in zip(answer.paths, expected, strict=True):
        assert math.isclose(path.score, other.score, rel_tol=1e-9)


@given(world=crowded(), question=questions(ks=(1, 2, 3), needs=("n",)))
@settings(max_examples=600)
def test_stopping_early_changes_nothing(world: Subgraph, question: Question) -> None:
    equals_plain_enumeration(world, question)


@given(world=worlds(), question=questions())
def test_what_the_view_hides_changes_no_answer(world: Subgraph, question: Question) -> None:
    assert told(ask(world, question)) == told(ask(visible(world, SCOPE), question))


@given(world=worlds(), question=questions())
def test_every_step_may_be_taken_on_that_day(world: Subgraph, question: Question) -> None:
    seen = visible(world, SCOPE)
    for path in ask(world, question).paths:
        for step in path.steps:
            if step.record is None:
                continue
            record = seen.relationships[step.record]
            mine = record.properties.get("owner") == question.person
            if mine and record.type in {"TIE", "TAKES_PART"}:
                assert record.properties.get("approach") == "may_ask"
                assert record.properties.get("valence") != "stressful"


@given(world=worlds(), question=questions(), data=st.data())
def test_an_approach_taken_back_is_gone_from_the_next_answer(
    world: Subgraph, question: Question, data: st.DataObject
) -> None:
    first = ask(world, question)
    used = sorted({tie.id for tie in _own_ties(world, first, question)})
    if not used:
        return
    tie = world.relationships[data.draw(st.sampled_from(used))]
    alone = tie.with_properties(approach="do_not_approach")
    after = ask(world | Subgraph.of([alone]), question)
    left_alone = {alone.source, alone.target} - {question.person}
    if question.person not in {alone.source, alone.target}:
        return
    for path in after.paths:
        assert not left_alone & {*path.nodes, path.supporter}


def _own_ties(world: Subgraph, answer: Answer, question: Question) -> Iterator[Relationship]:
    for path in answer.paths:
        for step in path.steps:
            record: Record | None = world.relationships.get(step.record) if step.record else None
            mine = record is not None and record.properties.get("owner") == question.person
            if mine and isinstance(record, Relationship) and record.type == "TIE":
                yield record


@pytest.mark.parametrize("item", example_items(), ids=lambda item: item["question"]["person"])
def test_the_example_gets_its_answers(item: dict[str, Any]) -> None:
    answer = ask_example(memory_store(example_records()), item)
    expected = {key: value for key, value in item.items() if key != "question"}
    for path in expected.get("paths", ()):
        for step in path["steps"]:
            # The example leaves out the kind of an end: it is that of the step.
            step.setdefault("kind", step["step"])
    assert same(answer, expected)


def same(one: object, other: object) -> bool:
    """Whether two answers agree, numbers to nine digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {key for each in (one, other) for key in each if each[key] is not None}
        return all(same(one.get(key), other.get(key)) for key in keys)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def friends(*pairs: str) -> Iterator[Record]:
    """Yield the inhabitant's case and what they told: pairs of persons who are friends."""
    yield node("Need", "n", label_nl="n", label_en="n")
    yield node("Worker", VIEWER, name="w", role="worker")
    yield from (node("Person", key, name=key) for key in sorted(set("".join(pairs)) - {"i"}))
    yield node("Person", INHABITANT, name="p0")
    yield node("Case", "c", question="?")
    yield node("Service", "offer", name="offer", formality="informal")
    yield link("CONCERNS", "c", INHABITANT)
    yield link("LEADS", VIEWER, "c")
    yield link("ADDRESSES", "offer", "n")
    yield link("VOLUNTEERS_FOR", "s", "offer")
    for pair in pairs:
        ends = (INHABITANT if pair[0] == "i" else pair[0], pair[1])
        yield link("TIE", *ends, pair, owner=INHABITANT, kind="friend", approach="may_ask")


def ways(records: Iterable[Record]) -> list[tuple[str, ...]]:
    """Return the nodes of the paths that are found."""
    asked = Question(person=INHABITANT, need=NeedId(NodeId("n")), on=SCOPE.as_of)
    answer = support_paths.find(memory_store(records), SCOPE, asked, PRIORS)
    return [path.nodes for path in answer.paths]


def test_of_two_ways_to_one_supporter_the_likelier_counts() -> None:
    close = link("TIE", "b", "s", "bs", owner="p0", kind="partner", approach="may_ask", closeness=5)
    for order in (("ia", "as", "ib", "bs"), ("ib", "bs", "ia", "as")):
        records = [close if each.id == "bs" else each for each in friends(*order)]
        assert ways(records) == [("p0", "b", "s", "offer")]


def test_who_no_longer_wants_to_help_is_passed_by_and_still_passed_through() -> None:
    unwilling = node("Person", "a", name="a", willing_to_help=False)
    records = [unwilling if each.id == "a" else each for each in friends("ia", "as")]
    assert ways([*records, link("VOLUNTEERS_FOR", "a", "offer")]) == [("p0", "a", "s", "offer")]
