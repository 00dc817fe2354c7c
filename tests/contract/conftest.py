"""The same tests over every store: each is given empty and set up."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from netwerk.adapters.embedded import EmbeddedStore
from netwerk.adapters.neo4j import Neo4jStore
from netwerk.domain.records import Record
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from tests.builders import memory_store
from tests.worlds import KEY, StoppedClock

Fresh = Callable[[Iterable[Record]], Store]
"""Gives an empty store of one kind, and loads the records into it."""

PATIENT = 60.0
"""Seconds: these tests are about answers, not about a server that has just started."""
NEO4J = pytest.param("neo4j", marks=pytest.mark.neo4j)


@pytest.fixture(params=["memory", "embedded", NEO4J])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """Return what gives an empty store, as often as it is asked; the last one counts."""
    with ExitStack() as opened:
        match request.param:
            case "memory":
                yield memory_store
            case "embedded":
                yield _embedded(tmp_path, opened)
            case _:
                yield _on_server(request.getfixturevalue("neo4j_url"), opened)


@pytest.fixture
def store(fresh: Fresh) -> Store:
    """Return a store with nothing in it."""
    return fresh(())


def _embedded(folder: Path, opened: ExitStack) -> Fresh:
    count = iter(range(1_000_000))

    def make(records: Iterable[Record]) -> Store:
        path = folder / f"{next(count)}.db"
        store = EmbeddedStore(path, schema=load_schema(), audit_key=KEY, clock=StoppedClock())
        opened.enter_context(closing(store))
        store.migrate()
        store.load(records)
        return store

    return make


def _on_server(url: str, opened: ExitStack) -> Fresh:
    driver = opened.enter_context(GraphDatabase.driver(url))
    store = Neo4jStore(
        url,
        schema=load_schema(),
        audit_key=KEY,
        clock=StoppedClock(),
        deadline_seconds=PATIENT,
    )
    opened.enter_context(closing(store))

    def make(records: Iterable[Record]) -> Store:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        store.migrate()
        store.load(records)
        return store

    return make
