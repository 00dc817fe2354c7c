"""The score rules of the questionnaires, held to worked examples and to laws."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from netwerk.graph.instruments import BANDS, INSTRUMENTS, Result, fits, missing, result
from netwerk.schema import load_schema

EXAMPLES = json.loads(Path("tests/examples/instrument_oracles.json").read_text(encoding="utf-8"))
SUMMED = sorted(BANDS)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    name = draw(st.sampled_from(SUMMED))
    known = INSTRUMENTS[name]
    answer = st.none() | st.integers(known.least, known.most)
    given_ = {item: draw(answer) for item in known.items}
    return name, {item: value for item, value in given_.items() if value is not None}


def test_lsns_6_as_in_the_examples() -> None:
    for each in EXAMPLES["lsns6"]["vectors"]:
        found = result("lsns_6", {str(at): p for at, p in enumerate(each["items"], 1)})
        assert (found.total, found.family) == (each["total"], each["family"])
        assert found.friends == each["friends"]
        assert (found.band == "at_risk") is each["at_risk"]


def test_de_jong_gierveld_6_as_in_the_examples() -> None:
    for each in EXAMPLES["djg6"]["vectors"]:
        points = {
            str(at): int(answer in (("y", "m") if at <= 3 else ("n", "m")))
            for at, answer in enumerate(each["answers"], 1)
            if answer is not None
        }
        found = result("de_jong_gierveld_6", points)
        assert (found.total, found.band) == (each["total"], each["category"])


def test_ediz_plus_as_in_the_examples() -> None:
    for each in EXAMPLES["ediz_plus"]["vectors"]:
        points = {str(at): int(at <= each["score"]) for at in range(1, 16)}
        assert result("ediz_plus", points) == Result(total=each["score"], band=each["band"])


@given(sheets())
def test_a_total_is_there_when_enough_is_answered_and_stays_in_bounds(
    sheet: tuple[str, dict[str, int]],
) -> None:
    name, points = sheet
    found = result(name, points)
    enough = missing(name, points) <= (1 if name == "de_jong_gierveld_6" else 0)
    assert (found.total is not None) is (found.band is not None) is enough
    assert found.total is None or 0 <= found.total <= BANDS[name][-1][0]


@given(sheets(), st.data())
def test_a_point_more_never_lowers_the_total(
    sheet: tuple[str, dict[str, int]], data: st.DataObject
) -> None:
    name, points = sheet
    known = INSTRUMENTS[name]
    full = dict.fromkeys(known.items, known.least) | points
    item = data.draw(st.sampled_from(known.items))
    more = full | {item: min(full[item] + 1, known.most)}
    assert (result(name, more).total or 0) - (result(name, full).total or 0) == more[item] - full[
        item
    ]


def test_the_domains_are_never_added_up_and_have_their_names() -> None:
    known = INSTRUMENTS["self_sufficiency"]
    assert result("self_sufficiency", dict.fromkeys(known.items, 5)) == Result()
    vocabularies = load_schema().vocabularies
    assert tuple(vocabularies["self_sufficiency_domain"].values) == known.items
    assert len(vocabularies["self_sufficiency_level"].values) == known.most
    assert set(vocabularies["instrument"].values) == set(INSTRUMENTS)


def test_only_points_that_the_list_knows_fit() -> None:
    assert fits("lsns_6", {"1": 5})
    wrong = [("lsns_6", {"1": 6}), ("lsns_6", {"7": 1}), ("self_sufficiency", {"housing": 0})]
    assert not any(fits(name, points) for name, points in [*wrong, ("else", {})])
