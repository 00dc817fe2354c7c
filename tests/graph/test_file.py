"""A file read for one day: what holds, what ended, what is closed off by now."""

import json
from datetime import date

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Record, Subgraph
from netwerk.graph.file import PersonFile
from tests.worlds import link, node

PATH = json.dumps([{"step": "tie", "from": "ann", "to": "bo", "record": "ann-bo"}])


def file(*changed: Record, on: date = date(2026, 11, 2)) -> PersonFile:
    """Return Ann's file: she may ask Bo, did ask Bo, and lost sight of Cy."""
    drawn = Subgraph.of(
        [
            node("Person", "ann", name="Ann"),
            node("Person", "bo", name="Bo", told_by="ann"),
            node("Person", "cy", told_by="ann"),
            node("Case", "case", question="?"),
            link("CONCERNS", "case", "ann"),
            node("Ask", "ask", need="n", outcome="open", path=PATH),
            link("ASKED_IN", "ask", "case"),
            link("TIE", "ann", "bo", "ann-bo", owner="ann", kind="friend", approach="may_ask"),
            link("TIE", "ann", "cy", "ann-cy", owner="ann", kind="other", valid_to="2026-11-02"),
        ]
    )
    return PersonFile(drawn | Subgraph.of(changed), PersonId(NodeId("ann")), on)


def closed_off(*changed: Record) -> bool:
    (asked,) = file(*changed).asks
    return asked.closed_off


def test_a_tie_ends_on_its_last_day() -> None:
    before = file(on=date(2026, 11, 1))
    assert [tie.id for tie in before.ties] == ["ann-bo", "ann-cy"]
    assert before.past_ties == []
    after = file()
    assert [tie.id for tie in after.ties] == ["ann-bo"]
    assert [tie.id for tie in after.past_ties] == ["ann-cy"]


def test_what_has_no_name_or_is_not_there_is_called_nothing() -> None:
    assert [file().name(NodeId(key)) for key in ("bo", "cy", "dee")] == ["Bo", "", ""]


def test_a_yes_taken_back_closes_off_what_was_asked() -> None:
    assert not closed_off()
    tie = file().graph.relationships[next(t.id for t in file().ties)]
    for word in ("support_only", "do_not_approach", "not_discussed"):
        assert closed_off(tie.with_properties(approach=word)), word


def test_who_is_to_be_left_alone_closes_it_off_by_whatever_tie() -> None:
    also = link("TIE", "bo", "ann", "also", owner="ann", kind="neighbour", valence="stressful")
    assert closed_off(also)


def test_what_was_taken_back_itself_stays_told() -> None:
    taken_back = node("Ask", "ask", need="n", outcome="withdrawn", path=PATH)
    alone = link(
        "TIE", "ann", "bo", "ann-bo", owner="ann", kind="friend", approach="do_not_approach"
    )
    assert not closed_off(taken_back, alone)


def test_the_colleagues_of_a_file_are_those_who_lead_its_cases() -> None:
    wil, ger = (node("Worker", key, role="worker", name=key.title()) for key in ("wil", "ger"))
    found = file(wil, ger, link("LEADS", "wil", "case"))
    assert [each.name for each in found.colleagues()] == ["Wil"]
