"""Changing: all of it or nothing, once, never over somebody else's change, and always noted."""

from dataclasses import replace

import pytest

from netwerk.domain.audit import AuditEvent, first_bad_entry
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidRecordError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, PersonId, WorkerId
from netwerk.domain.records import Node, Record, text
from netwerk.ports.stores import Store
from tests.contract.conftest import Fresh
from tests.worlds import KEY, SCOPE, link, node

ONE, TWO = OperationId("one"), OperationId("two")
NEW_FILE = replace(SCOPE, subject=None)


@pytest.fixture
def street(fresh: Fresh) -> Store:
    """Return a store with one file that may be opened and one that may not."""
    return fresh(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Person", "p0", name="Zij", connector=True),
            node("Person", "p1", name="Haar buurman", told_by="p0"),
            node("Person", "p2", name="Een ander", willing_to_help=True),
            node("Person", "p3", name="Onbekend"),
            node("Case", "c0", question="?"),
            link("CONCERNS", "c0", "p0"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p0", "p1", owner="p0", kind="neighbour"),
            link("TIE", "p3", "p1", owner="p3", kind="friend"),
        ]
    )


def stored(store: Store) -> list[Record]:
    return list(store.dump())


def found(store: Store, key: str) -> Record:
    return next(record for record in store.dump() if record.id == key)


def test_what_is_saved_is_there_one_version_further(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        tie = work.own_file().of_type("TIE")[0]
        work.save(tie.with_properties(closeness=4))
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
        work.save(link("TIE", "p0", "p9", owner="p0", kind="friend"))
    kept = found(street, tie.id)
    assert (kept.version, kept.properties["closeness"]) == (2, 4)
    with street.view(SCOPE, "look") as view:
        assert NodeId("p9") in view.own_file().nodes


def test_one_mistake_and_nothing_of_it_was_saved(street: Store) -> None:
    before = stored(street)
    with pytest.raises(InvalidRecordError), street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
        work.audit(AuditEvent.within(SCOPE, "add"))
        work.save(link("TIE", "p0", "p9", owner="p0", kind="no such kind"))
    with pytest.raises(KeyError), street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
        raise KeyError
    assert stored(street) == before
    assert not list(street.audit_entries())
    with street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))


