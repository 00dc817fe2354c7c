"""The report as a page and as a table."""

import csv
import io
from collections.abc import Callable

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.report import REPORT, Block, Figure, Published, Row
from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]


def row(*keys: str, share: int | None = None, **counts: int) -> Row:
    return Row(keys=keys, counts=counts, share=share)


NEEDS = Block(
    whole=row("team-own", share=83, without=50, specialist=10),
    ways={
        "domain": (
            row("family", share=75, without=30, specialist=10),
            row("w", "x", "y", "z", share=90, without=20, specialist=10),
        ),
        "wijk": (row("wk", "elsewhere@team-own", share=83, without=50, specialist=10),),
        "met_by": (row("own", without=15), row("general", "informal", without=35)),
    },
)
FLOW = Block(
    whole=row("team-other", "team-own", start=40, **{"in": 20}, out=15, end=45),
    ways={
        "waiting": (row("week", **{"in": 10}), row("two_weeks", "month", "longer", **{"in": 10})),
        "length": (row("three_months", "half_year", "year", "longer", out=15),),
        "closed": (row("own_network", out=10), row("moved", "died", out=5)),
        "growth": (row("grew", "same", "shrank", "not_drawn", end=45),),
    },
)

PHASING = Block(whole=row("team-own", share=60, on_time=30, late=20), ways={}, brier=(21, 24))


STEPPING = Block(whole=row("team-own", share=75, on_time=45, late=15), ways={})

LOADS = {"volunteers": [170, 25]}


@pytest.fixture
def told(store: MemoryStore) -> None:
    """Publish a half year by hand; of asks there is too little."""
    figures = {
        Figure.NEEDS: Published(total=NEEDS, teams=(NEEDS,)),
        Figure.FLOW: Published(total=FLOW, teams=(FLOW,)),
        Figure.ASKS: Published(total=None, teams=()),
        Figure.ADVICE: Published(total=None, teams=()),
        Figure.STEPPING: Published(total=STEPPING, teams=(STEPPING,)),
        Figure.SIGNALS: Published(total=None, teams=()),
        Figure.PHASING: Published(total=PHASING, teams=(PHASING,)),
    }
    kept = {figure.value: each.written() for figure, each in figures.items()}
    with store.system() as work:
        work.put(
            REPORT, "2026-01-01", {"published_on": "2026-07-01", "figures": kept, "loads": LOADS}
        )


@pytest.mark.usefixtures("told")
def test_the_page_tells_a_sentence_first_and_then_figures(signed_in: SignIn) -> None:
    page = signed_in("own").get("/report/").text
    assert "83 van de 100" in page
    assert "Team Noord, januari tot en met juni 2026" in page
    assert "Ongeveer 20 erbij, 15 afgesloten." in page
    assert "75 van de 100 stappen" in page
    assert "Wat is een hulpvraag" in page
    assert "de andere 4 samen" in page
    assert "twee weken tot een maand" in page
    assert "Team Noord en Team Oost samen" in page
    assert "Doet het team op tijd een stap terug?" in page
    assert "Waarom werd het afgesloten?" in page
    assert "overleden en verhuisd" in page
    assert "Te weinig om verder uit te splitsen: Per wijk" in page
    assert "Hier is te weinig om te laten zien" in page
    assert 'x1="80"' in page
    assert "0,21" in page
    assert "De drukste tiende daarvan doet 25 van de 100" in page


@pytest.mark.usefixtures("told")
def test_who_sees_all_chooses_and_who_is_of_no_team_is_told(signed_in: SignIn) -> None:
    everything = signed_in("coordinator").get("/report/").text
    assert "Alle teams samen" in everything
    assert 'value="team-other"' in everything
    assert "Je hoort nog niet bij een team" in signed_in("reviewer").get("/report/").text
    own = signed_in("own")
    assert 'name="team"' not in own.get("/report/").text
    assert own.get("/report/?team=team-other").status_code == 404
    assert own.get("/report/?start=2020-01-01").status_code == 404


@pytest.mark.usefixtures("told")
def test_the_page_is_folded_until_all_of_it_is_asked_for(signed_in: SignIn) -> None:
    own = signed_in("own")
    folded, whole = own.get("/report/").text, own.get("/report/?all=1&team=team-own").text
    assert folded.count('<details class="card report__section"') == len(Figure)
    assert 'id="flow" open' not in folded
    assert whole.count(" open>") >= len(Figure)
    assert "all=1&amp;team=team-own&amp;start=2026-01-01" in folded


def test_what_was_not_counted_yet_is_said(signed_in: SignIn) -> None:
    assert "Er is nog niets geteld" in signed_in("own").get("/report/").text


@pytest.mark.usefixtures("told")
def test_the_table_says_what_the_page_says(signed_in: SignIn) -> None:
    own = signed_in("own")
    answer = own.get("/report/needs.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 2 + 4 + 2
    assert rows[1][0] == "2026-01-01/2026-06-30"
    assert rows[1][1:] == ["Team Noord", "", "", "zonder specialist", "50", "83"]
    assert rows[3][2:4] == ["Per leefdomein", "familie"]
    assert len(list(own.get("/report/asks.csv").text.splitlines())) == 1
    assert own.get("/report/nothing.csv").status_code == 404


def test_chances_are_looked_at_and_one_is_fixed_with_a_reason(signed_in: SignIn) -> None:
    keeper, own = signed_in("coordinator"), signed_in("own")
    where = "/learning/tie.friend"
    assert "te weinig uitkomsten" in own.get("/learning/").text
    assert where not in own.get("/learning/").text
    told = {"version": "0", "act": "fix", "percent": "", "reason": "Vrienden helpen hier graag."}
    wrong = keeper.post(where, told)
    assert wrong.status_code == 200
    assert "Vul een kans in van 1 tot en met 99 procent." in wrong.text
    assert "Vrienden helpen hier graag." in wrong.text
    assert keeper.post(where, told | {"percent": "85"}).status_code == 303
    page = own.get("/learning/").text
    assert "vastgezet op 85 %" in page
    assert "Vrienden helpen hier graag." in page
    again = keeper.post(where, told | {"act": "learn", "operation": "1" * 32})
    assert "Iemand anders heeft" in again.text or again.status_code == 200
    assert "leert weer mee" not in own.get("/learning/").text
    assert keeper.get("/learning/nothing").status_code == 404


@pytest.mark.usefixtures("told")
def test_the_sheet_of_costs_begins_with_what_is_known_and_keeps_what_was_typed(
    signed_in: SignIn,
) -> None:
    own = signed_in("own")
    assert 'value="50"' in own.get("/report/costs").text
    told = own.get(
        "/report/costs?needs_low=100&needs_high=100&otherwise_low=10&otherwise_high=10"
        "&specialist_low=1000&specialist_high=1000&hours_low=1,5&hours_high=2"
        "&rate_low=50&rate_high=50&volunteers_low=0&volunteers_high=0"
    ).text
    assert "€\u00a010.000 tot €\u00a010.000" in told
    assert "€\u00a07.500 tot €\u00a010.000" in told
    wrong = own.get("/report/costs?hours_low=9&hours_high=3&rate_low=veel&rate_high=99999999")
    assert "Het laagste getal mag niet hoger zijn dan het hoogste." in wrong.text
    assert "Vul een getal in, zoals 2500." in wrong.text
    assert 'value="veel"' in wrong.text
    assert "Wat hieruit volgt" not in wrong.text
