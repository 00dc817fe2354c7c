"""The file and its connections: one for each reader or writer at a time."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock
from time import sleep
from typing import Any, Final

import apsw

from netwerk.domain.errors import (
    InvalidRecordError,
    NetwerkError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
)

SAFE: Final = 3_051_003
"""The first SQLite whose write-ahead log is not lost by a reset at a bad moment."""
PAGES: Final = -16_000
"""Kibibytes of pages that one connection keeps in memory (negative: kibibytes, not pages)."""


_NAP: Final = 0.001


class Database:
    """One SQLite file in write-ahead mode: readers see one moment, writers come one by one."""

    def __init__(self, path: Path, *, busy_seconds: float) -> None:
        """Prepare; the file is opened at the first question."""
        self._path = path
        self._busy = int(busy_seconds * 1000)
        self._idle: LifoQueue[apsw.Connection] = LifoQueue()
        self._writer = Lock()
        if apsw.SQLITE_VERSION_NUMBER < SAFE:
            raise StoreVersionError("SQLite is too old to be trusted. Update the program.")

    @contextmanager
    def reading(self) -> Iterator[apsw.Connection]:
        """Yield a connection that sees the store as it is at this moment."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """Yield a connection that alone may write; all is kept at the end, or nothing."""
        # Within this process writers queue here: who waits in SQLite sleeps, and others overtake.
        with self._turn(), self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    def tidy(self) -> None:
        """After a large change: fold the log into the file, and gather figures for the planner."""
        with self._lent() as connection:
            connection.execute("PRAGMA optimize=0x10002")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every idle connection."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writer.acquire(timeout=self._busy / 1000):
            raise _away()
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[apsw.Connection]:
        with self._lent() as connection:
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                # SQLite rolls back by itself when the disk is full: a second time is an error.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _lent(self) -> Iterator[apsw.Connection]:
        with _told():
            connection = self._take()
        try:
            with _told():
                yield connection
        except (GeneratorExit, NetwerkError):
            self._idle.put(connection)
            raise
        except BaseException:
            connection.close()
            raise
        else:
            self._idle.put(connection)

    def _take(self) -> apsw.Connection:
        with suppress(Empty):
            return self._idle.get_nowait()
        _make_private(self._path)
        connection = apsw.Connection(str(self._path))
        connection.set_busy_handler(self._wait)
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "temp_store=MEMORY",
            f"cache_size={PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _wait(self, tried: int) -> bool:
        """Look again soon whether another process has let go: SQLite itself sleeps too long."""
        sleep(_NAP)
        return tried * _NAP * 1000 < self._busy


def _make_private(path: Path) -> None:
    """Make the file, for its owner alone, before SQLite does it for everybody."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailableError(
            "%(path)s cannot be opened: %(reason)s.",
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error


@contextmanager
def _told() -> Iterator[None]:
    """Say in the words of the port what SQLite could not do."""
    try:
        yield
    except apsw.Error as error:
        raise _translated(error) from error


def _away() -> StoreUnavailableError:
    return StoreUnavailableError("The store does not answer. Try again in a moment.")


def _translated(error: apsw.Error) -> StoreError | InvalidRecordError:
    match error:
        case apsw.FullError():
            return StoreFullError("The disk is full. Nothing of this change was saved.")
        case apsw.NotADBError() | apsw.CorruptError():
            return StoreVersionError("The file is not a store of Netwerk.")
        case apsw.ConstraintError():
            return InvalidRecordError("Something with the same id is there already.")
        case apsw.SQLError() if "no such table" in str(error):
            return StoreVersionError("The store is not set up yet (netwerk migrate).")
        case _:
            return _away()


def rows(
    connection: apsw.Connection, query: str, asked: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Return all rows of an answer."""
    return connection.execute(query, asked).fetchall()


def value(connection: apsw.Connection, query: str, asked: Mapping[str, Any]) -> Any:
    """Return the first column of the first row; None where there is none."""
    row = connection.execute(query, asked).fetchone()
    return None if row is None else row[0]