def test_a_change_to_what_somebody_else_changed_is_refused(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        tie = work.own_file().of_type("TIE")[0]
        work.save(tie.with_properties(closeness=4))
    with pytest.raises(ConflictError) as conflict, street.work(SCOPE, TWO) as work:
        work.save(tie.with_properties(closeness=1))
    assert conflict.value.stored == found(street, tie.id)
    with pytest.raises(ConflictError), street.work(SCOPE, TWO) as work:
        work.remove(tie)


def test_the_same_operation_is_done_once(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
    before = stored(street)
    with pytest.raises(AlreadyDoneError), street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p10", name="Nieuw", told_by="p0"))
    assert stored(street) == before


@pytest.mark.parametrize(
    "record",
    [
        node("Person", "p2", name="Anders", willing_to_help=True),
        node("Organization", "o9", name="Nieuw"),
        link("TIE", "p3", "p1", "mine", owner="p3", kind="friend"),
        link("CONTACT_FOR", "p0", "p1"),
        replace(link("TIE", "p3", "p1", owner="p3", kind="friend"), version=1),
    ],
)
def test_what_is_not_of_this_file_cannot_be_changed(street: Store, record: Record) -> None:
    before = stored(street)
    with pytest.raises((NotVisibleError, ConflictError)), street.work(SCOPE, ONE) as work:
        work.save(record)
    if record.version:
        with pytest.raises(NotVisibleError), street.work(SCOPE, ONE) as work:
            work.remove(record)
    assert stored(street) == before


def test_a_file_that_may_not_be_opened_may_not_be_changed(street: Store) -> None:
    for subject in ("p3", "nobody"):
        scope = replace(SCOPE, subject=PersonId(NodeId(subject)))
        with pytest.raises(NotVisibleError), street.work(scope, ONE):
            pass


def test_a_new_file_must_be_open_to_its_maker(street: Store) -> None:
    with pytest.raises(NotVisibleError), street.work(NEW_FILE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw"))
    with street.work(NEW_FILE, ONE) as work:
        work.save(node("Person", "p9", name="Nieuw"))
        work.save(node("Case", "c9", question="?"))
        work.save(link("CONCERNS", "c9", "p9"))
        work.save(link("LEADS", "w0", "c9"))
        assert set(work.own_file().nodes) == {"p9", "c9"}
    with street.view(replace(SCOPE, subject=PersonId(NodeId("p9"))), "look") as view:
        assert set(view.own_file().nodes) == {"p9", "c9", "w0"}


def test_what_hangs_on_something_is_not_removed(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        case = work.own_file().nodes[NodeId("c0")]
        with pytest.raises(ConflictError):
            work.remove(case)
    with street.work(SCOPE, TWO) as work:
        work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
        work.save(link("TIE", "p0", "p9", "t9", owner="p0", kind="friend"))
        tie = work.own_file().relationships
        work.remove(next(r for r in tie.values() if r.id == "t9"))
        work.remove(replace(node("Person", "p9", name="Nieuw", told_by="p0"), version=1))
        assert NodeId("p9") not in work.own_file().nodes
        work.save(node("Ask", "a9", need="n", asked_on="2026-10-01", outcome="accepted"))
    assert "p9" not in {record.id for record in street.dump()}


def test_a_person_in_sight_is_left_alone_until_the_latest_day(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        work.leave_alone(PersonId(NodeId("p2")), "2027-01-01")
        work.leave_alone(PersonId(NodeId("p2")), "2026-12-01")
        work.leave_alone(PersonId(NodeId("p1")), "2026-12-01")
        with pytest.raises(NotVisibleError):
            work.leave_alone(PersonId(NodeId("p3")), "2027-01-01")
        with pytest.raises(NotVisibleError):
            work.leave_alone(PersonId(NodeId("w0")), "2027-01-01")
    assert text(found(street, "p2").properties, "ask_again_from") == "2027-01-01"
    assert found(street, "p2").version == 3
    assert text(found(street, "p3").properties, "ask_again_from") is None


def test_looking_and_refusing_and_changing_are_all_noted(street: Store) -> None:
    with street.view(SCOPE, "look", {"page": "paths"}):
        pass
    hidden = replace(SCOPE, subject=PersonId(NodeId("p3")))
    with pytest.raises(NotVisibleError), street.view(hidden, "look"):
        pass
    with street.directory(SCOPE, "list"):
        pass
    with street.directory(SCOPE):
        pass
    with street.work(SCOPE, ONE) as work:
        work.audit(AuditEvent.within(SCOPE, "change", "t"))
    with street.system() as system:
        system.audit(AuditEvent(action="sign in", actor="w0", purpose="administration"))
    log = list(street.audit_entries())
    told = [(e.number, e.event.action, e.event.subject, e.event.outcome) for e in log]
    assert told == [
        (1, "look", "p0", "done"),
        (2, "look", "p3", "refused"),
        (3, "list", None, "done"),
        (4, "change", "p0", "done"),
        (5, "sign in", None, "done"),
    ]
    assert log[0].event.details == {"page": "paths"}
    assert first_bad_entry(KEY, log) is None
    assert list(street.audit_entries(after=3)) == log[3:]


def test_who_look_at_the_same_time_are_all_in_the_log(street: Store) -> None:
    with street.view(SCOPE, "first"), street.view(SCOPE, "second"):
        with street.system() as system:
            system.audit(AuditEvent(action="sign in", actor="w0", purpose="administration"))
        with street.view(SCOPE, "third"):
            pass
    log = list(street.audit_entries())
    assert [e.event.action for e in log] == ["sign in", "third", "second", "first"]
    assert [e.number for e in log] == [1, 2, 3, 4]
    assert first_bad_entry(KEY, log) is None


def test_what_is_not_graph_is_kept_by_kind_and_key(store: Store) -> None:
    with store.system() as system:
        system.put("session", "b", {"owner": "w0", "n": 1})
        system.put("session", "a", {"owner": "w1"})
        system.put("session", "c", {"owner": "w0"})
        system.put("account", "a", {"name": "A"})
        system.put("session", "b", {"owner": "w0", "n": 2})
        system.delete("session", "c")
        system.delete("session", "nothing")
        assert system.get("session", "b") == {"owner": "w0", "n": 2}
        assert system.get("session", "c") is None
    with pytest.raises(KeyError), store.system() as system:
        system.delete("session", "a")
        raise KeyError
    with store.system() as system:
        assert system.find("session") == [("a", {"owner": "w1"}), ("b", {"owner": "w0", "n": 2})]
        assert system.find("session", "w0") == [("b", {"owner": "w0", "n": 2})]
    assert store.peek("session", "b") == {"owner": "w0", "n": 2}
    assert store.peek("session", "c") is None
    assert store.peek("account", "b") is None
    assert [(kind, key) for kind, key, _ in store.system_records()] == [
        ("account", "a"),
        ("session", "a"),
        ("session", "b"),
    ]


def test_a_node_keeps_the_text_it_was_given(street: Store) -> None:
    name = "Zoë 'O'Brien' \\ \"x\" 😀 \u2028"
    with street.work(SCOPE, ONE) as work:
        work.save(node("Person", "p9", name=name, told_by="p0"))
    kept = found(street, "p9")
    assert isinstance(kept, Node)
    assert kept.properties["name"] == name


def test_what_is_kept_beside_a_file_is_the_viewers_and_goes_with_the_unit(street: Store) -> None:
    with street.work(SCOPE, ONE) as work:
        assert work.beside("notes") is None
        work.keep_beside("notes", {"line": "één"})
        work.keep_beside("notes", {"line": "twee"})
        assert work.beside("notes") == {"line": "twee", "owner": SCOPE.subject}
    assert street.peek("notes", SCOPE.beside) == {"line": "twee", "owner": SCOPE.subject}
    assert street.peek("notes", replace(SCOPE, viewer=WorkerId(NodeId("w1"))).beside) is None
    with pytest.raises(RuntimeError), street.work(SCOPE, TWO) as work:
        work.keep_beside("notes", {"line": "drie"})
        raise RuntimeError
    assert street.peek("notes", SCOPE.beside) == {"line": "twee", "owner": SCOPE.subject}
    with street.system() as system:
        assert [key for key, _ in system.find("notes", SCOPE.subject)] == [SCOPE.beside]
    with street.work(SCOPE, TWO) as work:
        work.keep_beside("told", {"line": "vier"}, "by-key")
    assert street.peek("told", "by-key") == {"line": "vier", "owner": SCOPE.subject}
    assert street.peek("told", SCOPE.beside) is None
