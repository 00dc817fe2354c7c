"""Outcomes enter the chances, when they are enough, and leave them when they are taken back."""

from dataclasses import replace
from typing import Any

import pytest

from netwerk.domain.chances import Chances
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.learning import Act, Decided, Decision
from netwerk.domain.records import Record
from netwerk.domain.upkeep import USED, Usage
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import learning
from tests.builders import memory_store
from tests.worlds import SCOPE, StoppedClock, link, node

OPERATION = OperationId("one")


def street(outcomes: list[str], *, files: int = 5, stop: int | None = None) -> Store:
    """Return a store with one ask for each outcome, spread over so many files."""
    records: list[Record] = [node("Worker", "w0", role="worker", name="W")]
    for number in range(files):
        records += [
            node("Person", f"p{number}", name="?"),
            node("Case", f"c{number}", question="?"),
            link("CONCERNS", f"c{number}", f"p{number}"),
            link("LEADS", "w0", f"c{number}"),
        ]
    for number, outcome in enumerate(outcomes):
        facts = {"need": "n", "asked_on": "2026-10-01", "outcome": outcome}
        kinds = ["tie.friend", "volunteers", "tie.friend"]
        declined = stop if outcome == "declined" else None
        records += [
            node("Ask", f"a{number}", step_kinds=kinds, declined_step=declined, **facts),
            link("ASKED_IN", f"a{number}", f"c{number % files}"),
        ]
    return memory_store(records)


def chances(store: Store) -> Chances:
    with store.view(SCOPE, "look") as view:
        return Chances.published(load_schema().priors, view.publication())


def test_nothing_counts_before_it_is_published() -> None:
    store = street(["accepted"] * 20)
    assert chances(store).p("tie.friend") == pytest.approx(0.7)
    learning.learn(store, StoppedClock())
    assert chances(store).p("tie.friend") == pytest.approx((7 + 20) / (10 + 20))


@pytest.mark.parametrize(
    ("asks", "files", "counts"), [(10, 5, True), (9, 5, False), (10, 4, False)]
)
def test_too_few_outcomes_keep_the_estimate(asks: int, files: int, counts: bool) -> None:
    store = street(["accepted"] * asks, files=files)
    assert ("volunteers" in learning.learn(store, StoppedClock())) is counts
    prior = load_schema().priors.beta["volunteers"]
    learnt = chances(store).p("volunteers")
    assert (learnt != pytest.approx(prior[0] / sum(prior))) is counts


def test_who_said_no_is_told_apart_from_who_said_yes_before() -> None:
    tallies = learning.learn(street(["declined"] * 10, stop=1), StoppedClock())
    assert (tallies["tie.friend"].accepted, tallies["tie.friend"].declined) == (10, 0)
    assert (tallies["volunteers"].accepted, tallies["volunteers"].declined) == (0, 10)


def test_each_kind_counts_once_for_each_ask() -> None:
    assert learning.learn(street(["accepted"] * 10), StoppedClock())["tie.friend"].asked == 10


@pytest.mark.parametrize("outcome", ["open", "withdrawn"])
def test_what_is_open_or_taken_back_does_not_count(outcome: str) -> None:
    store = street(["accepted"] * 9 + [outcome])
    assert learning.learn(store, StoppedClock()) == {}


def test_no_answer_is_neither_yes_nor_no() -> None:
    tally = learning.learn(street(["no_answer"] * 10), StoppedClock())["tie.friend"]
    assert (tally.asked, tally.accepted, tally.declined) == (10, 0, 0)


def test_an_outcome_taken_back_is_gone_at_the_next_publication() -> None:
    store = street(["accepted"] * 10)
    learning.learn(store, StoppedClock())
    assert "tie.friend" in chances(store).tallies
    ask = next(record for record in store.dump() if record.id == "a0")
    with store.work(SCOPE, OPERATION) as work:
        work.save(ask.with_properties(outcome="withdrawn"))
    assert "tie.friend" in chances(store).tallies, "between two publications it is a constant"
    learning.learn(store, StoppedClock())
    assert "tie.friend" not in chances(store).tallies


CO = replace(SCOPE, viewer=WorkerId(NodeId("co")), subject=None)
WHY = "In onze wijk zeggen vrienden vaker ja."


def reviewed(store: Store) -> learning.Review:
    return learning.review(store, CO, load_schema().priors)


def decide(store: Store, number: int, seen: int, **told: Any) -> None:
    new = Decision(kind="tie.friend", reason=WHY, **told)
    learning.decide(store, CO, OperationId(f"d{number}"), new, seen)


