"""White spots: what there is is public; what was asked in vain is published once, and rounded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import NotAllowedError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.periods import half_year
from netwerk.domain.records import Record, Subgraph
from netwerk.usecases import white_spots
from netwerk.usecases.white_spots import Supply
from tests.builders import memory_store
from tests.worlds import TODAY, StoppedClock, link, node

CO = Scope(viewer=WorkerId(NodeId("co")), purpose=Purpose.DIRECTORY, as_of=TODAY)
PERIOD = date(2026, 1, 1), date(2026, 7, 1)
MONEY, DEBTS, HOME = NodeId("money"), NodeId("money.debts"), NodeId("home")
NORTH, SOUTH = NodeId("d0"), NodeId("d1")


class Later:
    """A clock that is half a year on."""

    def now(self) -> datetime:
        return datetime(2027, 2, 1, tzinfo=UTC)


def records() -> list[Record]:
    return [
        node("Need", "money", label_nl="geld", label_en="money"),
        node("Need", "money.debts", label_nl="schulden", label_en="debts", parent="money"),
        node("Need", "home", label_nl="wonen", label_en="home"),
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Area", "d0", code="WK1", name="Noord", level="district"),
        node("Area", "d1", code="WK2", name="Zuid", level="district"),
        node("Location", "l0"),
        link("IN_AREA", "l0", "d0"),
        node("Organization", "o", name="O"),
        link("LOCATED_AT", "o", "l0"),
        node("Service", "s0", name="S0", formality="informal", capacity=5, load=2),
        node("Service", "s1", name="S1", formality="informal"),
        node("Service", "over", name="X", formality="informal", valid_to="2026-01-01"),
        link("PROVIDES", "o", "s0"),
        link("IN_AREA", "s1", "d0"),
        link("IN_AREA", "over", "d1"),
        link("ADDRESSES", "s0", "money.debts"),
        link("ADDRESSES", "s1", "money"),
        link("ADDRESSES", "over", "home"),
        node("Person", "v", name="V"),
        link("VOLUNTEERS_FOR", "v", "s0"),
    ]


def files(many: int, **told: Any) -> Iterator[Record]:
    """Yield so many files in the north, each with one ask, or none."""
    asked = {"need": "money.debts", "asked_on": "2026-03-01", "outcome": "declined"} | told
    opened = asked.pop("opened_on", "2025-03-01")
    for number in range(many):
        yield node("Person", f"p{number}", name="?")
        yield node("Case", f"c{number}", question="?", opened_on=opened, needs=["money.debts"])
        yield link("CONCERNS", f"c{number}", f"p{number}")
        yield link("IN_AREA", f"p{number}", "d0")
        if asked["outcome"]:
            yield node("Ask", f"a{number}", **asked)
            yield link("ASKED_IN", f"a{number}", f"c{number}")


def counted(*more: Record) -> dict[str, dict[str, int]]:
    every = [*records(), *more]
    return white_spots.counted(every, Subgraph.of(every), PERIOD)


def test_what_there_is_is_told_by_need_and_wijk() -> None:
    found = white_spots.white_spots(memory_store(records()), CO)
    assert [need.id for need in found.needs] == ["home", "money"]
    assert [name for _, name in found.wijken] == ["Noord", "Zuid"]
    assert found.at(MONEY, NORTH) == Supply(services=2, volunteers=1, free=3)
    assert found.at(MONEY, SOUTH) == found.at(HOME, SOUTH) == Supply()
    assert (found.demand, found.period, found.domain) == (None, None, None)
    below = white_spots.white_spots(memory_store(records()), CO, "money")
    assert [need.id for need in below.needs] == ["money.debts"]
    assert below.domain is not None
    assert below.at(DEBTS, NORTH).services == 1
    assert white_spots.white_spots(memory_store(records()), CO, "money.debts").domain is None


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ({}, True),
        ({"outcome": "no_answer"}, True),
        ({"outcome": "accepted"}, False),
        ({"outcome": "open"}, False),
        ({"outcome": "withdrawn"}, False),
        ({"asked_on": "2025-12-31"}, False),
        ({"asked_on": "2026-07-01"}, False),
        ({"need": "nothing"}, False),
        ({"outcome": ""}, False),
        ({"outcome": "", "opened_on": "2026-01-01"}, True),
        ({"outcome": "", "opened_on": "2026-07-01"}, False),
    ],
)
def test_who_asked_in_vain_counts_once(told: dict[str, str], counts: bool) -> None:
    found = counted(*files(3, **told))
    assert found["money"] == {"d0": 3 if counts else 0, "d1": 0}
    assert found["home"] == {"d0": 0, "d1": 0}


def test_who_found_somebody_after_all_did_not_ask_in_vain() -> None:
    yes = node("Ask", "yes", need="money.debts", asked_on="2026-08-01", outcome="accepted")
    twice = node("Ask", "no", need="money", asked_on="2026-04-01", outcome="declined")
    found = counted(
        *files(2), yes, twice, link("ASKED_IN", "yes", "c0"), link("ASKED_IN", "no", "c1")
    )
    assert found["money"]["d0"] == 1


def test_a_half_year_is_published_once_and_never_again() -> None:
    store = memory_store([*records(), *files(17)])
    assert white_spots.publish(store, StoppedClock())
    first = white_spots.white_spots(store, CO)
    assert first.period == PERIOD
    assert first.demand is not None
    assert (first.demand.total, first.demand.totals) == (15, {})
    store.load([node("Person", "late", name="?"), node("Case", "cl", question="?")])
    assert not white_spots.publish(store, StoppedClock())
    assert white_spots.white_spots(store, CO).demand == first.demand
    assert white_spots.publish(store, Later())
    assert white_spots.white_spots(store, CO).period == (date(2026, 7, 1), date(2027, 1, 1))


def test_half_years_lie_side_by_side() -> None:
    assert half_year(date(2026, 6, 30)) == PERIOD
    assert half_year(date(2026, 7, 1)) == (date(2026, 7, 1), date(2027, 1, 1))


def test_only_who_keeps_the_directory_sees_it() -> None:
    store: MemoryStore = memory_store(records())
    with pytest.raises(NotAllowedError):
        white_spots.white_spots(store, replace(CO, viewer=WorkerId(NodeId("sam"))))
