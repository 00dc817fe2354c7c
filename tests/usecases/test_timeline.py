"""Through time: by month, so many months at once, and the pictures of before and after."""

from datetime import date, timedelta

from netwerk.domain.records import Record, Subgraph
from netwerk.graph.file import PersonFile
from netwerk.graph.timeline import Kind
from netwerk.usecases import timeline
from tests.worlds import INHABITANT, TODAY, link, node

JUNE = date(2026, 6, 1)


def file(*, days: int = 0) -> PersonFile:
    notes = [
        node("DomainNote", f"d{n}", domain="n", goes="well", told_on=str(JUNE - timedelta(days=n)))
        for n in range(days)
    ]
    records: list[Record] = [
        node("Person", "p0", name="Mijn"),
        node("Person", "p1", name="Ans"),
        node("Case", "c", opened_on="2026-10-15", safety="none"),
        link("CONCERNS", "c", "p0"),
        link("TIE", "p0", "p1", "t", owner="p0", kind="friend", valid_from="2026-11-01"),
        link("TIE", "p0", "p1", "u", owner="p0", kind="friend", valid_to="2026-02-28"),
        *notes,
        *(link("KEPT_IN", note.id, "c") for note in notes),
    ]
    return PersonFile(Subgraph.of(records), INHABITANT, TODAY)


def test_a_month_with_a_change_has_the_days_before_and_after_it() -> None:
    found = timeline.of_file(file())
    assert [(month.first, month.pictures) for month in found.months] == [
        (date(2026, 11, 1), (date(2026, 10, 31), TODAY)),
        (date(2026, 10, 1), None),
        (date(2026, 2, 1), (date(2026, 1, 31), date(2026, 2, 28))),
    ]
    assert found.earlier is None


def test_one_kind_is_shown_apart() -> None:
    (month,) = timeline.of_file(file(), Kind.TEAM).months
    assert [each.what for each in month.every] == ["opened"]


def test_whole_months_are_shown_until_it_is_enough_and_the_rest_follows() -> None:
    long = file(days=300)
    first = timeline.of_file(long)
    assert sum(len(month.every) for month in first.months) >= timeline.AT_ONCE
    assert first.earlier is not None
    second = timeline.of_file(long, until=first.earlier)
    months = [month.first for month in (*first.months, *second.months)]
    assert second.months[0].first == first.earlier
    assert months == sorted(set(months), reverse=True)
    third = timeline.of_file(long, until=second.earlier)
    shown = sum(len(m.every) for m in (*first.months, *second.months, *third.months))
    assert shown == 300 + 3
