"""Finding partners: what is asked is found, by whoever may, and nobody's home is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.directory import Formality
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point, Record
from netwerk.schema import load_schema
from netwerk.usecases import finding
from netwerk.usecases.finding import Asked, Facet, Found, Order
from tests.builders import memory_store
from tests.worlds import link, node

TODAY = date(2026, 11, 3)  # a tuesday
NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
HOME: Point = (5.65003, 51.48007)
SQUARE = [[5.64, 51.47], [5.66, 51.47], [5.66, 51.49], [5.64, 51.49], [5.64, 51.47]]


def scope(viewer: str = "w0", subject: str | None = None) -> Scope:
    return Scope(
        viewer=WorkerId(NodeId(viewer)),
        purpose=Purpose.SUPPORT,
        as_of=TODAY,
        subject=PersonId(NodeId(subject)) if subject else None,
    )


def needs() -> list[Record]:
    return list(load_schema().need_nodes())


def town() -> list[Record]:
    """Return a church and a welfare organization with what they offer, and colleagues."""
    return [
        *needs(),
        node("Team", "t0", name="Noord"),
        *(node("Worker", w, role="worker", name=w.upper()) for w in ("w0", "w1", "w2")),
        node("Worker", "c", role="coordinator", name="C"),
        node("Worker", "r", role="reviewer", name="R"),
        node("Worker", "a", role="administrator", name="A"),
        link("MEMBER_OF", "w0", "t0"),
        link("MEMBER_OF", "w1", "t0"),
        node("Person", "p0", name="Zij", point=list(HOME)),
        node("Case", "k0", question="?"),
        link("CONCERNS", "k0", "p0"),
        link("LEADS", "w0", "k0"),
        node("Area", "wijk", code="W1", name="Noord", level="district"),
        node(
            "Area",
            "buurt",
            code="B1",
            name="Hier",
            level="neighbourhood",
            polygon={"type": "Polygon", "coordinates": [SQUARE]},
        ),
        link("PART_OF", "buurt", "wijk"),
        node(
            "Organization",
            "church",
            name="Sint Jozefkerk",
            kind="church",
            verified_on="2026-06-01",
        ),
        node("Location", "nave", name="Kerkzaal", point=[5.651, 51.48], wheelchair=True),
        link("LOCATED_AT", "church", "nave"),
        link("IN_AREA", "nave", "buurt"),
        node("Person", "pastor", name="Bram Molenaar", phone="06-privé", address="Thuis 1"),
        link("CONTACT_FOR", "pastor", "church", role="pastor", phone="0492-1", email="p@k.nl"),
        link("ACQUAINTED", "w1", "pastor", warmth="warm", last_met="2026-10-01"),
        node(
            "Service",
            "coffee",
            name="Koffieochtend",
            formality="informal",
            delivery="on_site",
            hours=["tu 10:00-12:00"],
            payment="free",
            languages=["nl", "ar"],
            description="Gezellig samen",
        ),
        link("PROVIDES", "church", "coffee"),
        link("LOCATED_AT", "coffee", "nave"),
        link("ADDRESSES", "coffee", "social.loneliness"),
        node("Organization", "welfare", name="Welzijn De Brug", kind="welfare"),
        node("Location", "bridge", name="De Brug", point=[5.67, 51.48], address="Brugstraat 1"),
        link("LOCATED_AT", "welfare", "bridge"),
        link("ACQUAINTED", "w0", "welfare", warmth="cold"),
        link("ACQUAINTED", "w2", "church", warmth="warm"),
        node(
            "Service",
            "debts",
            name="Spreekuur schuldhulp",
            formality="general",
            delivery="on_site",
            capacity=4,
            load=4,
            age_min=18,
            verified_on="2025-01-01",
        ),
        link("PROVIDES", "welfare", "debts"),
        link("ADDRESSES", "debts", "money.debts"),
        node("Service", "buddy", name="Maatje aan huis", formality="informal", delivery="at_home"),
        link("PROVIDES", "welfare", "buddy"),
        link("ADDRESSES", "buddy", "social.loneliness"),
        node("Service", "chat", name="Praatlijn", formality="general", delivery="online"),
        link("PROVIDES", "welfare", "chat"),
        node("Service", "old", name="Opgeheven", formality="general", valid_to="2026-01-01"),
        link("PROVIDES", "welfare", "old"),
        node(
            "Person",
            "riet",
            name="Riet Verstraten",
            point=[5.6543, 51.4876],
            address="Lindenlaan 12",
            phone="06-1",
            languages=["tr"],
            willing_to_help=True,
            capacity=1,
        ),
        link("VOLUNTEERS_FOR", "riet", "buddy", load=1),
        link("ADDRESSES", "riet", "mobility.transport"),
    ]


def find(asked: Asked, who: Scope | None = None, more: Iterable[Record] = ()) -> Found:
    store = memory_store([*town(), *more])
    return finding.find(store, who or scope(), asked, load_schema(), NOW)


def names(found: Found) -> list[str]:
    return [hit.name for hit in found.hits]


NEAR = Asked(point=HOME)


def test_near_by_comes_first_and_what_comes_to_you_last() -> None:
    assert names(find(NEAR)) == [
        "Koffieochtend",
        "Sint Jozefkerk",
        "Bram Molenaar",
        "Riet Verstraten",
        "Spreekuur schuldhulp",
        "Welzijn De Brug",
        "Maatje aan huis",
        "Praatlijn",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("schulden", "Spreekuur schuldhulp"),
        ("deurwaarder", "Spreekuur schuldhulp"),
        ("ik sta rood en er komt een deurwaarder", "Spreekuur schuldhulp"),
        ("rood staan", "Spreekuur schuldhulp"),
        ("pastor", "Bram Molenaar"),
        ("kerk", "Sint Jozefkerk"),
        ("koffi", "Koffieochtend"),
        ("kofieochtend", "Koffieochtend"),
        ("spreekuren", "Spreekuur schuldhulp"),
        ("BRÚG", "Welzijn De Brug"),
        ("riet", "Riet Verstraten"),
        ("vervoer", "Riet Verstraten"),
        ("de brug schulden", "Welzijn De Brug"),
        ("de", "Welzijn De Brug"),
        ("xylofoon", None),
    ],
)
def test_words_find_what_they_mean(typed: str, first: str | None) -> None:
    found = find(replace(NEAR, typed=typed, order=Order.RELEVANCE))
    assert next(iter(names(found)), None) == first


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"needs": ["social"]}, "coffee church pastor riet welfare buddy"),
        ({"needs": ["money.debts"]}, "debts welfare"),
        ({"kinds": [ItemKind.VOLUNTEER]}, "riet"),
        ({"organization_kinds": ["church"]}, "coffee church pastor"),
        ({"formalities": [Formality.GENERAL]}, "debts welfare chat"),
        ({"payments": ["free"]}, "coffee church pastor"),
        ({"languages": ["ar"]}, "coffee church pastor"),
        ({"languages": ["tr"]}, "riet"),
        ({"age": 17, "kinds": [ItemKind.SERVICE]}, "coffee buddy chat"),
        ({"wheelchair": True}, "coffee church pastor riet welfare buddy chat"),
        ({"open_at": NOW}, "coffee church pastor"),
        ({"open_at": datetime(2026, 11, 3, 12, tzinfo=UTC)}, ""),
        ({"free": True}, "coffee church pastor welfare buddy chat"),
        ({"verified_since": date(2026, 6, 1)}, "coffee? church pastor"),
        ({"known": ["warm"]}, "coffee church pastor"),
        ({"known": ["cold"]}, "debts welfare buddy chat"),
        ({"radius": 500.0}, "coffee church pastor riet? buddy chat"),
        ({"languages": ["ar"], "formalities": [Formality.GENERAL]}, ""),
        ({"point": None, "area": "buurt"}, "coffee church pastor riet?"),
        ({"point": None, "area": "wijk"}, "coffee church pastor"),
        ({"area": "buurt", "kinds": [ItemKind.SERVICE]}, "coffee"),
    ],
)
def test_a_filter_leaves_what_is_asked(asked: dict[str, Any], found: str) -> None:
    many: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in asked.items()}
    hits = {hit.node for hit in find(replace(NEAR, **many)).hits}
    assert hits == {each for each in found.split() if not each.endswith("?")} | (
        hits & {each.rstrip("?") for each in found.split() if each.endswith("?")}
    )


def test_of_an_inhabitant_s_home_only_the_distances_are_told_and_the_look_is_logged() -> None:
    store = memory_store(town())
    found = finding.find(store, scope(subject="p0"), Asked(), load_schema(), NOW)
    assert names(found) == names(find(NEAR))
    assert str(HOME[0]) not in repr(found)
    assert str(HOME[1]) not in repr(found)
    assert [entry.event.action for entry in store.audit_entries()] == ["find-near"]
    finding.find(store, scope(), NEAR, load_schema(), NOW)
    assert len(list(store.audit_entries())) == 1


@pytest.mark.parametrize("viewer", ["w2", "c", "r"])
def test_near_an_inhabitant_needs_access_to_their_file(viewer: str) -> None:
    with pytest.raises(NotVisibleError):
        find(Asked(), scope(viewer, "p0"))


def test_an_inhabitant_without_a_home_on_the_map_is_said_in_words() -> None:
    records: list[Record] = [
        node("Person", "p1", name="Hij"),
        node("Case", "k1", question="?"),
        link("CONCERNS", "k1", "p1"),
        link("LEADS", "w0", "k1"),
    ]
    with pytest.raises(InvalidInputError, match="not known where they live"):
        find(Asked(), scope(subject="p1"), records)


def test_who_sees_no_volunteers_finds_none_and_who_reads_no_directory_nothing() -> None:
    assert "Riet Verstraten" not in names(find(NEAR, scope("r")))
    assert ItemKind.VOLUNTEER not in find(NEAR, scope("r")).facets[Facet.KIND]
    assert "Riet Verstraten" in names(find(NEAR, scope("c")))
    assert "Riet Verstraten" in names(find(NEAR, replace(scope(), viewer=OPERATOR)))
    for nobody in ("a", "church", "gone"):
        with pytest.raises(NotAllowedError):
            find(NEAR, scope(nobody))


def test_a_volunteer_is_found_without_home_or_telephone() -> None:
    (hit,) = find(replace(NEAR, kinds=frozenset({ItemKind.VOLUNTEER}))).hits
    assert (hit.place, hit.phone, hit.distance_m) == (None, None, 1000.0)
    assert [each.name for each in hit.offers] == ["Maatje aan huis"]
    assert not hit.has_room
    for secret in ("5.6543", "51.4876", "Lindenlaan", "06-1"):
        assert secret not in repr(hit)


def test_distance_tells_the_same_wherever_in_their_cell_a_volunteer_lives() -> None:
    moved = [r for r in town() if r.id != "riet"]
    for at in ([5.6527, 51.4851], [5.6597, 51.4899]):
        riet = node("Person", "riet", name="Riet Verstraten", point=at)
        store = memory_store([riet, *moved])
        for origin in ((5.65, 51.48), (5.6, 51.5), tuple(at)):
            asked = Asked(point=(origin[0], origin[1]), kinds=frozenset({ItemKind.VOLUNTEER}))
            (hit,) = finding.find(store, scope(), asked, load_schema(), NOW).hits
            assert hit.distance_m is not None
            assert hit.distance_m >= 500
            assert hit.distance_m % 500 == 0


def test_a_masked_address_is_found_by_name_and_nowhere_else() -> None:
    shelter: list[Record] = [
        node("Organization", "shelter", name="Opvang Veilig", kind="specialist_provider"),
        node(
            "Location",
            "secret",
            name="Schuilplaats",
            masked=True,
            address="S 1",
            point=[5.65, 51.48],
        ),
        link("LOCATED_AT", "shelter", "secret"),
    ]
    (hit,) = find(replace(NEAR, typed="opvang"), more=shelter).hits
    assert hit.distance_m is None
    assert hit.place is not None
    assert (hit.place.masked, hit.place.address, hit.place.point) == (True, "", None)
    assert not find(replace(NEAR, typed="schuilplaats"), more=shelter).hits


def test_a_contact_person_is_reached_in_their_role() -> None:
    (hit,) = find(replace(NEAR, kinds=frozenset({ItemKind.CONTACT}))).hits
    assert (hit.role, hit.phone, hit.email, hit.description) == ("pastor", "0492-1", "p@k.nl", None)
    assert "06-privé" not in repr(hit)
    assert "Thuis 1" not in repr(hit)
    assert [(a.name, a.warmth) for a in hit.acquaintances] == [("W1", "warm")]


def test_counts_are_of_what_the_other_filters_leave() -> None:
    found = find(replace(NEAR, kinds=frozenset({ItemKind.SERVICE}), payments=frozenset({"free"})))
    assert names(found) == ["Koffieochtend"]
    assert found.facets[Facet.KIND] == {"service": 1, "organization": 1, "contact": 1}
    assert found.facets[Facet.PAYMENT] == {"free": 1}
    assert found.facets[Facet.NEED] == {"social": 1, "social.loneliness": 1}
    assert found.facets[Facet.OPEN] == {"yes": 1}
    assert (found.total, found.more, found.counted_all) == (1, False, True)


def test_who_is_known_best_stands_first_when_that_is_asked() -> None:
    found = names(find(replace(NEAR, order=Order.WARMTH)))
    assert found[:3] == ["Koffieochtend", "Sint Jozefkerk", "Bram Molenaar"]
    assert found.index("Welzijn De Brug") < found.index("Riet Verstraten")


def test_what_cannot_be_asked_is_said_in_words() -> None:
    with pytest.raises(InvalidInputError, match="at least one"):
        find(replace(NEAR, most=0))
    for area in ("nowhere", "church"):
        with pytest.raises(InvalidInputError, match="not known"):
            find(replace(NEAR, area=NodeId(area)))


def test_a_day_off_is_closed() -> None:
    christmas = datetime(2029, 12, 25, 10, 0, tzinfo=UTC)  # a tuesday
    assert not find(replace(NEAR, open_at=christmas)).hits


def test_only_the_first_are_shown_and_all_are_counted() -> None:
    found = find(replace(NEAR, most=2))
    assert (len(found.hits), found.total, found.more) == (2, 8, False)


def test_what_comes_to_you_says_so() -> None:
    comes = {hit.name for hit in find(NEAR).hits if hit.comes_to_you}
    assert comes == {"Maatje aan huis", "Praatlijn"}


def test_what_is_open_and_for_whom_is_asked_of_one_and_the_same_offer() -> None:
    """A church that is open for coffee, and helps with debts at another hour."""
    debts: list[Record] = [
        node("Service", "debts2", name="Schulden", formality="general", hours=["fr 10:00-12:00"]),
        link("PROVIDES", "church", "debts2"),
        link("ADDRESSES", "debts2", "money.debts"),
    ]
    lonely = Asked(needs=frozenset({NeedId(NodeId("social.loneliness"))}), open_at=NOW)
    in_debt = replace(lonely, needs=frozenset({NeedId(NodeId("money.debts"))}))
    assert "Sint Jozefkerk" in names(find(lonely, more=debts))
    assert "Sint Jozefkerk" not in names(find(in_debt, more=debts))
    assert "Sint Jozefkerk" in names(find(replace(in_debt, open_at=None), more=debts))


def test_where_nothing_can_be_found_every_facet_is_there_and_empty() -> None:
    nothing = Found.nothing()
    assert (nothing.hits, nothing.total, nothing.more) == ((), 0, False)
    assert nothing.facets == {facet: {} for facet in Facet}
