"""What the demo must be able to show."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from netwerk import demo
from netwerk.demo import opening
from netwerk.demo.sources import services
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NodeId, PersonId, WorkerId
from netwerk.domain.records import Subgraph
from netwerk.domain.schedule import Schedule
from netwerk.graph import doubles
from netwerk.schema import load_schema
from netwerk.usecases import finding
from tests.builders import memory_store

MONDAY = datetime.combine(demo.REFERENCE_DAY, time(10, 0), ZoneInfo("Europe/Amsterdam"))


def test_an_open_walk_in_for_debts_that_one_can_ride_into_with_somebody_we_know() -> None:
    assert MONDAY.weekday() == 0
    store = memory_store(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    wanted = demo.wanted(seed=1, today=demo.REFERENCE_DAY)[0]
    scope = Scope(
        viewer=WorkerId(wanted.worker),
        purpose=Purpose.SUPPORT,
        as_of=demo.REFERENCE_DAY,
        subject=PersonId(NodeId("p-dewit")),
    )
    asked = finding.Asked(
        typed="schulden", wheelchair=True, open_at=MONDAY, known=frozenset({"warm", "cold"})
    )
    found = finding.find(store, scope, asked, load_schema(), MONDAY)
    assert [hit.name for hit in found.hits if hit.service is not None]
    assert all((hit.distance_m or 0) <= asked.radius for hit in found.hits)


def test_every_hour_that_the_demo_tells_can_be_read() -> None:
    told = [opening.hours(row["schedule"]) for row in services()]
    assert sum(each is not None for each in told) > 40
    for lines in told:
        Schedule.parse(lines or [])


def test_only_what_an_old_list_has_again_looks_double() -> None:
    demo_ = Subgraph.of(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    found = [demo_.nodes[pair.kept].properties["source"] for pair in doubles.doubles(demo_)]
    assert found == ["oude lijst"] * 3
