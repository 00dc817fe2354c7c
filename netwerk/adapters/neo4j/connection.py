"""Conversations with the server, each with an end.

The driver's own timeouts do not end a read from a server that accepted the connection and then
fell silent. So every exchange runs in a thread of a pool, is waited for no longer than its
deadline, and when it is late the whole pool is dropped: its sockets are shut, which
wakes the threads. For a moment nobody else tries (the circuit is open); then one may.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any, Final, LiteralString, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Query,
    Record,
    Session,
    Transaction,
)
from neo4j.exceptions import (
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ResultNotSingleError,
    TransientError,
)

from netwerk.domain.errors import (
    InvalidRecordError,
    StoreFullError,
    StoreUnavailableError,
    StoreVersionError,
)

log = logging.getLogger(__name__)
T = TypeVar("T")
Parameters = Mapping[str, Any]

WORKERS: Final = 64
PAUSE: Final = 1.0
"""Seconds in which nobody tries again after a failure."""
ATTEMPTS: Final = 3
_FULL = ("MemoryLimit", "MemoryPoolOutOfMemory", "OutOfDisk", "TransactionLogError")


class CommitDoubtError(StoreUnavailableError):
    """The server fell away during a commit: it may have happened, or not."""

    def __init__(self, since: float) -> None:
        self.since = since
        super().__init__("The store did not say whether the change was saved.")


def unavailable() -> StoreUnavailableError:
    """Return the error for a store that is away, slow or silent."""
    return StoreUnavailableError("The store does not answer. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class _Pool:
    """A driver and the threads that talk through it; replaced as one."""

    driver: Driver
    threads: ThreadPoolExecutor

    def drop(self) -> None:
        """Shut the sockets, without waiting for anyone."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        _in_the_background(self.driver.close)


class Connection:
    """The server at one address."""

    def __init__(self, url: str, deadline: float) -> None:
        """Prepare, without connecting: a server that is away shows at the first question."""
        self._url, self._auth = _address(url)
        self.deadline = deadline
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._lock = Lock()
        self._pool: _Pool | None = None
        self._failed = False
        self._closed_until = 0.0

    def read(
        self, query: LiteralString, parameters: Parameters, seconds: float | None = None
    ) -> Record:
        """Return the one record of a reading statement, retried while that can help."""
        allowed = self.deadline if seconds is None else seconds

        return self._within(
            allowed, lambda session: _ask_again(session, query, parameters), READ_ACCESS
        )

    def write_at_once(self, query: LiteralString, parameters: Parameters) -> Record:
        """Return the one record of a writing statement that is harmless when it is done twice."""
        return self._within(
            self.deadline, lambda session: _ask_again(session, query, parameters), WRITE_ACCESS
        )

    def write(self, work: Callable[["Unit"], T], seconds: float | None = None) -> T:
        """Run a unit of work in one transaction, retried where nothing can have been stored."""
        allowed = self.deadline if seconds is None else seconds

        def run(session: Session) -> T:
            return session.execute_write(lambda tx: work(Unit(tx)))

        return self._within(allowed, run)

    def run(self, query: LiteralString, seconds: float) -> None:
        """Run a statement on its own, outside a transaction of ours: a change of the schema."""
        self._within(seconds, lambda session: session.run(Query(query)).consume())

    @contextmanager
    def unit(
        self, seconds: float, first: LiteralString, parameters: Parameters
    ) -> Iterator[tuple["Unit", Record]]:
        """Open a transaction that stays open for the block, with the answer to its first statement.

        Only the opening is tried again. Raises CommitDoubtError where the end is unknown.
        """
        pool = self._live()
        call = _Caller(self, pool, seconds)
        session, transaction, record = call(lambda: self._begin(pool, seconds, first, parameters))
        try:
            yield Unit(transaction, call), record
        except BaseException:
            # A dropped pool has shut its sockets: the server rolls back by itself.
            if pool is self._pool:
                with suppress(StoreUnavailableError):
                    call(lambda: _leave(session, transaction))
            raise
        since = monotonic()
        try:
            call(lambda: _commit(session, transaction))
        except StoreUnavailableError as error:
            raise CommitDoubtError(since) from error

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.threads.shutdown(wait=False, cancel_futures=True)
            with suppress(DriverError, Neo4jError, OSError):
                pool.driver.close()

    def fail(self, pool: _Pool) -> None:
        """Drop a pool that does not answer, and let everybody wait a moment."""
        with self._lock:
            self._failed = True
            self._closed_until = monotonic() + PAUSE
            if self._pool is pool:
                self._pool = None
        pool.drop()
        log.warning("neo4j does not answer")

    def recover(self) -> None:
        """Note that the server answered."""
        self._failed = False

    def _live(self) -> _Pool:
        with self._lock:
            if self._failed and monotonic() < self._closed_until:
                raise unavailable()
            # After a failure one may try; the others hear at once how it stands.
            self._closed_until = monotonic() + self.deadline
            if self._pool is None:
                self._pool = _Pool(self._driver(), ThreadPoolExecutor(WORKERS, "neo4j"))
            return self._pool

    def _driver(self) -> Driver:
        wait = self.deadline / 2
        return GraphDatabase.driver(
            self._url,
            auth=self._auth,
            connection_timeout=wait,
            connection_write_timeout=wait,
            connection_acquisition_timeout=wait,
            max_transaction_retry_time=wait,
            initial_retry_delay=0.1,
            max_connection_pool_size=WORKERS,
            notifications_min_severity="OFF",
        )

    def _within(self, seconds: float, work: Callable[[Session], T], mode: str = WRITE_ACCESS) -> T:
        pool = self._live()

        def talk() -> T:
            with self._session(pool, mode) as session:
                return work(session)

        return _Caller(self, pool, seconds)(talk)

    def _session(self, pool: _Pool, mode: str = WRITE_ACCESS) -> Session:
        return pool.driver.session(
            bookmark_manager=self._bookmarks, fetch_size=-1, default_access_mode=mode
        )

    def _begin(
        self, pool: _Pool, seconds: float, query: LiteralString, parameters: Parameters
    ) -> tuple[Session, Transaction, Record]:
        for left in reversed(range(ATTEMPTS)):
            session = self._session(pool)
            try:
                # The server ends what a process that was killed, or frozen, left open.
                transaction = session.begin_transaction(timeout=4 * seconds)
                return session, transaction, _ask(transaction, query, parameters)
            except (DriverError, Neo4jError) as error:
                session.close()
                if not left or not error.is_retryable():
                    raise
        raise unavailable()


