"""Telling together what everybody knows: who may type for whom, and what the log says of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.knowing import Knowing
from netwerk.domain.records import Relationship
from netwerk.ports.stores import Store
from netwerk.usecases import knowledge
from netwerk.usecases.knowledge import knowing
from tests.builders import memory_store
from tests.usecases.test_knowledge import CO, DEBTS, SAM, TAX, levels, need, records
from tests.worlds import TODAY, StoppedClock, link, node

ONE, TWO, THREE = (OperationId(each) for each in ("one", "two", "three"))
KEY = "knowing-one"


def worker(name: str) -> WorkerId:
    return WorkerId(NodeId(name))


MO, BEA, FAR = (replace(SAM, viewer=worker(each)) for each in ("mo", "bea", "far"))
LATER = replace(SAM, as_of=TODAY.replace(day=TODAY.day + 1))


@pytest.fixture
def store() -> Store:
    """Return a session of Sam and Mo; Bea is of the team and not there."""
    store = memory_store(records({"mo": {TAX: 2}}))
    assert knowing.begin(store, SAM, StoppedClock(), ONE, [MO.viewer]) == KEY
    return store


def session(store: Store, scope: Scope = SAM) -> Knowing:
    return knowing.room(store, scope, KEY).session


def test_one_types_in_what_each_says_and_the_log_says_who_did(store: Store) -> None:
    told = {SAM.viewer: 3, MO.viewer: 4}
    knowing.note(store, SAM, TWO, (KEY, DEBTS), told)
    knowing.note(store, SAM, TWO, (KEY, DEBTS), told)  # it came twice
    assert levels(store) == {("sam", DEBTS): 3, ("mo", DEBTS): 4, ("mo", TAX): 2}
    known = knowledge.team(store, MO).levels
    assert known[MO.viewer, DEBTS].noted_by == "sam"
    assert known[SAM.viewer, DEBTS].noted_by == ""
    typed = [e.event for e in store.audit_entries() if e.event.action == "type-in-knowledge"]
    assert [(e.actor, e.details["for"], e.details["record"]) for e in typed] == [
        ("sam", "sam", KEY),
        ("sam", "mo", KEY),
    ]
    assert session(store).done == (DEBTS,)


def test_what_was_typed_in_is_ones_own_to_change(store: Store) -> None:
    knowing.note(store, SAM, TWO, (KEY, DEBTS), {MO.viewer: 4})
    knowledge.tell(store, MO, THREE, {DEBTS: 2})
    known = knowledge.team(store, MO).levels[MO.viewer, DEBTS]
    assert (known.level, known.noted_by) == (2, "")


def test_two_who_type_both_count(store: Store) -> None:
    knowing.note(store, SAM, TWO, (KEY, DEBTS), {SAM.viewer: 1})
    knowing.note(store, MO, THREE, (KEY, TAX), {MO.viewer: 3, SAM.viewer: 2})
    knowing.note(store, MO, OperationId("four"), (KEY, TAX), {})
    assert session(store).done == (DEBTS, TAX)
    assert levels(store) == {("sam", DEBTS): 1, ("sam", TAX): 2, ("mo", TAX): 3}


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (SAM, "bea"),  # is not there
        (SAM, "far"),  # is of another team
        (SAM, "nobody"),
        (BEA, "bea"),  # who is not there types nothing, for nobody
        (BEA, "mo"),
        (FAR, "far"),
        (FAR, "mo"),
    ],
)
def test_for_who_is_not_there_nothing_is_typed_in(store: Store, who: Scope, told: str) -> None:
    with pytest.raises(NotVisibleError):
        knowing.note(store, who, TWO, (KEY, DEBTS), {worker(told): 4})
    assert levels(store) == {("mo", TAX): 2}
    assert session(store).done == ()


def test_nothing_is_typed_in_after_it_is_over_nor_on_another_day(store: Store) -> None:
    with pytest.raises(InvalidInputError):
        knowing.note(store, LATER, TWO, (KEY, DEBTS), {MO.viewer: 4})
    assert knowing.room(store, LATER, KEY).may_type is False
    assert knowing.running(store, LATER) is None
    knowing.close(store, MO, TWO, KEY)
    knowing.close(store, MO, TWO, KEY)
    with pytest.raises(InvalidInputError):
        knowing.note(store, SAM, THREE, (KEY, DEBTS), {MO.viewer: 4})
    assert levels(store) == {("mo", TAX): 2}
    assert knowing.room(store, SAM, KEY).may_type is False


def test_who_left_the_team_since_is_typed_in_no_more(store: Store) -> None:
    gone = [r for r in store.dump() if isinstance(r, Relationship) and r.source == "mo"]
    left = memory_store(r for r in records() if r.id not in {each.id for each in gone})
    with left.system() as work:
        work.put("knowledge_session", KEY, session(store).written())
    with pytest.raises(NotVisibleError):
        knowing.note(left, SAM, TWO, (KEY, DEBTS), {MO.viewer: 4})


def test_who_is_there_can_change_and_counts_at_once(store: Store) -> None:
    knowing.seat(store, SAM, TWO, KEY, [BEA.viewer])
    assert session(store).present == ("sam", "bea")
    with pytest.raises(NotVisibleError):
        knowing.note(store, SAM, THREE, (KEY, DEBTS), {MO.viewer: 4})
    knowing.note(store, SAM, OperationId("four"), (KEY, DEBTS), {BEA.viewer: 4})
    assert levels(store)["bea", DEBTS] == 4
    for who in ("far", "co", "nobody"):
        with pytest.raises(NotVisibleError):
            knowing.seat(store, SAM, OperationId(f"seat {who}"), KEY, [worker(who)])


def test_the_team_sees_a_session_and_another_team_does_not(store: Store) -> None:
    assert knowing.room(store, SAM, KEY).may_type is True
    assert knowing.room(store, BEA, KEY).may_type is False
    found = knowing.running(store, BEA)
    assert found is not None
    assert found.key == KEY
    assert knowing.running(store, FAR) is None
    acts: list[Callable[[], object]] = [
        lambda: knowing.room(store, FAR, KEY),
        lambda: knowing.room(store, SAM, "knowing-none"),
        lambda: knowing.close(store, FAR, TWO, KEY),
        lambda: knowing.close(store, SAM, TWO, "knowing-none"),
        lambda: knowing.begin(store, SAM, StoppedClock(), TWO, [FAR.viewer]),
    ]
    for act in acts:
        with pytest.raises(NotVisibleError):
            act()


def test_a_coordinator_and_who_is_in_no_team_begin_none(store: Store) -> None:
    with pytest.raises(NotAllowedError):
        knowing.begin(store, CO, StoppedClock(), TWO, [])
    alone = memory_store([*records(), node("Worker", "lone", name="Lone", role="worker")])
    with pytest.raises(InvalidInputError):
        knowing.begin(alone, replace(SAM, viewer=worker("lone")), StoppedClock(), TWO, [])


def test_the_session_that_was_begun_last_is_the_one_that_runs(store: Store) -> None:
    knowing.begin(store, MO, StoppedClock(), TWO, [])
    found = knowing.running(store, SAM)
    assert found is not None
    assert found.key == "knowing-two"


def test_where_there_are_no_needs_there_is_nothing_to_go_through() -> None:
    bare = memory_store(
        [
            node("Team", "t0", name="Noord"),
            node("Worker", "sam", name="Sam", role="worker"),
            link("MEMBER_OF", "sam", "t0"),
        ]
    )
    key = knowing.begin(bare, SAM, StoppedClock(), ONE, [])
    with pytest.raises(NotVisibleError):
        knowing.room(bare, SAM, key)
    with pytest.raises(NotVisibleError):
        knowing.note(bare, SAM, TWO, (key, need("gone")), {SAM.viewer: 1})
