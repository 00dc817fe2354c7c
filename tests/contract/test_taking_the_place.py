"""One person in the place of another: whoever is registered twice is put together, nobody else."""

from dataclasses import replace

import pytest

from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.records import Relationship
from netwerk.ports.stores import Store
from tests.contract.conftest import Fresh
from tests.contract.test_keeping import KEEPER, ONE, THREE, TWO, ends, records, stored
from tests.worlds import link, node


@pytest.fixture
def street(fresh: Fresh) -> Store:
    return fresh(records())


def test_a_volunteer_registered_twice_is_put_together_and_taken_apart(street: Store) -> None:
    with street.directory_work(KEEPER, ONE) as work:
        work.save(node("Person", "v1", name="Vera"), link("VOLUNTEERS_FOR", "v1", "s0"))
    street.load([link("TIE", "p0", "v1", "t1", owner="p0", kind="friend")])
    before = stored(street)
    with street.directory_work(KEEPER, TWO) as work:
        moved = work.repoint(NodeId("v1"), NodeId("v0"))
        gone = before["v1"]
        work.remove(gone)
    after = stored(street)
    assert moved == ("VOLUNTEERS_FOR.v1.s0", "t1")
    assert "v1" not in after
    assert ends(after["t1"]) == ("p0", "v0")
    role = after["VOLUNTEERS_FOR.v1.s0"]
    assert isinstance(role, Relationship)
    with street.directory_work(KEEPER, THREE) as work:
        work.save(replace(gone, version=0))
        # Nobody takes somebody's place who has no public role of their own.
        work.remove(role)
        work.save(replace(role, source=NodeId("v1"), version=0))
        assert work.repoint(NodeId("v0"), NodeId("v1"), only=[RelationshipId("t1")]) == ("t1",)
    assert {k: ends(r) for k, r in stored(street).items()} == {
        k: ends(r) for k, r in before.items()
    }


def test_who_was_not_replaced_stays_whoever_they_are(street: Store) -> None:
    before = stored(street)
    with pytest.raises(NotVisibleError), street.directory_work(KEEPER, ONE) as work:
        work.repoint(NodeId("o1"), NodeId("o0"))
        work.remove(before["p0"])
    assert stored(street) == before
