"""Somebody whom nobody sees without a role can have it again: the same, at the same place."""

from dataclasses import replace

import pytest

from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, RelationshipId
from tests.contract.conftest import Fresh
from tests.contract.test_keeping import KEEPER, ONE, TWO, records, stored
from tests.worlds import link, node


def test_a_role_that_was_taken_away_can_come_back_and_no_other(fresh: Fresh) -> None:
    street = fresh(records())
    quiet = node("Person", "v8", name="Vic", alias="V.", told_by="p0")
    street.load([quiet, link("VOLUNTEERS_FOR", "v8", "s0", "role", capacity=2)])
    with street.directory_work(KEEPER, ONE) as work:
        role = work.around([NodeId("v8")]).relationships[RelationshipId("role")]
        work.remove(role)
    before = stored(street)
    for wrong in (
        link("VOLUNTEERS_FOR", "v8", "s0", "another"),
        link("VOLUNTEERS_FOR", "p1", "s0", "role"),
        link("CONTACT_FOR", "v8", "o0", "role"),
        replace(before["v8"], version=1),
    ):
        with pytest.raises(NotVisibleError), street.directory_work(KEEPER, TWO) as work:
            work.save(wrong)
    assert stored(street) == before
    with street.directory_work(KEEPER, TWO) as work:
        assert "v8" not in work.around([NodeId("v8")]).nodes
        work.save(replace(role, version=0))
        seen = work.around([NodeId("v8")]).nodes[NodeId("v8")]
        work.save(seen.with_properties(phone="1"))
    assert stored(street)["v8"].properties["phone"] == "1"
    assert stored(street)["role"].properties == {"capacity": 2}
