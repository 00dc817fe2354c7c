"""What a view returns, and what it withholds: as the memory store does, on any graph."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.domain.records import Subgraph
from netwerk.domain.visibility import CASE_RECORDS
from netwerk.ports.stores import GraphStore, OfferQuery
from netwerk.schema import load_schema
from netwerk.usecases import support_paths
from tests.builders import ask_example, example_items, example_records, memory_store
from tests.contract.conftest import Fresh
from tests.worlds import (
    NEEDS,
    ORGANIZATIONS,
    PERSONS,
    SCOPE,
    TODAY,
    WORKERS,
    crowded,
    in_order,
    link,
    node,
    questions,
    worlds,
)

once_per_store = settings(
    suppress_health_check=[*HealthCheck],
    max_examples=25,
    deadline=None,
)

offer_queries = st.builds(
    OfferQuery,
    need=st.sampled_from([None, *(NeedId(NodeId(each)) for each in NEEDS)]),
    formalities=st.sampled_from(
        [frozenset({"informal"}), frozenset({"informal", "general", "specialist"})]
    ),
    on=st.sampled_from([TODAY.isoformat(), "2026-12-01"]),
    age=st.sampled_from([None, 21, 76]),
    origin=st.sampled_from([None, (5.65, 51.48), (5.9, 51.6)]),
    radius=st.sampled_from([0.0, 500.0, 100_000.0]),
    limit=st.sampled_from([1, 2, 100]),
)
some_nodes = st.frozensets(
    st.sampled_from([NodeId(each) for each in [*PERSONS, *ORGANIZATIONS, "nobody"]])
)
OTHERS = [NodeId(each) for each in [*WORKERS, "s0", "l0"]]
some_needs = st.frozensets(st.sampled_from([NeedId(NodeId(each)) for each in NEEDS]))
scopes = st.builds(
    lambda viewer, subject: replace(
        SCOPE, viewer=WorkerId(NodeId(viewer)), subject=PersonId(NodeId(subject))
    ),
    viewer=st.sampled_from(["w0", *WORKERS]),
    subject=st.sampled_from(["p0", "p0", *PERSONS]),
)


@given(
    world=worlds(),
    scope=scopes,
    query=offer_queries,
    step=st.tuples(some_nodes, some_needs),
)
@once_per_store
def test_every_store_shows_what_the_memory_store_shows(
    fresh: Fresh,
    world: Subgraph,
    scope: Scope,
    query: OfferQuery,
    step: tuple[frozenset[NodeId], frozenset[NeedId]],
) -> None:
    def shown(store: GraphStore) -> Mapping[str, Any]:
        with store.directory(scope) as directory:
            found: dict[str, Any] = {
                "nodes": directory.nodes("Organization", "Service", "Need", "Worker", "Person"),
                "caseload": directory.caseload(),
                "caseload with all": directory.caseload(*CASE_RECORDS),
                "caseload with some": directory.caseload("Ask", "Goal"),
                "directory offers": directory.offers(query),
                "directory around": directory.around(step[0] | step[1]),
                "directory around others": directory.around(OTHERS),
            }
        try:
            with store.view(scope, "look") as view:
                found |= {"file": view.own_file(), "beyond": view.expand(*step)}
                found |= {"offers": view.offers(query), "table": view.publication()}
                found["around"] = view.around(query)
        except (InvalidInputError, NotVisibleError) as error:
            found["error"] = type(error)
        return found

    records = in_order(world)
    assert shown(fresh(records)) == shown(memory_store(records))


@given(world=st.one_of(worlds(), crowded()), data=st.data())
@once_per_store
def test_every_store_gives_the_same_paths(
    fresh: Fresh, world: Subgraph, data: st.DataObject
) -> None:
    asked, records = data.draw(questions()), in_order(world)
    priors = load_schema().priors
    expected = support_paths.find(memory_store(records), SCOPE, asked, priors)
    assert support_paths.find(fresh(records), SCOPE, asked, priors) == expected


def test_the_questions_of_the_example_get_their_answers(fresh: Fresh) -> None:
    store, oracle = fresh(example_records()), memory_store(example_records())
    items = example_items()
    assert len(items) == 40
    for item in items:
        assert ask_example(store, item) == ask_example(oracle, item)


def test_somebody_of_another_file_is_nowhere_to_be_seen(fresh: Fresh) -> None:
    store = fresh(
        [
            node("Worker", "w0", role="worker", name="W"),
            node("Person", "p0", name="Zij"),
            node("Person", "p1", name="Een ander"),
            node("Person", "p2", name="Diens buurman"),
            node("Case", "c0", question="?"),
            node("Case", "c1", question="?"),
            link("CONCERNS", "c0", "p0"),
            link("CONCERNS", "c1", "p1"),
            link("LEADS", "w0", "c0"),
            link("TIE", "p1", "p2", owner="p1", kind="neighbour"),
        ]
    )
    hidden = [NodeId("p1"), NodeId("p2"), NodeId("c1")]
    with store.view(SCOPE, "look") as view:
        assert set(view.own_file().nodes) == {"p0", "c0", "w0"}
        assert view.expand(hidden, []) == Subgraph()
    for subject in ("p1", "p2", "nobody"):
        scope = replace(SCOPE, subject=PersonId(NodeId(subject)))
        with pytest.raises(NotVisibleError), store.view(scope, "look"):
            pass
