"""An export as a law: all that is of the person who asks, and nothing that is of another."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.advice import Mentioned
from netwerk.domain.corrections import corrections as all_of
from netwerk.domain.held import TELLS
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId, WorkerId
from netwerk.domain.records import Node, Properties, Record, Relationship, Subgraph, text
from netwerk.domain.ties import Approach
from netwerk.domain.visibility import CASE_RECORDS, CASE_TYPES, OWNED_TYPES
from netwerk.exchange import subject_file
from netwerk.graph.subject import about_today, records_of
from netwerk.schema import load_schema
from netwerk.usecases import corrections, network, own_file, subjects
from netwerk.usecases.corrections import NotRight
from netwerk.usecases.own_file import SubjectFile
from tests.builders import memory_store
from tests.web import street
from tests.worlds import TODAY, StoppedClock, in_order, link, node, worlds

OFFICER = WorkerId(NodeId("officer"))
WHY = "Verzoek om inzage van 1 november."
LAWS: dict[str, Any] = {
    "deadline": None,
    "max_examples": 60,
    "suppress_health_check": [HealthCheck.too_slow],
}


def about(person: str) -> Scope:
    subject = PersonId(NodeId(person))
    return Scope(viewer=OFFICER, purpose=Purpose.DATA_SUBJECT, as_of=TODAY, subject=subject)


def marked(world: Subgraph) -> list[Record]:
    """Return a world in which everything of a file holds a word of its own, and an officer."""
    records: list[Record] = []
    for each in in_order(world):
        if isinstance(each, Relationship) and each.type == "TIE":
            records.append(each.with_properties(remark=f"canary-{each.id}."))
        elif isinstance(each, Node) and each.label == "Case":
            records.append(each.with_properties(question=f"canary-{each.id}."))
        elif isinstance(each, Node) and each.label == "Ask":
            records.append(each.with_properties(note=f"canary-{each.id}."))
        else:
            records.append(each)
    return [node("Worker", OFFICER, name="O", role="privacy_officer"), *records]


def exported(records: list[Record], person: str) -> tuple[SubjectFile, str]:
    store, scope = memory_store(records), about(person)
    subjects.open_request(store, StoppedClock(), scope, OperationId("open"), WHY)
    file, mark = own_file.export(store, StoppedClock(), scope, OperationId("export"), WHY)
    told = subject_file.document(person, records_of(file.graph), file.elsewhere, mark)
    assert read(store, scope) == (file.graph, file.elsewhere)
    return file, told


def read(store: MemoryStore, scope: Scope) -> tuple[Subgraph, tuple[Record, ...]]:
    """Return what the officer pages through."""
    file = own_file.requested_file(store, scope, OperationId("read"))
    return file.graph, file.elsewhere


def theirs(world: Subgraph, person: str) -> set[str]:
    """Return the ids of what is somebody's own to read, from the records alone."""
    cases = {r.source for r in world.of_type("CONCERNS") if r.target == person}
    inside = {
        end
        for r in world.relationships.values()
        if r.type in CASE_TYPES and {r.source, r.target} & cases
        for end in (r.source, r.target)
        if world.nodes[end].label in CASE_RECORDS
    }
    owned = {r.id for r in world.of_type(*OWNED_TYPES) if text(r.properties, "owner") == person}
    own = world.of_type("ADDRESSES", "CONTACT_FOR", "VOLUNTEERS_FOR")
    return {person, *cases, *inside, *owned, *(r.id for r in own if r.source == person)}


@given(world=worlds(), person=st.sampled_from(["p0", "p1", "p2", "p3"]))
@settings(**LAWS)
def test_an_export_holds_all_that_is_theirs_and_of_nobody_else(
    world: Subgraph, person: str
) -> None:
    file, told = exported(marked(world), person)
    own = theirs(world, person)
    others = {each.id for each in records_of(file.graph)} - own
    assert own <= set(file.graph.nodes) | set(file.graph.relationships)
    # What is not theirs is only what somebody or something in their file is called.
    assert {file.graph.nodes[NodeId(each)].label for each in others} <= {"Person", "Location"}
    for each in others:
        assert set(file.graph.nodes[NodeId(each)].properties) <= {"name", "alias"}
    near = {
        r.id
        for r in world.of_type("TIE")
        if person in {r.source, r.target} and text(r.properties, "owner") != person
    }
    secrets = [n.id for n in (*world.labelled("Case"), *world.labelled("Ask"))]
    for key in (*secrets, *(r.id for r in world.of_type("TIE"))):
        assert (f"canary-{key}." in told) == (key in own | near)


