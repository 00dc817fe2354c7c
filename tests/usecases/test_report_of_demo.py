"""The figures of the demo, counted again from the lines of its dump with nothing of the program."""

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from netwerk import demo
from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.report import Figure
from netwerk.domain.upkeep import rounded
from netwerk.exchange import jsonlines
from netwerk.usecases import report, signals
from tests.builders import memory_store
from tests.worlds import TODAY, StoppedClock

YES = {"accepted", "ended", "phased_out"}
CO_OF_DEMO = Scope(viewer=WorkerId(NodeId("w-coordinator")), purpose=Purpose.OVERSIGHT, as_of=TODAY)


def test_the_figures_of_the_demo_are_those_of_its_dump() -> None:
    """Count again, from the lines of the dump and with nothing of the program."""
    store = memory_store(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    note_signals(store)
    lines = [json.loads(jsonlines.write(record)) for record in store.dump()]
    report.publish(store, StoppedClock())
    found = report.report(store, CO_OF_DEMO)
    for start, end in found.periods:
        counted = by_hand(lines, start.isoformat(), end.isoformat())
        counted |= signals_by_hand(store, start.isoformat(), end.isoformat())
        for figure in Figure:
            for told in found.figures[start, end][figure].teams:
                sides = sum((counted[figure, team] for team in told.whole.keys), Counter[str]())
                assert told.whole.counts == {s: rounded(sides[s]) for s in told.whole.counts}
    # The last half year says something of everything, and of each team what it noticed.
    last = found.figures[found.periods[-1]]
    assert all(last[figure].total is not None for figure in Figure)
    assert len(last[Figure.SIGNALS].teams) == 4
    assert set(found.loads[found.periods[-1]]) == {"volunteers", "carers"}


def note_signals(store: MemoryStore) -> None:
    """Let the teams note what they noticed, as `netwerk demo` does."""
    for number, (who, told) in enumerate(demo.noticed(seed=1, today=demo.REFERENCE_DAY)):
        scope = Scope(viewer=who, purpose=Purpose.SUPPORT, as_of=demo.REFERENCE_DAY)
        signals.note(store, scope, OperationId(f"noticed-{number}"), told)


def signals_by_hand(
    store: MemoryStore, start: str, end: str
) -> dict[tuple[Figure, str], Counter[str]]:
    """Count what the store keeps beside the graph, with nothing of the program."""
    kept = [facts for kind, _, facts in store.system_records() if kind == "signal"]
    found: dict[tuple[Figure, str], Counter[str]] = defaultdict(Counter)
    for facts in kept:
        if start <= str(facts["on"]) < end:
            found[Figure.SIGNALS, str(facts["owner"])]["noticed"] += 1
    return found


def by_hand(
    lines: list[dict[str, Any]], start: str, end: str
) -> dict[tuple[Figure, str], Counter[str]]:
    nodes = {line["id"]: line for line in lines if "node" in line}
    team = {r["from"]: r["to"] for r in lines if r.get("relationship") == "HANDLED_BY"}
    inside: dict[str, list[dict[str, Any]]] = {case: [] for case in team}
    for r in lines:
        if r.get("relationship") in {"ASKED_IN", "ADVISES", "KEPT_IN"}:
            inside[r["to"]].append(nodes[r["from"]])
    found: dict[tuple[Figure, str], Counter[str]] = {
        (figure, each): Counter() for figure in Figure for each in team.values()
    }
    for case, of in team.items():
        facts = nodes[case]["properties"]
        opened, closed = facts["opened_on"], facts.get("closed_on", "9999-12-31")
        advices = [n["properties"] for n in inside[case] if n["node"] == "ReferralAdvice"]
        found[Figure.ADVICE, of].update(sides_of_advice(advices, start, end))
        flow = found[Figure.FLOW, of]
        flow["start"] += opened < start <= closed
        flow["in"] += start <= opened < end
        flow["out"] += start <= closed < end
        flow["end"] += opened < end <= closed
        asks = [n["properties"] for n in inside[case] if n["node"] == "Ask"]
        for figure, sides in sides_of_asks(asks, start, end).items():
            found[figure, of].update(sides)
        efforts = [n["properties"] for n in inside[case] if n["node"] == "Effort"]
        found[Figure.STEPPING, of].update(sides_of_steps(efforts, closed, start, end))
        if opened < end and closed >= start:
            found[Figure.NEEDS, of] += sides_of_needs(asks, advices, min(end, closed))
    return found


def month_on(day_: str) -> str:
    return (date.fromisoformat(day_) + timedelta(days=31)).isoformat()


def on_time(ask: dict[str, Any]) -> str:
    ended = ask["outcome"] in {"ended", "phased_out"}
    return "on_time" if ended and ask["outcome_on"] <= month_on(ask["phase_out_on"]) else "late"


def sides_of_steps(
    efforts: list[dict[str, Any]], closed: str, start: str, end: str
) -> Counter[str]:
    found: Counter[str] = Counter()
    for step in (each for each in efforts if each.get("planned")):
        on = month_on(step["valid_from"])
        if start <= on < end and step["valid_from"] <= min(closed, step.get("dropped_on", "9999")):
            given = sum(
                each["minutes_a_week"]
                for each in efforts
                if not each.get("planned")
                and each["worker"] == step["worker"]
                and each["valid_from"] <= on < each.get("valid_to", "9999")
            )
            found["on_time" if given <= step["minutes_a_week"] or closed < on else "late"] += 1
    return found


def sides_of_advice(advices: list[dict[str, Any]], start: str, end: str) -> Counter[str]:
    side = {"granted": "followed", "granted_in_part": "overruled", "refused": "overruled"}
    decided = [a for a in advices if start <= a.get("decided_on", "") < end]
    return Counter(side[a["status"]] for a in decided if a["status"] in side)


def sides_of_asks(asks: list[dict[str, Any]], start: str, end: str) -> dict[Figure, Counter[str]]:
    known = [a for a in asks if start <= a.get("outcome_on", a["asked_on"]) < end]
    no = {"declined", "no_answer"}
    phasing = [
        a for a in asks if "phase_out_on" in a and start <= month_on(a["phase_out_on"]) < end
    ]
    return {
        Figure.ASKS: Counter(
            "yes" if a["outcome"] in YES else "no" for a in known if a["outcome"] in YES | no
        ),
        Figure.PHASING: Counter(on_time(a) for a in phasing if a["outcome"] in YES),
    }


def sides_of_needs(
    asks: list[dict[str, Any]], advices: list[dict[str, Any]], before: str
) -> Counter[str]:
    helped = {
        ask["need"]
        for ask in asks
        if ask["outcome"] in YES
        and ask["outcome_on" if ask["outcome"] == "accepted" else "asked_on"] < before
    }
    granted = [
        a
        for a in advices
        if a["status"].startswith("granted") and a.get("granted_from", "") < before
    ]
    ever = {need for a in granted for need in a["needs"]}
    runs = {
        need
        for a in granted
        if a.get("takeover") != "whole" and a.get("granted_to", "9999") >= before
        for need in a["needs"]
    }
    without = helped - runs
    return Counter(without=len(without), specialist=len((ever | runs) - without))
