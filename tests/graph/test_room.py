"""Room: what somebody carries, beside the middle of the team."""

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Record, Subgraph
from netwerk.graph.room import Room, loads
from tests.worlds import TODAY, link, node

WHO = tuple(WorkerId(NodeId(each)) for each in ("a", "b", "c"))


def effort(key: str, who: str, minutes: int, **facts: object) -> Record:
    told = {"worker": who, "minutes_a_week": minutes, "valid_from": "2026-01-01"}
    return node("Effort", key, **told | facts)


def carried(cases: dict[str, int], *efforts: Record) -> dict[str, tuple[int, int, Room]]:
    led = [(who, n) for who, number in cases.items() for n in range(number)]
    graph = Subgraph.of(
        [
            *(node("Worker", who, name=who) for who in (*WHO, "far")),
            *(node("Case", f"{who}{n}") for who, n in led),
            *(link("LEADS", who, f"{who}{n}") for who, n in led),
            *efforts,
        ]
    )
    found = loads(graph, WHO, TODAY)
    return {who: (load.cases, load.minutes, load.room) for who, load in found.items()}


def test_cases_and_hours_of_the_team_are_counted_and_no_others() -> None:
    found = carried(
        {"a": 1, "b": 2, "far": 9},
        effort("e0", "a", 60),
        effort("e1", "a", 30),
        effort("e2", "a", 500, planned=True),
        effort("e3", "a", 500, valid_to="2026-11-02"),
        effort("e4", "far", 500),
    )
    assert {who: each[:2] for who, each in found.items()} == {
        "a": (1, 90),
        "b": (2, 0),
        "c": (0, 0),
    }


def test_less_of_one_and_no_more_of_the_other_is_room() -> None:
    found = carried({"a": 1, "b": 2, "c": 3})
    assert [room for _, _, room in found.values()] == [Room.ROOM, Room.AS_OTHERS, Room.BUSY]
    # Fewer cases that take more hours are neither.
    found = carried({"a": 1, "b": 2, "c": 2}, effort("e", "a", 600))
    assert found["a"][2] is Room.AS_OTHERS


@given(st.lists(st.integers(0, 5), min_size=3, max_size=3))
def test_a_team_that_shares_alike_has_nobody_with_room_and_never_are_all_busy(
    cases: list[int],
) -> None:
    rooms = [room for *_, room in carried(dict(zip(WHO, cases, strict=True))).values()]
    if len(set(cases)) == 1:
        assert set(rooms) == {Room.AS_OTHERS}
    assert set(rooms) != {Room.BUSY}
    assert set(rooms) != {Room.ROOM}


def test_without_a_team_there_is_nobody() -> None:
    assert loads(Subgraph.of([]), (), TODAY) == {}
