"""What happened in a case: all of it, in order, until the day of the file, and nobody's else."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Node, Record, Subgraph, to_json
from netwerk.domain.visibility import visible
from netwerk.graph.file import PersonFile
from netwerk.graph.timeline import Happening, Kind, happenings
from tests.web import street
from tests.worlds import INHABITANT, SCOPE, TODAY, link, node

ANNIE = PersonId(NodeId("annie"))
IN_CASE = (
    node("Goal", "g", text="Koken", set_on="2026-03-01", ended_on="2026-09-01"),
    node(
        "Action",
        "a",
        text="Belt",
        by_whom="inhabitant",
        agreed_on="2026-03-02",
        done_on="2026-03-03",
    ),
    node("DomainNote", "d", domain="n", goes="well", told_on="2026-03-04"),
    node("Assessment", "f", instrument="lsns_6", taken_on="2026-03-05", scores=["1:2"]),
    node("Assessment", "empty", instrument="lsns_6", taken_on="2026-03-05"),
    node("Scaling", "s", direction="down", scaled_on="2026-03-06", reason="Het loopt."),
    node("Effort", "e", worker="w0", minutes_a_week=60, valid_from="2026-03-07"),
    node("Effort", "plan", worker="w0", minutes_a_week=30, valid_from="2026-03-08", planned=True),
)
BEFORE = to_json({"kind": "friend", "closeness": 2, "until": "2026-05-01"})
SILENT = to_json({"kind": "friend", "closeness": 4, "approach": "may_ask", "until": "2026-06-01"})
RECORDS: tuple[Record, ...] = (
    node("Person", "p0", name="Mijn"),
    node("Person", "p1", name="Ans"),
    node("Person", "p2", name="Bo"),
    node("Organization", "o0", name="Koor"),
    node("Case", "c0", opened_on="2026-01-15", safety="none"),
    node("Case", "old", opened_on="2024-01-15", closed_on="2025-01-15", safety="none"),
    node("Case", "theirs", opened_on="2026-01-16", safety="none"),
    link("CONCERNS", "c0", "p0"),
    link("CONCERNS", "old", "p0"),
    link("CONCERNS", "theirs", "p1"),
    *IN_CASE,
    *(link("KEPT_IN", each.id, "c0") for each in IN_CASE),
    node("CaseReview", "r", held_on="2026-03-09", decision="Doorgaan."),
    link("REVIEWED_IN", "c0", "r"),
    *(
        node("ReferralAdvice", key, person="p0", status=status, advised_on=on, decided_on=by)
        for key, status, on, by in (
            ("granted", "granted", "2026-03-10", "2026-03-20"),
            ("waits", "given", "2026-03-11", None),
            ("draft", "draft", "2026-03-12", None),
        )
    ),
    *(link("ADVISES", key, "c0") for key in ("granted", "waits", "draft")),
    *(
        node("Ask", key, need="n", title=key, outcome=outcome, asked_on=on, outcome_on=by, path=way)
        for key, outcome, on, by, way in (
            ("yes", "accepted", "2026-04-01", "2026-04-05", None),
            ("waiting", "open", "2026-04-02", None, None),
            ("mistake", "withdrawn", "2026-04-03", "2026-04-03", None),
            ("shut", "declined", "2026-04-04", "2026-04-06", '[{"from": "p0", "to": "p2"}]'),
        )
    ),
    *(link("ASKED_IN", key, "c0") for key in ("yes", "waiting", "mistake", "shut")),
    link(
        "TIE",
        "p0",
        "p1",
        "t1",
        owner="p0",
        kind="friend",
        closeness=4,
        approach="do_not_approach",
        valid_from="2026-02-01",
        earlier=[BEFORE, SILENT],
    ),
    link("TIE", "p1", "p0", "t2", owner="p0", kind="friend", valid_from="2026-02-01"),
    link(
        "TIE",
        "p0",
        "p2",
        "t3",
        owner="p0",
        kind="neighbour",
        approach="do_not_approach",
        valid_from="2026-02-02",
        valid_to="2027-02-02",
    ),
    link("TIE", "p1", "p2", "t4", owner="p0", kind="friend", valid_from="2026-02-03"),
    link("TIE", "p0", "p2", "t5", owner="p0", kind="friend", valid_to="2026-02-04"),
    link(
        "TAKES_PART",
        "p0",
        "o0",
        "part",
        owner="p0",
        how="member",
        valid_from="2026-02-05",
        valid_to="2026-02-06",
    ),
)


def told(on: date = TODAY) -> list[Happening]:
    return happenings(PersonFile(Subgraph.of(RECORDS), INHABITANT, on))


def test_all_that_happened_stands_in_order_and_once() -> None:
    every = [(each.on.isoformat()[2:], each.what) for each in reversed(told())]
    assert every == [
        ("24-01-15", "opened"),
        ("25-01-15", "closed"),
        ("26-01-15", "opened"),
        ("26-02-01", "came"),
        ("26-02-02", "came"),
        ("26-02-04", "went"),
        ("26-02-05", "joined"),
        ("26-02-06", "left"),
        ("26-03-01", "goal"),
        ("26-03-02", "agreed"),
        ("26-03-03", "done"),
        ("26-03-04", "told"),
        ("26-03-05", "filled_in"),
        ("26-03-06", "scaled"),
        ("26-03-07", "effort"),
        ("26-03-09", "reviewed"),
        ("26-03-10", "advised"),
        ("26-03-11", "advised"),
        ("26-03-20", "decided"),
        ("26-04-01", "asked"),
        ("26-04-02", "asked"),
        ("26-04-04", "asked"),
        ("26-04-05", "answered"),
        ("26-04-06", "answered"),
        ("26-05-01", "changed"),
        ("26-09-01", "goal_ended"),
    ]
    assert {each.kind for each in told()} == set(Kind)


def test_a_change_knows_what_was_told_before_and_after() -> None:
    (change,) = (each for each in told() if each.what == "changed")
    assert change.before is not None
    assert change.after is not None
    assert (change.before.closeness, change.after.closeness) == (2, 4)


def test_of_who_is_left_alone_no_ask_and_nothing_agreed_is_told() -> None:
    assert {each.about.id: each.closed_off for each in told() if each.kind is Kind.ASKS} == {
        "yes": False,
        "waiting": False,
        "shut": True,
    }
    calls = Node(
        label="Action",
        id=NodeId("calls"),
        properties={
            "text": "Belt",
            "by_whom": "network",
            "person": "p2",
            "agreed_on": "2026-03-02",
        },
    )
    graph = Subgraph.of([*RECORDS, calls, link("KEPT_IN", "calls", "c0")])
    every = happenings(PersonFile(graph, INHABITANT, TODAY))
    assert "calls" not in {each.about.id for each in every}


@given(st.dates(date(2026, 1, 16), date(2026, 12, 31)))
def test_a_later_day_only_adds_to_what_happened(on: date) -> None:
    then = {(each.on, each.what, each.about.id) for each in told(on) if each.kind is Kind.NETWORK}
    now = {(each.on, each.what, each.about.id) for each in told(date(2027, 12, 31))}
    assert then <= now
    assert all(day <= on for day, _, _ in then)


def test_what_others_keep_changes_nothing() -> None:
    graph = Subgraph.of(street.records())
    scope = replace(SCOPE, viewer=street.worker("own"), subject=ANNIE)
    whole = happenings(PersonFile(graph, ANNIE, TODAY))
    seen = happenings(PersonFile(visible(graph, scope), ANNIE, TODAY))
    assert [(e.on, e.what, e.about.id) for e in seen] != []
    assert {e.about.id for e in seen} <= {e.about.id for e in whole}
    assert not [e for e in seen if "zwaan" in e.about.id]
