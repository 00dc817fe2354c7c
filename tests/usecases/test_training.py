"""The training plan: who learns what, how, from whom, by when; and what came of it."""

from dataclasses import replace
from typing import Any

import pytest

from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.records import Record
from netwerk.domain.training import TRAINING, Training
from netwerk.ports.stores import Store
from netwerk.usecases.knowledge import training
from netwerk.usecases.knowledge.training import Ending
from tests.builders import memory_store
from tests.usecases.test_knowledge import CO, DEBTS, SAM, TAX, levels, need, records
from tests.worlds import link, node

ONE, TWO, THREE = (OperationId(each) for each in ("one", "two", "three"))
MO, FAR = replace(SAM, viewer=WorkerId(NodeId("mo"))), replace(SAM, viewer=WorkerId(NodeId("far")))
KEY = "training-one"


def wanted(**told: Any) -> Training:
    facts: dict[str, Any] = {"by": "2026-12-01", "how": "Loopt mee.", "from_whom": "mo"}
    made = Training(key="", team=NodeId(""), who=SAM.viewer, need=DEBTS, level=3, **facts)
    return replace(made, **told)


@pytest.fixture
def store() -> Store:
    return memory_store(records({"mo": {DEBTS: 4}}))


def test_what_is_agreed_is_in_the_plan_of_the_team_by_its_day(store: Store) -> None:
    training.agree(store, SAM, ONE, wanted())
    training.agree(store, SAM, ONE, wanted(how="twice"))
    training.agree(store, MO, TWO, wanted(need=TAX, by="2026-11-20", who=MO.viewer, from_whom=""))
    plan = training.plan(store, MO)
    assert [(t.key, t.team, t.how) for t in plan.open] == [
        ("training-two", "t0", "Loopt mee."),
        (KEY, "t0", "Loopt mee."),
    ]
    assert plan.one(KEY).from_whom == "mo"
    assert (plan.of(DEBTS), plan.of(need("work"))) == (True, False)
    assert [t.key for t in training.mine(store, SAM)] == [KEY]
    assert training.plan(store, FAR).open == ()
    with pytest.raises(NotVisibleError):
        training.plan(store, FAR).one(KEY)


def test_a_change_keeps_its_team_and_never_goes_over_somebody_elses(store: Store) -> None:
    training.agree(store, SAM, ONE, wanted())
    read = training.plan(store, SAM).one(KEY)
    training.agree(store, MO, TWO, replace(wanted(how="Cursus."), version=1), read)
    with pytest.raises(ConflictError):
        training.agree(store, SAM, THREE, replace(wanted(how="Later."), version=1), read)
    (now,) = training.plan(store, SAM).open
    assert (now.how, now.version, now.team) == ("Cursus.", 2, "t0")


def test_what_was_learned_or_let_be_is_kept_and_can_be_taken_up_again(store: Store) -> None:
    training.agree(store, SAM, ONE, wanted())
    assert training.end(store, SAM, TWO, KEY, Ending.LEARNED).ended_on == "2026-11-02"
    assert training.end(store, SAM, TWO, KEY, Ending.DROPPED).dropped is False  # it came twice
    plan = training.plan(store, SAM)
    assert (plan.open, [t.key for t in plan.ended]) == ((), [KEY])
    assert plan.one(KEY).dropped is False
    # What somebody knows by now is theirs to tell.
    assert levels(store) == {("mo", DEBTS): 4}
    assert training.mine(store, SAM) == []
    assert training.end(store, MO, THREE, KEY, Ending.AGAIN).is_open
    assert training.end(store, MO, OperationId("four"), KEY, Ending.DROPPED).dropped is True
    read = training.plan(store, SAM).one(KEY)
    told = replace(wanted(how="Anders."), version=read.version)
    training.agree(store, SAM, OperationId("five"), told, read)
    assert training.plan(store, SAM).one(KEY).dropped is True  # it was not learned by a word


def test_how_somebody_learns_names_no_inhabitant() -> None:
    here: list[Record] = [
        node("Person", "p0", name="Annie Bergman"),
        node("Case", "c0", question="v", opened_on="2026-10-01", safety="none"),
        link("CONCERNS", "c0", "p0"),
        link("LEADS", "sam", "c0"),
    ]
    store = memory_store(records() + here)
    for told in ({"how": "Gaat mee naar mevrouw Bergman."}, {"from_other": "annie"}):
        with pytest.raises(InvalidInputError, match="gives away"):
            training.agree(store, SAM, ONE, wanted(from_whom="", **told))
    assert training.plan(store, SAM).open == ()


@pytest.mark.parametrize(
    "told",
    [
        {"level": 1},
        {"level": 5},
        {"by": "2026-11-01"},
        {"from_whom": "sam"},
    ],
)
def test_what_cannot_be_agreed_is_refused(store: Store, told: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError):
        training.agree(store, SAM, ONE, wanted(**told))
    assert training.plan(store, SAM).open == ()


@pytest.mark.parametrize(
    "told", [{"who": "far"}, {"from_whom": "far"}, {"need": "nowhere"}, {"need": "mo"}]
)
def test_who_is_of_another_team_and_what_is_no_need_are_not_there(
    store: Store, told: dict[str, Any]
) -> None:
    with pytest.raises(NotVisibleError):
        training.agree(store, SAM, ONE, wanted(**told))
    with store.system() as work:
        assert not work.find(TRAINING)


def test_another_team_a_coordinator_and_who_is_in_no_team(store: Store) -> None:
    training.agree(store, SAM, ONE, wanted())
    for key in (KEY, "training-none"):
        with pytest.raises(NotVisibleError):
            training.end(store, FAR, TWO, key, Ending.DROPPED)
    with pytest.raises(NotAllowedError):
        training.agree(store, CO, TWO, wanted())
    with pytest.raises(NotAllowedError):
        training.mine(store, CO)
    alone = memory_store([*records(), node("Worker", "lone", name="Lone", role="worker")])
    lone = replace(SAM, viewer=WorkerId(NodeId("lone")))
    with pytest.raises(InvalidInputError):
        training.agree(alone, lone, ONE, wanted(who=lone.viewer, from_whom=""))
    assert training.plan(alone, lone).open == ()
