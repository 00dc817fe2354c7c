"""What people type finds the need they mean."""

import pytest

from netwerk.domain.records import Record
from netwerk.graph.needs import match, meant
from netwerk.schema import load_schema
from netwerk.usecases import needs
from tests.builders import memory_store
from tests.worlds import SCOPE, node

TAXONOMY: list[Record] = [
    node("Need", "money", label_nl="geld en schulden", label_en="money and debts"),
    node(
        "Need",
        "money.debts",
        label_nl="schulden",
        label_en="debts",
        parent="money",
        synonyms_nl=["rood staan", "deurwaarder"],
        synonyms_en=["in the red"],
    ),
    node("Need", "lonely", label_nl="eenzaamheid", label_en="loneliness", synonyms_nl=["een"]),
]
NEEDS = needs.taxonomy(memory_store(TAXONOMY), SCOPE)


def first(typed: str, language: str = "nl") -> str | None:
    found = match(NEEDS, typed, language)
    return found[0].need.id if found else None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Eenzaamheid", "lonely"),
        ("eenz", "lonely"),
        ("eenzaamhied", "lonely"),
        ("ROOD STAAN", "money.debts"),
        ("staan", "money.debts"),
        ("er komt een deurwaarder aan de deur", "money.debts"),
        ("de deurwaardr komt", "money.debts"),
        ("loneliness", "lonely"),
        ("éénzaamheid", "lonely"),
        ("schulden", "money.debts"),
        ("xylofoon", None),
        ("e", None),
        ("  ", None),
        ("?!", None),
    ],
)
def test_words_find_what_they_mean(typed: str, found: str | None) -> None:
    assert first(typed) == found


def test_the_reader_s_language_comes_first() -> None:
    (found,) = match(NEEDS, "in the red", "en")
    assert found.words == "in the red"
    (other,) = match(NEEDS, "in the red", "nl")
    assert other.likeness < found.likeness


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("Schulden", "nl", "money.debts"),
        ("rood  staan", "nl", "money.debts"),
        ("in the red", "en", "money.debts"),
        ("debts", "nl", None),
        ("schulde", "nl", None),
        ("schulden en zo", "nl", None),
        ("", "nl", None),
    ],
)
def test_words_that_are_the_name_of_one_need_mean_it(
    typed: str, language: str, code: str | None
) -> None:
    found = meant(NEEDS, typed, language, load_schema())
    assert (found.id if found else None) == code


def test_a_word_for_two_needs_or_for_a_kind_of_organization_means_no_need() -> None:
    more = [
        node("Need", "one", label_nl="kerk", label_en="church"),
        node("Need", "two", label_nl="schulden", label_en="debts"),
    ]
    every = needs.taxonomy(memory_store([*TAXONOMY, *more]), SCOPE)
    assert meant(every, "kerk", "nl", load_schema()) is None
    assert meant(every, "schulden", "nl", load_schema()) is None
