"""Somebody leaves: what they knew and were to learn goes with them, and nobody else's does."""

from dataclasses import replace

from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.usecases.knowledge import leaving, training
from tests.builders import memory_store
from tests.usecases.test_knowledge import DEBTS, SAM, TAX, levels, records
from tests.usecases.test_training import wanted

MO = replace(SAM, viewer=WorkerId(NodeId("mo")))


def test_what_somebody_knew_and_was_to_learn_goes_with_them() -> None:
    store = memory_store(records({"mo": {DEBTS: 4, TAX: 1}, "sam": {TAX: 2}}))
    training.agree(store, SAM, OperationId("by mo"), wanted())
    training.agree(store, SAM, OperationId("of mo"), wanted(who=MO.viewer, from_whom=""))
    training.agree(store, SAM, OperationId("else"), wanted(from_whom="bea"))
    for _ in range(2):
        leaving.leave(store, MO, OperationId("gone"), "operator")
    assert levels(store) == {("sam", TAX): 2}
    plan = training.plan(store, SAM)
    assert {(t.key, t.from_whom) for t in plan.open} == {
        ("training-by mo", ""),
        ("training-else", "bea"),
    }
    (told,) = [e.event for e in store.audit_entries() if e.event.action == "forget-knowledge"]
    assert (told.actor, told.details["record"]) == ("operator", "mo")


def test_who_told_nothing_can_leave_too() -> None:
    store = memory_store(records())
    leaving.leave(store, MO, OperationId("gone"), "operator")
    assert levels(store) == {}
