"""By what needs are met: laws of the share without specialist help."""

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.advice import DECISIONS, GRANTED, Advice, AdviceStatus
from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NodeId
from netwerk.graph.needs_met import MetBy, needs_met
from tests.worlds import TODAY, node

NEEDS = ["a", "b", "c"]
KINDS = {NodeId(each.value): each for each in Formality}
ENDS = ["talent", "volunteers", "provides", "direct"]
DAYS = [None, *(TODAY + timedelta(days=n) for n in (-10, -1, 0, 1, 10))]


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    return asked(
        draw(st.sampled_from(NEEDS)),
        draw(st.sampled_from(ENDS)),
        draw(st.sampled_from([*map(str, KINDS), "unknown"])),
        draw(st.sampled_from(list(Outcome))),
    )


@st.composite
def advices(draw: st.DrawFn, *status: AdviceStatus) -> Advice:
    facts = {
        "needs": draw(st.lists(st.sampled_from(NEEDS), unique=True)),
        "status": draw(st.sampled_from(status or list(AdviceStatus))).value,
    }
    for name in ("granted_from", "granted_to"):
        day = draw(st.sampled_from(DAYS))
        if day is not None:
            facts[name] = day.isoformat()
    if draw(st.booleans()):
        facts["takeover"] = draw(st.sampled_from(["not_yet", "in_part", "whole"]))
    return Advice.from_node(node("ReferralAdvice", "r", advised_on="2026-01-01", **facts))


def asked(need: str, end: str, service: str, outcome: Outcome) -> Ask:
    return Ask.from_node(
        node(
            "Ask", "k", need=need, service=service, outcome=outcome.value,
            asked_on="2026-01-01", step_kinds=["tie.friend", end],
        )
    )  # fmt: skip


def met(some: list[Ask], more: list[Advice], on: date = TODAY) -> dict[str, MetBy]:
    return {str(need): by for need, by in needs_met(some, more, KINDS, on).items()}


def share(some: list[Ask], more: list[Advice]) -> float | None:
    """Return which share of the needs that are met does without specialist help."""
    by = [str(each) for each in met(some, more).values()]
    return 1 - by.count("specialist") / len(by) if by else None


LISTS = st.lists(asks(), max_size=6), st.lists(advices(), max_size=4)


@given(*LISTS, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(
    some: list[Ask], more: list[Advice], chance: random.Random
) -> None:
    before = met(some, more)
    chance.shuffle(some)
    chance.shuffle(more)
    assert met(some, more) == before


@given(*LISTS, asks())
def test_what_was_not_granted_or_not_said_yes_to_changes_nothing(
    some: list[Ask], more: list[Advice], one: Ask
) -> None:
    no = asked(one.need, "talent", "x", Outcome.WITHDRAWN)
    wait = [each for each in more if each.status not in GRANTED]
    kept = [each for each in more if each.status in GRANTED]
    assert met([*some, no], more) == met(some, more) == met(some, [*kept, *wait]) == met(some, kept)


@given(*LISTS, advices(*GRANTED))
def test_more_specialist_help_never_raises_the_share(
    some: list[Ask], more: list[Advice], one: Advice
) -> None:
    before, after = share(some, more), share(some, [*more, one])
    assert before is None or (after is not None and after <= before)


@given(*LISTS, asks())
def test_a_yes_never_lowers_the_share(some: list[Ask], more: list[Advice], one: Ask) -> None:
    light = asked(one.need, "talent", "x", Outcome.ACCEPTED)
    before, after = met(some, more), met([*some, light], more)
    assert set(before) | {one.need} == set(after)
    heavy = [n for n, by in after.items() if by is MetBy.SPECIALIST]
    assert set(heavy) <= {n for n, by in before.items() if by is MetBy.SPECIALIST} | {
        n for each in more if each.runs_on(TODAY) for n in each.needs
    }


def test_each_kind_of_help_is_known_for_what_it_is() -> None:
    yes = Outcome.ACCEPTED
    for end, service, kind in (
        ("talent", "unknown", MetBy.OWN),
        ("volunteers", "unknown", MetBy.INFORMAL),
        ("provides", "unknown", MetBy.GENERAL),
        ("provides", "informal", MetBy.INFORMAL),
        ("direct", "specialist", MetBy.SPECIALIST),
    ):
        assert met([asked("a", end, service, yes)], []) == {"a": kind}
    bare = Ask.from_node(node("Ask", "k", need="a", outcome="accepted", asked_on="2026-01-01"))
    assert met([bare], []) == {"a": MetBy.GENERAL}


def test_help_that_ended_counts_until_something_lighter_takes_over() -> None:
    facts = {"needs": ["a"], "status": "granted", "granted_to": "2026-01-01"}
    ended = Advice.from_node(node("ReferralAdvice", "r", advised_on="2025-01-01", **facts))
    assert met([], [ended]) == {"a": MetBy.SPECIALIST}
    assert met([asked("a", "talent", "x", Outcome.ENDED)], [ended]) == {"a": MetBy.OWN}
    assert AdviceStatus.REFUSED in DECISIONS
