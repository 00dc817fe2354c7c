"""Texts of questionnaires come from a file of who has the licence, and are read with care."""

from pathlib import Path

import pytest

from netwerk.domain.errors import InvalidInputError
from netwerk.graph.instrument_texts import LONGEST, read

OWN = """
lsns_6:
  licence: Voor deze test
  answers: {0: niemand, 5: veel}
  items:
    1: Hoeveel mensen groet u?
    "2": {text: "Wie kookt er?", answers: {1: één}}
    3: {answers: {}}
"""
LONG = "x" * (LONGEST + 1)


def written(folder: Path, text: str) -> Path:
    path = folder / "texts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_has_its_text_and_its_answers(tmp_path: Path) -> None:
    texts = read(written(tmp_path, OWN))["lsns_6"]
    assert texts.licence == "Voor deze test"
    assert texts.items == {"1": "Hoeveel mensen groet u?", "2": "Wie kookt er?"}
    assert texts.answers == {"1": {0: "niemand", 5: "veel"}, "2": {1: "één"}, "3": {}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[", "YAML"),
        ("- een", "names with texts"),
        ("iets: {licence: x}", "iets is none of"),
        ("lsns_6: een", "names with texts"),
        ("lsns_6: {items: {1: een}}", "no licence"),
        ("lsns_6: {licence: x, items: {7: een}}", "7: there is no such question"),
        ("lsns_6: {licence: x, items: {1: 4}}", "1: a text"),
        ("lsns_6: {licence: x, items: {1: '" + LONG + "'}}", "1: a text"),
        ("lsns_6: {licence: x, answers: {6: een}, items: {1: een}}", "0 to 5 points"),
        ("lsns_6: {licence: x, answers: {'1': een}, items: {1: een}}", "0 to 5 points"),
        ("lsns_6: {licence: x, answers: {1: 2}, items: {1: een}}", "1: a text"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InvalidInputError) as told:
        read(written(tmp_path, text))
    assert reason in str(told.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError) as told:
        read(tmp_path / "none.yaml")
    assert "none.yaml" in str(told.value)
