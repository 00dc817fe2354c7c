"""Which suggestion was asked, and why not the first: figures that can be worked out by hand."""

import json
from collections import Counter, defaultdict
from itertools import product
from typing import Any

from netwerk import demo
from netwerk.domain.records import Record
from netwerk.domain.report import Figure
from netwerk.domain.suggestions import FOLLOWED
from netwerk.domain.upkeep import FEWEST, rounded
from netwerk.exchange import jsonlines
from netwerk.usecases import report
from tests.builders import memory_store
from tests.usecases.test_report import asked, block, both, case, kept
from tests.usecases.test_report_of_demo import CO_OF_DEMO, sides_of_asks
from tests.worlds import StoppedClock


def test_suggestions_are_followed_or_overruled_for_a_reason() -> None:
    """Of each team 30 are the first, 20 another for a reason, and of 40 it was not kept."""
    more: list[Record] = []
    for n, team in product(range(50), ("t0", "t1")):
        first, wish = {"suggested_rank": 1}, {"suggested_rank": 2, "overruled_because": "wish"}
        why: dict[str, Any] = first if n < 30 else wish
        outcome = "accepted" if n % 2 else "declined"
        more += [*case(f"w{team}{n}", team), *asked(f"aw{team}{n}", f"w{team}{n}", outcome, **why)]
    asks = block(both(*more), Figure.ASKS)
    told = {row.keys: (dict(row.counts), row.share) for row in asks.ways["suggested"]}
    assert told.pop(("first",)) == ({"yes": 15, "no": 15}, 50)
    assert told.pop(("not_kept",)) == ({"yes": 25, "no": 15}, 62)
    # What never happened stands with the smallest that did.
    assert told == {tuple(sorted({*FOLLOWED} - {"first", "not_kept"})): ({"yes": 10, "no": 10}, 50)}


def test_a_specialist_is_referred_to_though_somebody_was_suggested() -> None:
    told = {"need": "home", "title": "", "first_step": "", "of": "", "nodes": [], "records": []}
    ways = [{"asks": [json.dumps(told)]}, {"suggested": [json.dumps(told)]}, {}]
    taken_back: dict[str, Any] = {"asks": [json.dumps(told | {"outcome": "withdrawn"})]}
    more: list[Record] = []
    for n, (which, way) in product(range(20), enumerate(ways)):
        status = "granted" if n < 10 else "refused"
        days = {"advised_on": "2026-02-01", "decided_on": "2026-03-01"}
        # What was taken back was not asked: the others are as they would be without it.
        facts = {"status": status, "needs": ["home"], **({} if which == 0 else taken_back), **way}
        for team in ("t0", "t1"):
            key = f"w{team}{n}{which}"
            more += [*case(key, team), *kept("ReferralAdvice", f"v{key}", key, **facts, **days)]
    advice = block(both(*more), Figure.ADVICE)
    ten = {"followed": 10, "overruled": 10}
    told_apart = {row.keys: dict(row.counts) for row in advice.ways["tried"]}
    assert told_apart == {("asked",): ten, ("passed_over",): ten, ("nobody",): ten}


def test_the_suggestions_of_the_demo_are_those_of_its_dump() -> None:
    """Count again, from the lines of the dump and with nothing of the program; none is small."""
    store = memory_store(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    lines = [json.loads(jsonlines.write(record)) for record in store.dump()]
    report.publish(store, StoppedClock())
    found = report.report(store, CO_OF_DEMO)
    for start, end in found.periods:
        counted = by_hand(lines, start.isoformat(), end.isoformat())
        asks = found.figures[start, end][Figure.ASKS]
        assert asks.total is not None
        for told in (asks.total, *asks.teams):
            for row in told.ways["suggested"]:
                keys = product(told.whole.keys, row.keys)
                sides = sum((counted[key] for key in keys), Counter[str]())
                assert row.counts == {side: rounded(sides[side]) for side in ("yes", "no")}
                assert min(sides["yes"], sides["no"]) >= FEWEST
        # The demo says something true: who did not follow often knew why.
        apart = {row.keys: row.share for row in asks.total.ways["suggested"]}
        first, whole = apart["first",], asks.total.whole.share
        assert first is not None
        assert whole is not None
        assert first < whole


def by_hand(
    lines: list[dict[str, Any]], start: str, end: str
) -> dict[tuple[str, str], Counter[str]]:
    nodes = {line["id"]: line["properties"] for line in lines if "node" in line}
    team = {r["from"]: r["to"] for r in lines if r.get("relationship") == "HANDLED_BY"}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for r in lines:
        if r.get("relationship") == "ASKED_IN" and r["to"] in team:
            ask = nodes[r["from"]]
            why = ask.get("overruled_because", "not_said")
            which = {None: "not_kept", 0: "own", 1: "first"}.get(ask.get("suggested_rank"), why)
            for side in sides_of_asks([ask], start, end)[Figure.ASKS]:
                found[team[r["to"]], which][side] += 1
    return found
