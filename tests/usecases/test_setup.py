"""Setting up a municipality: teams in areas that are there, colleagues in teams that are there."""

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Role, Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.usecases import setup
from tests.builders import memory_store
from tests.worlds import TODAY, node

SETTING_UP = Scope(viewer=OPERATOR, purpose=Purpose.ADMINISTRATION, as_of=TODAY)
AREA = node("Area", "wijk", code="W1", name="Noord", level="district")


def test_a_team_and_a_colleague_are_added_where_they_belong() -> None:
    store = memory_store([AREA])
    setup.add_team(store, SETTING_UP, setup.NewTeam(id="t", name="Noord", areas=("wijk",)))
    for key, team in (("wil", "t"), ("boss", "")):
        new = setup.NewColleague(id=key, name=key.title(), role=Role.WORKER, team=team)
        setup.add_colleague(store, SETTING_UP, new)
    held = {str(each.id): each for each in store.dump()}
    assert {"in_area-t-wijk", "member_of-wil-t", "boss"} <= set(held)
    assert "cluster" not in held["t"].properties
    assert held["wil"].properties == {"name": "Wil", "role": "worker"}
    told = [(e.event.action, e.event.details["record"]) for e in store.audit_entries()]
    assert told == [("add-team", "t"), ("add-colleague", "wil"), ("add-colleague", "boss")]


def test_what_it_belongs_to_must_be_there() -> None:
    store = memory_store([AREA])
    with pytest.raises(InvalidInputError, match="no area zuid"):
        setup.add_team(store, SETTING_UP, setup.NewTeam(id="t", name="Zuid", areas=("zuid",)))
    lost = setup.NewColleague(id="wil", name="Wil", role=Role.WORKER, team="t")
    with pytest.raises(InvalidInputError, match="no team t"):
        setup.add_colleague(store, SETTING_UP, lost)
    assert [each.id for each in store.dump()] == ["wijk"]
    assert not list(store.audit_entries())
