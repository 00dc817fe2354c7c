"""The log proves itself: whatever is done to it, the first bad entry is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.audit import (
    AuditEntry,
    AuditEvent,
    first_bad_entry,
    head,
    next_entry,
)

KEY = b"k" * 32


def log(length: int) -> list[AuditEntry]:
    """Return a log of so many entries."""
    entries: list[AuditEntry] = []
    for number in range(length):
        event = AuditEvent(action=f"do-{number}", actor="w", purpose="support", subject="p")
        last = entries[-1] if entries else None
        entries.append(next_entry(KEY, last, f"2026-11-02T09:{number:02}", event))
    return entries


@given(length=st.integers(0, 6), anchored=st.booleans())
def test_a_log_as_it_was_written_is_good(length: int, anchored: bool) -> None:
    entries = log(length)
    anchor = (length, entries[-1].seal) if anchored and entries else None
    assert first_bad_entry(KEY, entries, anchor) is None
    wrong_key = first_bad_entry(b"x" * 32, entries)
    assert wrong_key == (1 if entries else None)


@given(length=st.integers(2, 6), data=st.data())
def test_whatever_is_done_to_it_shows_at_its_place(length: int, data: st.DataObject) -> None:
    entries = log(length)
    at = data.draw(st.integers(0, length - 2))
    match data.draw(st.sampled_from(["change", "delete", "swap", "renumber"])):
        case "change":
            event = replace(entries[at].event, actor="somebody else")
            entries[at] = replace(entries[at], event=event)
        case "delete":
            del entries[at]
        case "swap":
            entries[at], entries[at + 1] = entries[at + 1], entries[at]
        case _:
            entries[at] = replace(entries[at], number=99)
    assert first_bad_entry(KEY, entries) == at + 1


@given(length=st.integers(1, 6), data=st.data())
def test_only_the_anchor_shows_that_the_end_was_cut_off(length: int, data: st.DataObject) -> None:
    entries = log(length)
    anchor = (length, entries[-1].seal)
    kept = data.draw(st.integers(0, length - 1))
    assert first_bad_entry(KEY, entries[:kept]) is None
    assert first_bad_entry(KEY, entries[:kept], anchor) == kept + 1


def test_a_log_written_anew_does_not_fit_the_anchor() -> None:
    entries, other = log(3), log(4)
    forged = [*entries[:2], next_entry(KEY, entries[1], "later", other[3].event)]
    assert first_bad_entry(KEY, forged) is None
    assert first_bad_entry(KEY, forged, (3, entries[2].seal)) == 3


def test_an_event_reads_as_it_was_written() -> None:
    event = AuditEvent(action="look", actor="w", purpose="support", details={"need": "é"})
    assert AuditEvent.from_json(event.to_json()) == event


@pytest.mark.parametrize("number", [0, 3])
def test_a_log_goes_on_from_its_head(number: int) -> None:
    entries = log(4)
    last = head(number, entries[number - 1].seal) if number else head(0, "")
    event, at = entries[number].event, entries[number].at
    assert next_entry(KEY, last, at, event) == entries[number]
