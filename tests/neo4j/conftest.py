"""An empty store on the server of the tests."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

import pytest
from neo4j import Driver, GraphDatabase

from netwerk.adapters.neo4j import Neo4jStore
from netwerk.domain.records import Node, Relationship
from netwerk.domain.visibility import (
    CASE_RECORDS,
    CASE_TYPES,
    OWNED_TYPES,
    PUBLIC_LABELS,
    PUBLIC_TYPES,
)
from netwerk.schema import Schema

KEY = b"k" * 32
PATIENT = 60.0
"""Seconds: a server that has just started is slow, and no test but those of silence is about it."""


class AnythingGoes:
    """Stands in for graph_schema: these tests are about the server, not about the kinds."""

    version = 1
    nodes = dict.fromkeys([*PUBLIC_LABELS, *CASE_RECORDS, "Person", "Case"])
    relationships = dict.fromkeys([*PUBLIC_TYPES, *OWNED_TYPES, *CASE_TYPES])

    def check_node(self, node: Node) -> None:
        """Accept."""

    def check_relationship(self, record: Relationship, source: str, target: str) -> None:
        """Accept."""


class StoppedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """Return it."""
        return datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def store_at(url: str, *, version: int = 1, deadline: float = PATIENT) -> Neo4jStore:
    """Return a store on a server, without connecting yet."""
    schema = AnythingGoes()
    schema.version = version
    return Neo4jStore(
        url,
        schema=cast("Schema", schema),
        audit_key=KEY,
        clock=StoppedClock(),
        deadline_seconds=deadline,
    )


@pytest.fixture
def driver(neo4j_url: str) -> Iterator[Driver]:
    """Return a driver on a server with nothing in it."""
    with GraphDatabase.driver(neo4j_url) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        yield driver


@pytest.fixture
def store(neo4j_url: str, driver: Driver) -> Iterator[Neo4jStore]:  # noqa: ARG001
    """Return a store that is set up and empty."""
    store = store_at(neo4j_url)
    store.migrate()
    yield store
    store.close()
