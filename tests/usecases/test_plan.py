"""The plan: in the inhabitant's words, and nobody does something who was not to be asked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.plans import Side
from netwerk.domain.ties import Approach
from netwerk.graph import casework
from netwerk.graph.file import PersonFile
from netwerk.usecases import cases, network, plan
from netwerk.usecases.plan import ActionFacts, Close, GoalFacts
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
BO, CHURCH = NodeId("bo"), NodeId("church")
WALKS = ActionFacts(text="Loopt mee.", side=Side.NETWORK, who=BO, due_on=TODAY)
AT_CHURCH = ActionFacts(text="Zet koffie.", side=Side.PARTNER, who=CHURCH)


def op(number: int) -> OperationId:
    return OperationId(str(number) * 32)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def opened(store: MemoryStore) -> PersonFile:
    return network.open_file(store, ANNIE)


def agreed(store: MemoryStore, key: str) -> casework.ActionInPlan:
    return plan.action(opened(store), key)


def test_a_goal_is_set_looked_back_on_and_ends(store: MemoryStore) -> None:
    back = TODAY + timedelta(days=30)
    plan.set_goal(store, ANNIE, op(1), None, GoalFacts(text=" Ik wil fietsen. ", look_back_on=back))
    read = plan.goal(opened(store), f"goal-{op(1)}")
    assert (read.text, read.set_on, read.look_back_on) == ("Ik wil fietsen.", TODAY, back)
    reached = GoalFacts(text=read.text, result="reached", note="Elke week.")
    plan.set_goal(store, ANNIE, op(2), read, reached)
    ended = plan.goal(opened(store), read.id)
    assert (ended.ended_on, ended.result, ended.note) == (TODAY, "reached", "Elke week.")
    later = replace(ANNIE, as_of=TODAY + timedelta(days=3))
    plan.set_goal(store, later, op(3), ended, replace(reached, note="Elke dag."))
    assert plan.goal(opened(store), read.id).ended_on == TODAY
    assert [g.goal.id for g in casework.goals(opened(store))] == ["goal-annie", read.id]
    with pytest.raises(ConflictError):
        plan.set_goal(store, ANNIE, op(4), read, reached)


def test_what_is_agreed_stands_with_its_goal_or_apart(store: MemoryStore) -> None:
    goal = NodeId("goal-annie")
    plan.set_action(store, ANNIE, op(1), None, replace(WALKS, goal=goal))
    plan.set_action(store, ANNIE, op(2), None, AT_CHURCH)
    own = ActionFacts(text="Belt zelf.", side=Side.INHABITANT, goal=goal, due_on=date.max)
    plan.set_action(store, ANNIE, op(4), None, own)
    (shown,) = casework.goals(opened(store))
    first, own_one, second = (each.action for each in shown.actions)
    assert (own_one.text, own_one.who) == ("Belt zelf.", None)
    assert (first.who, first.due_on, first.agreed_on) == (BO, TODAY, TODAY)
    assert second.id == "action-annie"
    (apart,) = casework.loose(opened(store))
    assert (apart.action.who, apart.closed_off) == (CHURCH, False)
    with pytest.raises(NotVisibleError):
        plan.set_action(store, ANNIE, op(3), None, replace(WALKS, goal=NodeId("goal-zwaan")))


def test_who_does_it_can_become_somebody_else(store: MemoryStore) -> None:
    plan.set_action(store, ANNIE, op(1), None, WALKS)
    read = agreed(store, f"action-{op(1)}").action
    ours = ActionFacts(text="Loopt mee.", side=Side.TEAM, who=ANNIE.viewer)
    plan.set_action(store, ANNIE, op(2), read, ours)
    now = agreed(store, read.id).action
    assert (now.side, now.who) == (Side.TEAM, ANNIE.viewer)
    assert "person" not in now.node.properties


@pytest.mark.parametrize("word", [word for word in Approach if word is not Approach.MAY_ASK])
def test_nobody_does_something_who_may_not_be_asked(store: MemoryStore, word: Approach) -> None:
    plan.set_action(store, ANNIE, op(1), None, WALKS)
    assert not agreed(store, f"action-{op(1)}").closed_off
    network.set_approach(store, ANNIE, op(2), RelationshipId("annie-bo"), word)
    # What was agreed before is no longer shown, and nothing new is agreed.
    assert agreed(store, f"action-{op(1)}").closed_off
    assert casework.may_do(opened(store)) == set()
    with pytest.raises(InvalidInputError, match="the inhabitant decides"):
        plan.set_action(store, ANNIE, op(3), None, WALKS)


def test_a_partner_that_is_left_alone_does_nothing(store: MemoryStore) -> None:
    plan.set_action(store, ANNIE, op(1), None, AT_CHURCH)
    church = RelationshipId("annie-church")
    network.set_approach(store, ANNIE, op(2), church, Approach.DO_NOT_APPROACH)
    assert agreed(store, f"action-{op(1)}").closed_off
    with pytest.raises(InvalidInputError, match="left alone"):
        plan.set_action(store, ANNIE, op(3), None, AT_CHURCH)


def test_what_was_done_can_be_put_back(store: MemoryStore) -> None:
    done: list[tuple[date | None, date | None, bool]] = []
    for number, how in enumerate((Close.DONE, Close.DROPPED, Close.AGAIN), 1):
        plan.close_action(store, ANNIE, op(number), "action-annie", how)
        now = agreed(store, "action-annie").action
        done.append((now.done_on, now.dropped_on, now.is_open))
    assert done == [(TODAY, None, False), (None, TODAY, False), (None, None, True)]


def test_what_is_not_filled_in_is_told(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError, match="own words"):
        plan.set_goal(store, ANNIE, op(1), None, GoalFacts(text="  "))
    for wrong in (replace(WALKS, text=" "), replace(WALKS, who=None)):
        with pytest.raises(InvalidInputError):
            plan.set_action(store, ANNIE, op(1), None, wrong)


def test_another_s_plan_is_not_there(store: MemoryStore) -> None:
    for find in (plan.goal, plan.action):
        with pytest.raises(NotVisibleError):
            find(opened(store), "goal-zwaan")
    goal = GoalFacts(text="Koken")
    for subject in (None, PersonId(NodeId("zwaan"))):
        with pytest.raises(NotVisibleError):
            plan.set_goal(store, replace(ANNIE, subject=subject), op(1), None, goal)


def test_with_no_case_that_is_open_nothing_is_added(store: MemoryStore) -> None:
    case = opened(store).case
    assert case is not None
    cases.change_case(store, ANNIE, op(1), case, {"closed_on": "2999-01-01"})
    assert plan.goal(opened(store), "goal-annie").ended_on is None
    after = replace(ANNIE, as_of=date(2999, 1, 1))
    with pytest.raises(NotVisibleError):
        plan.set_goal(store, after, op(2), None, GoalFacts(text="Koken"))


def test_the_viewer_comes_first_among_the_colleagues(store: MemoryStore) -> None:
    mate = replace(ANNIE, viewer=street.worker("mate"))
    assert [each.name for each in plan.colleagues(store, mate)] == ["Mate", "Own"]


def test_what_goes_on_paper_is_logged_as_such(store: MemoryStore) -> None:
    assert plan.on_paper(store, ANNIE, "print-plan").person.id == ANNIE.subject
    assert list(store.audit_entries())[-1].event.action == "print-plan"
    with pytest.raises(NotVisibleError):
        plan.on_paper(store, replace(ANNIE, subject=None), "print-plan")
