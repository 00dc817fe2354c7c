"""What is kept of an item: nothing is lost on the way, and it is found by what a filter asks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.cards import FREE, NO_CARD, WHEELCHAIR, open_at, read_card
from netwerk.domain.items import Item, ItemKind, items_of
from netwerk.domain.records import Properties, Record, Subgraph
from netwerk.domain.schedule import Schedule
from tests.contract.test_finding import towns
from tests.worlds import link, node


@given(towns())
def test_a_card_is_read_as_it_was_written(town: Subgraph) -> None:
    for item in items_of(town):
        assert read_card(item.card.written()) == item.card
    assert read_card(NO_CARD.written()) == NO_CARD


@given(towns(), st.integers(0, 90 * 24 * 60))
def test_what_is_open_is_found_by_its_hour(town: Subgraph, minutes: int) -> None:
    moment = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    for item in items_of(town):
        for offer in item.card.offers:
            facts: Properties = {"hours": offer.hours, "open_on_holidays": offer.open_on_holidays}
            if Schedule.read(facts).open_at(moment):
                assert open_at(moment) in item.keys


def _card_of(kind: ItemKind, *records: Record) -> Item:
    return next(item for item in items_of(Subgraph.of(records)) if item.kind == kind)


def test_a_service_is_where_its_host_is_and_open_to_wheels_there() -> None:
    records: list[Record] = [
        node("Organization", "o", name="Kerk", kind="church", valid_to="2027-01-01"),
        node("Service", "s", name="Soep", formality="informal", capacity=2, load=2),
        node("Location", "l", wheelchair=True, masked=True),
        link("PROVIDES", "o", "s"),
        link("LOCATED_AT", "o", "l"),
        link("IN_AREA", "l", "a"),
    ]
    service = _card_of(ItemKind.SERVICE, *records)
    (offer,) = service.card.offers
    assert (offer.wheelchair, offer.has_room, offer.areas) == (True, False, ("a",))
    assert service.card.held == (None, "2027-01-01")
    assert WHEELCHAIR in service.keys
    assert FREE not in service.keys
    host = _card_of(ItemKind.ORGANIZATION, *records)
    # Its area is that of the host, and not told twice.
    assert (host.card.areas, host.card.offers[0].areas) == (("a",), ())


def test_a_volunteer_has_room_as_far_as_they_said() -> None:
    def has_room(most: int | None, capacity: int | None, load: int | None) -> bool:
        person = _card_of(
            ItemKind.VOLUNTEER,
            node("Person", "p", alias="Ans", capacity=most, languages=["ar"]),
            node("Service", "s", name="Maatje", formality="informal", languages=["nl"]),
            link("VOLUNTEERS_FOR", "p", "s", capacity=capacity, load=load),
        )
        (offer,) = person.card.offers
        assert (person.card.name, offer.languages) == ("Ans", ("ar",))
        return offer.has_room

    assert has_room(None, None, None)
    assert has_room(2, 1, 1)
    assert not has_room(1, 5, 1)
    assert not has_room(None, 1, 1)
    assert has_room(None, 2, 1)
