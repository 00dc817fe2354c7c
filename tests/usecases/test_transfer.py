"""A whole store: what is loaded, kept, put back and carried over, or refused as a whole."""

import errno
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.audit import AuditEntry, AuditEvent
from netwerk.domain.errors import AuditBrokenError, InvalidInputError, InvalidRecordError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Record
from netwerk.exchange import backup
from netwerk.schema import load_schema
from netwerk.usecases import accounts, network, transfer
from tests.builders import memory_store
from tests.usecases.test_network import ANNIE
from tests.web import street
from tests.worlds import KEY, StoppedClock

LINES = [
    '{"node": "Team", "id": "t", "properties": {"name": "Noord"}}',
    '{"node": "Worker", "id": "w", "properties": {"name": "Wil", "role": "worker"}}',
    '{"relationship": "MEMBER_OF", "id": "m", "from": "w", "to": "t", "properties": {}}',
]


@pytest.fixture
def full() -> MemoryStore:
    """Return a store with a graph, an account, a session and a log."""
    store = memory_store(street.records())
    new = accounts.NewAccount(
        username="own", worker=WorkerId(NodeId("w-own")), password=street.PASSWORD
    )
    accounts.add_account(store, StoppedClock(), "test", new)
    accounts.sign_in(store, StoppedClock(), "own", street.PASSWORD)
    network.open_file(store, ANNIE)
    return store


def dumped(store: MemoryStore) -> str:
    to = io.StringIO()
    transfer.dump(store, to)
    return to.getvalue()


def test_dump_after_load_gives_the_same(full: MemoryStore) -> None:
    text = dumped(full)
    other = memory_store()
    assert transfer.load(other, text.splitlines()) == len(text.splitlines())
    assert dumped(other) == text
    for secret in ("argon2", "session", "open-file"):
        assert secret not in text


def test_a_dump_that_fails_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    store = memory_store(street.records())
    assert transfer.dump_to(store, path) == len(street.records())
    whole = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    full = Full(schema=load_schema(), audit_key=KEY, clock=StoppedClock())
    full.load(street.records())
    with pytest.raises(InvalidInputError, match="No space left"):
        transfer.dump_to(full, path)
    assert path.read_text(encoding="utf-8") == whole
    assert [each.name for each in tmp_path.iterdir()] == ["d.jsonl"]


def test_a_dump_into_a_device_leaves_the_device(tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.symlink_to("/dev/null")
    assert transfer.dump_to(memory_store(street.records()), device) == len(street.records())
    assert device.is_symlink()


@pytest.mark.parametrize("again", [True, False])
def test_what_the_store_refuses_is_named_by_its_line(again: bool) -> None:
    lines = [*LINES, LINES[0]]
    store = memory_store()
    with pytest.raises(InvalidRecordError) as refused:
        transfer.load(store, lines, lines if again else None)
    told = str(refused.value)
    assert told == ("Line 4: t is there already." if again else "t is there already.")
    assert list(store.dump()) == []


def test_a_line_that_cannot_be_read_is_named_once() -> None:
    lines = [LINES[0], "{"]
    with pytest.raises(InvalidRecordError) as refused:
        transfer.load(memory_store(), lines, lines)
    assert str(refused.value).count("ine 2") == 1


def test_everything_is_held_against_schema_and_seals(full: MemoryStore) -> None:
    counted = transfer.check(full, load_schema(), KEY)
    assert counted.records == len(list(full.dump()))
    assert counted.entries == len(list(full.audit_entries())) > 0
    with pytest.raises(AuditBrokenError, match="entry 1"):
        transfer.check(full, load_schema(), b"another key")


class Full(MemoryStore):
    """A store whose dump meets a full disk half way."""

    def dump(self) -> Iterator[Record]:
        """Yield a few records, then fail as a full disk does."""
        yield from list(super().dump())[:3]
        raise OSError(errno.ENOSPC, "No space left on device")


class Spoilt(MemoryStore):
    """A store into which something came by another way than ours."""

    def dump(self) -> Iterator[Record]:
        """Yield what is stored, with one name that is none."""
        for record in super().dump():
            yield record.with_properties(name=7) if record.id == "bo" else record


def test_what_breaks_the_schema_is_named() -> None:
    store = Spoilt(schema=load_schema(), audit_key=KEY, clock=StoppedClock())
    store.load(street.records())
    with pytest.raises(InvalidRecordError, match="bo"):
        transfer.check(store, load_schema(), KEY)


def test_a_log_that_was_cut_off_does_not_reach_its_anchor(full: MemoryStore) -> None:
    entries = list(full.audit_entries())
    last = entries[-1]
    assert transfer.verify(full, KEY, (last.number, last.seal)) == last.number
    with pytest.raises(AuditBrokenError):
        transfer.verify(full, KEY, (last.number + 1, last.seal))


def everything(store: MemoryStore) -> tuple[list[Record], list[object], list[AuditEntry]]:
    system: list[object] = [each for each in store.system_records() if each[0] != "session"]
    return list(store.dump()), system, list(store.audit_entries())


def test_a_backup_brings_all_back_but_who_was_signed_in(full: MemoryStore, tmp_path: Path) -> None:
    kept = transfer.keep(full, tmp_path / "b", KEY)
    other = memory_store()
    assert transfer.put_back(other, tmp_path / "b", KEY) == kept
    assert everything(other) == everything(full)
    assert [kind for kind, _, _ in full.system_records()].count("session") == 1
    assert [kind for kind, _, _ in other.system_records()].count("session") == 0
    assert transfer.verify(other, KEY) == kept.entries


def test_a_copy_is_the_same_and_goes_into_an_empty_store_only(full: MemoryStore) -> None:
    other = memory_store()
    transfer.copy(full, other)
    assert everything(other) == everything(full)
    with pytest.raises(InvalidRecordError, match="not empty"):
        transfer.copy(full, other)


def test_a_backup_that_cannot_be_written_leaves_nothing(full: MemoryStore, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="cannot be written"):
        transfer.keep(full, tmp_path / "missing" / "b", KEY)
    (tmp_path / "taken").mkdir()
    with pytest.raises(InvalidInputError, match="cannot be written"):
        transfer.keep(full, tmp_path / "taken", KEY)
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_a_backup_in_another_order_is_none_of_ours(tmp_path: Path) -> None:
    event = AuditEvent(action="look", actor="w", purpose="support")
    sealed = next(iter(sealed_log(event)))
    with backup.writing(tmp_path / "b", KEY) as write:
        write(json.dumps(["entry", facts_of(sealed)]))
        write(json.dumps(["system", ["kind", "key", {}]]))
    with pytest.raises(InvalidInputError, match="not a backup"):
        transfer.put_back(memory_store(), tmp_path / "b", KEY)


def sealed_log(event: AuditEvent) -> list[AuditEntry]:
    store = memory_store()
    with store.system() as work:
        work.audit(event)
    return list(store.audit_entries())


def facts_of(entry: AuditEntry) -> dict[str, object]:
    told = json.loads(replace(entry.event).to_json())
    return {"number": entry.number, "at": entry.at, "seal": entry.seal, "event": told}
