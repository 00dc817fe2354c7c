"""What a tie was stays known when something else is told of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from netwerk.domain.records import Relationship, words
from netwerk.domain.ties import Approach, Tie, told_anew
from tests.worlds import link

BEGAN, CHANGED, LATER = date(2026, 1, 1), date(2026, 6, 1), date(2026, 9, 1)


def stored(kind: str = "TIE", **facts: Any) -> Relationship:
    made = link(kind, "p0", "p1", "t", owner="p0", kind="friend", closeness=2, **facts)
    assert isinstance(made, Relationship)
    return replace(made, version=1)


def close(record: Relationship, on: date) -> int | None:
    return Tie.from_relationship(record).as_on(on).closeness


def test_an_earlier_day_shows_the_tie_as_it_was() -> None:
    once = told_anew(stored(), CHANGED, {"closeness": 4})
    twice = told_anew(once, LATER, {"closeness": 5})
    days = (BEGAN, CHANGED, LATER)
    assert [close(twice, day) for day in days] == [2, 4, 5]


def test_of_one_day_only_what_was_before_it_is_kept() -> None:
    once = told_anew(stored(), CHANGED, {"closeness": 4})
    again = told_anew(once, CHANGED, {"closeness": 1})
    assert (close(again, BEGAN), close(again, CHANGED)) == (2, 1)


def test_a_yes_taken_back_does_not_come_back_with_an_earlier_day() -> None:
    asked = stored(approach="may_ask")
    back = told_anew(asked, CHANGED, {"approach": "do_not_approach"})
    assert Tie.from_relationship(back).as_on(BEGAN).approach is Approach.DO_NOT_APPROACH


def test_nothing_is_kept_where_nothing_else_was_told() -> None:
    new = replace(stored(), version=0)
    unchanged = told_anew(stored(), CHANGED, {"called": "Ans"})
    part = told_anew(stored("TAKES_PART"), CHANGED, {"closeness": 3})
    for record in (unchanged, told_anew(new, CHANGED, {"closeness": 3}), part):
        assert words(record.properties, "earlier") == ()
