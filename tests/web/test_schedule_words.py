"""Opening hours as people say them."""

from datetime import datetime

import pytest
from flask import Flask

from netwerk.domain.schedule import HERE, Schedule
from netwerk.web.presenters import schedule as presenter

TUESDAY = datetime(2026, 11, 3, 11, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("line", "dutch", "english"),
    [
        ("tu 10:00-12:00", "dinsdag van 10 tot 12 uur", "Tuesday from 10:00 to 12:00"),
        (
            "mo-fr 09:00-12:30,13:00-17:00",
            "maandag tot en met vrijdag van 9 tot 12.30 uur en van 13 tot 17 uur",
            "Monday to Friday from 9:00 to 12:30 and from 13:00 to 17:00",
        ),
        ("mo,we 09:00-12:00", "maandag en woensdag van 9 tot 12 uur", None),
        ("mo,tu 09:00-12:00", "maandag en dinsdag van 9 tot 12 uur", None),
        (
            "mo-tu,fr-su 9-10",
            "maandag, dinsdag, vrijdag, zaterdag en zondag van 9 tot 10 uur",
            None,
        ),
        ("mo-su 09:00-24:00", "elke dag van 9 tot 24 uur", "every day from 9:00 to 24:00"),
        (
            "mo[1,-1] 14:00-16:00",
            "de eerste en laatste maandag van de maand van 14 tot 16 uur",
            "the first and last Monday of the month from 14:00 to 16:00",
        ),
        ("2026-12-05 19:00-21:00", "zaterdag 5 december van 19 tot 21 uur", None),
    ],
)
def test_a_line_reads_as_people_say_it(
    app: Flask, line: str, dutch: str, english: str | None
) -> None:
    said = Schedule.parse([line])
    with app.test_request_context("/", headers={"Accept-Language": "nl"}):
        assert presenter.in_words(said) == [dutch]
    if english:
        with app.test_request_context("/") as context:
            context.session["language"] = "en"
            assert presenter.in_words(said) == [english]


@pytest.mark.parametrize(
    ("lines", "dutch"),
    [
        ([], ""),
        (["tu 10:00-12:00"], "open tot 12 uur"),
        (["tu 10:00-24:00"], "open tot 24 uur"),
        (["tu 14:30-16:00"], "vandaag vanaf 14.30 uur"),
        (["we 09:00-12:00"], "morgen vanaf 9 uur"),
        (["mo 09:00-12:00"], "maandag vanaf 9 uur"),
        (["tu 09:00-10:00"], "dinsdag 10 november vanaf 9 uur"),
        (["2027-01-12 09:00-10:00"], "dinsdag 12 januari 2027 vanaf 9 uur"),
        (["2025-01-12 09:00-10:00"], "gesloten"),
    ],
)
def test_whether_it_is_open_now_reads_as_people_say_it(
    app: Flask, lines: list[str], dutch: str
) -> None:
    with app.test_request_context("/"):
        assert presenter.at_present(Schedule.parse(lines), TUESDAY) == dutch


def test_a_holiday_is_said_as_the_day_after(app: Flask) -> None:
    said = Schedule.parse(["we,th 09:00-12:00"])
    with app.test_request_context("/"):
        closed = frozenset({datetime(2026, 11, 4, tzinfo=HERE).date()})
        assert presenter.at_present(said, TUESDAY, closed) == "donderdag vanaf 9 uur"
