"""`netwerk bench load`: filling a store, against the plainest way to put the same rows into it.

Only the filling is timed: making the records is timed apart and left out, for every side alike.
Ours checks each record against graph_schema, refuses what is double or leads nowhere, keeps all
or nothing, and fills the indexes of places and of offers besides.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final, LiteralString

import apsw
import click
from neo4j import Driver, GraphDatabase

from netwerk.adapters.embedded import queries
from netwerk.adapters.embedded.rows import link_row, node_row
from netwerk.adapters.neo4j.records import row
from netwerk.cli.bench_measure import machine, memory
from netwerk.cli.bench_worlds import embedded_at, neo4j_at, records
from netwerk.cli.context import Context, as_json, watched
from netwerk.domain.records import Node, Record, Relationship

_BATCH: Final = 10_000
_PER_TRANSACTION: Final = 1_000
_TOWN: Final = 10_000
_PLAIN_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000")
_BARE: Final = (
    "CREATE TABLE node (id TEXT, label TEXT, version INTEGER, properties TEXT,"
    " connector INTEGER, willing INTEGER)",
    "CREATE TABLE link (id TEXT, type TEXT, source TEXT, target TEXT, version INTEGER,"
    " properties TEXT, owner TEXT, private INTEGER)",
)
_NODE: Final[LiteralString] = "CREATE (n:Record:$($label)) SET n = $row"
_LINK: Final[LiteralString] = """
MATCH (s:Record {id: $source}) MATCH (t:Record {id: $target})
CREATE (s)-[r:$($type)]->(t) SET r = $row
"""
Result = tuple[Any, Iterable[str]]


@click.command("load")
@click.option("--persons", type=int, default=100_000, show_default=True)
@click.option("--neo4j", metavar="URL", help="A Neo4j that may be emptied; without it, none.")
@click.option("--rows", type=int, default=100_000, show_default=True, help="Rows for Neo4j.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where there is room for files.")
@click.pass_obj
@as_json
def load(_: Context, /, persons: int, neo4j: str | None, rows: int, folder: Path | None) -> Result:
    """Fill a store, against plain `executemany` and against a driver, row by row."""
    result: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(dir=folder) as where:
        result["embedded"] = _embedded(Path(where), persons)
    if neo4j:
        result["neo4j"] = _neo4j(neo4j, rows)
    return result, [f"{name}: {each}" for name, each in result.items()]


class _Source:
    """Records made batch by batch, and how long making them took."""

    def __init__(self, made: Iterable[Record]) -> None:
        self._made = iter(made)
        self.seconds = 0.0
        self.count = 0

    def batches(self) -> Iterator[list[Record]]:
        """Yield the records in runs."""
        while True:
            began = perf_counter()
            batch = list(islice(self._made, _BATCH))
            self.seconds += perf_counter() - began
            if not batch:
                return
            self.count += len(batch)
            yield batch


def _filled(source: _Source, fill: Callable[[_Source], object]) -> float:
    """Return the seconds that filling took, without those that making the records took."""
    began = perf_counter()
    fill(source)
    return perf_counter() - began - source.seconds


def _embedded(where: Path, persons: int) -> dict[str, Any]:
    def source(name: str) -> _Source:
        return _Source(watched(records(persons), name))

    bare, same, ours = source("bare tables"), source("same tables"), source("netwerk")
    floor = _filled(bare, lambda rows: _into_bare_tables(where / "bare.db", rows))
    plain = _filled(same, lambda rows: _into_same_tables(where / "same.db", rows))
    with closing(embedded_at(where / "netwerk.db")) as store:
        own = _filled(ours, lambda rows: store.load(chain.from_iterable(rows.batches())))
    return {
        "persons": persons,
        "records": ours.count,
        "netwerk_s": round(own, 1),
        "executemany_same_tables_s": round(plain, 1),
        "executemany_bare_tables_s": round(floor, 1),
        "times_same_tables": round(own / plain, 2),
        "times_bare_tables": round(own / floor, 2),
        "making_the_records_s": round(ours.seconds, 1),
        "memory_mb": memory(),
    }


def _into_same_tables(file: Path, source: _Source) -> None:
    """Put the rows into the tables of the store, whose indexes are there to be kept."""
    embedded_at(file).close()
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        _insert(connection, source)


def _into_bare_tables(file: Path, source: _Source) -> None:
    """Put the rows into two tables without any index: nothing can be found in them quickly."""
    with closing(apsw.Connection(str(file))) as connection:
        for statement in _BARE:
            connection.execute(statement)
        _insert(connection, source)


def _insert(connection: apsw.Connection, source: _Source) -> None:
    for pragma in _PLAIN_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    with connection:
        for batch in source.batches():
            nodes = (node_row(each) for each in batch if isinstance(each, Node))
            connection.executemany(queries.ADD_NODE, nodes)
            links = (link_row(each) for each in batch if isinstance(each, Relationship))
            connection.executemany(queries.ADD_LINK, links)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _neo4j(url: str, rows: int) -> dict[str, Any]:
    def source(name: str) -> _Source:
        return _Source(islice(watched(records(_TOWN), name), rows))

    with GraphDatabase.driver(url) as driver:
        single = source("row by row")
        _emptied(driver, url)
        other = _filled(single, lambda some: _row_by_row(driver, some))
        ours = source("netwerk")
        _emptied(driver, url)
        with closing(neo4j_at(url)) as store:
            own = _filled(ours, lambda some: store.load(chain.from_iterable(some.batches())))
    return {
        "records": ours.count,
        "netwerk_s": round(own, 1),
        "row_by_row_s": round(other, 1),
        "times_faster": round(other / own, 1),
    }


def _emptied(driver: Driver, url: str) -> None:
    """Empty a server, and give it the indexes that both sides rely on."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
    neo4j_at(url).close()


def _row_by_row(driver: Driver, source: _Source) -> None:
    """Send a statement for each row, many to a transaction."""
    with driver.session() as session:
        for batch in source.batches():
            for start in range(0, len(batch), _PER_TRANSACTION):
                with session.begin_transaction() as transaction:
                    for each in batch[start : start + _PER_TRANSACTION]:
                        transaction.run(*_statement(each)).consume()
                    transaction.commit()


def _statement(record: Record) -> tuple[LiteralString, dict[str, Any]]:
    if isinstance(record, Node):
        return _NODE, {"label": record.label, "row": row(record)}
    ends = {"source": record.source, "target": record.target}
    return _LINK, {"type": record.type, "row": row(record), **ends}