def decided_street() -> Store:
    store = street(["accepted"] * 20)
    store.load([node("Worker", "co", name="Co", role="coordinator")])
    return store


def test_a_chance_is_looked_at_fixed_begun_anew_and_learnt_again() -> None:
    store = decided_street()
    learning.learn(store, StoppedClock())
    friend = reviewed(store).of("tie.friend")
    assert friend.learnt == friend.counts
    assert friend.default.mean == pytest.approx(0.7)
    assert friend.counts.mean == pytest.approx(27 / 30)
    decide(store, 1, 0, act=Act.FIX, percent=80)
    decide(store, 1, 0, act=Act.FIX, percent=80)
    fixed = reviewed(store).of("tie.friend")
    assert chances(store).p("tie.friend") == pytest.approx(0.8) == fixed.counts.mean
    assert fixed.learnt.mean == pytest.approx(27 / 30)
    learning.learn(store, StoppedClock())
    assert chances(store).p("tie.friend") == pytest.approx(0.8), "learning lets it be"
    decide(store, 2, 1, act=Act.RESET)
    assert chances(store).p("tie.friend") == pytest.approx(0.7)
    assert chances(store).of("volunteers").tally is not None
    learning.learn(store, StoppedClock())
    assert chances(store).p("tie.friend") == pytest.approx(0.7), "what came before counts no more"
    decide(store, 3, 2, act=Act.LEARN)
    told = reviewed(store)
    assert [each.act for each in told.decisions] == [Act.LEARN, Act.RESET, Act.FIX]
    last = told.decisions[0]
    assert (last.by, last.on, last.reason) == ("Co", "2026-11-02", WHY)
    kept = [e.event for e in store.audit_entries() if e.event.action == "decide-chance"]
    assert [each.details for each in kept] == [
        {"kind": "tie.friend", "act": act} for act in ("fix", "reset", "learn")
    ]


def test_before_anything_was_published_the_estimates_count() -> None:
    told = reviewed(decided_street())
    assert (told.published_on, told.decisions) == (None, ())


def test_what_comes_out_after_a_new_beginning_counts() -> None:
    store = decided_street()
    decide(store, 1, 0, act=Act.RESET)
    more = {"need": "n", "outcome": "accepted", "step_kinds": ["tie.friend"]}
    for n in range(30, 42):
        days = {"asked_on": "2026-11-01", "outcome_on": "2026-11-02"}
        store.load([node("Ask", f"a{n}", **more, **days), link("ASKED_IN", f"a{n}", f"c{n % 5}")])
    assert learning.learn(store, StoppedClock())["tie.friend"].asked == 12


def test_who_decides_must_have_seen_what_was_decided_and_hold_the_role() -> None:
    store = decided_street()
    decide(store, 1, 0, act=Act.FIX, percent=80)
    with pytest.raises(ConflictError):
        decide(store, 2, 0, act=Act.RESET)
    new = Decision(kind="tie.friend", act=Act.RESET, reason=WHY)
    with pytest.raises(NotAllowedError):
        learning.decide(store, replace(SCOPE, subject=None), OperationId("w"), new, 1)
    with pytest.raises(NotVisibleError):
        reviewed(store).of("tie.nobody")
    for act, percent in ((Act.FIX, 0), (Act.FIX, 100), (Act.FIX, None), (Act.LEARN, 50)):
        with pytest.raises(InvalidInputError):
            Decision(kind="x", act=act, reason=WHY, percent=percent)
    assert Decided.read({"decisions": "no"}) == Decided() == Decided.read(None)
    with store.system() as work:
        odd: dict[str, Any] = {"published_on": "2026-11-02", "kinds": {}, "fixed": {"gone": 5}}
        work.put(*learning.PUBLICATION, odd)
    assert chances(store).fixed == {}


def test_use_is_counted_of_what_is_in_the_directory_and_never_small() -> None:
    store = street([])
    outcomes = ["accepted"] * 12 + ["withdrawn"] * 3 + ["open"] * 4
    asked = {"need": "n", "asked_on": "2026-10-01", "service": "walk", "supporter": "p1"}
    store.load(
        [
            node("Service", "walk", name="Lopen", formality="informal"),
            *(node("Ask", f"a{n}", outcome=outcome, **asked) for n, outcome in enumerate(outcomes)),
            *(link("ASKED_IN", f"a{n}", "c0") for n in range(len(outcomes))),
        ]
    )
    learning.learn(store, StoppedClock())
    with store.system() as system:
        usage = Usage.read(system.get(*USED))
    assert (usage.published_on, dict(usage.counts)) == ("2026-11-02", {"walk": 15})
