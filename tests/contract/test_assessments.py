"""Questionnaires, and what happened in a case, are the same in every store."""

from dataclasses import replace

import pytest

from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.graph.timeline import happenings
from netwerk.ports.stores import Store
from netwerk.usecases import assessments, network
from netwerk.usecases.assessments import SheetFacts
from tests.contract.conftest import Fresh
from tests.worlds import SCOPE, TODAY, link, node

SHEET = SheetFacts(
    taken_on=TODAY, points={"housing": 4, "justice": 5}, note="Rustig.", taken_by="Zij en W"
)


@pytest.fixture
def table(fresh: Fresh) -> Store:
    """Return a store with a file in which something happened, and another's."""
    earlier = '{"kind": "friend", "closeness": 1, "until": "2026-05-01"}'
    return fresh(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Person", "p0", name="Zij"),
            node("Person", "p1", name="Haar vriendin", told_by="p0"),
            node("Person", "p2", name="Ander"),
            node("Case", "c0", question="?", opened_on="2026-01-01"),
            node("Case", "c2", question="?", opened_on="2026-01-02"),
            link("CONCERNS", "c0", "p0"),
            link("CONCERNS", "c2", "p2"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p0", "p1", owner="p0", kind="friend", closeness=4, earlier=[earlier]),
            link("TIE", "p2", "p1", owner="p2", kind="friend", valid_from="2026-01-03"),
        ]
    )


def test_a_questionnaire_is_kept_read_and_emptied(table: Store) -> None:
    for _ in range(2):
        assessments.fill_in(table, SCOPE, OperationId("one"), "self_sufficiency", SHEET)
    (read,) = assessments.every(network.open_file(table, SCOPE))
    assert (read.points, read.note, read.taken_by) == (SHEET.points, "Rustig.", "Zij en W")
    theirs = replace(SCOPE, subject=PersonId(NodeId("p2")))
    with pytest.raises(NotVisibleError):
        assessments.fill_in(table, theirs, OperationId("two"), read, SHEET)
    assessments.take_away(table, SCOPE, OperationId("three"), read)
    assert assessments.every(network.open_file(table, SCOPE)) == []


def test_what_happened_is_told_in_the_same_order_and_of_no_other_file(table: Store) -> None:
    assessments.fill_in(table, SCOPE, OperationId("one"), "self_sufficiency", SHEET)
    every = happenings(network.open_file(table, SCOPE))
    assert [(each.on.isoformat(), each.what) for each in every] == [
        (TODAY.isoformat(), "filled_in"),
        ("2026-05-01", "changed"),
        ("2026-01-01", "opened"),
    ]
