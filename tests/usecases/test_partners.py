"""What a colleague reads about a partner and about a volunteer, and what nobody reads."""

from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId
from netwerk.domain.places import Place, blurred
from netwerk.domain.records import Record
from netwerk.usecases import areas, partners
from tests.builders import memory_store
from tests.web import street
from tests.worlds import link, node

SCOPE = Scope(viewer=street.worker("own"), purpose=Purpose.DIRECTORY, as_of=date(2026, 11, 2))
CHURCH = NodeId("church")


def store(*more: Record) -> MemoryStore:
    return memory_store([*street.records(), *more])


def test_a_partner_is_read_with_whom_to_ask_and_who_knows_them() -> None:
    read = partners.partner(
        store(
            link("ACQUAINTED", street.worker("other"), "pastor", warmth="cold"),
            link("ACQUAINTED", street.worker("mate"), "church", last_met="2026-10-01"),
            link("PRESENT_AT", street.worker("mate"), "church", hours=["tu 10:00-12:00"]),
            node("Organization", "diocese", name="Het bisdom"),
            link("PART_OF", "church", "diocese"),
        ),
        SCOPE,
        CHURCH,
    )
    assert [(c.name, c.role) for c in read.contacts] == [("Gijs Molenaar", "pastor")]
    told = [(k.name, k.warmth, k.of_team, k.through) for k in read.known_by]
    assert told == [
        ("Own", "warm", True, ""),
        ("Mate", None, True, ""),
        ("Other", "cold", False, "Gijs Molenaar"),
    ]
    assert [(p.name, p.hours) for p in read.present] == [("Mate", ("tu 10:00-12:00",))]
    assert read.part_of == (("diocese", "Het bisdom"),)
    assert [o.service.name for o in read.offers] == ["Koffie op woensdag", "Wandelen in het park"]
    assert [p.name for p in read.offers[0].places] == ["Kerkzaal"]
    assert [name for _, name in read.offers[0].volunteers] == ["Riet Verstraten"]


def test_who_is_no_organization_is_no_partner() -> None:
    for key in ("nothing", "annie", "walk", "hall"):
        with pytest.raises(NotVisibleError):
            partners.partner(store(), SCOPE, NodeId(key))


def test_a_partner_that_stopped_says_since_when() -> None:
    read = partners.partner(
        store(node("Organization", "gone", name="Weg", valid_to="2026-11-02")),
        SCOPE,
        NodeId("gone"),
    )
    assert read.stopped_on(date(2026, 11, 1)) is None
    assert read.stopped_on(date(2026, 11, 2)) == date(2026, 11, 2)


def test_of_a_masked_place_nothing_leaves_but_the_district() -> None:
    read = partners.partner(store(), SCOPE, NodeId("shelter"))
    place = Place(id=NodeId("hidden"), masked=True, wheelchair=True, area="Wijk Oost")
    assert read.places == (place,)
    assert read.offers[0].places == (place,)


def test_a_place_in_no_district_says_its_neighbourhood() -> None:
    more: list[Record] = [
        node("Area", "alone", code="BU09", name="Buurt Alleen", level="neighbourhood"),
        link("IN_AREA", "hall", "alone"),
        link("LOCATED_AT", "church", "hall"),
    ]
    read = partners.partner(store(*more), SCOPE, CHURCH)
    assert [place.area for place in read.places] == ["Buurt Alleen"]


def test_a_volunteer_is_read_and_that_is_logged() -> None:
    kept = store(
        node("Person", "new", name="Wim", willing_to_help=True),
        link("VOLUNTEERS_FOR", "new", "walk"),
        link("ADDRESSES", "new", street.NEED),
    )
    riet = partners.volunteer(kept, SCOPE, NodeId("volunteer"))
    assert (riet.free, riet.vog_on, riet.rather_not) == (2, date(2025, 3, 4), "geen trappen")
    assert [(s.name, by) for s, by in riet.helps_with] == [
        ("Koffie op woensdag", (("church", "De Lichtkring"),))
    ]
    assert riet.talents == ()
    wim = partners.volunteer(kept, SCOPE, NodeId("new"))
    assert (wim.free, [need.id for need in wim.talents]) == (None, [street.NEED])
    log = [(e.event.action, e.event.subject) for e in kept.audit_entries()]
    assert log == [("read-volunteer", "volunteer"), ("read-volunteer", "new")]


def test_who_is_known_otherwise_is_no_volunteer() -> None:
    kept = store(
        node("Person", "talent", name="Cor", willing_to_help=True),
        link("ADDRESSES", "talent", street.NEED),
    )
    for key in ("pastor", "annie", "talent", "church", "nothing"):
        with pytest.raises(NotVisibleError):
            partners.volunteer(kept, SCOPE, NodeId(key))
    assert list(kept.audit_entries()) == []


def test_borders_are_those_of_the_store() -> None:
    found = areas.borders(store(), SCOPE)
    assert found["type"] == "FeatureCollection"
    assert found["features"] == [
        {
            "type": "Feature",
            "id": key,
            "properties": {"code": code, "name": name, "level": level},
            "geometry": street.SQUARE,
        }
        for key, code, name, level in (
            ("bu", "BU01", "Buurt Oost", "neighbourhood"),
            ("wk", "WK01", "Wijk Oost", "district"),
        )
    ]


@pytest.mark.parametrize(
    ("metres", "told"), [(0, 500), (1, 500), (500, 500), (500.1, 1000), (1999, 2000)]
)
def test_how_far_somebody_lives_is_rounded_up(metres: float, told: float) -> None:
    assert blurred(metres) == told
