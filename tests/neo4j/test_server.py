"""What only a server has: migrations, plans, locks, loads in parts."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from neo4j import Driver

from netwerk.adapters.neo4j import Neo4jStore, item_queries, loading, queries
from netwerk.adapters.neo4j.queries import LINKS, NODES
from netwerk.domain.audit import first_bad_entry
from netwerk.domain.errors import InvalidRecordError, StoreUnavailableError, StoreVersionError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Node, Record
from netwerk.ports.finding import Candidates, FindQuery
from netwerk.ports.stores import OfferQuery
from tests.neo4j.conftest import KEY, store_at
from tests.neo4j.worlds import QUERY, SCOPE, link, node, street

pytestmark = pytest.mark.neo4j

ASKED = [
    "OPEN",
    "NEEDS",
    "OFFERS_FOR",
    "OFFERS_ANY",
    "AROUND",
    "EXPAND",
    "PUBLIC",
    "CASELOAD",
    "IN_SIGHT",
    "NODE",
    "ENDS",
    "LOCK",
    "APPEND",
    "UPDATE_NODE",
    "REMOVE_NODE",
    "SYSTEM_GET",
    "SYSTEM_PUT",
    "SYSTEM_DELETE",
    "SYSTEM_FIND",
    "SYSTEM_OF",
    "CREATE_LINKS",
    "NODES_AFTER",
    "ENTRIES_AFTER",
    "FILL",
    "FILLED",
]
SCANS = ("AllNodesScan", "NodeByLabelScan", "TypeScan", "AllRelationshipsScan")


def test_migrating_twice_changes_nothing(neo4j_url: str, driver: Driver) -> None:
    store = store_at(neo4j_url)
    assert store.migrate() == store.migrate() == 1
    before = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name)")
    assert store.migrate() == 1
    after = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name)")
    assert before.records == after.records
    store.close()


def test_a_store_that_is_newer_than_the_program_is_refused(neo4j_url: str, driver: Driver) -> None:
    newer, older = store_at(neo4j_url, version=2), store_at(neo4j_url)
    newer.migrate()
    with pytest.raises(StoreVersionError):
        older.migrate()
    driver.execute_query("MATCH (v:StoreVersion) SET v.schema = 1, v.layout = 99")
    with pytest.raises(StoreVersionError):
        older.migrate()
    newer.close()
    older.close()


def test_a_store_that_was_never_set_up_says_so(neo4j_url: str, driver: Driver) -> None:
    store = store_at(neo4j_url)
    with pytest.raises(StoreVersionError), store.view(SCOPE, "look"):
        pass
    store.close()
    assert driver.execute_query("MATCH (n) RETURN n").records == []


@pytest.mark.parametrize("name", ASKED)
def test_no_statement_reads_more_than_an_index_leads_to(
    name: str, store: Neo4jStore, driver: Driver
) -> None:
    store.load(street())
    values: dict[str, Any] = dict.fromkeys(
        [
            "viewer",
            "subject",
            "day",
            "roles",
            "usual_role",
            "granted",
            "any",
            "family",
            "formalities",
            "on",
            "age",
            "origin",
            "reach",
            "limit",
            "labels",
            "types",
            "person",
            "id",
            "ids",
            "row",
            "version",
            "kind",
            "key",
            "value",
            "owner",
            "operation",
            "number",
            "seal",
            "entries",
            "operations",
            "rows",
            "type",
            "label",
            "after",
            "reached",
            "needs",
            "load",
            "lease",
            "whole",
        ]
    )
    summary = driver.execute_query("EXPLAIN " + getattr(queries, name), values).summary
    assert summary.plan is not None
    found = [each for each in _operators(summary.plan) if any(scan in each for scan in SCANS)]
    assert found == []


@pytest.mark.parametrize("name", [n for n in vars(item_queries) if n.isupper() and n[0] != "_"])
def test_the_search_reads_no_more_than_an_index_leads_to(
    name: str, store: Neo4jStore, driver: Driver
) -> None:
    assert store.is_empty()
    names = "ids label after limit rows forms words keys asked rest options viewer"
    values: dict[str, Any] = dict.fromkeys(names.split())
    statement = getattr(item_queries, name)
    if statement in (NODES, LINKS):
        return
    summary = driver.execute_query("EXPLAIN " + statement, values).summary
    assert summary.plan is not None
    found = [each for each in _operators(summary.plan) if any(scan in each for scan in SCANS)]
    assert found == []


@pytest.mark.parametrize("layout", [2, 3])
def test_an_older_store_is_gone_through_once_for_the_search(
    layout: int, store: Neo4jStore, driver: Driver
) -> None:
    def found() -> Candidates:
        with store.directory(SCOPE) as view:
            return view.find(FindQuery(kinds=frozenset(ItemKind), origin=(5.65, 51.48)))

    store.load(
        [
            *street(),
            node("Person", "vera", name="Vera"),
            node("Service", "walk", name="Wandelen", formality="informal"),
            link("VOLUNTEERS_FOR", "vera", "walk"),
        ]
    )
    before = found()
    assert len(before.items) > 2
    driver.execute_query("MATCH (n:Item|Key|Spot|Form) DETACH DELETE n")
    driver.execute_query("DROP INDEX item_index")
    driver.execute_query("MATCH (v:StoreVersion) SET v.layout = $layout", layout=layout)
    store.migrate()
    assert found() == before


def _operators(plan: Any) -> Iterator[str]:
    yield plan["operatorType"]
    for child in plan.get("children", ()):
        yield from _operators(child)


def test_a_question_takes_two_statements_and_one_per_step(store: Neo4jStore) -> None:
    store.load(street(200))
    query = OfferQuery(**{f: getattr(QUERY, f) for f in QUERY.__slots__} | {"need": "company"})
    with store.view(SCOPE, "ask") as view:
        file = view.own_file()
        start = view.around(query).subgraph
        for _ in range(3):
            view.expand(list(file.nodes), [])
        assert view.publication() is None
        assert view.trips == 3 + 2
    assert len(file.of_type("TIE")) == 200
    assert set(start.nodes) == {"company", "church", "coffee"}


def test_a_write_leaves_a_bookmark_for_the_next_read(store: Neo4jStore) -> None:
    store.load(street())
    bookmarks = store._connection._bookmarks
    before = set(bookmarks.get_bookmarks())
    with store.work(SCOPE, OperationId("one")) as work:
        work.save(node("Person", "bo", told_by="ann"))
    assert set(bookmarks.get_bookmarks()) - before


def test_writers_at_the_same_time_seal_one_log(store: Neo4jStore) -> None:
    store.load(street())

    def look() -> None:
        for _ in range(10):
            with store.view(SCOPE, "look"):
                pass

    threads = [Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = list(store.audit_entries())
    assert [entry.number for entry in entries] == list(range(1, 61))
    assert first_bad_entry(KEY, entries) is None


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make even a small load a large one."""
    monkeypatch.setattr(loading, "ONE_TRANSACTION", 10)
    monkeypatch.setattr(loading, "BATCH", 7)


