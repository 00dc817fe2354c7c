"""Acquaintance: whom the team knows, whom nobody knows yet, and where colleagues can be found."""

from dataclasses import replace
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, WorkerId
from netwerk.domain.introductions import Introduction
from netwerk.domain.records import Record, Relationship
from netwerk.usecases import acquaintances
from netwerk.usecases.acquaintances import Overview, Partner
from tests.builders import memory_store
from tests.worlds import TODAY, link, node

SAM = Scope(viewer=WorkerId(NodeId("sam")), purpose=Purpose.DIRECTORY, as_of=TODAY)
CO = replace(SAM, viewer=WorkerId(NodeId("co")))
MO, REV = replace(SAM, viewer=WorkerId(NodeId("mo"))), replace(SAM, viewer=WorkerId(NodeId("rev")))
CHURCH = NodeId("church")


def _square(west: float) -> dict[str, Any]:
    east = west + 0.01
    ring = [[west, 51.4], [east, 51.4], [east, 51.5], [west, 51.5], [west, 51.4]]
    return {"type": "Polygon", "coordinates": [ring]}


def records() -> list[Record]:
    return [
        node("Need", "money", label_nl="geld", label_en="money"),
        node("Need", "money.debts", label_nl="schulden", label_en="debts", parent="money"),
        node("Team", "t0", name="Noord"),
        node("Team", "t1", name="Oost"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Worker", "mo", name="Mo", role="worker"),
        node("Worker", "far", name="Far", role="worker"),
        node("Worker", "co", name="Co", role="coordinator"),
        node("Worker", "rev", name="Rev", role="reviewer"),
        link("MEMBER_OF", "sam", "t0"),
        link("MEMBER_OF", "mo", "t0"),
        link("MEMBER_OF", "far", "t1"),
        node("Area", "d0", code="WK1", name="Wijk", level="district", polygon=_square(5.6)),
        node("Area", "d1", code="WK2", name="Andere", level="district", polygon=_square(5.7)),
        node("Area", "b0", code="BU1", name="Buurt", level="neighbourhood"),
        link("PART_OF", "b0", "d0"),
        node("Organization", "church", name="De Lichtkring", kind="church"),
        node("Organization", "club", name="VV Noord", kind="sports_club"),
        node("Organization", "over", name="Voorbij", valid_to="2026-01-01"),
        node("Person", "pastor", name="Gijs"),
        link("CONTACT_FOR", "pastor", "church", role="pastor"),
        node("Service", "walk", name="Lopen", formality="informal"),
        node("Location", "l0", point=[5.705, 51.45]),
        node("Location", "l1"),
        link("PROVIDES", "church", "walk"),
        link("ADDRESSES", "walk", "money.debts"),
        link("LOCATED_AT", "church", "l0"),
        link("LOCATED_AT", "club", "l1"),
        link("IN_AREA", "l1", "b0"),
        link("ACQUAINTED", "mo", "pastor", warmth="warm", last_met="2026-10-01"),
        link("ACQUAINTED", "far", "club", warmth="cold"),
    ]


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(records())


def partner(found: Overview, key: str) -> Partner:
    (one,) = (each for each in found.partners if each.organization.id == key)
    return one


def own(store: MemoryStore, kind: str) -> list[Relationship]:
    every = (each for each in store.dump() if isinstance(each, Relationship))
    return [each for each in every if each.type == kind and each.source == "sam"]


def plan(**told: str) -> Introduction:
    facts = {"key": "i", "who": "sam", "who_name": "Sam", "on": "2026-11-20"} | told
    return Introduction(
        key=facts["key"],
        organization=NodeId(facts.get("organization", "church")),
        who=WorkerId(NodeId(facts["who"])),
        who_name=facts["who_name"],
        on=facts["on"],
        note=facts.get("note", ""),
    )


def test_who_of_the_team_knows_them_and_whom_nobody_knows(store: MemoryStore) -> None:
    found = acquaintances.overview(store, SAM)
    church, club = partner(found, "church"), partner(found, "club")
    assert [(each.name, each.warmth, each.mine) for each in church.known] == [("Mo", "warm", False)]
    assert (church.contact, church.role) == ("Gijs", "pastor")
    assert club.known == ()
    assert {each.organization.id for each in found.partners} == {"church", "club"}
    assert [name for _, name in found.colleagues] == ["Mo", "Sam"]
    every = acquaintances.overview(store, CO)
    assert [each.name for each in partner(every, "club").known] == ["Far"]
    assert len(every.colleagues) == 5


def test_where_they_are_and_what_they_are_about(store: MemoryStore) -> None:
    found = acquaintances.overview(store, SAM)
    church, club = partner(found, "church"), partner(found, "club")
    assert (set(church.wijken), set(church.domains)) == ({"d1"}, {"money"})
    assert (set(club.wijken), set(club.domains)) == ({"d0"}, set())
    assert [name for _, name in found.wijken] == ["Andere", "Wijk"]
    assert [each.id for each in found.domains] == ["money"]


def test_who_spoke_them_knows_them(store: MemoryStore) -> None:
    for _ in range(2):
        acquaintances.spoke(store, SAM, OperationId("s"), CHURCH)
    (known,) = own(store, "ACQUAINTED")
    today = TODAY.isoformat()
    assert known.properties == {"warmth": "cold", "first_met": today, "last_met": today}
    first, second = partner(acquaintances.overview(store, SAM), "church").known
    assert (first.mine, second.name) == (True, "Mo")
    later = replace(SAM, as_of=TODAY.replace(day=9))
    acquaintances.spoke(store, later, OperationId("again"), CHURCH, "warm")
    (known,) = own(store, "ACQUAINTED")
    assert known.properties["last_met"] == "2026-11-09"
    assert (known.properties["first_met"], known.properties["warmth"]) == (today, "warm")
    acquaintances.spoke(store, later, OperationId("third"), CHURCH)
    assert own(store, "ACQUAINTED")[0].properties["warmth"] == "warm"


def test_an_introduction_that_took_place_is_an_acquaintance(store: MemoryStore) -> None:
    for _ in range(2):
        acquaintances.plan(store, SAM, OperationId("p"), plan())
    ((planned, name),) = acquaintances.overview(store, MO).planned
    assert (planned, name) == (plan(), "De Lichtkring")
    assert own(store, "ACQUAINTED") == []
    for operation in ("m", "m2"):
        acquaintances.met(store, SAM, OperationId(operation), "i")
    assert len(own(store, "ACQUAINTED")) == 1
    assert acquaintances.overview(store, MO).planned == ()


def test_a_plan_can_be_let_be(store: MemoryStore) -> None:
    acquaintances.plan(store, SAM, OperationId("p"), plan())
    for operation in ("d", "d2"):
        acquaintances.drop(store, SAM, OperationId(operation), "i")
    assert acquaintances.overview(store, MO).planned == ()
    assert own(store, "ACQUAINTED") == []


def test_a_plan_of_a_colleague_is_theirs_or_the_coordinators(store: MemoryStore) -> None:
    acquaintances.plan(store, MO, OperationId("p"), plan())
    for act in (acquaintances.met, acquaintances.drop):
        with pytest.raises(NotAllowedError):
            act(store, MO, OperationId("m"), "i")
    acquaintances.met(store, CO, OperationId("c"), "i")
    assert len(own(store, "ACQUAINTED")) == 1


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"on": "2026-11-01"}, InvalidInputError),
        ({"who": "pastor"}, NotVisibleError),
        ({"who": "church"}, NotVisibleError),
        ({"organization": "walk"}, NotVisibleError),
        ({"organization": "nothing"}, NotVisibleError),
    ],
)
def test_what_cannot_be_is_not_planned(
    store: MemoryStore, told: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        acquaintances.plan(store, SAM, OperationId("p"), plan(**told))
    assert acquaintances.overview(store, CO).planned == ()


def test_where_colleagues_can_be_found(store: MemoryStore) -> None:
    told = (["tu 10:00-12:00", "mo[1] 14:00-16:00"], "bij de balie")
    for operation in ("a", "b"):
        acquaintances.be_present(store, SAM, OperationId(operation), CHURCH, told)
    (there,) = acquaintances.overview(store, MO).present
    assert (there.name, there.organization, there.note) == ("Sam", "De Lichtkring", "bij de balie")
    assert (there.schedule.written(), there.mine) == (told[0], False)
    assert len(own(store, "PRESENT_AT")) == 1
    with pytest.raises(InvalidInputError):
        acquaintances.be_present(store, SAM, OperationId("c"), CHURCH, (["morgen"], ""))
    for operation in ("d", "e"):
        acquaintances.be_present(store, SAM, OperationId(operation), CHURCH, ([""], ""))
    assert own(store, "PRESENT_AT") == []


def test_who_keeps_no_acquaintances_sees_and_changes_nothing(store: MemoryStore) -> None:
    before = list(store.dump())
    for act in (
        lambda: acquaintances.overview(store, REV),
        lambda: acquaintances.spoke(store, REV, OperationId("s"), CHURCH),
        lambda: acquaintances.plan(store, REV, OperationId("s"), plan()),
        lambda: acquaintances.be_present(store, REV, OperationId("s"), CHURCH, ([], "")),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert list(store.dump()) == before
