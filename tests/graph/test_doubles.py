"""What may be one and the same: alike by name and by what they share, never by a common word."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.records import Record, Subgraph
from netwerk.graph.doubles import doubles, folded
from tests.worlds import link, node


def pairs(*records: Record) -> list[tuple[str, str]]:
    return [(pair.kept, pair.gone) for pair in doubles(Subgraph.of(records))]


def church(key: str, name: str, **facts: Any) -> Record:
    return node("Organization", key, name=name, kind=facts.pop("kind", "church"), **facts)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"name": "De Lichtkring"}, {"name": "Lichtkring, De (verzonnen)"}, True),
        ({"name": "Café Zonnehof"}, {"name": "cafe  zonnehof"}, True),
        ({"name": "Stichting De Brug"}, {"name": "Brug"}, True),
        ({"name": "Buurtgezinnen Oost"}, {"name": "Buurtgezinnen West"}, False),
        ({"name": "De Lichtkring"}, {"name": "De Regenboog"}, False),
        ({"name": "De Lichtkring", "phone": "1"}, {"name": "VV Noord", "phone": "1"}, False),
        ({"name": "De Lichtkring"}, {"name": "Lichtkring", "kind": "school"}, False),
        (
            {"name": "De Lichtkring", "phone": "0492-12 34 56"},
            {"name": "Lichtkring", "kind": "school", "phone": "+31 492 123456"},
            True,
        ),
        (
            {"name": "Lichtkring Helmond", "email": "A@b.nl"},
            {"name": "Kerk De Lichtkring", "email": "a@B.nl"},
            True,
        ),
        (
            {"name": "Lichtkring", "url": "https://www.licht.example/"},
            {"name": "Kerk De Lichtkring", "url": "licht.example"},
            True,
        ),
        ({"name": "Lichtkring", "url": "http://["}, {"name": "Kerkzaal", "url": "http://["}, False),
        (
            {"name": "De Brug", "source": "DUO", "source_id": "1"},
            {"name": "De Brug", "source": "DUO", "source_id": "2"},
            False,
        ),
        (
            {"name": "De Brug", "source": "DUO", "source_id": "1"},
            {"name": "OBS Brug", "source": "DUO", "source_id": "1"},
            True,
        ),
        (
            {"name": "De Brug", "source": "DUO", "source_id": "1"},
            {"name": "De Brug", "source": "lijst"},
            True,
        ),
    ],
)
def test_two_are_alike_or_not(one: dict[str, str], other: dict[str, str], alike: bool) -> None:
    assert bool(pairs(church("a", **one), church("b", **other))) is alike


def test_where_they_are_counts_for_and_against() -> None:
    near = [
        church("a", "Buurthuis Noord"),
        church("b", "Buurthuis in Noord"),
        node("Location", "la", point=[5.65, 51.48]),
        node("Location", "lb", point=[5.6503, 51.48]),
        link("LOCATED_AT", "a", "la"),
        link("LOCATED_AT", "b", "lb"),
    ]
    assert pairs(*near)
    far = [each for each in near if each.id != "lb"]
    assert not pairs(*far, node("Location", "lb", point=[5.75, 51.48]))


def test_the_same_address_is_a_postcode_with_a_number() -> None:
    def at(one: str, other: str) -> bool:
        return bool(
            pairs(
                church("a", "Lichtkring"),
                church("b", "Kerk Lichtkring"),
                node("Location", "la", postcode="5701 AA", address=one),
                node("Location", "lb", postcode="5701aa", address=other),
                link("LOCATED_AT", "a", "la"),
                link("LOCATED_AT", "b", "lb"),
            )
        )

    assert at("Kerkstraat 1", "Kerkstr. 1")
    assert not at("Kerkstraat 1", "Kerkstraat 2")
    assert not at("Kerkstraat", "Kerkstraat")


def test_persons_are_compared_only_in_a_public_role() -> None:
    records = [
        node("Person", "a", name="Vera Smits"),
        node("Person", "b", name="Vera Smits"),
        node("Person", "c", name="Vera Smits", birth_year=1950),
        node("Person", "d", name="Vera Smits", birth_year=1990),
        church("o", "De Lichtkring"),
    ]
    roles = [link("CONTACT_FOR", key, "o") for key in "acd"]
    assert pairs(*records, *roles) == [("a", "c"), ("a", "d")]


def test_services_are_compared_only_within_one_organization() -> None:
    records = [
        church("o", "De Lichtkring"),
        church("p", "VV Noord"),
        *(node("Service", key, name="Koffie", formality="informal") for key in "abc"),
        link("PROVIDES", "o", "a"),
        link("PROVIDES", "p", "b"),
        link("PROVIDES", "p", "c"),
        link("PROVIDES", "o", "gone"),
    ]
    assert pairs(*records) == [("b", "c")]


def test_what_a_crowd_shares_says_nothing() -> None:
    many = [church(f"o{number:02d}", f"Wijkhuis {number:02d}{number:02d}") for number in range(60)]
    assert pairs(*many) == []


def test_who_was_asked_after_stays() -> None:
    asked = church("b", "De Brug", verified_on="2026-01-01")
    assert pairs(church("a", "De Brug"), asked) == [("b", "a")]


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert folded(folded(name)) == folded(name)
