"""What only a file has: who may read it, a full disk, another version, two writers."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import apsw
import pytest

from netwerk.adapters.embedded import EmbeddedStore, item_queries, queries
from netwerk.domain.audit import first_bad_entry
from netwerk.domain.errors import StoreFullError, StoreUnavailableError, StoreVersionError
from netwerk.domain.ids import OperationId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Record
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.resources import folder
from netwerk.schema import load_schema
from tests.worlds import KEY, SCOPE, StoppedClock, link, node

LAYOUTS = folder("graph_schema") / "stores" / "embedded"
FILE: list[Record] = [
    node("Worker", "w0", role="worker", name="W"),
    node("Person", "p0", name="Zij"),
    node("Case", "c0", question="?"),
    link("CONCERNS", "c0", "p0"),
    link("LEADS", "w0", "c0"),
]
SMALL = {
    *("ANY_NODE", "ANY_OTHER", "DUMP_NODES", "DUMP_LINKS", "SYSTEM_ALL", "CLOSED_ASKS"),
    "EVERY_NODE",
}
"""Statements that are about any row, or about all, or go in order until they have enough."""
DERIVED = {"asked", "near", "given", "host", *(f"(subquery-{n})" for n in range(1, 9))}
"""What a statement itself gathered before."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "netwerk.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Callable[[], EmbeddedStore]]:
    """Return what opens the same file once more, as another process would."""
    stores: list[EmbeddedStore] = []

    def again() -> EmbeddedStore:
        schema = load_schema()
        store = EmbeddedStore(
            path, schema=schema, audit_key=KEY, clock=StoppedClock(), busy_seconds=0.2
        )
        stores.append(store)
        return store

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[[], EmbeddedStore]) -> EmbeddedStore:
    store = opened()
    store.migrate()
    store.load(FILE)
    return store


def test_the_file_is_for_its_owner_alone(store: EmbeddedStore, path: Path) -> None:
    assert not store.is_empty()
    assert {
        each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()
    } == dict.fromkeys(("netwerk.db", "netwerk.db-wal", "netwerk.db-shm"), 384)


def test_a_store_that_was_never_set_up_says_so(opened: Callable[[], EmbeddedStore]) -> None:
    with pytest.raises(StoreVersionError, match="netwerk migrate"), opened().view(SCOPE, "look"):
        pass


@pytest.mark.parametrize(
    "newer", ["PRAGMA user_version = 99", "UPDATE store_version SET schema = 99"]
)
def test_a_newer_store_is_refused_and_left_as_it_is(
    newer: str, store: EmbeddedStore, opened: Callable[[], EmbeddedStore], path: Path
) -> None:
    store.close()
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(newer)
    for again in (opened(), opened()):
        with pytest.raises(StoreVersionError, match="newer"):
            again.is_empty()
        with pytest.raises(StoreVersionError, match="newer"):
            again.migrate()


def test_a_file_that_is_no_store_is_refused(
    opened: Callable[[], EmbeddedStore], path: Path
) -> None:
    path.parent.mkdir()
    path.write_text("beste allemaal, " * 1000)
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match="not a store"):
        opened().migrate()
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(
    opened: Callable[[], EmbeddedStore], path: Path
) -> None:
    path.parent.write_text("a file, not a folder")
    with pytest.raises(StoreUnavailableError) as error:
        opened().migrate()
    assert str(path) in str(error.value)


