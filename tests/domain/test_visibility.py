"""The rules that open and change a file, on their own."""

from datetime import date

import pytest

from netwerk.domain.access import Role
from netwerk.domain.cases import Case
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.people import Worker
from netwerk.domain.records import Record, Subgraph
from netwerk.domain.visibility import (
    CASE_RECORDS,
    FROM_CASE_TYPES,
    TO_CASE_TYPES,
    may_open,
    require_changeable,
)
from netwerk.schema import load_schema
from tests.worlds import SCOPE, link, node

TODAY = date(2026, 11, 2)
FILE = Subgraph.of(
    [
        node("Person", "p0", name="P"),
        node("Person", "p1", name="Q", told_by="p0"),
        node("Person", "p2", name="R"),
        node("Case", "c0", question="?"),
        node("Organization", "o0", name="O", kind="church"),
        link("TIE", "p0", "p1", "t0", owner="p0", kind="friend"),
        link("TIE", "p1", "p2", "t1", owner="p1", kind="friend"),
    ]
)


def case(**facts: str) -> Case:
    return Case.from_node(node("Case", "c", question="?", **facts))


@pytest.mark.parametrize("role", Role)
def test_a_role_that_opens_no_files_leads_no_case_either(role: Role) -> None:
    colleague = Worker.from_node(node("Worker", "w", name="W", role=role.value))
    assert may_open(colleague, [case()], [], TODAY) is (role is Role.WORKER)


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({}, True),
        ({"closed_on": "2026-11-02"}, False),
        ({"closed_on": "2026-11-03"}, True),
        ({"opened_on": "2026-11-02"}, True),
        ({"opened_on": "2026-11-03"}, False),
    ],
)
def test_a_file_is_open_while_its_case_is(facts: dict[str, str], opens: bool) -> None:
    colleague = Worker.from_node(node("Worker", "w", name="W", role="worker"))
    assert may_open(colleague, [], [case(**facts)], TODAY) is opens
    assert not may_open(colleague, [], [], TODAY)


@pytest.mark.parametrize(
    "record",
    [
        FILE.nodes[node("Person", "p0").id].with_properties(name="Pien"),
        FILE.nodes[node("Person", "p1").id].with_properties(name="Quint"),
        node("Person", "new", name="N"),
        link("TIE", "p0", "new", "t2", owner="p0", kind="friend"),
        link("ADDRESSES", "p0", "n"),
        link("CONCERNS", "c0", "p0"),
    ],
    ids=lambda record: f"{record.id}",
)
def test_what_belongs_to_the_file_can_be_changed(record: Record) -> None:
    require_changeable(FILE, record, SCOPE)


@pytest.mark.parametrize(
    "record",
    [
        FILE.nodes[node("Person", "p2").id].with_properties(name="of another file"),
        FILE.nodes[node("Organization", "o0").id].with_properties(name="of the directory"),
        node("Organization", "o9", name="new", kind="church"),
        link("TIE", "p1", "p2", "t1", owner="p1", kind="partner"),
        link("TIE", "p1", "p2", "t1", owner="p0", kind="partner"),
        link("ADDRESSES", "p1", "n"),
        link("PROVIDES", "o0", "s"),
        link("ACQUAINTED", "w0", "o0", warmth="warm"),
        link("CONCERNS", "elsewhere", "somebody"),
    ],
    ids=lambda record: f"{record.id}",
)
def test_nothing_else_can_be_changed_from_it(record: Record) -> None:
    with pytest.raises(NotVisibleError):
        require_changeable(FILE, record, SCOPE)


def test_what_is_kept_in_a_case_is_what_the_kind_files_join_to_one() -> None:
    schema = load_schema()
    inward = {
        kind.name: set(kind.sources)
        for kind in schema.relationships.values()
        if "Case" in kind.targets and kind.name != "LEADS"
    }
    outward = {
        kind.name: set(kind.targets)
        for kind in schema.relationships.values()
        if "Case" in kind.sources and kind.name not in {"CONCERNS", "HANDLED_BY"}
    }
    kept = set[str]().union(*inward.values(), *outward.values())
    assert kept == CASE_RECORDS
    assert inward.keys() | {"LEADS"} == TO_CASE_TYPES
    assert outward.keys() | {"CONCERNS", "HANDLED_BY"} == FROM_CASE_TYPES
