"""Opening hours: written one way, and true to the minute, also when the clock is changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import END_OF_DAY, Hours, Line
from netwerk.domain.records import Properties
from netwerk.domain.schedule import HERE, LOOK_AHEAD, Schedule, next_time

FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
MONDAY = date(2026, 11, 2)
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    # Half of them around the hour at which clocks are changed.
    first, last = draw(st.sampled_from([(0, END_OF_DAY), (90, 210)]))
    opens = draw(st.integers(first, last - 1))
    return Hours(opens=opens, closes=draw(st.integers(opens + 1, last)))


@st.composite
def lines(draw: st.DrawFn, near: date = BACK) -> Line:
    times = tuple(sorted(draw(st.sets(hours(), min_size=1, max_size=2))))
    kind = draw(st.sampled_from(["weekly", "weekly", "monthly", "once"]))
    if kind == "once":
        return Line(hours=times, on=near + timedelta(days=draw(st.integers(-2, 2))))
    if kind == "monthly":
        weeks = draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), min_size=1))
        which = tuple(sorted(weeks, key=lambda n: (n < 0, n)))
        return Line(hours=times, weekdays=(near.weekday(),), which=which)
    days = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)) | {near.weekday()}))
    return Line(hours=times, weekdays=days)


def schedules(near: date = BACK) -> st.SearchStrategy[Schedule]:
    return st.builds(
        Schedule,
        lines=st.lists(lines(near), max_size=3).map(tuple),
        open_on_holidays=st.booleans(),
    )


def minutes_of(day: date) -> Iterator[datetime]:
    """Yield every minute that a day really has: 23, 24 or 25 hours of them."""
    at = datetime.combine(day, time(), HERE).astimezone(UTC)
    while at.astimezone(HERE).date() == day:
        yield at
        at += timedelta(minutes=1)


def is_open(schedule: Schedule, at: datetime, holidays: frozenset[date]) -> bool:
    """Say so line by line, without the help of anything that is tested."""
    here = at.astimezone(HERE)
    day, clock = here.date(), f"{here:%H:%M}"
    for line in schedule.lines:
        if line.on is None and day in holidays and not schedule.open_on_holidays:
            continue
        if _about(line, day) and any(
            _written(each.opens) <= clock < _written(each.closes) for each in line.hours
        ):
            return True
    return False


def _about(line: Line, day: date) -> bool:
    if line.on is not None or day.weekday() not in line.weekdays:
        return line.on == day
    month = [day.replace(day=n) for n in range(1, 29)]
    month += [d for n in (1, 2, 3) if (d := month[-1] + timedelta(days=n)).month == day.month]
    alike = [each for each in month if each.weekday() == day.weekday()]
    return not line.which or any(
        alike[n - 1 if n > 0 else n] == day for n in line.which if n <= len(alike)
    )


def _written(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@given(lines())
def test_what_is_written_is_read_back_the_same(line: Line) -> None:
    assert Line.parse(str(line)) == line


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("tu 10:00-12:00", "tu 10:00-12:00"),
        ("  Di 10-12 uur ", "tu 10:00-12:00"),
        ("ma - vr  9:00 \u2013 17.30", "mo-fr 09:00-17:30"),
        ("vr-ma 9-10", "mo,fr-su 09:00-10:00"),
        ("maandag, woensdag 9:00-12:00, 13:00-17:00", "mo,we 09:00-12:00,13:00-17:00"),
        ("mo[1, 3 ] 14:00-16:00", "mo[1,3] 14:00-16:00"),
        ("zo[-1] 20-24", "su[-1] 20:00-24:00"),
        ("2026-12-05 19:00-21:00", "2026-12-05 19:00-21:00"),
        ("ma,di 9-10", "mo,tu 09:00-10:00"),
        ("di,ma,di 9-10,9-10", "mo,tu 09:00-10:00"),
    ],
)
def test_hours_may_be_typed_loosely(typed: str, stored: str) -> None:
    assert str(Line.parse(typed)) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *["", "ma", "10:00-12:00", "ma 10:00", "xx 10:00-12:00", "ma-xx 10:00-12:00"],
        *["ma 25:00-26:00", "ma 10:60-12:00", "ma 12:00-12:00", "ma 12:00-10:00"],
        *["ma 20:00-24:01", "2026-02-30 10:00-11:00", "1026-02-03 10:00-11:00"],
        *["ma[0] 10-11", "ma[6] 10-11", "ma[] 10-11", "ma[1,] 10-11", "ma-vr[1] 10-11"],
        *["ma 10:00-12:00 13:00-14:00", "ma " + "9-10," * 60 + "9-10", "\u00b2 10-11", "ma 9-"],
        *["ma[1,9] 10-11", "xx[1] 10-11"],
    ],
)
def test_what_is_no_opening_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(InvalidInputError, match=r"09:00-17:00|after the start"):
        Line.parse(typed)


def test_an_empty_line_is_left_out_and_a_wrong_one_in_the_store_says_nothing() -> None:
    assert Schedule.parse([" ", "ma 9-10"]).written() == ["mo 09:00-10:00"]
    with pytest.raises(InvalidInputError):
        Schedule.parse(["op werkdagen"])
    lines = ["op werkdagen", "mo 09:00-10:00"]
    stored: Properties = {"hours": lines, "open_on_holidays": True}
    assert Schedule.read(stored) == Schedule.parse(["ma 9-10"], open_on_holidays=True)


@pytest.mark.parametrize("day", [FORWARD, BACK, MONDAY, date(2026, 12, 25), date(2028, 2, 29)])
@settings(max_examples=15)
@given(data=st.data())
def test_open_is_what_the_lines_say_minute_by_minute(day: date, data: st.DataObject) -> None:
    schedule = data.draw(schedules(day))
    every = list(minutes_of(day))
    truth = [is_open(schedule, at, CHRISTMAS) for at in every]
    assert [schedule.open_at(at, CHRISTMAS) for at in every] == truth
    spans = [(o.starts, o.ends) for o in schedule.openings(day, CHRISTMAS)]
    assert [any(a <= at < b for a, b in _in_utc(spans)) for at in every] == truth
    for at in every[::97]:
        current = schedule.opening_at(at, CHRISTMAS)
        assert (current is not None) is is_open(schedule, at, CHRISTMAS)


def _in_utc(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return [(a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans]


@pytest.mark.parametrize("day", [FORWARD, BACK])
@settings(max_examples=15)
@given(data=st.data())
def test_the_next_opening_is_the_first_moment_at_which_it_opens(
    day: date, data: st.DataObject
) -> None:
    schedule = data.draw(schedules(day))
    before = day - timedelta(days=1)
    every = [at for each in (before, day, day + timedelta(days=1)) for at in minutes_of(each)]
    asked = every[data.draw(st.integers(0, len(every) - 1))]
    found = schedule.next_opening(asked)
    expected = next(
        (
            now
            for last, now in pairwise(every)
            if now > asked
            and is_open(schedule, now, frozenset())
            and not (
                is_open(schedule, last, frozenset())
                # At midnight an opening ends: the next day's begins anew.
                and last.astimezone(HERE).date() == now.astimezone(HERE).date()
            )
        ),
        None,
    )
    if expected is None:
        assert found is None or found.starts.astimezone(UTC) > every[-1]
    else:
        assert found is not None
        assert found.starts.astimezone(UTC) == expected


@pytest.mark.parametrize("which", [1, 2, 3, 4, 5, -1, -2])
@pytest.mark.parametrize("weekday", [0, 6])
def test_the_first_and_the_last_of_a_month_are_those_of_the_calendar(
    which: int, weekday: int
) -> None:
    line = Line(hours=(Hours(opens=0, closes=1),), weekdays=(weekday,), which=(which,))
    for ahead in range(1500):
        day = date(2024, 1, 1) + timedelta(days=ahead)
        assert line.held_on(day) is _about(line, day), day


def test_hours_that_touch_are_one_opening() -> None:
    (whole,) = Schedule.parse(["mo 09:00-12:00", "mo 12:00-13:00", "mo 09:30-10:00"]).openings(
        MONDAY
    )
    assert (whole.starts.hour, whole.ends.hour) == (9, 13)


def test_holidays_are_closed_unless_told_otherwise_or_meant() -> None:
    christmas = datetime(2026, 12, 25, 10, 0, tzinfo=HERE)
    lines = ["fr 09:00-12:00"]
    assert Schedule.parse(lines).open_at(christmas)
    assert not Schedule.parse(lines).open_at(christmas, CHRISTMAS)
    assert Schedule.parse(lines, open_on_holidays=True).open_at(christmas, CHRISTMAS)
    meant = Schedule.parse([*lines, "2026-12-25 09:30-11:00"])
    assert meant.open_at(christmas, CHRISTMAS)
    assert not meant.open_at(christmas + timedelta(hours=1, minutes=30), CHRISTMAS)


def test_the_next_opening_skips_a_holiday_and_finds_a_day_far_ahead() -> None:
    friday = datetime(2026, 12, 24, 12, 0, tzinfo=HERE)
    after = Schedule.parse(["fr 09:00-12:00"]).next_opening(friday, CHRISTMAS)
    assert after is not None
    assert after.starts.date() == date(2027, 1, 1)
    far = MONDAY + timedelta(days=LOOK_AHEAD + 50)
    once = Schedule.parse([f"{far.isoformat()} 19:00-21:00"])
    found = once.next_opening(friday)
    assert found is not None
    assert found.starts.date() == far
    assert Schedule().next_opening(friday) is None
    assert Schedule().opening_at(friday) is None


def test_the_hour_that_is_there_twice_counts_twice() -> None:
    night = Schedule.parse(["su 02:00-03:00"])
    assert sum(night.open_at(at) for at in minutes_of(BACK)) == 120
    assert sum(night.open_at(at) for at in minutes_of(FORWARD)) == 0
    (only,) = night.openings(BACK)
    assert only.ends.astimezone(UTC) - only.starts.astimezone(UTC) == timedelta(hours=2)


def test_a_weekday_and_hour_mean_the_first_such_moment() -> None:
    monday = datetime(2026, 11, 2, 10, 0, tzinfo=HERE)
    assert next_time(0, 600, monday) == monday
    assert next_time(0, 599, monday) == datetime(2026, 11, 9, 9, 59, tzinfo=HERE)
    assert next_time(6, 0, monday) == datetime(2026, 11, 8, tzinfo=HERE)
