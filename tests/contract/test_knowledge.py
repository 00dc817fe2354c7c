"""What colleagues know: seen by their own team, told by themselves, and no history of it."""

from dataclasses import replace

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.errors import NotAllowedError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, WorkerId
from netwerk.domain.keeping import HISTORY
from netwerk.domain.records import Record, Relationship
from netwerk.ports.stores import Store
from netwerk.usecases.knowledge import knowing, leaving
from tests.contract.conftest import Fresh
from tests.worlds import TODAY, StoppedClock, link, node

OWN = Scope(viewer=WorkerId(NodeId("own")), purpose=Purpose.DIRECTORY, as_of=TODAY)
NEED, WHO = NodeId("money.debts"), ("own", "mate", "other", "alone", "co")
ROLES = {"co": "coordinator"}


def records() -> list[Record]:
    return [
        node("Need", "money", label_nl="geld", label_en="money"),
        node("Need", NEED, label_nl="schulden", label_en="debts", parent="money"),
        node("Team", "t0", name="Noord"),
        node("Team", "t1", name="Oost"),
        *(node("Worker", who, name=who, role=ROLES.get(who, "worker")) for who in WHO),
        link("MEMBER_OF", "own", "t0"),
        link("MEMBER_OF", "mate", "t0"),
        link("MEMBER_OF", "other", "t1"),
        *(link("KNOWS_ABOUT", who, NEED, f"k-{who}", level=3) for who in WHO[:-1]),
    ]


def links(store: Store) -> dict[str, Relationship]:
    return {str(r.id): r for r in store.dump() if isinstance(r, Relationship)}


@pytest.fixture
def store(fresh: Fresh) -> Store:
    return fresh(records())


def seen(store: Store, viewer: str) -> set[str]:
    """Return whose level somebody sees, whichever way they look."""
    scope = replace(OWN, viewer=WorkerId(NodeId(viewer)))
    ids = [NodeId(each) for each in (*WHO, NEED)]
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team", "Need")
        assert set(graph.relationships) >= set(view.nodes("Worker", "Need").relationships)
        around = view.around(ids)
    assert {r.id for r in graph.of_type("KNOWS_ABOUT")} == {
        r.id for r in around.of_type("KNOWS_ABOUT")
    }
    with store.directory_work(scope, OperationId(f"look {viewer}")) as work:
        assert work.around(ids).of_type("KNOWS_ABOUT") == around.of_type("KNOWS_ABOUT")
    return {r.source for r in graph.of_type("KNOWS_ABOUT")}


@pytest.mark.parametrize(
    ("viewer", "shown"),
    [
        ("own", {"own", "mate"}),
        ("mate", {"own", "mate"}),
        ("other", {"other"}),
        ("alone", {"alone"}),
        ("co", set()),
        (OPERATOR, set()),
    ],
)
def test_levels_are_seen_by_the_own_team_alone(store: Store, viewer: str, shown: set[str]) -> None:
    assert seen(store, viewer) == shown


def test_a_level_is_the_workers_own_to_change(store: Store) -> None:
    stored = links(store)
    for who in ("mate", "other", "co"):
        scope = replace(OWN, viewer=WorkerId(NodeId(who)))
        with (
            pytest.raises(NotAllowedError),
            store.directory_work(scope, OperationId(f"by {who}")) as work,
        ):
            work.save(stored["k-own"].with_properties(level=1))
        with (
            pytest.raises(NotAllowedError),
            store.directory_work(scope, OperationId(f"gone by {who}")) as work,
        ):
            work.remove(stored["k-own"])
    with store.directory_work(OWN, OperationId("own")) as work:
        work.save(stored["k-own"].with_properties(level=4))
    assert links(store)["k-own"].properties == {"level": 4}


def test_what_a_level_was_before_is_kept_nowhere(store: Store) -> None:
    once = links(store)["k-own"]
    with store.directory_work(OWN, OperationId("more")) as work:
        work.save(once.with_properties(level=4))
    more = links(store)["k-own"]
    with store.directory_work(OWN, OperationId("gone")) as work:
        work.remove(more)
    with store.directory_work(OWN, OperationId("again")) as work:
        work.save(link("KNOWS_ABOUT", "own", NEED, "k-own", level=1))
    with store.system() as system:
        assert not system.find(HISTORY)
    assert links(store)["k-own"].properties == {"level": 1}


def test_in_a_session_one_types_for_who_is_there_and_for_nobody_else(store: Store) -> None:
    mate, other = WorkerId(NodeId("mate")), WorkerId(NodeId("other"))
    key = knowing.begin(store, OWN, StoppedClock(), OperationId("begin"), [mate])
    block = NeedId(NEED)
    knowing.note(store, OWN, OperationId("said"), (key, block), {OWN.viewer: 1, mate: 2})
    for number, who in enumerate((other, WorkerId(NodeId("alone")))):
        with pytest.raises(NotVisibleError):
            knowing.note(store, OWN, OperationId(f"not {number}"), (key, block), {who: 4})
    told = {who: links(store)[f"k-{who}"].properties for who in ("own", "mate", "other")}
    assert {who: facts["level"] for who, facts in told.items()} == {"own": 1, "mate": 2, "other": 3}
    assert (told["mate"]["noted_by"], "noted_by" in told["own"]) == ("own", False)


def test_who_leaves_takes_what_they_know_along(store: Store) -> None:
    leaving.leave(store, OWN, OperationId("gone"), "operator")
    assert {r.source for r in links(store).values() if r.type == "KNOWS_ABOUT"} == {
        "mate",
        "other",
        "alone",
    }