@dataclass(frozen=True, slots=True)
class _Caller:
    """Runs one exchange after the other in the pool's threads, within the time that is left."""

    connection: Connection
    pool: _Pool
    seconds: float

    def __call__(self, work: Callable[[], T]) -> T:
        try:
            future: Future[T] = self.pool.threads.submit(work)
        except RuntimeError:  # somebody else dropped the pool in the meantime
            raise unavailable() from None
        try:
            answer = future.result(self.seconds)
        except LateError:
            self.connection.fail(self.pool)
            raise unavailable() from None
        except (DriverError, Neo4jError, OSError) as error:
            raise self._translated(error) from error
        self.connection.recover()
        return answer

    def _translated(self, error: Exception) -> Exception:
        code = getattr(error, "code", None) or ""
        if any(word in code for word in _FULL):
            return StoreFullError("The store has no room for this. Nothing was saved.")
        if isinstance(error, ResultNotSingleError):
            return StoreVersionError("The store is not set up yet (netwerk migrate).")
        if isinstance(error, ConstraintError):
            return InvalidRecordError("Something with the same id is there already.")
        if isinstance(error, TransientError):
            return unavailable()
        if isinstance(error, DriverError) or (
            isinstance(error, ClientError) and ".Security." in code
        ):
            self.connection.fail(self.pool)
            return unavailable()
        return error


class Unit:
    """An open transaction. Statements carry parameters only."""

    def __init__(
        self, transaction: ManagedTransaction | Transaction, caller: _Caller | None = None
    ) -> None:
        self._transaction = transaction
        self._caller = caller

    def ask(self, query: LiteralString, parameters: Parameters) -> Record:
        """Return the one record of a statement."""
        if self._caller is None:
            return _ask(self._transaction, query, parameters)
        return self._caller(lambda: _ask(self._transaction, query, parameters))

    def tell(self, query: LiteralString, parameters: Parameters) -> None:
        """Run a statement whose answer is of no use."""
        if self._caller is None:
            self._transaction.run(query, dict(parameters)).consume()
        else:
            self._caller(lambda: self._transaction.run(query, dict(parameters)).consume())


def _ask(
    asked: ManagedTransaction | Transaction | Session, query: LiteralString, parameters: Parameters
) -> Record:
    return asked.run(query, dict(parameters)).single(strict=True)


def _ask_again(session: Session, query: LiteralString, parameters: Parameters) -> Record:
    """Do as a transaction function would, in one trip to the server instead of three."""
    for left in reversed(range(ATTEMPTS)):
        try:
            return _ask(session, query, parameters)
        except (DriverError, Neo4jError) as error:
            if not left or not error.is_retryable():
                raise
            sleep(PAUSE / 10)
    raise unavailable()


def _in_the_background(end: Callable[[], None]) -> None:
    """Say goodbye without waiting whether anybody listens."""

    def leave() -> None:
        with suppress(DriverError, Neo4jError, OSError):
            end()

    Thread(target=leave, name="neo4j-goodbye", daemon=True).start()


def _commit(session: Session, transaction: Transaction) -> None:
    with session:
        transaction.commit()


def _leave(session: Session, transaction: Transaction) -> None:
    with suppress(DriverError, Neo4jError):
        transaction.close()
    session.close()


def _address(url: str) -> tuple[str, tuple[str, str] | None]:
    """Split `bolt://name:password@host:port` into what the driver wants apart."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, None
    bare = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=bare)), (
        unquote(parts.username),
        unquote(parts.password or ""),
    )