@given(world=worlds(), person=st.sampled_from(["p0", "p1", "p2"]))
@settings(**LAWS)
def test_what_others_told_is_given_without_who_told_it(world: Subgraph, person: str) -> None:
    file, told = exported(marked(world), person)
    assert all(not {"owner", "told_by"} & set(each.properties) for each in file.elsewhere)
    for each in json.loads(told)["told_by_others"]:
        ends = {each.get("from"), each.get("to")} if "relationship" in each else {person}
        assert person in ends


@given(world=worlds(), how=st.sampled_from(["tie", "ask", "name"]))
@settings(**LAWS)
def test_what_happens_in_another_file_changes_no_byte_of_an_export(
    world: Subgraph, how: str
) -> None:
    records = marked(world)
    _, before = exported(records, "p0")
    if how == "tie":
        records.append(link("TIE", "p1", "p2", "more", owner="p1", kind="friend", remark="canary"))
    elif how == "ask":
        ask = node("Ask", "more", need="n", asked_on="2026-10-01", outcome="open", note="canary")
        records += [ask, link("ASKED_IN", "more", "c1")]
    else:
        records = [
            replace(each, properties={**each.properties, "question": "canary"})
            if each.id == "c1"
            else each
            for each in records
        ]
    assert exported(records, "p0")[1] == before


def test_who_is_left_alone_by_now_is_told_of_as_themselves_alone() -> None:
    """The tie is the inhabitant's own word; a plan, an advice and an ask name them no more."""
    path = Mentioned(
        need=NeedId(NodeId(street.NEED)),
        title="Koffie met Bo Daalder",
        first_step="Bel Bo.",
        of="annie",
        nodes=("annie", "bo"),
        records=(),
    ).written()
    advised = {"status": "given", "advised_on": "2026-10-10"}
    own = node(
        "ReferralAdvice",
        "own",
        person="annie",
        suggested=[path],
        reason="Bo Daalder kan niet.",
        **advised,
    )
    brother = node(
        "ReferralAdvice", "brother", person="zwaan", reason="Voor haar broer.", **advised
    )
    action = node("Action", "with-bo", text="Bo gaat mee.", by_whom="network", person="bo")
    joined = [link("ADVISES", key, "case-annie") for key in ("own", "brother")]
    store = memory_store(
        [*street.records(), own, brother, action, *joined, link("KEPT_IN", "with-bo", "case-annie")]
    )
    scope = Scope(
        viewer=street.worker("own"),
        purpose=Purpose.SUPPORT,
        as_of=TODAY,
        subject=PersonId(NodeId("annie")),
    )
    before = own_file.own_file(store, scope).graph.nodes
    assert before[NodeId("own")].properties["suggested"] == [path]
    assert before[NodeId("with-bo")].properties["text"] == "Bo gaat mee."
    assert NodeId("brother") not in before
    network.set_approach(
        store, scope, OperationId("leave"), RelationshipId("annie-bo"), Approach.DO_NOT_APPROACH
    )
    after = own_file.own_file(store, scope).graph
    assert "suggested" not in after.nodes[NodeId("own")].properties
    assert "Bo" not in str(after.nodes[NodeId("own")].properties)
    assert not {"text", "person"} & set(after.nodes[NodeId("with-bo")].properties)
    assert after.nodes[NodeId("bo")].properties["name"] == "Bo Daalder"


