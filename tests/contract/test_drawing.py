"""Drawing and taking back do the same in every store, and leave nothing behind."""

from dataclasses import replace

import pytest

from netwerk.domain.errors import ConflictError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Record
from netwerk.domain.ties import Approach
from netwerk.ports.stores import Store
from netwerk.usecases import drawing, family
from netwerk.usecases.drawing import Read, Told
from tests.contract.conftest import Fresh
from tests.worlds import SCOPE, link, node

P1, P2 = PersonId(NodeId("p1")), PersonId(NodeId("p2"))
TIE = RelationshipId("tie")


@pytest.fixture
def table(fresh: Fresh) -> Store:
    """Return a store with a file in which two people are drawn."""
    return fresh(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Person", "p0", name="Zij"),
            node("Person", "p1", name="Haar buurman", told_by="p0"),
            node("Person", "p2", name="Haar zus", told_by="p0"),
            node("Case", "c0", question="?", opened_on="2026-01-01"),
            link("CONCERNS", "c0", "p0"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p0", "p1", "tie", owner="p0", kind="neighbour"),
            link("TIE", "p0", "p2", owner="p0", kind="sibling"),
        ]
    )


def one(number: int) -> OperationId:
    return OperationId(f"act-{number}")


def without_versions(store: Store) -> list[Record]:
    return [replace(record, version=1) for record in store.dump()]


def draw(store: Store) -> None:
    """Do one of everything."""
    key = drawing.add(store, SCOPE, one(1), Told(name="Cor", kind="friend"), 300)
    drawing.move(store, SCOPE, one(2), Read(tie=key, version=1), (5, 100))
    drawing.know(store, SCOPE, one(3), P1, P2)
    told = Told(name="Buurman Jan", kind="neighbour", lives_with=True, carer=True)
    drawing.tell(store, SCOPE, one(4), Read(tie=TIE, version=1, person_version=1), told)
    drawing.say(store, SCOPE, one(5), TIE, Approach.SUPPORT_ONLY)
    drawing.know(store, SCOPE, one(6), P2, P1)
    drawing.keep_pets(store, SCOPE, one(7), 1, ["Minoes"])
    drawing.gone(store, SCOPE, one(8), Read(tie=TIE, version=3))


def test_what_is_taken_back_is_as_it_was_and_nobody_is_left_behind(table: Store) -> None:
    before = without_versions(table)
    draw(table)
    assert without_versions(table) != before
    assert len(drawing.steps(table, SCOPE)) == 8
    for number in range(8):
        assert drawing.undo(table, SCOPE, one(20 + number)) is not None
    assert drawing.undo(table, SCOPE, one(30)) is None
    assert without_versions(table) == before


def test_what_was_changed_since_is_not_taken_back(table: Store) -> None:
    drawing.move(table, SCOPE, one(1), Read(tie=TIE, version=1), (5, None))
    with table.work(SCOPE, one(2)) as work:
        work.save(work.own_file().relationships[TIE].with_properties(closeness=1))
    left = list(table.dump())
    with pytest.raises(ConflictError):
        drawing.undo(table, SCOPE, one(3))
    assert list(table.dump()) == left
    assert len(drawing.steps(table, SCOPE)) == 1


def test_a_family_has_files_of_their_own(table: Store) -> None:
    joined = family.join(table, SCOPE, one(1), "Bas")
    assert family.join(table, SCOPE, one(1), "Bas") == joined
    his = drawing.open_drawing(table, replace(SCOPE, subject=joined))
    assert his.ties == []
    assert set(his.graph.nodes) == {joined, "c0", "w0"}
    assert [each.id for each in family.members(table, SCOPE)] == ["p0", joined]
