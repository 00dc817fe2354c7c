"""An import whose process is killed in the middle: all of it is there afterwards, or nothing."""

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from netwerk.adapters.embedded import EmbeddedStore
from netwerk.domain.audit import first_bad_entry
from netwerk.domain.staging import State
from netwerk.schema import load_schema
from netwerk.usecases import importing
from tests.usecases.test_importing import CLOCK, HEAD, KEEPER, checked, records
from tests.worlds import KEY, StoppedClock

PARTNERS = 60
ENTERED = """
import os, pathlib, signal, sys
from netwerk.adapters.embedded import EmbeddedStore, records, work
from netwerk.schema import load_schema
from netwerk.usecases import importing
from tests.usecases.test_importing import CLOCK, KEEPER
from tests.worlds import KEY, StoppedClock

path, stage, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
place = {"records": records.Records, "history": work.EmbeddedDirectoryWork}.get(stage)
name = {"records": "put", "history": "audit"}.get(stage)

def killing(act):
    def counted(*arguments):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*arguments)
    return counted

if place is not None:
    setattr(place, name, killing(getattr(place, name)))
store = EmbeddedStore(pathlib.Path(path), schema=load_schema(), audit_key=KEY, clock=StoppedClock())
if stage == "after":
    importing.entering._forget_rows = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
importing.enter(store, KEEPER, CLOCK, "a")
"""


def opened(path: Path) -> EmbeddedStore:
    return EmbeddedStore(path, schema=load_schema(), audit_key=KEY, clock=StoppedClock())


def partners(store: EmbeddedStore) -> int:
    return sum(record.properties.get("kind") == "sports_club" for record in store.dump())


@pytest.mark.parametrize(
    ("stage", "left", "there"),
    [
        ("records", 0, 0),
        ("records", 70, 0),
        ("records", 200, 0),
        ("history", 0, 0),
        ("after", 0, PARTNERS),
    ],
)
def test_all_or_nothing_at_every_stage(tmp_path: Path, stage: str, left: int, there: int) -> None:
    path = tmp_path / "n.db"
    lines = [f"Club {n};sportclub;;Laan {n};;;Ans;;Voetbal;a" for n in range(PARTNERS)]
    with closing(opened(path)) as store:
        store.migrate()
        store.load(records())
        checked(store, HEAD, *lines)
    command = [sys.executable, "-c", ENTERED, str(path), stage, str(left)]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    assert done.returncode == -signal.SIGKILL, done.stderr
    with closing(opened(path)) as store:
        assert partners(store) == there
        assert first_bad_entry(KEY, store.audit_entries()) is None
        state = importing.opened(store, KEEPER, "a").state
        assert state is (State.ENTERED if there else State.CHECKED)
        # What was staged is still there, and can be brought in and taken back.
        assert importing.enter(store, KEEPER, CLOCK, "a").state is State.ENTERED
        assert partners(store) == PARTNERS
        assert importing.undo(store, KEEPER, CLOCK, "a").kept == ()
        assert partners(store) == 0
