"""One line as people say it: understood where it can be, and nothing of it lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.graph.spoken import Understood, understood
from netwerk.schema import load_schema

SCHEMA = load_schema()
SPOKEN = SCHEMA.spoken
PHRASES = sorted(
    phrase
    for what in ("kind", "contact", "closeness", "support", "valence")
    for phrases in getattr(SPOKEN, what).values()
    for phrase in phrases
)
words = st.sampled_from(
    [*PHRASES, "Ans", "meneer Aydin", "op", "dinsdag", "מרים", "👩\u200d👧", "Zus", "=1+1", "<b>"]
) | st.text(max_size=12)
lines = st.lists(words, max_size=8).flatmap(
    lambda said: st.lists(
        st.sampled_from([" ", ", ", "; ", "\n", " , ,"]), min_size=len(said), max_size=len(said)
    ).map(lambda between: "".join(a + b for a, b in zip(said, between, strict=True)))
)


def heard(line: str) -> Understood:
    return understood(line, SPOKEN)


def loose(text: str) -> list[str]:
    """Return the words of a text, without capitals and what stands around them."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)
    found = (
        word.strip(" .!?:\"'“”\u2018\u2019()").casefold() for word in re.split(r"[\s,;]+", text)
    )
    return [word for word in found if word]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "buurvrouw Ans, dagelijks, koffie",
            {
                "name": "Ans",
                "called": "buurvrouw",
                "kind": "neighbour",
                "contact": "daily",
                "support": ("companionship",),
            },
        ),
        ("buurvrouw", {"name": "buurvrouw", "called": "buurvrouw", "kind": "neighbour"}),
        ("Buurvrouw Ans dagelijks koffie", {"name": "Ans", "contact": "daily"}),
        (
            "Karin, dochter, een keer per week, boodschappen en advies",
            {
                "name": "Karin",
                "kind": "child",
                "contact": "weekly",
                "support": ("instrumental", "informational"),
                "remark": "boodschappen en advies",
            },
        ),
        ("meneer Aydin", {"name": "meneer Aydin", "kind": None, "called": ""}),
        ("tante Zus, af en toe", {"name": "Zus", "kind": "other_family"}),
        (
            "vriendin Roos, koffie op dinsdag",
            {"name": "Roos", "support": ("companionship",), "remark": "koffie op dinsdag"},
        ),
        (
            "zoon Piet, woont in Leeuwarden, ruzie, ver weg",
            {
                "lives_with": False,
                "remark": "woont in Leeuwarden",
                "valence": "stressful",
                "closeness": 1,
            },
        ),
        ("Ans, vriendin, buurvrouw", {"kind": "friend", "remark": "buurvrouw"}),
        ("mijn man Jan, woont hier", {"name": "Jan", "kind": "partner", "lives_with": True}),
        ("dochter Karin, mantelzorger", {"kind": "child", "called": "dochter", "carer": True}),
        (
            "mantelzorger Ans",
            {"name": "Ans", "kind": None, "called": "mantelzorger", "carer": True},
        ),
        ("mantelzorger, buurvrouw", {"name": "buurvrouw", "kind": "neighbour", "carer": True}),
        ("", {"name": "", "kind": None, "remark": "", "carer": False}),
    ],
)
def test_lines_are_understood(line: str, expected: dict[str, object]) -> None:
    found = heard(line)
    assert {key: getattr(found, key) for key in expected} == expected


@given(line=lines)
def test_nothing_that_was_said_is_dropped(line: str) -> None:
    found = heard(line)
    kept = loose(" ".join([found.name, found.remark, *found.phrases]))
    assert set(loose(line)) - set(SPOKEN.small) <= set(kept)


@given(line=lines)
def test_only_values_that_exist_come_out(line: str) -> None:
    found = heard(line)
    known = SCHEMA.vocabularies
    assert found.kind is None or found.kind in known["tie_kind"].values
    assert found.contact is None or found.contact in known["contact"].values
    assert found.valence is None or found.valence in known["valence"].values
    assert found.closeness is None or 1 <= found.closeness <= 5
    assert set(found.support) <= set(known["support"].values)
    assert len(set(found.support)) == len(found.support)


@given(line=lines)
def test_what_was_understood_is_said_again_the_same(line: str) -> None:
    found = heard(line)
    if found.called and found.name and found.name != found.called:
        again = heard(f"{found.called}, {found.name}")
        assert again.kind == found.kind


@pytest.mark.parametrize("phrase", SPOKEN.chips)
def test_every_chip_is_a_kind(phrase: str) -> None:
    assert heard(phrase).kind is not None


def test_a_phrase_means_one_thing() -> None:
    assert [each for each in PHRASES if PHRASES.count(each) > 1] == []
