"""The server falls silent, or away, at the worst moment."""

import gc
from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from netwerk.adapters.neo4j import Neo4jStore
from netwerk.adapters.neo4j.store import DEADLINE
from netwerk.domain.errors import AlreadyDoneError, StoreUnavailableError
from netwerk.domain.ids import OperationId
from tests.neo4j.conftest import store_at
from tests.neo4j.swallowing import Between
from tests.neo4j.worlds import SCOPE, node, street

pytestmark = [
    pytest.mark.neo4j,
    # A session whose server fell silent is left to the garbage collector: closing it would wait.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
COMMIT = bytes.fromhex("0002b0120000")
"""The message COMMIT of Bolt, as it ends."""


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Collect what a test left behind within that test, where its warning is expected."""
    yield
    gc.collect()


def test_a_silent_server_is_reported_within_five_seconds_and_found_again(
    neo4j_url: str, store: Neo4jStore
) -> None:
    store.load(street())
    with Between(neo4j_url) as between:
        far = store_at(between.url, deadline=DEADLINE)
        assert not far.is_empty()
        between.silent.set()
        began = monotonic()
        with pytest.raises(StoreUnavailableError), far.view(SCOPE, "look"):
            pass
        assert monotonic() - began < 5
        began = monotonic()
        with pytest.raises(StoreUnavailableError):
            far.is_empty()
        assert monotonic() - began < 0.1, "nobody waits for what is known to be away"
        between.silent.clear()
        sleep(1.1)
        assert not far.is_empty()
        far.close()


def test_silence_in_the_middle_of_a_unit_of_work_leaves_nothing_behind(
    neo4j_url: str, store: Neo4jStore
) -> None:
    store.load(street())
    with Between(neo4j_url) as between:
        far = store_at(between.url, deadline=DEADLINE)

        def half() -> None:
            with far.work(SCOPE, OperationId("one")) as work:
                work.save(node("Person", "bo", told_by="ann"))
                between.silent.set()
                work.save(node("Person", "cy", told_by="ann"))

        began = monotonic()
        with pytest.raises(StoreUnavailableError):
            half()
        assert monotonic() - began < 6
        far.close()
    with store.work(SCOPE, OperationId("one")) as work:
        work.save(node("Person", "bo", told_by="ann"))


def test_a_commit_whose_answer_was_lost_is_looked_up_by_its_operation(
    neo4j_url: str, store: Neo4jStore
) -> None:
    store.load(street())
    with Between(neo4j_url) as between:
        far = store_at(between.url, deadline=DEADLINE)
        with far.work(SCOPE, OperationId("one")) as work:
            work.save(node("Person", "bo", told_by="ann"))
            between.cut_on = COMMIT
        far.close()
    assert "bo" in {record.id for record in store.dump()}
    with pytest.raises(AlreadyDoneError), store.work(SCOPE, OperationId("one")):
        pass


def test_a_commit_that_never_arrived_is_reported(neo4j_url: str, store: Neo4jStore) -> None:
    store.load(street())
    with Between(neo4j_url) as between:
        far = store_at(between.url, deadline=DEADLINE)

        def cut_short() -> None:
            with far.work(SCOPE, OperationId("one")) as work:
                work.save(node("Person", "bo", told_by="ann"))
                between.cut()

        with pytest.raises(StoreUnavailableError):
            cut_short()
        far.close()
    assert "bo" not in {record.id for record in store.dump()}


def test_a_server_that_is_away_is_reported_within_five_seconds() -> None:
    store = store_at("bolt://127.0.0.1:9", deadline=DEADLINE)
    began = monotonic()
    with pytest.raises(StoreUnavailableError):
        store.is_empty()
    assert monotonic() - began < 5
    store.close()