def test_a_full_disk_leaves_what_was_there(
    store: EmbeddedStore,
    opened: Callable[[], EmbeddedStore],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = list(store.dump())

    def small(connection: apsw.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 44")

    monkeypatch.setattr(apsw, "connection_hooks", [*apsw.connection_hooks, small])
    full = opened()
    with pytest.raises(StoreFullError):
        full.load(node("Person", f"x{n}", name="Veel " * 30) for n in range(5000))
    with pytest.raises(StoreFullError), full.work(SCOPE, OperationId("one")) as work:
        for number in range(500):
            work.save(node("Person", f"x{number}", name="Veel " * 30, told_by="p0"))
    assert list(full.dump()) == before
    with full.view(SCOPE, "look"):
        pass


def test_a_reader_keeps_its_moment_while_somebody_writes(store: EmbeddedStore) -> None:
    with store.view(SCOPE, "look") as view:
        before = view.own_file()
        with store.work(SCOPE, OperationId("one")) as work:
            work.save(node("Person", "p9", name="Nieuw", told_by="p0"))
            work.save(link("TIE", "p0", "p9", owner="p0", kind="friend"))
        assert view.own_file() == before
    with store.view(SCOPE, "look") as view:
        assert view.own_file() != before


def test_a_writer_that_must_wait_too_long_hears_so(
    store: EmbeddedStore, opened: Callable[[], EmbeddedStore]
) -> None:
    with (
        store.work(SCOPE, OperationId("one")),
        pytest.raises(StoreUnavailableError),
        opened().work(SCOPE, OperationId("two")),
    ):
        pass


def test_writers_at_the_same_time_seal_one_log(store: EmbeddedStore, path: Path) -> None:
    schema = load_schema()
    patient = EmbeddedStore(
        path, schema=schema, audit_key=KEY, clock=StoppedClock(), busy_seconds=60
    )

    def look() -> None:
        for _ in range(10):
            with patient.view(SCOPE, "look"):
                pass

    threads = [Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patient.close()
    entries = list(store.audit_entries())
    assert [entry.number for entry in entries] == list(range(1, 61))
    assert first_bad_entry(KEY, entries) is None


@pytest.mark.parametrize("layout", [2, 3])
def test_an_older_store_is_gone_through_once_for_the_search(
    layout: int, store: EmbeddedStore, opened: Callable[[], EmbeddedStore], path: Path
) -> None:
    def found(each: EmbeddedStore) -> Candidates:
        with each.directory(SCOPE) as view:
            assert view.words_like(["kofie"]) == {"koffie"}
            return view.find(FindQuery(kinds=frozenset(ItemKind), origin=(5.65, 51.48)))

    store.load(
        [
            node("Organization", "o", name="Kerk"),
            node("Service", "s", name="Koffie", formality="informal"),
            node("Location", "l", point=[5.65, 51.48]),
            node("Person", "v", name="Vera"),
            link("PROVIDES", "o", "s"),
            link("LOCATED_AT", "s", "l"),
            link("VOLUNTEERS_FOR", "v", "s"),
        ]
    )
    before = found(store)
    assert len(before.items) == 3
    store.close()
    with closing(apsw.Connection(str(path))) as connection:
        for table in ("item", "item_index", "form"):
            connection.execute(f"DROP TABLE {table}")
        if layout == 3:
            connection.execute((LAYOUTS / "0003_items.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA user_version = {layout}")
    again = opened()
    again.migrate()
    assert found(again) == before


def test_the_log_cannot_be_changed_by_a_statement(store: EmbeddedStore, path: Path) -> None:
    with store.view(SCOPE, "look"):
        pass
    with closing(apsw.Connection(str(path))) as connection:
        for statement in ("DELETE FROM entry", "UPDATE entry SET at = ''"):
            with pytest.raises(apsw.ConstraintError):
                connection.execute(statement)


def test_no_statement_reads_more_than_an_index_leads_to(store: EmbeddedStore, path: Path) -> None:
    every = {**vars(queries), **vars(item_queries)}
    del every["LINK_COLUMNS"]
    statements = {k: v for k, v in every.items() if k.isupper() and k[0] != "_"}
    assert len(statements) > 60
    found = {}
    store.close()
    with closing(apsw.Connection(str(path))) as connection:
        for name, statement in statements.items():
            plan = connection.execute("EXPLAIN QUERY PLAN " + statement, _anything()).fetchall()
            scans = [step for row in plan if (step := str(row[3])).startswith("SCAN")]
            tables = [each for each in scans if each.split()[1] not in DERIVED]
            bad = [each for each in tables if "VIRTUAL" not in each and "CONSTANT" not in each]
            if bad and name not in SMALL:
                found[name] = bad
    assert found == {}, found


class _Anything(dict[str, object]):
    def __missing__(self, key: str) -> None:
        return None


def _anything() -> dict[str, object]:
    return _Anything()
