"""On duty: what matters today, and of who is left alone nothing."""

from dataclasses import replace
from datetime import date, timedelta

from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.plans import Side
from netwerk.domain.ties import Approach
from netwerk.usecases import duty, network, plan
from netwerk.usecases.plan import ActionFacts
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, link, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
WALKS = ActionFacts(text="Loopt mee.", side=Side.NETWORK, who=NodeId("bo"), due_on=TODAY)


def op(number: int) -> OperationId:
    return OperationId(str(number) * 32)


def test_who_may_be_asked_what_is_due_and_what_runs() -> None:
    note = node("DomainNote", "note", domain="family", goes="well", told_on="2026-10-20")
    store = memory_store([*street.records(), note, link("KEPT_IN", "note", "case-annie")])
    assert duty.of_file(network.open_file(store, ANNIE)).last == date(2026, 10, 20)
    later = replace(WALKS, due_on=TODAY + timedelta(days=8))
    plan.set_action(store, ANNIE, op(1), None, WALKS)
    plan.set_action(store, ANNIE, op(2), None, later)
    found = duty.of_file(network.open_file(store, ANNIE))
    assert [tie.id for tie in found.may_ask] == ["annie-bo"]
    assert [each.action.due_on for each in found.week] == [TODAY]
    assert [each.ask.id for each in found.running] == ["ask-annie"]
    assert (found.left_alone, found.last) == (0, TODAY)
    said = Approach.DO_NOT_APPROACH
    network.set_approach(store, ANNIE, op(3), RelationshipId("annie-bo"), said)
    after = duty.of_file(network.open_file(store, ANNIE))
    assert (after.may_ask, after.week, after.left_alone) == ((), (), 1)