@pytest.mark.usefixtures("in_parts")
def test_a_load_in_parts_is_whole_or_nothing(store: Neo4jStore) -> None:
    def broken() -> Iterator[Record]:
        yield from street(40)
        yield link("TIE", "ann", "nobody", owner="ann")

    with pytest.raises(InvalidRecordError):
        store.load(broken())
    assert store.is_empty()
    assert list(store.dump()) == []
    assert store.load(street(40)) == len(list(street(40)))
    with store.view(SCOPE, "look") as view:
        assert len(view.own_file().of_type("TIE")) == 40


@pytest.mark.usefixtures("in_parts")
def test_nothing_can_be_opened_during_a_load_in_parts(store: Neo4jStore) -> None:
    def watched() -> Iterator[Record]:
        for record in street(40):
            yield record
            if record.id == "TIE.ann.n000035":
                with pytest.raises(StoreUnavailableError), store.view(SCOPE, "look"):
                    pass
                with pytest.raises(StoreUnavailableError), store.system():
                    pass

    store.load(watched())
    assert not store.is_empty()


def test_what_a_killed_load_left_is_swept_out(store: Neo4jStore, driver: Driver) -> None:
    driver.execute_query(
        "MATCH (h:LogHead) SET h.filling = 'gone', h.filling_until = 0 "
        "CREATE (:Record:Person {id: 'half', label: 'Person', version: 1, properties: '{}'})"
    )
    assert store.is_empty()
    store.migrate()
    assert list(store.dump()) == []
    store.load([node("Person", "whole")])
    assert [record.id for record in store.dump()] == ["whole"]


def test_a_name_from_outside_is_never_part_of_a_statement(store: Neo4jStore) -> None:
    label = "Person) DETACH DELETE n //"
    store.load([Node(label=label, id=NodeId("odd")), node("Person", "ann")])
    assert not store.is_empty()
