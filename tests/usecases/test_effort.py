"""Appearing and stepping back: what is given, what was to be, and why there was more or less."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.effort import Effort, late, open_steps
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.plans import Side
from netwerk.domain.ties import Approach
from netwerk.graph import effort as told
from netwerk.graph.effort import OfColleague
from netwerk.graph.file import PersonFile
from netwerk.usecases import cases, effort, network
from netwerk.usecases.effort import EffortFacts, ScalingFacts, StepFacts
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, node

OWN, MATE = street.worker("own"), street.worker("mate")
ANNIE = replace(SCOPE, viewer=OWN, subject=PersonId(NodeId("annie")))
SOON = TODAY + timedelta(days=30)
BO = StepFacts(on=SOON, minutes=60, side=Side.NETWORK, who=NodeId("bo"), note="koffie")
HOURS = EffortFacts(worker=MATE, minutes=180, since=TODAY, note="Elke week.", steps=(BO,))


def op(number: int) -> OperationId:
    return OperationId(f"{number:032x}")


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def opened(store: MemoryStore, on: date = TODAY) -> PersonFile:
    return network.open_file(store, replace(ANNIE, as_of=on))


def of_mate(store: MemoryStore, on: date = TODAY) -> OfColleague:
    return effort.of_worker(opened(store, on), MATE)


def version(found: OfColleague) -> int:
    return 0 if found.now is None else found.now.node.version


def test_hours_begin_and_what_was_to_be_less_is_told_when_it_is_late(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    effort.start(store, ANNIE, op(1), HOURS)
    found = of_mate(store)
    (step,) = found.steps
    assert (found.minutes, found.late, step.effort.who) == (180, None, NodeId("bo"))
    after = replace(ANNIE, as_of=SOON + timedelta(days=3))
    overdue = of_mate(store, after.as_of).late
    assert overdue is not None
    assert (overdue.step.minutes, overdue.minutes) == (60, 180)
    (mine,) = cases.caseload(store, after)
    assert [a.due for a in mine.attention if a.kind is cases.AttentionKind.EFFORT] == [SOON]
    effort.step_back(store, after, op(2), overdue.id)
    now = of_mate(store, after.as_of)
    assert (now.minutes, now.late, now.steps) == (60, None, ())
    assert of_mate(store).minutes == 180
    with pytest.raises(NotVisibleError):
        effort.step_back(store, after, op(3), overdue.id)


def test_a_step_can_be_so_before_its_day(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), replace(HOURS, since=TODAY - timedelta(days=1)))
    effort.step_back(store, ANNIE, op(2), of_mate(store).steps[0].effort.id)
    assert (of_mate(store).minutes, of_mate(store).steps) == (60, ())
    (mine,) = cases.caseload(store, replace(ANNIE, as_of=SOON))
    assert all(each.kind is not cases.AttentionKind.EFFORT for each in mine.attention)


def test_hours_change_from_a_day_on_and_the_steps_with_them(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    read, later = version(of_mate(store)), replace(ANNIE, as_of=TODAY + timedelta(days=7))
    less = replace(HOURS, minutes=120, since=later.as_of, steps=())
    effort.change(store, later, op(2), read, less)
    assert (of_mate(store).minutes, of_mate(store, later.as_of).minutes) == (180, 120)
    assert of_mate(store, later.as_of).steps == ()
    with pytest.raises(ConflictError):
        effort.change(store, later, op(3), read + 5, less)
    read = version(of_mate(store, later.as_of))
    same = replace(less, note="", steps=(BO,))
    effort.change(store, later, op(4), read, same)
    found = of_mate(store, later.as_of)
    assert found.now is not None
    assert (found.now.note, [s.effort.since for s in found.steps]) == ("", [SOON])
    with pytest.raises(ConflictError):
        effort.change(store, later, op(5), read, same)
    effort.change(store, later, op(6), version(found), replace(same, minutes=90))
    assert of_mate(store, later.as_of).minutes == 90


def test_other_hours_take_the_place_of_a_step_that_is_late(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    after = replace(ANNIE, as_of=SOON + timedelta(days=3))
    read = of_mate(store, after.as_of)
    changed = replace(HOURS, minutes=90, since=after.as_of, steps=read_again(read))
    effort.change(store, after, op(2), version(read), changed)
    now = of_mate(store, after.as_of)
    assert (now.minutes, now.steps, now.late) == (90, (), None)


def test_a_step_that_is_late_stays_while_the_hours_do(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    after = replace(ANNIE, as_of=SOON + timedelta(days=3))
    read = of_mate(store, after.as_of)
    effort.change(store, after, op(2), version(read), replace(HOURS, steps=read_again(read)))
    assert of_mate(store, after.as_of).late is not None


def read_again(found: OfColleague) -> tuple[StepFacts, ...]:
    """Return the steps as the form sends them back untouched."""
    return tuple(
        StepFacts(on=step.effort.since, minutes=step.effort.minutes) for step in found.steps
    )


@pytest.mark.parametrize("days", [0, 7])
def test_with_no_hours_it_stops_and_can_begin_again(store: MemoryStore, days: int) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    later = replace(ANNIE, as_of=TODAY + timedelta(days=days))
    none = replace(HOURS, minutes=0, since=later.as_of, steps=())
    effort.change(store, later, op(2), version(of_mate(store)), none)
    with pytest.raises(NotVisibleError):
        of_mate(store, later.as_of)
    effort.start(store, later, op(3), replace(HOURS, since=later.as_of))
    assert of_mate(store, later.as_of).minutes == 180


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (replace(HOURS, minutes=0, steps=()), "how many"),
        (replace(HOURS, minutes=0), "how many"),
        (replace(HOURS, worker=OWN), "already"),
        (replace(HOURS, since=SOON), "still to come"),
        (replace(HOURS, steps=(BO, BO)), "same day"),
        (replace(HOURS, steps=(replace(BO, on=TODAY),)), "begins after"),
        (replace(HOURS, steps=(replace(BO, who=NodeId("xi")),)), "inhabitant decides"),
    ],
)
def test_what_cannot_be_is_told(store: MemoryStore, wrong: EffortFacts, why: str) -> None:
    with pytest.raises(InvalidInputError, match=why):
        effort.start(store, ANNIE, op(1), wrong)


def test_hours_do_not_change_before_they_began(store: MemoryStore) -> None:
    effort.start(store, ANNIE, op(1), HOURS)
    early = replace(HOURS, minutes=60, since=TODAY - timedelta(days=2))
    with pytest.raises(InvalidInputError, match="before"):
        effort.change(store, ANNIE, op(2), version(of_mate(store)), early)
    with pytest.raises(InvalidInputError, match="no steps"):
        effort.change(store, ANNIE, op(3), version(of_mate(store)), replace(HOURS, minutes=0))


def test_who_is_left_alone_later_takes_nothing_over(store: MemoryStore) -> None:
    away = StepFacts(on=SOON + timedelta(days=9), minutes=0, side=Side.INHABITANT)
    unknown = StepFacts(on=SOON + timedelta(days=5), minutes=30)
    effort.start(store, ANNIE, op(1), replace(HOURS, steps=(BO, away, unknown)))
    network.set_approach(store, ANNIE, op(2), RelationshipId("annie-bo"), Approach.DO_NOT_APPROACH)
    assert [step.closed_off for step in of_mate(store).steps] == [True, False, False]


def test_more_help_or_less_is_noted_with_its_reason(store: MemoryStore) -> None:
    more = ScalingFacts(direction="up", on=TODAY, reason=" Het gaat niet. ", to_whom="huisarts")
    effort.set_scaling(store, ANNIE, op(1), None, more)
    first, second = told.scalings(opened(store))
    assert (first.reason, first.to_whom, second.id) == (
        "Het gaat niet.",
        "huisarts",
        "scaling-annie",
    )
    effort.set_scaling(store, ANNIE, op(2), first, replace(more, reason="Beter.", change="Rust."))
    assert effort.scaling(opened(store), first.id).change == "Rust."
    with pytest.raises(ConflictError):
        effort.set_scaling(store, ANNIE, op(3), first, more)
    for wrong in (replace(more, reason=" "), replace(more, on=SOON)):
        with pytest.raises(InvalidInputError):
            effort.set_scaling(store, ANNIE, op(4), None, wrong)
    with pytest.raises(NotVisibleError):
        effort.scaling(opened(store), "scaling-zwaan")


def test_another_s_effort_is_not_there(store: MemoryStore) -> None:
    for subject in (None, PersonId(NodeId("zwaan"))):
        with pytest.raises(NotVisibleError):
            effort.start(store, replace(ANNIE, subject=subject), op(1), HOURS)


# --- laws of the hours over time


def periods() -> st.SearchStrategy[list[Effort]]:
    days = st.dates(date(2026, 6, 1), date(2027, 6, 1))
    each = st.builds(
        lambda worker, minutes, start, end, planned, dropped: (
            (worker, minutes, start, end, planned, dropped)
        ),
        st.sampled_from(["a", "b"]),
        st.integers(0, 4).map(lambda n: n * 30),
        days,
        st.none() | days,
        st.booleans(),
        st.booleans(),
    )
    return st.lists(each, max_size=6).map(lambda rows: [_effort(n, r) for n, r in enumerate(rows)])


def _effort(number: int, row: tuple[str, int, date, date | None, bool, bool]) -> Effort:
    worker, minutes, start, end, planned, dropped = row
    return Effort.from_node(
        node(
            "Effort",
            f"e{number}",
            worker=worker,
            minutes_a_week=minutes,
            valid_from=start.isoformat(),
            valid_to=None if end is None else end.isoformat(),
            planned=planned or None,
            dropped_on="2026-07-01" if dropped else None,
        )
    )


def at(line: tuple[tuple[date, int], ...], on: date) -> int:
    return max((each for each in line if each[0] <= on), default=(on, 0))[1]


@given(every=periods(), back=st.integers(0, 200))
def test_the_line_is_the_sum_of_every_day(every: list[Effort], back: int) -> None:
    course = told.course(every, TODAY)
    on = TODAY - timedelta(days=back)
    assert at(course.given, on) == sum(each.minutes_on(on) for each in every)


@given(every=periods(), ahead=st.integers(0, 200))
def test_without_a_step_it_stays_as_it_is(every: list[Effort], ahead: int) -> None:
    stay = [each for each in every if not each.stands]
    course, on = told.course(stay, TODAY), TODAY + timedelta(days=ahead)
    if course.given:
        begun = [e for e in stay if e.since <= TODAY]
        assert at(course.planned, on) == sum(each.minutes_on(on) for each in begun)


@given(every=periods())
def test_late_is_only_who_gives_more_than_was_agreed(every: list[Effort]) -> None:
    for each in late(every, TODAY):
        assert each.step.stands
        assert each.step.since <= TODAY
        assert each.minutes > each.step.minutes
        assert each.step in open_steps(every, TODAY)
    assert len({each.step.worker for each in late(every, TODAY)}) == len(late(every, TODAY))
