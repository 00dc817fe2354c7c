"""What people type finds the need they mean."""

import pytest

from netwerk.domain.records import Record
from netwerk.graph.needs import match
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
