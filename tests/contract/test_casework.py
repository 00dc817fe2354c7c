"""A case that is worked from its question to a decision is the same in every store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from netwerk.domain.access import Scope
from netwerk.domain.advice import Advice, AdviceStatus, Takeover
from netwerk.domain.cases import ClosingReason
from netwerk.domain.errors import ConflictError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId
from netwerk.domain.plans import Side
from netwerk.domain.reviewing import Decision as Decided
from netwerk.domain.reviewing import Session, Task
from netwerk.graph.anonymous import Told
from netwerk.ports.stores import Store
from netwerk.usecases import advice, case_review, clarify, closing, effort, network, plan, reopening
from netwerk.usecases.advice import Decision, Followed, Written
from netwerk.usecases.closing import Closing
from netwerk.usecases.effort import EffortFacts, ScalingFacts, StepFacts
from netwerk.usecases.plan import ActionFacts, Close, GoalFacts
from tests.builders import memory_store
from tests.contract.conftest import Fresh
from tests.web import street
from tests.worlds import SCOPE

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
NEED = NeedId(NodeId(street.NEED))


class Days:
    """What is done, each in an operation of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._numbers: Iterator[int] = count(1)

    def op(self) -> OperationId:
        return OperationId(f"{next(self._numbers):032x}")

    def read(self, key: str) -> Advice:
        return advice.opened(self.store, ANNIE, key).advice


def clarified(days: Days) -> None:
    case = network.open_file(days.store, ANNIE).cases[0]
    told = clarify.Told(domain=NeedId(NodeId("family")), was="", goes="well", text="Belt elke dag.")
    changed = {"question_behind": "Wie is er als het misgaat?"}
    clarify.save(days.store, ANNIE, days.op(), (case, changed), [told])


def planned(days: Days) -> None:
    store, later = days.store, ANNIE.as_of + timedelta(days=30)
    goal = GoalFacts(text="Ik wil weer koken.", look_back_on=later)
    plan.set_goal(store, ANNIE, days.op(), None, goal)
    agreed = days.op()
    done = ActionFacts(text="Loopt mee.", side=Side.NETWORK, who=NodeId("bo"), due_on=later)
    plan.set_action(store, ANNIE, agreed, None, done)
    plan.close_action(store, ANNIE, days.op(), f"action-{agreed}", Close.DONE)


def advised(days: Days) -> None:
    store = days.store
    key = advice.start(store, ANNIE, days.op(), "Own")
    written = Written(
        needs=(NEED,),
        product="household_help",
        months=6,
        reason="Zij kan het huis niet alleen schoon houden.",
        none_tried_because="Zij wil dat nu niet.",
        keeps_doing="Bo doet de boodschappen.",
    )
    advice.save_draft(store, ANNIE, days.op(), days.read(key), written)
    advice.give(store, ANNIE, days.op(), days.read(key), "Own")
    granted = Decision(
        status=AdviceStatus.GRANTED,
        on=ANNIE.as_of,
        granted_from=ANNIE.as_of,
        granted_to=ANNIE.as_of + timedelta(days=180),
    )
    advice.decide(store, ANNIE, days.op(), days.read(key), granted)
    followed = Followed(takeover=Takeover.IN_PART, look_again_on=ANNIE.as_of + timedelta(days=90))
    advice.follow(store, ANNIE, days.op(), days.read(key), followed)


def talked_over(days: Days) -> None:
    store, scope = days.store, replace(ANNIE, subject=None)
    session = Session(
        key="",
        team=NodeId("team-own"),
        on=ANNIE.as_of.isoformat(),
        begins="13:30",
        place="Wijkhuis",
        chair=street.worker("own"),
        participants=(street.worker("mate"),),
    )
    key = case_review.plan(store, scope, days.op(), session)
    told = Told(question="Zit veel alleen. Wie weet iets?")
    wanted = case_review.Bringing(session=key, told=told, minutes=20)
    item = case_review.bring(store, ANNIE, days.op(), wanted)
    noted(days, scope, item, key)
    case_review.close(store, scope, days.op(), key, room_of(days, scope, key).session.version)


