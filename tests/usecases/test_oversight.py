"""The log for who watches over privacy: the newest first, checked, and reading it is logged."""

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.usecases import oversight
from tests.builders import memory_store
from tests.web import street
from tests.worlds import KEY, TODAY

OFFICER = Scope(viewer=street.worker("officer"), purpose=Purpose.OVERSIGHT, as_of=TODAY)


def test_the_newest_entries_come_first_and_reading_is_logged_itself() -> None:
    store = memory_store(street.records())
    for number in range(4):
        with store.system() as work:
            work.audit(AuditEvent(action=f"act-{number}", actor="x", purpose="oversight"))
    log = oversight.newest(store, OFFICER, KEY, most=3)
    assert [each.event.action for each in log.entries] == ["act-3", "act-2", "act-1"]
    assert (log.total, log.first_bad) == (4, None)
    assert log.names[street.worker("officer")]
    again = oversight.newest(store, OFFICER, KEY)
    assert (again.entries[0].event.action, again.total) == ("read-log", 5)


def test_a_log_that_was_not_sealed_with_this_key_shows() -> None:
    store = memory_store(street.records())
    oversight.newest(store, OFFICER, KEY)
    assert oversight.newest(store, OFFICER, b"another key of thirty-two bytes!").first_bad == 1
