"""The short list: order, limits, and what stays of it in a store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.shortlist import LONGEST, MOST, Shortlist, first_name

ANNIE = PersonId(NodeId("annie"))
NAMES = st.sampled_from([NodeId(each) for each in "abcdef"])


def of(*records: str) -> Shortlist:
    kept = Shortlist(person=ANNIE)
    for record in records:
        kept = kept.with_record(NodeId(record))
    return kept


def order(kept: Shortlist) -> str:
    return "".join(item.record for item in kept.items)


def test_things_stand_once_and_in_the_order_of_putting() -> None:
    assert order(of("b", "a", "b", "c")) == "bac"


def test_there_is_an_end_to_it() -> None:
    full = of(*map(str, range(MOST)))
    with pytest.raises(InvalidInputError):
        full.with_record(NodeId("more"))
    assert full.with_record(NodeId("3")) == full


def test_things_move_one_place_and_not_beyond_the_end() -> None:
    kept = of("a", "b", "c")
    assert order(kept.moved(NodeId("c"), -1)) == "acb"
    assert order(kept.moved(NodeId("a"), 1)) == "bac"
    assert order(kept.moved(NodeId("a"), -1)) == "abc"
    assert order(kept.moved(NodeId("c"), 1)) == "abc"
    assert kept.moved(NodeId("z"), 1) == kept


@given(st.lists(NAMES), st.lists(st.tuples(NAMES, st.sampled_from([-1, 1]))))
def test_moving_loses_nothing(records: list[NodeId], moves: list[tuple[NodeId, int]]) -> None:
    kept = of(*records)
    moved = kept
    for record, by in moves:
        moved = moved.moved(record, by)
    assert sorted(order(moved)) == sorted(order(kept))


@given(st.lists(NAMES), st.text(max_size=LONGEST))
def test_what_is_stored_is_read_again(records: list[NodeId], sentence: str) -> None:
    kept = of("a", *records).said(NodeId("a"), sentence)
    again = Shortlist.read(ANNIE, kept.written())
    assert (again.items, again.version) == (kept.items, 1)


@pytest.mark.parametrize("stored", [None, {}, {"items": "x"}, {"items": ["x", {"sentence": "y"}]}])
def test_what_is_no_list_is_an_empty_one(stored: dict[str, object] | None) -> None:
    assert Shortlist.read(ANNIE, stored).items == ()  # type: ignore[arg-type]


def test_a_sentence_is_a_sentence() -> None:
    kept = of("a", "b").said(NodeId("a"), "  Neem \n uw pas mee. ")
    assert [item.sentence for item in kept.items] == ["Neem uw pas mee.", ""]
    with pytest.raises(InvalidInputError):
        kept.said(NodeId("a"), "x" * (LONGEST + 1))
    assert order(kept.without(NodeId("a"))) == "b"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Riet Verstraten", "Riet"),
        ("Riet", "Riet"),
        ("Mevrouw Riet Verstraten", "Riet"),
        ("Mevr. A. Verstraten", ""),
        ("Dhr. R Verstraten", ""),
        ("A.B. Verstraten", ""),
        ("Anne-Marie de Groot", "Anne-Marie"),
        ("Mevrouw", ""),
        ("", ""),
    ],
)
def test_a_first_name_gives_away_no_family(name: str, first: str) -> None:
    assert first_name(name) == first
