"""Opening a file by way of exception, and work on all files at once: who may, and what it shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidRecordError,
    LookOnlyError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.grants import GRANT, LASTS, Grant
from netwerk.domain.ids import NodeId, OperationId, PersonId, WorkerId
from netwerk.domain.records import Record
from netwerk.ports.stores import Store
from tests.contract.conftest import Fresh
from tests.worlds import SCOPE, link, node

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
P3 = PersonId(NodeId("p3"))
WORKER = replace(SCOPE, subject=P3)
OFFICER = replace(WORKER, viewer=WorkerId(NodeId("w1")), purpose=Purpose.DATA_SUBJECT)
ONE, TWO = OperationId("one"), OperationId("two")


@pytest.fixture
def street(fresh: Fresh) -> Store:
    """Return a store with a file that worker w0 may not open; w1 is the privacy officer."""
    return fresh(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Worker", "w1", role="privacy_officer", name="O"),
            node("Person", "p0", name="Zij"),
            node("Person", "p3", name="ÖZLEM  Kaya", alias="tante Öz"),
            node("Person", "p4", name="Özlem Kaya-Smit"),
            node("Organization", "o0", name="Özlem Kaya", kind="church"),
            node("Case", "c0", question="?"),
            link("CONCERNS", "c0", "p0"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p3", "p4", "t1", owner="p3", kind="friend"),
            link("TIE", "p0", "p3", "t2", owner="p0", kind="neighbour"),
            link("TIE", "p4", "p0", "t3", owner="p3", kind="friend"),
            link("TAKES_PART", "p3", "o0", "tp", owner="p3", how="member"),
        ]
    )


def give(store: Store, scope: Scope, purpose: Purpose, begun: datetime = NOW) -> None:
    grant = Grant(
        viewer=scope.viewer,
        person=scope.subject or P3,
        purpose=purpose,
        reason="Ze belde in paniek.",
        begun=begun,
    )
    with store.system() as work:
        work.put(GRANT, grant.key, grant.written())


def opens(store: Store, scope: Scope) -> bool:
    try:
        with store.view(scope, "look") as view:
            return NodeId("p3") in view.own_file().nodes
    except NotVisibleError:
        return False


def test_a_grant_opens_a_file_and_the_log_says_why(street: Store) -> None:
    assert not opens(street, WORKER)
    give(street, WORKER, Purpose.EMERGENCY)
    assert opens(street, WORKER)
    log = [(e.event.purpose, e.event.outcome) for e in street.audit_entries()]
    assert log == [("support", "refused"), ("emergency", "done")]


def test_who_broke_the_glass_reads_the_file_and_changes_nothing(street: Store) -> None:
    """Not the file, and not what is kept beside it; what is of nobody they keep as ever."""
    give(street, WORKER, Purpose.EMERGENCY)
    with pytest.raises(LookOnlyError), street.work(WORKER, ONE):
        pass
    with pytest.raises(LookOnlyError), street.directory_work(WORKER, ONE):
        pass
    with street.directory_work(replace(WORKER, subject=None), ONE) as work:
        work.put("request", "r", {"owner": "p0"})


def test_who_is_on_the_case_goes_on_writing_whatever_was_opened_before(street: Store) -> None:
    mine = replace(WORKER, subject=PersonId(NodeId("p0")))
    give(street, mine, Purpose.EMERGENCY)
    with street.work(mine, ONE) as work:
        work.audit(AuditEvent.within(mine, "change"))
    with street.directory_work(mine, TWO) as beside:
        beside.audit(AuditEvent.within(mine, "change"))
    assert {e.event.purpose for e in street.audit_entries()} == {"support"}


def test_the_officer_sees_a_file_for_a_request_alone(street: Store) -> None:
    give(street, OFFICER, Purpose.DATA_SUBJECT)
    assert opens(street, OFFICER)
    assert not opens(street, replace(OFFICER, subject=PersonId(NodeId("p0"))))
    give(street, OFFICER, Purpose.EMERGENCY)
    assert not opens(street, OFFICER)
    give(street, WORKER, Purpose.DATA_SUBJECT)
    assert not opens(street, WORKER)
    with pytest.raises(NotVisibleError), street.work(WORKER, ONE):
        pass


@pytest.mark.parametrize("purpose", LASTS)
def test_a_grant_is_over_when_its_time_is(street: Store, purpose: Purpose) -> None:
    scope = WORKER if purpose is Purpose.EMERGENCY else OFFICER
    give(street, scope, purpose, NOW - LASTS[purpose])
    assert not opens(street, scope)
    give(street, scope, purpose, NOW + timedelta(seconds=1))
    assert not opens(street, scope)
    give(street, scope, purpose, NOW - LASTS[purpose] + timedelta(seconds=1))
    assert opens(street, scope)


def test_a_grant_for_what_is_no_person_opens_nothing(street: Store) -> None:
    for subject in ("o0", "nothing"):
        scope = replace(WORKER, subject=PersonId(NodeId(subject)))
        give(street, scope, Purpose.EMERGENCY)
        assert not opens(street, scope)
    nobody = replace(WORKER, viewer=WorkerId(NodeId("p0")))
    give(street, nobody, Purpose.EMERGENCY)
    assert not opens(street, nobody)


@pytest.mark.parametrize("viewer", ["w0", "p0", "nobody"])
def test_all_files_are_for_who_may_erase(street: Store, viewer: str) -> None:
    scope = replace(OFFICER, viewer=WorkerId(NodeId(viewer)))
    with pytest.raises(NotAllowedError), street.files_work(scope, ONE):
        pass
    for may in (OFFICER, replace(OFFICER, viewer=OPERATOR)):
        with street.files_work(may, OperationId(may.viewer)) as work:
            work.audit(AuditEvent.within(may, "erase"))
    with pytest.raises(AlreadyDoneError), street.files_work(OFFICER, OperationId("w1")):
        pass


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("özlem kaya", ["p3"]),
        (" ÖZLEM KAYA ", ["p3"]),
        ("Tante Öz", ["p3"]),
        ("Özlem", []),
        ("özlem kaya-smit", ["p4"]),
        ("", []),
        ("%", []),
    ],
)
def test_somebody_is_found_by_their_whole_name(street: Store, asked: str, found: list[str]) -> None:
    with street.files_work(OFFICER, ONE) as work:
        assert [each.id for each in work.named(asked)] == found


def test_everything_that_is_joined_to_somebody_is_found(street: Store) -> None:
    with street.files_work(OFFICER, ONE) as work:
        around = work.touching([NodeId("p3"), NodeId("nothing")])
        assert set(around.relationships) == {"t1", "t2", "tp"}
        assert set(around.nodes) == {"p0", "p3", "p4", "o0"}
        assert set(work.owned(P3).relationships) == {"t1", "t3", "tp"}
        assert set(work.owned(P3).nodes) == {"p0", "p3", "p4", "o0"}
        assert not work.owned(PersonId(NodeId("p4"))).nodes
        assert set(work.touching([NodeId("w1")]).nodes) == {"w1"}


def by_key(store: Store) -> dict[str, Record]:
    return {record.id: record for record in store.dump()}


def test_records_of_any_file_are_changed_and_removed_together(street: Store) -> None:
    with street.files_work(OFFICER, ONE) as work:
        work.put("shortlist", "p3", {"owner": "p3"})
        graph = work.touching([NodeId("p3")])
        person, tie = graph.nodes[NodeId("p3")], graph.of_type("TIE")[1]
        work.save(person.with_properties(name="iemand", alias=None))
        work.save(tie.with_properties(closeness=2), node("Person", "p9", name="Nieuw"))
        work.save(link("TIE", "p9", "p0", "t9", owner="p9", kind="friend"))
        work.remove(*graph.of_type("TAKES_PART"))
    kept = by_key(street)
    assert kept["p3"].properties == {"name": "iemand"}
    assert (kept[tie.id].properties["closeness"], kept[tie.id].version) == (2, 2)
    assert {"p9", "t9"} <= set(kept)
    assert "tp" not in kept
    with street.files_work(OFFICER, TWO) as work:
        assert work.get("shortlist", "p3") == {"owner": "p3"}


def test_nothing_of_a_work_on_all_files_that_fails_is_kept(street: Store) -> None:
    before = list(street.dump())

    def tried(change: Callable[..., None], error: type[Exception]) -> None:
        with pytest.raises(error), street.files_work(OFFICER, ONE) as work:
            graph = work.touching([NodeId("p3")])
            work.remove(*graph.of_type("TAKES_PART"))
            change(work, graph)

    tried(lambda w, g: w.remove(g.nodes["p3"]), ConflictError)
    tried(lambda w, g: w.save(replace(g.nodes["p3"], version=7)), ConflictError)
    tried(lambda w, _: w.remove(replace(link("TIE", "p3", "p4", "t1"), version=9)), ConflictError)
    tried(lambda w, g: w.save(g.nodes["p3"].with_properties(shoe=43)), InvalidRecordError)
    tried(lambda w, _: w.save(link("TIE", "p3", "none", owner="p3", kind="x")), InvalidRecordError)
    assert list(street.dump()) == before


def test_the_log_about_one_person_is_theirs_alone(street: Store) -> None:
    give(street, WORKER, Purpose.EMERGENCY)
    mine = replace(SCOPE, subject=PersonId(NodeId("p0")))
    for scope in (WORKER, mine, WORKER):
        opens(street, scope)
    assert [e.number for e in street.audit_about(P3)] == [1, 3]
    with street.system() as work:
        work.audit(
            AuditEvent(action='"subject": "p3"', actor="p3", purpose="x", details={"subject": "p3"})
        )
    assert [e.number for e in street.audit_about(P3)] == [1, 3]
    assert not list(street.audit_about(PersonId(NodeId("p"))))
