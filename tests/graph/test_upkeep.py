"""What asks for attention in the directory: what is old and used first, nothing twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.records import Record, Subgraph
from netwerk.domain.upkeep import FEWEST, ROUNDED, Usage, months_later, rounded
from netwerk.graph import upkeep
from tests.worlds import TODAY, link, node


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def graph(*records: Record) -> Subgraph:
    return Subgraph.of(records)


def organization(key: str, asked: int | None, **facts: str) -> Record:
    on = None if asked is None else ago(asked)
    return node("Organization", key, name=key, verified_on=on, **facts)


def service(key: str, asked: int | None, **facts: str) -> Record:
    on = None if asked is None else ago(asked)
    return node("Service", key, name=key, formality="informal", verified_on=on, **facts)


def test_what_was_asked_after_within_a_year_is_not_asked_again() -> None:
    found = upkeep.stale(graph(organization("o", 364), service("s", 364)), Usage(), TODAY)
    assert found == []
    found = upkeep.stale(graph(organization("o", 365), service("s", 364)), Usage(), TODAY)
    assert [row.node.id for row in found] == ["o"]


def test_one_call_answers_for_a_partner_and_all_that_is_old_of_them() -> None:
    world = graph(
        organization("o", 3),
        service("old", 500),
        service("new", 5),
        service("over", 900, valid_to=ago(1)),
        service("alone", 400),
        link("PROVIDES", "o", "old"),
        link("PROVIDES", "o", "new"),
        link("PROVIDES", "o", "over"),
    )
    first, second = upkeep.stale(world, Usage(), TODAY)
    assert [each.id for each in first.records] == ["o", "old"]
    assert first.oldest == TODAY - timedelta(days=500)
    assert [each.id for each in second.records] == ["alone"]


def test_a_partner_that_stopped_is_not_called() -> None:
    stopped = organization("o", 900, valid_to=TODAY.isoformat())
    world = graph(stopped, service("s", 900), link("PROVIDES", "o", "s"))
    assert upkeep.stale(world, Usage(), TODAY) == []
    ends = organization("o", 900, valid_to=(TODAY + timedelta(days=1)).isoformat())
    assert len(upkeep.stale(graph(ends), Usage(), TODAY)) == 1


def test_what_is_old_and_what_is_used_comes_first() -> None:
    world = graph(organization("a", 400), organization("b", 500), organization("c", None))
    assert [row.node.id for row in upkeep.stale(world, Usage(), TODAY)] == ["c", "b", "a"]
    used = Usage.of({"a": 40}, "2026-11-01")
    rows = upkeep.stale(world, used, TODAY)
    assert [(row.node.id, row.used) for row in rows] == [("a", 40), ("c", None), ("b", None)]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(0, 60)))
def test_a_small_count_is_published_as_no_more_than_that_there_was_one(
    counts: dict[str, int],
) -> None:
    published = Usage.of(counts, "2026-11-01")
    for key, count in counts.items():
        shown = published.shown(key)
        if count < FEWEST:
            assert shown is None
            assert published.counts.get(key, 0) == min(count, 1)
        else:
            assert shown is not None
            assert shown % ROUNDED == 0
            assert abs(shown - count) <= ROUNDED // 2
    assert Usage.read(published.written()) == published


def test_nothing_published_is_nothing_known() -> None:
    assert Usage.read(None) == Usage()
    assert upkeep.unreached(graph(service("s", 3)), Usage(), TODAY) == []


def test_a_service_to_which_no_ask_led_is_named_once_it_was_counted() -> None:
    world = graph(
        organization("o", 3),
        service("never", 3),
        service("once", 3),
        service("over", 3, valid_to=ago(1)),
        service("alone", 3),
        link("PROVIDES", "o", "never"),
    )
    found = upkeep.unreached(world, Usage.of({"once": 1}, "2026-11-01"), TODAY)
    assert [each.service.id for each in found] == ["alone", "never"]
    assert found[0].organization is None
    assert found[1].organization is not None
    assert found[1].organization.id == "o"


@pytest.mark.parametrize(
    ("given_on", "told"),
    [
        (None, False),
        ("2024-02-03", False),
        ("2024-02-02", True),
        ("2023-11-02", True),
        ("2019-01-01", True),
    ],
)
def test_a_certificate_is_told_three_months_before_three_years_are_over(
    given_on: str | None, told: bool
) -> None:
    person = node("Person", "v", name="Vera", vog_on=given_on)
    world = graph(person, service("s", 3), link("VOLUNTEERS_FOR", "v", "s"))
    found = upkeep.certificates(world, TODAY)
    assert [each.person.id for each in found] == (["v"] if told else [])
    if told:
        assert found[0].ends == months_later(date.fromisoformat(given_on or ""), 36)
        assert found[0].tasks == ("s",)


@pytest.mark.parametrize(
    ("most", "tasks", "told"),
    [
        (None, [(None, None)], None),
        (None, [(2, 1)], None),
        (None, [(2, 2)], (2, 2)),
        (None, [(0, 0)], None),
        (2, [(None, 1), (None, 1)], (2, 2)),
        (3, [(None, 1), (None, 1)], None),
        (2, [(5, 1), (1, 2)], (3, 2)),
    ],
)
def test_who_helps_as_many_as_they_can_is_overloaded(
    most: int | None,
    tasks: list[tuple[int | None, int | None]],
    told: tuple[int, int] | None,
) -> None:
    records: list[Record] = [node("Person", "v", name="Vera", capacity=most)]
    for number, (places, taken) in enumerate(tasks):
        records += [
            service(f"s{number}", 3),
            link("VOLUNTEERS_FOR", "v", f"s{number}", capacity=places, load=taken),
        ]
    found = upkeep.overloaded(graph(*records))
    assert [(each.load, each.capacity) for each in found] == ([told] if told else [])


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(on: date, months: int) -> None:
    later = months_later(on, months)
    assert (later.year * 12 + later.month) - (on.year * 12 + on.month) == months
    assert later.day == on.day or (later + timedelta(days=1)).day == 1
    assert later.day <= on.day


@given(st.integers(0, 1000))
def test_rounding_is_to_the_nearest(count: int) -> None:
    assert rounded(count) % ROUNDED == 0
    assert abs(rounded(count) - count) <= ROUNDED // 2