def noted(days: Days, scope: Scope, item: str, key: str) -> None:
    read = room_of(days, scope, key).talked[0].item
    decided = Decided(
        decision="Eerst de koffie.",
        taken_up_by=street.worker("own"),
        tasks=(Task(what="Belt de kerk.", who=street.worker("mate")),),
    )
    noting = case_review.Noting(decided=decided, version=read.version, sure=True)
    case_review.note(days.store, scope, days.op(), item, noting)


def room_of(days: Days, scope: Scope, key: str) -> case_review.Room:
    return case_review.room(days.store, scope, key)


def given(days: Days) -> None:
    store, today = days.store, ANNIE.as_of
    bo = StepFacts(
        on=today + timedelta(days=30),
        minutes=30,
        side=Side.NETWORK,
        who=NodeId("bo"),
        note="koffie",
    )
    hours = EffortFacts(worker=street.worker("mate"), minutes=180, since=today, steps=(bo,))
    effort.start(store, ANNIE, days.op(), hours)
    now = effort.of_worker(network.open_file(store, ANNIE), hours.worker).now
    assert now is not None
    less = replace(hours, minutes=120, steps=(replace(bo, minutes=0),))
    effort.change(store, ANNIE, days.op(), now.node.version, less)
    why = ScalingFacts(direction="down", on=today, reason="Het gaat weer.", to_whom="de buren")
    effort.set_scaling(store, ANNIE, days.op(), None, why)


def closed(days: Days) -> None:
    case = network.open_file(days.store, ANNIE).case
    assert case is not None
    done = Closing(
        because=ClosingReason.INFORMAL_HELP,
        on=ANNIE.as_of,
        version=case.node.version,
        helped="De eettafel bij de kerk.",
        told_on=True,
    )
    key = days.op()
    closing.close(days.store, ANNIE, key, done)
    closing.close(days.store, ANNIE, key, done)
    with pytest.raises(NotVisibleError):
        network.open_file(days.store, ANNIE)


def opened_again(days: Days) -> None:
    look = replace(ANNIE, subject=None)
    found = reopening.lately(days.store, look, days.op())
    assert [each.names for each in found] == [("Annie Bergman",)]
    assert reopening.search(days.store, look, days.op(), "annie bergman") == found
    reopening.reopen(days.store, look, days.op(), found[0].case, "Ze belde weer.")
    case = network.open_file(days.store, ANNIE).case
    assert case is not None
    assert case.node.properties["reopened_because"] == "Ze belde weer."
    assert reopening.lately(days.store, look, days.op()) == []


def worked(store: Store) -> Store:
    days = Days(store)
    clarified(days)
    planned(days)
    advised(days)
    talked_over(days)
    given(days)
    closed(days)
    opened_again(days)
    return store


def test_what_is_left_is_the_same_everywhere(fresh: Fresh) -> None:
    here, there = worked(fresh(street.records())), worked(memory_store(street.records()))
    assert list(here.dump()) == list(there.dump())
    assert [e.event for e in here.audit_entries()] == [e.event for e in there.audit_entries()]
    kept = {node.label for node in here.dump() if hasattr(node, "label")}
    assert {"DomainNote", "Goal", "Action", "ReferralAdvice", "CaseReview"} <= kept
    assert {"Effort", "Scaling", "Story"} <= kept


def test_doing_it_all_twice_does_it_once(fresh: Fresh) -> None:
    store = fresh(street.records())
    planned(Days(store))
    once = list(store.dump())
    planned(Days(store))
    assert list(store.dump()) == once


def test_who_comes_second_hears_of_it(fresh: Fresh) -> None:
    days = Days(fresh(street.records()))
    key = advice.start(days.store, ANNIE, days.op(), "Own")
    read = days.read(key)
    advice.save_draft(days.store, ANNIE, days.op(), read, Written(needs=(NEED,), reason="Eerst."))
    with pytest.raises(ConflictError):
        advice.save_draft(days.store, ANNIE, days.op(), read, Written(reason="Later."))
    assert days.read(key).reason == "Eerst."
