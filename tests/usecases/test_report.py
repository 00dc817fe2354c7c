"""The report: figures that can be worked out by hand, counted once, seen by who may."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.periods import half_year, over, within
from netwerk.domain.records import Node, Record
from netwerk.domain.report import Block, Figure, Load, Row
from netwerk.domain.signals import SIGNAL, Signal, SignalOutcome
from netwerk.domain.upkeep import rounded
from netwerk.usecases import case_review, report
from tests.builders import memory_store
from tests.worlds import TODAY, StoppedClock, link, node

CO = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.OVERSIGHT, as_of=TODAY)
SAM = replace(CO, viewer=WorkerId(NodeId("sam")))
PERIOD = date(2026, 1, 1), date(2026, 7, 1)
TEAM = NodeId("t0")


class Later:
    """A clock that is half a year on."""

    def now(self) -> datetime:
        return datetime(2027, 2, 1, tzinfo=UTC)


def records() -> list[Record]:
    return [
        node("Need", "money", label_nl="geld", label_en="money"),
        node("Need", "money.debts", label_nl="schulden", label_en="debts", parent="money"),
        node("Need", "home", label_nl="wonen", label_en="home"),
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Worker", "ad", name="Ad", role="administrator"),
        node("Worker", "rev", name="Rev", role="reviewer"),
        node("Team", "t0", name="Noord"),
        node("Team", "t1", name="Zuid"),
        link("MEMBER_OF", "sam", "t0"),
        node("Area", "d0", code="WK1", name="Wijk", level="district"),
        node("Area", "b0", code="BU1", name="Buurt", level="neighbourhood"),
        node("Area", "d1", code="WK2", name="Wijk twee", level="district"),
        link("PART_OF", "b0", "d0"),
        link("IN_AREA", "t0", "d0"),
        node("Service", "s0", name="S0", formality="informal"),
    ]


def case(key: str, team: str = "t0", **told: Any) -> Iterator[Record]:
    """Yield a case with its inhabitant, who lives in the buurt."""
    yield node("Person", f"p-{key}", name="?")
    yield node("Case", key, **{"question": "?", "opened_on": "2026-02-01"} | told)
    yield link("CONCERNS", key, f"p-{key}")
    yield link("IN_AREA", f"p-{key}", "b0")
    if team:
        yield link("HANDLED_BY", key, team)


def kept(label: str, key: str, of: str, **told: Any) -> Iterator[Record]:
    yield node(label, key, **told)
    join = {"Ask": "ASKED_IN", "ReferralAdvice": "ADVISES"}.get(label, "KEPT_IN")
    yield link(join, key, of)


def asked(key: str, of: str, outcome: str, **told: Any) -> Iterator[Record]:
    facts = {"need": "money.debts", "asked_on": "2026-03-01", "outcome_on": "2026-03-09"}
    steps = {"step_kinds": ["tie.child", "volunteers"], "service": "s0"}
    return kept("Ask", key, of, outcome=outcome, **facts | steps | told)


def world(team: str = "t0", of: str = "") -> Iterator[Record]:
    """Yield 40 cases: 25 with an ask that was answered yes, 15 with a no and a specialist."""
    for n in range(40):
        key = f"{of}c{n:02d}"
        closed = "2026-05-01" if n < 12 else None
        began = "2025-11-01" if n >= 28 else "2026-02-01"
        yield from case(key, team, opened_on=began, closed_on=closed)
        if n < 25:
            yield from asked(f"a-{key}", key, "phased_out" if n < 12 else "accepted")
        else:
            kinds = ["direct"] if n < 35 else ["acquainted.warm", "provides"]
            yield from asked(f"a-{key}", key, "declined", step_kinds=kinds)
            yield from kept(
                "ReferralAdvice",
                f"r-{key}",
                key,
                person=f"p-{key}",
                status="granted",
                needs=["home"],
                advised_on="2026-03-10",
                granted_from="2026-04-01",
                granted_to="2026-09-01",
            )


def published(*more: Record) -> report.Report:
    store = memory_store([*records(), *more])
    assert report.publish(store, StoppedClock())[-1] == PERIOD
    return report.report(store, CO, team=TEAM)


def block(found: report.Report, figure: Figure) -> Block:
    told = found.figures[PERIOD][figure].of(found.team)
    assert told is not None
    return told


def test_needs_are_met_with_and_without_a_specialist() -> None:
    # The other team is alike, so that each stands alone.
    needs = block(published(*world(), *world("t1", "x")), Figure.NEEDS)
    assert needs.whole == Row(keys=("t0",), counts={"without": 25, "specialist": 15}, share=62)
    # All without a specialist is about money and all with one about living: one tells the other.
    assert [row.keys for row in needs.ways["domain"]] == [("home", "money")]
    assert [row.keys for row in needs.ways["wijk"]] == [("d0", "elsewhere@t0")]
    assert [row.keys for row in needs.ways["met_by"]] == [("general", "informal", "own")]


def test_cases_come_and_go() -> None:
    flow = block(published(*world(), *world("t1", "x")), Figure.FLOW)
    # 12 began before, 28 in the half year, of which 12 were closed.
    assert flow.whole.counts == {"start": 10, "in": 30, "out": 10, "end": 30}
    assert [row.keys for row in flow.ways["length"]] == [
        ("three_months", "half_year", "year", "longer")
    ]
    # Of those that were closed nobody noted why, but all of it may be told together.
    assert [len(row.keys) for row in flow.ways["closed"]] == [8]
    assert [row.keys for row in flow.ways["waiting"]] == [("week", "two_weeks", "month", "longer")]


def test_asks_are_told_by_what_came_of_them_and_through_whom_they_began() -> None:
    asks = block(published(*world(), *world("t1", "x")), Figure.ASKS)
    assert asks.whole == Row(keys=("t0",), counts={"yes": 25, "no": 15}, share=62)
    assert {row.keys: dict(row.counts) for row in asks.ways["came_of_yes"]} == {
        ("accepted",): {"yes": 15},
        ("ended", "phased_out"): {"yes": 10},
    }
    assert len(asks.ways["first_step"]) == 1


def test_a_volunteer_who_was_proposed_is_told_with_what_had_nobody_known() -> None:
    """Apart it would follow from what was suggested, and subtracting would tell of a few."""
    more: list[Record] = []
    for n, team in product(range(60), ("t0", "t1")):
        key, outcome = f"w{team}{n}", "accepted" if n % 2 else "declined"
        step = "talent" if n < 20 else "volunteers" if n < 40 else "acquainted.warm"
        more += [*case(key, team), *asked(f"a{key}", key, outcome, step_kinds=[step])]
    asks = block(both(*more), Figure.ASKS)
    told = {row.keys: dict(row.counts) for row in asks.ways["first_step"]}
    # Twenty of either answer here; ten more were asked with nobody known, and said no.
    assert told["direct",] == {"yes": 20, "no": 30}


def both(*more: Record) -> report.Report:
    """Return what is published where two teams are alike, and more happened in the first."""
    return published(*world(), *world("t1", "x"), *more)


def test_the_chances_that_were_told_are_held_against_what_came_of_them() -> None:
    path = json.dumps([{"step": "direct", "p": 0.8}, {"step": "provides", "p": 0.5}])
    more = [r for n in range(30) for r in case(f"w{n}")]
    for n in range(30):
        outcome = "accepted" if n < 15 else "declined"
        more += asked(f"aw{n}", f"w{n}", outcome, path=path)
    asks = block(both(*more), Figure.ASKS)
    # Of 0.4 half is missed: (0.36 + 0.16) / 2; who always says half is off by a quarter.
    assert asks.brier == (26, 25)
    assert both().figures[PERIOD][Figure.ASKS].of(TEAM) is not None
    assert block(both(), Figure.ASKS).brier is None
    unclear = [{"path": "no"}, {"path": "[]"}, {"path": '[{"step": "tie"}]'}]
    for number, facts in enumerate(unclear):
        more += asked(f"odd{number}", "w0", "accepted", **facts)
    assert block(both(*more), Figure.ASKS).brier == (26, 25)


def test_networks_grow_and_shrink() -> None:
    more: list[Record] = []
    for n, team in product(range(40), ("t0", "t1")):
        key = f"w{team}{n}"
        more += case(key, team)
        who, at = f"p-{key}", "2026-03-01" if n < 20 else "2025-03-01"
        more.append(link("TIE", who, f"p-c{n:02d}", owner=who, kind="friend", valid_from=at))
        if n >= 30:
            ended = {"valid_from": "2025-01-01", "valid_to": "2026-04-01"}
            more.append(link("TIE", who, f"p-xc{n:02d}", owner=who, kind="friend", **ended))
        more.append(link("TIE", "p-c00", who, owner="p-c01", kind="friend"))
    flow = block(both(*more), Figure.FLOW)
    told = {row.keys: row.counts["end"] for row in flow.ways["growth"]}
    assert told == {("grew",): 20, ("not_drawn",): 30, ("same",): 10, ("shrank",): 10}


def test_help_is_phased_out_in_time_or_later() -> None:
    more: list[Record] = []
    for n in range(45):
        day_ = {
            "phase_out_on": "2026-05-01",
            "outcome_on": "2026-06-01" if n < 20 else "2026-06-02",
        }
        outcome = "declined" if n >= 40 else "accepted" if n >= 30 else "phased_out"
        more += [*case(f"w{n}"), *asked(f"aw{n}", f"w{n}", outcome, **day_)]
    phasing = both(*more).figures[PERIOD][Figure.PHASING].of(None)
    assert phasing is not None
    assert phasing.whole.counts == {"on_time": 20, "late": 20}
    assert phasing.whole.share == 50


def test_cases_are_told_by_why_they_were_closed() -> None:
    more: list[Record] = []
    for n, team in product(range(30), ("t0", "t1")):
        because = "moved" if n < 10 else "own_network" if n < 25 else "died" if n < 28 else None
        more += case(f"w{team}{n}", team, closed_on="2026-06-01", closed_because=because)
    flow = block(both(*more), Figure.FLOW)
    told = {row.keys: row.counts["out"] for row in flow.ways["closed"]}
    # Of 14 nobody noted why, twelve of them of the world; three who died are told with others.
    assert told.pop(("own_network",)) == 15
    assert told.pop(("unknown",)) == 15
    assert told == {("died", "informal_help", "moved", "other", "specialist", "stopped"): 15}


def effort(key: str, of: str, minutes: int, since: str, **told: Any) -> Iterator[Record]:
    facts = {"worker": "sam", "minutes_a_week": minutes, "valid_from": since}
    return kept("Effort", key, of, **facts | told)


@pytest.mark.parametrize(
    ("step", "given", "closed", "side"),
    [
        # There is less a month on, and not a day later.
        ({}, {"valid_to": "2026-06-01"}, None, "on_time"),
        ({}, {"valid_to": "2026-06-02"}, None, "late"),
        ({"planned": None}, {}, None, ""),
        # Somebody else still comes as often: that was not this step.
        ({}, {"worker": "co"}, None, "on_time"),
        # A case that is closed needs no step; one that was closed in that month had it.
        ({}, {}, "2026-04-30", ""),
        ({}, {}, "2026-05-20", "on_time"),
        ({}, {}, "2026-06-10", "late"),
        # Agreed otherwise before its day it was no step; on its day or after it was too late.
        ({"dropped_on": "2026-04-30"}, {}, None, ""),
        ({"dropped_on": "2026-05-01"}, {}, None, "late"),
        # Only when the month is over is it known: these are told half a year before and after.
        ({"valid_from": "2025-11-30"}, {}, None, ""),
        ({"valid_from": "2026-05-31"}, {}, None, ""),
        ({"valid_from": "9999-12-31"}, {}, None, ""),
    ],
)
def test_the_team_steps_back_in_time_or_later(
    step: dict[str, Any], given: dict[str, Any], closed: str | None, side: str
) -> None:
    more: list[Record] = []
    for n in range(42):
        opened = {"opened_on": "2025-10-01"}
        # What is asked about comes twenty times beside eleven of either side.
        ended = {"valid_to": "2026-05-01" if n < 11 else None} if n < 22 else given
        facts = {"planned": True} | ({} if n < 22 else step)
        more += case(f"w{n}", **opened, closed_on=closed if n >= 22 else None)
        more += effort(f"e{n}", f"w{n}", 120, "2025-10-01", **ended)
        more += effort(f"st{n}", f"w{n}", 60, facts.pop("valid_from", "2026-05-01"), **facts)
        if n < 11:
            more += effort(f"less{n}", f"w{n}", 60, "2026-05-01")
    stepping = both(*more).figures[PERIOD][Figure.STEPPING].of(None)
    assert stepping is not None
    expected = {each: rounded(11 + 20 * (side == each)) for each in ("on_time", "late")}
    assert stepping.whole.counts == expected


def test_advice_is_followed_or_decided_otherwise() -> None:
    more: list[Record] = []
    told = json.dumps(
        {"need": "home", "title": "", "first_step": "", "of": "", "nodes": [], "records": []}
    )
    for n in range(52):
        status = "granted" if n < 20 else "granted_in_part" if n < 30 else "refused"
        facts = {"status": status if n < 50 else "given", "needs": ["home"], "asks": [told]}
        days = {"advised_on": "2026-02-01", "decided_on": "2026-03-01"}
        more += [*case(f"w{n}"), *kept("ReferralAdvice", f"v{n}", f"w{n}", **facts, **days)]
    advice = both(*more).figures[PERIOD][Figure.ADVICE].of(None)
    assert advice is not None
    assert advice.whole.counts == {"followed": 20, "overruled": 30}
    assert advice.ways["tried"] == (replace(advice.whole, keys=("asked", "nobody", "passed_over")),)


def test_who_carries_most_is_told_of_a_hundred_people_or_more() -> None:
    assert both().loads[PERIOD] == {}
    more: list[Record] = []
    for n in range(100):
        more.append(node("Person", f"v{n}", name="?"))
        more.append(link("VOLUNTEERS_FOR", f"v{n}", "s0", load=10 if n < 10 else 1))
        facts = {"owner": "p-c30", "kind": "friend", "valid_from": "2020-01-01"}
        support = ["emotional", "instrumental", "appraisal"] if n < 10 else ["emotional"]
        more.append(link("TIE", "p-c30", f"v{n}", support=support, **facts))
    more.append(
        link(
            "TIE",
            "v1",
            "p-c30",
            support=["emotional"],
            owner="p-c30",
            valid_to="2026-01-01",
            kind="friend",
        )
    )
    found = both(*more)
    assert found.loads[PERIOD] == {
        "volunteers": Load(people=100, share=53),
        "carers": Load(people=100, share=25),
    }
    assert list(found.loads.values())[:-1] == [{}] * (report.MOST - 1)


def test_signals_are_told_by_what_was_done_with_them() -> None:
    store = memory_store([*records(), *world(), *world("t1", "x")])
    with store.system() as work:
        for n in range(50):
            signal = Signal(
                key=f"s{n}",
                team=NodeId("t1" if n < 20 else "gone" if n < 25 else "t0"),
                by=SAM.viewer,
                on="2026-03-01" if n < 48 else "2026-07-01",
                noticed="?",
                outcome=SignalOutcome.HELPED if n % 2 else SignalOutcome.CASE,
            )
            work.put(SIGNAL, signal.key, signal.written())
    report.publish(store, StoppedClock())
    told = report.report(store, CO).figures[PERIOD][Figure.SIGNALS]
    assert [each.whole.counts for each in told.teams] == [{"noticed": 25}, {"noticed": 20}]
    assert told.total is not None
    assert sum(row.counts["noticed"] for row in told.total.ways["did"]) in range(40, 50)


def test_time_where_people_are_is_that_of_the_team() -> None:
    shop = node("Organization", "o", name="O")
    hours = ["tu 10:00-12:00", "mo[1] 14:00-16:00"]
    present = link("PRESENT_AT", "sam", "o", hours=hours)
    found = both(shop, present, link("PRESENT_AT", "co", "o", hours=["we 10:00-18:00"]))
    assert found.present == 150
    assert report.report(memory_store(records()), SAM).present == 0


def test_a_team_that_is_small_is_told_with_another() -> None:
    found = published(*world(), *(r for n in range(3) for r in case(f"y{n}", "t1")))
    both = found.figures[PERIOD][Figure.FLOW]
    assert [each.whole.keys for each in both.teams] == [("t0", "t1")]
    assert both.of(NodeId("t1")) == both.of(TEAM)


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Goal", {"text": "?", "set_on": "2026-02-03"}),
        ("Action", {"text": "?", "by_whom": "team", "agreed_on": "2026-02-08"}),
        ("Goal", {"text": "?", "set_on": "2026-01-03"}),
    ],
)
def test_waiting_ends_when_somebody_sets_to_work(label: str, told: Mapping[str, Any]) -> None:
    more = [r for n in range(12) for r in case(f"w{n}")]
    more += [r for n in range(12) for r in kept(label, f"k{n}", f"w{n}", **told)]
    flow = block(published(*world(), *more, *world("t1", "x")), Figure.FLOW)
    assert flow.ways["waiting"][0].counts == {"in": 10}
    assert flow.ways["waiting"][0].keys == ("week",)


def test_what_is_of_no_team_or_unknown_is_not_counted_and_hurts_nothing() -> None:
    plain = published(*world(), *world("t1", "x"))
    odd = [
        *case("none", team=""),
        *case("old", opened_on="2020-01-01", closed_on="2020-02-01"),
        *case("new", opened_on="2026-08-01"),
        *asked("a-new", "new", "accepted", need="nothing", outcome_on=None, asked_on="2026-09-01"),
        *asked("a-unknown", "c00", "accepted", need="nothing", outcome_on="2025-12-01"),
        *asked("a-old", "old", "withdrawn"),
        *asked("a-open", "old", "open"),
        *asked(
            "a-steps", "new", "no_answer", step_kinds=[], asked_on="2026-09-01", outcome_on=None
        ),
        *kept("Goal", "g-old", "old", text="?"),
    ]
    found = published(*world(), *world("t1", "x"), *odd)
    assert found.figures[PERIOD] == plain.figures[PERIOD]


def test_a_half_year_is_counted_once() -> None:
    store = memory_store([*records(), *world(), *world("t1", "x")])
    assert report.publish(store, StoppedClock()) == over(TODAY, report.MOST)
    first = report.report(store, CO)
    assert (first.team, first.period, first.all_teams) == (None, PERIOD, True)
    store.load([r for n in range(30) for r in case(f"late{n}")])
    assert report.publish(store, StoppedClock()) == []
    assert report.report(store, CO).figures == first.figures
    assert report.publish(store, Later()) == [half_year(date(2026, 8, 1))]
    assert report.report(store, CO).period == half_year(date(2026, 8, 1))
    assert report.report(store, CO, "2026-01-01").figures[PERIOD] == first.figures[PERIOD]


def test_who_sees_which_teams() -> None:
    store = memory_store([*records(), *world(), *world("t1", "x")])
    empty = report.report(store, SAM)
    assert (empty.period, empty.figures) == (None, {})
    report.publish(store, StoppedClock())
    own = report.report(store, SAM)
    assert (own.team, own.teams, own.all_teams) == (TEAM, ((TEAM, "Noord"),), False)
    everything = report.report(store, replace(CO, viewer=OPERATOR))
    assert [name for _, name in everything.teams] == ["Noord", "Zuid"]
    nobody = report.report(store, replace(CO, viewer=WorkerId(NodeId("rev"))))
    assert (nobody.teams, nobody.team, nobody.all_teams) == ((), None, False)
    assert (nobody.periods, nobody.figures, nobody.loads) == ((), {}, {})
    for asked_for in ({"team": "t1"}, {"start": "2019-01-01"}):
        with pytest.raises(NotVisibleError):
            report.report(store, SAM, **asked_for)
    for viewer in ("ad", "gone"):
        with pytest.raises(NotAllowedError):
            report.report(store, replace(CO, viewer=WorkerId(NodeId(viewer))))


def test_half_years_that_are_over() -> None:
    assert over(date(2026, 7, 1), 1) == [PERIOD]
    assert over(date(2026, 6, 30), 2) == [
        (date(2025, 1, 1), date(2025, 7, 1)),
        (date(2025, 7, 1), date(2026, 1, 1)),
    ]
    assert within(date(2026, 6, 30), PERIOD)
    assert not within(date(2026, 7, 1), PERIOD)
    assert not within(None, PERIOD)


def test_nothing_of_a_case_is_in_what_was_published() -> None:
    store = memory_store([*records(), *world(), *world("t1", "x")])
    report.publish(store, StoppedClock())
    kept_ = json.dumps([each for each in store.system_records() if each[0] == "report"])
    secret = [n.id for n in store.dump() if isinstance(n, Node) and n.label in {"Case", "Person"}]
    assert not any(f'"{key}"' in kept_ for key in secret)


def test_a_session_is_told_what_helped_earlier_and_nothing_of_a_case() -> None:
    store = memory_store([*records(), *world(), *world("t1", "x")])
    assert case_review.earlier(store, TEAM, {"money"}) is None
    report.publish(store, StoppedClock())
    found = case_review.earlier(store, TEAM, {"money"})
    assert found is not None
    published = report.report(store, CO, team=TEAM)
    assert (found.period, found.teams) == (PERIOD, (TEAM,))
    assert found.domains == block(published, Figure.NEEDS).ways["domain"]
    assert found.steps == block(published, Figure.ASKS).ways["first_step"]
    assert case_review.earlier(store, NodeId("t9"), {"money"}) is None
    other = case_review.earlier(store, TEAM, {"school"})
    assert other is not None
    assert (other.domains, other.steps) == ((), found.steps)


def test_a_session_of_a_team_without_answers_hears_nothing() -> None:
    few = [r for n in range(40) for r in case(f"y{n}", "t0", opened_on="2026-02-01")]
    store = memory_store([*records(), *few])
    report.publish(store, StoppedClock())
    assert case_review.earlier(store, TEAM, {"money"}) is None
