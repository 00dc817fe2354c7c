"""What a session sees of a case: nothing by which anybody can be known."""

from datetime import date

import pytest
from hypothesis import given, settings

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Record, Subgraph, to_json
from netwerk.graph.anonymous import Sheet, Told, age_from, names_in, sheet
from netwerk.graph.file import PersonFile
from tests.worlds import SCOPE, TODAY, link, node, worlds

TOLD = Told(question="Wie weet iets?", question_behind="Eenzaam", hoped="Meedenken")


def told_of(*records: Record, on: date = TODAY) -> Sheet:
    person = node("Person", "p0", name="Geheim", birth_year=1951)
    graph = Subgraph.of([person, *records])
    return sheet(PersonFile(graph, PersonId(NodeId("p0")), on), TOLD)


def network() -> list[Record]:
    return [
        node("Case", "c0", question="?", opened_on="2026-02-02", safety="concern", needs=["n"]),
        link("CONCERNS", "c0", "p0"),
        node("Person", "bo", name="Bo Naam"),
        node("Person", "cy", name="Cy Naam"),
        node("Person", "di", name="Di Naam"),
        node("Organization", "kerk", name="Sint Naam", kind="church"),
        link(
            "TIE",
            "p0",
            "bo",
            "t1",
            owner="p0",
            kind="neighbour",
            closeness=4,
            support=["appraisal"],
        ),
        link("TIE", "p0", "cy", "t2", owner="p0", kind="neighbour", valid_from="2026-10-01"),
        link("TIE", "p0", "di", "t3", owner="p0", kind="child", valence="stressful"),
        link("TIE", "cy", "di", "t4", owner="p0", kind="friend"),
        link("TAKES_PART", "p0", "kerk", "tp", owner="p0", how="member", approach="may_ask"),
        link("TAKES_PART", "p0", "gone", "tq", owner="p0", how="visitor", approach="may_ask"),
        node("Ask", "a1", need="n", outcome="declined", step_kinds=["tie.neighbour", "direct"]),
        node("Ask", "a2", need="n", outcome="withdrawn", step_kinds=["direct"]),
        link("ASKED_IN", "a1", "c0"),
        link("ASKED_IN", "a2", "c0"),
    ]


def test_people_are_there_by_what_they_are() -> None:
    found = told_of(*network())
    assert [(each.kind, each.number) for each in found.people] == [
        ("child", 0),
        ("neighbour", 1),
        ("neighbour", 2),
    ]
    assert [(each.kind, each.how) for each in found.organizations] == [
        ("", "visitor"),
        ("church", "member"),
    ]
    assert found.pairs == ((0, 2),)
    assert [(each.steps, each.outcome) for each in found.tried] == [
        (("tie.neighbour", "direct"), "declined")
    ]
    assert (found.age_from, found.months_open, found.safety) == (70, 9, "concern")
    assert found.now.size == 3
    assert found.then is not None
    assert found.then.size == 2
    assert found.now.stressful == 1
    assert Sheet.read(found.written()) == found


def test_nobody_yet_and_no_case() -> None:
    found = told_of()
    assert (found.people, found.then, found.needs, found.months_open) == ((), None, (), 0)
    assert Sheet.read(found.written()) == found


@pytest.mark.parametrize(
    ("age", "start"),
    [(None, None), (0, 0), (17, 0), (18, 18), (29, 18), (30, 30), (79, 70), (104, 90)],
)
def test_an_age_is_a_band(age: int | None, start: int | None) -> None:
    assert age_from(age) == start


@given(world=worlds())
@settings(deadline=None)
def test_no_name_no_id_and_no_day_of_the_file_is_in_it(world: Subgraph) -> None:
    marked = Subgraph(
        nodes={
            key: each.with_properties(name=f"Canary{key}", birth_year=1951, address="Canarylaan 3")
            if each.label in {"Person", "Organization", "Worker"}
            else each
            for key, each in world.nodes.items()
        },
        relationships=world.relationships,
    )
    file = PersonFile(marked, PersonId(NodeId("p0")), SCOPE.as_of)
    found = sheet(file, TOLD)
    written = to_json(found.written())
    assert "Canary" not in written
    assert "1951" not in written
    assert Sheet.read(found.written()) == found


def test_the_names_of_a_file_are_those_of_persons_and_colleagues() -> None:
    records = [*network(), node("Worker", "w", name="Wout Werker")]
    person = node("Person", "p0", name="Geheim", alias="Gé")
    file = PersonFile(Subgraph.of([person, *records]), PersonId(NodeId("p0")), TODAY)
    assert set(names_in(file)) == {
        "Geheim",
        "Gé",
        "Bo Naam",
        "Cy Naam",
        "Di Naam",
        "Wout Werker",
    }
