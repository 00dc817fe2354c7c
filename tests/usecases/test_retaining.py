"""Terms as laws: what is within its term never goes, what is past it does, twice is once."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.ids import OperationId
from netwerk.domain.records import Node, Record, Relationship, Subgraph, day, flag, text
from netwerk.domain.visibility import CASE_RECORDS, OWNED_TYPES
from netwerk.schema import load_schema
from netwerk.usecases import retaining
from tests.builders import memory_store
from tests.web import street
from tests.worlds import TODAY, in_order, link, node, worlds

SCHEMA = load_schema()
DAYS = [None, "2026-06-01", "2026-11-02", "2027-01-31"]
EVER = date(2100, 1, 1)
nights = st.dates(TODAY, date(2045, 1, 1)) | st.sampled_from(
    [date(2028, 6, 1), date(2028, 5, 31), date(2028, 11, 2), date(2041, 6, 1), date(2042, 1, 31)]
)


@st.composite
def filed(draw: st.DrawFn) -> list[Record]:
    """Draw a world in which cases are closed on all kinds of days, and one is about two people."""
    world = draw(worlds())
    records: list[Record] = [
        each.with_properties(closed_on=draw(st.sampled_from(DAYS)))
        if isinstance(each, Node) and each.label == "Case"
        else each
        for each in in_order(world)
    ]
    if draw(st.booleans()):
        both = node("Case", "c2", question="?", closed_on=draw(st.sampled_from(DAYS)))
        goal: list[Record] = [node("Goal", "both", text="?"), link("KEPT_IN", "both", "c2")]
        goal += [link("KEPT_IN", "both", draw(st.sampled_from(["c0", "c1"])))]
        concerns = [link("CONCERNS", "c2", who) for who in ("p0", "p1")]
        records = [both, goal[0], *records, *concerns, *goal[1:]]
    return in_order(Subgraph.of(records))


def after(since: date | None, months: int | None) -> date:
    """Return when a term is over, counted by hand: the same day so many months later."""
    if since is None or months is None:
        return EVER
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(since.day, last))


class Judge:
    """Says of each record when its term is over, from the records alone."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.graph = Subgraph.of(records)

    def gone_on(self, on: date) -> set[str]:
        """Return the ids of what must be gone, and nothing else may."""
        graph = self.graph
        gone = {str(n.id) for n in graph.nodes.values() if self._node_ends(n) <= on}
        gone |= {str(r.id) for r in graph.relationships.values() if self._tie_ends(r) <= on}
        links = [r for r in graph.relationships.values() if not {r.source, r.target} & gone]
        held = {end for r in links if r.id not in gone and holds(r) for end in (r.source, r.target)}
        was = {e for r in graph.relationships.values() if holds(r) for e in (r.source, r.target)}
        gone |= {
            str(n.id)
            for n in graph.labelled("Person")
            if n.id in was
            and n.id not in held
            and not flag(n.properties, "willing_to_help")
            and not flag(n.properties, "connector")
        }
        ends = graph.relationships.values()
        return gone | {str(r.id) for r in ends if {r.source, r.target} & gone}

    def closed(self, person: str) -> date | None:
        """Return when the last case of somebody was closed."""
        cases = [self.graph.nodes[r.source] for r in self.graph.of_type("CONCERNS")]
        about = {r.source for r in self.graph.of_type("CONCERNS") if r.target == person}
        days = [day(case.properties, "closed_on") for case in cases if case.id in about]
        return max((d for d in days if d), default=None) if all(days) else None

    def _node_ends(self, one: Node) -> date:
        months = SCHEMA.nodes[one.label].keep_months
        if one.label == "Case":
            return after(day(one.properties, "closed_on"), months)
        if one.label not in CASE_RECORDS:
            return EVER
        touching = (r for r in self.graph.relationships.values() if one.id in {r.source, r.target})
        ends = {end for r in touching for end in (r.source, r.target)} - {one.id}
        cases = [self.graph.nodes[end] for end in ends if self.graph.nodes[end].label == "Case"]
        return max(after(day(case.properties, "closed_on"), months) for case in cases)

    def _tie_ends(self, one: Relationship) -> date:
        if one.type not in OWNED_TYPES:
            return EVER
        months = SCHEMA.relationships[one.type].keep_months
        closed = self.closed(text(one.properties, "owner") or "")
        return min(after(since, months) for since in (day(one.properties, "valid_to"), closed))


def holds(link_: Relationship) -> bool:
    return link_.type not in {"ADDRESSES", "IN_AREA", "ACQUAINTED"}


def left(store: MemoryStore) -> set[str]:
    return {str(each.id) for each in store.dump()}


def retain(store: MemoryStore, on: date, name: str) -> retaining.Kept:
    scope = Scope(viewer=OPERATOR, purpose=Purpose.ADMINISTRATION, as_of=on)
    return retaining.retain(store, scope, OperationId(name), SCHEMA)


@given(records=filed(), on=nights)
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_past_its_term_goes_and_nothing_else_and_twice_is_once(
    records: list[Record], on: date
) -> None:
    store = memory_store(records)
    before = left(store)
    told = retain(store, on, "first")
    assert before - left(store) == Judge(records).gone_on(on)
    assert sum(told.records.values()) == len(before) - len(left(store))
    kept = list(store.dump())
    assert retain(store, on, "second").records == {}
    assert list(store.dump()) == kept


@given(records=filed(), on=nights, days=st.integers(0, 4000))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_every_night_comes_to_the_same_as_one_night_at_the_end(
    records: list[Record], on: date, days: int
) -> None:
    nightly, once = memory_store(records), memory_store(records)
    end = on + timedelta(days=days)
    retain(nightly, on, "first")
    retain(nightly, end, "second")
    retain(once, end, "only")
    assert left(nightly) == left(once)


@given(records=filed(), on=nights)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_beside_the_graph_goes_by_its_own_day_or_with_its_file(
    records: list[Record], on: date
) -> None:
    store, judge = memory_store(records), Judge(records)
    with store.system() as work:
        for who in ("p0", "p1", "p2"):
            work.put("shortlist", who, {"owner": who})
        work.put("shortlist", "nobody", {"owner": "nobody"})
        work.put("request", "r", {"owner": "p0", "posted_on": "2026-10-01"})
        work.put("request", "no-day", {"owner": "p0"})
        work.put("account", "a", {"owner": "p0", "posted_on": "2000-01-01"})
    retain(store, on, "first")
    gone, months = judge.gone_on(on), SCHEMA.beside["shortlist"].keep_months
    lists = {key for kind, key, _ in store.system_records() if kind == "shortlist"}
    assert lists == {
        who
        for who in ("p0", "p1", "p2")
        if who not in gone and after(judge.closed(who), months) > on
    }
    asked = {key for kind, key, _ in store.system_records() if kind in {"request", "account"}}
    months = SCHEMA.beside["request"].keep_months
    assert ("r" in asked) == (after(date(2026, 10, 1), months) > on)
    assert {"no-day", "a"} <= asked


def test_the_rows_of_a_list_go_with_the_list_a_year_after_it_came() -> None:
    store = memory_store(street.records())
    street.tell(store)
    lists = {"import", "import-part"}
    assert lists <= {kind for kind, _, _ in store.system_records()}
    for months, left in ((11, lists), (13, set[str]())):
        retain(store, TODAY + timedelta(days=30.5 * months), f"after-{months}")
        assert {kind for kind, _, _ in store.system_records()} & lists == left
