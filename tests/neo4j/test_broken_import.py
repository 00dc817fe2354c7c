"""An import whose connection breaks in the middle: all of it is there afterwards, or nothing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from neo4j import Driver

from netwerk.adapters.neo4j import Neo4jStore
from netwerk.adapters.neo4j.keeping import Neo4jDirectoryWork
from netwerk.domain.errors import StoreUnavailableError
from netwerk.domain.staging import State
from netwerk.schema import load_schema
from netwerk.usecases import importing
from tests.neo4j.swallowing import Between
from tests.neo4j.test_silence import COMMIT
from tests.usecases.test_importing import CHURCH, CLOCK, HEAD, HOUSE, KEEPER, checked, records
from tests.worlds import KEY, StoppedClock

pytestmark = [
    pytest.mark.neo4j,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@contextmanager
def opened(url: str, deadline: float = 60.0) -> Iterator[Neo4jStore]:
    clock = StoppedClock()
    store = Neo4jStore(
        url, schema=load_schema(), audit_key=KEY, clock=clock, deadline_seconds=deadline
    )
    with closing(store):
        yield store


def stored(store: Neo4jStore) -> list[str]:
    return sorted(record.id for record in store.dump())


def test_a_connection_that_breaks_leaves_nothing_and_a_lost_answer_is_looked_up(
    neo4j_url: str, driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.execute_query("MATCH (n) DETACH DELETE n")
    with opened(neo4j_url) as near, Between(neo4j_url) as between, opened(between.url, 20.0) as far:
        near.migrate()
        near.load(records())
        checked(near, HEAD, CHURCH, HOUSE)
        before = stored(near)
        save = Neo4jDirectoryWork.save

        def breaking(self: Neo4jDirectoryWork, *changed: Any) -> None:
            save(self, *changed)
            between.cut()

        with monkeypatch.context() as patched:
            patched.setattr(Neo4jDirectoryWork, "save", breaking)
            with pytest.raises(StoreUnavailableError):
                importing.enter(far, KEEPER, CLOCK, "a")
        assert stored(near) == before
        assert importing.opened(near, KEEPER, "a").state is State.CHECKED

        def losing(self: Neo4jDirectoryWork, *changed: Any) -> None:
            save(self, *changed)
            between.cut_on = COMMIT

        with monkeypatch.context() as patched, opened(between.url, 20.0) as again:
            patched.setattr(Neo4jDirectoryWork, "save", losing)
            importing.enter(again, KEEPER, CLOCK, "a")
        assert len(stored(near)) == len(before) + 17
        assert importing.opened(near, KEEPER, "a").state is State.ENTERED