def test_a_partner_that_is_left_alone_by_now_is_named_by_nothing_that_was_agreed() -> None:
    """Not the ask and what was agreed, nor what was once said to be wrong about either."""
    path = json.dumps([{"from": "annie", "to": "church", "record": "annie-church"}])
    asked = {"need": street.NEED, "asked_on": "2026-10-01", "outcome": "open", "path": path}
    told = {"title": "De Lichtkring vragen", "supporter": "church", "service": "coffee"}
    agreed = {"text": "De Lichtkring belt.", "by_whom": "partner", "organization": "church"}
    store = memory_store(
        [
            *street.records(),
            node("Ask", "at-church", **asked, **told),
            node("Action", "by-church", **agreed),
            link("ASKED_IN", "at-church", "case-annie"),
            link("KEPT_IN", "by-church", "case-annie"),
        ]
    )
    scope = Scope(
        viewer=street.worker("own"),
        purpose=Purpose.SUPPORT,
        as_of=TODAY,
        subject=PersonId(NodeId("annie")),
    )
    for number, record in enumerate(("at-church", "by-church", "annie")):
        wrong = NotRight(record=record, about=f"{record}: De Lichtkring", said="Dat klopt niet.")
        corrections.note(store, scope, OperationId(f"wrong-{number}"), wrong)
    with store.work(scope, OperationId("left-alone")) as work:
        (part,) = (r for r in work.own_file().of_type("TAKES_PART") if r.id == "annie-church")
        work.save(part.with_properties(approach=Approach.DO_NOT_APPROACH.value))
    nodes = own_file.own_file(store, scope).graph.nodes
    assert "organization" not in nodes[NodeId("by-church")].properties
    assert not {"supporter", "service", "title"} & set(nodes[NodeId("at-church")].properties)
    said = {key: nodes[NodeId(f"correction-wrong-{key}")].properties["about"] for key in range(3)}
    assert said == {0: "at-church", 1: "by-church", 2: "annie: De Lichtkring"}
    file = network.open_file(store, scope)
    told_to_worker = {each.id: about_today(file, each) for each in all_of(file.graph)}
    assert told_to_worker[NodeId("correction-wrong-0")] == "at-church"
    assert told_to_worker[NodeId("correction-wrong-2")] == "annie: De Lichtkring"


KEPT: dict[str, Properties] = {
    kind: {
        name: {"said": f"canary-{kind}-{name}", "owner": "zwaan", "told_by": "zwaan"}
        for name in {name for told in ways.values() for name in told} | {"never", "worker"}
    }
    for kind, ways in TELLS.items()
}
"""Of every kind that tells people, one with a word of its own in every property."""


@pytest.mark.parametrize(("kind", "way"), [(k, w) for k, ways in TELLS.items() for w in ways])
@pytest.mark.parametrize("whose", ["annie", "zwaan"])
def test_what_is_kept_beside_the_graph_is_in_the_export_of_whom_it_is_about(
    kind: str, way: str, whose: str
) -> None:
    store, scope = memory_store([*street.records()]), about("annie")
    scope = replace(scope, viewer=OPERATOR)
    with store.system() as work:
        work.put(kind, "it", {**KEPT[kind], way: whose})
    file, mark = own_file.export(store, StoppedClock(), scope, OperationId("export"), WHY)
    told = subject_file.document("annie", (), (), mark, file.beside)
    for name in KEPT[kind]:
        theirs_to_read = whose == "annie" and name in TELLS[kind][way]
        assert (f"canary-{kind}-{name}" in told) == theirs_to_read
    assert "zwaan" not in told
    page = subject_file.page((), load_schema(), mark, "nl", file.beside)
    assert (f"canary-{kind}-" in page) == (whose == "annie")


def test_a_worker_and_an_inhabitant_read_that_there_is_a_short_list() -> None:
    store = memory_store([*street.records()])
    scope = replace(about("annie"), viewer=street.worker("own"), purpose=Purpose.SUPPORT)
    with store.system() as work:
        work.put("shortlist", "annie", {"owner": "annie", "items": [{"record": "church"}]})
        work.put("shortlist", "zwaan", {"owner": "zwaan", "items": [{"record": "coffee"}]})
    (only,) = own_file.own_file(store, scope).beside
    assert (only.kind, only.facts) == ("shortlist", {"items": [{"record": "church"}]})
