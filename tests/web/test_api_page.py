"""docs/api.md: its examples answer as it says, and each design rule has its row."""

import csv
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.exchange.hsds_worlds import municipality
from tests.web.test_api import Program, program
from tests.worlds import in_order

PAGE: Final = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES: Final = re.findall(r"```http\nGET (\S+)\n(\d+) (\{.*\})\n```", PAGE)


@pytest.fixture(scope="module")
def town() -> Program:
    return program(list(in_order(municipality())))


def holds(told: Any, answer: Any) -> bool:
    """Whether an answer has all that the page says of it."""
    if not isinstance(told, dict):
        return bool(told == answer)
    return all(key in answer and holds(value, answer[key]) for key, value in told.items())


@pytest.mark.parametrize(("address", "status", "told"), EXAMPLES)
def test_an_example_answers_as_the_page_says(
    address: str, status: str, told: str, town: Program
) -> None:
    answer = town.get(address)
    assert answer.status_code == int(status)
    assert holds(json.loads(told), answer.get_json())
    if "contents" in answer.get_json() and "day=" not in address:
        assert answer.get_json()["contents"]


def test_every_example_was_tried() -> None:
    assert len(EXAMPLES) == PAGE.count("```http") > 5


def test_every_design_rule_has_its_row_once() -> None:
    """The list: NL API Design Rules, Logius (CC BY 4.0)."""
    rules = Path(__file__).with_name("nl_api_design_rules.csv")
    with rules.open(encoding="utf-8", newline="") as opened:
        known = [row["id"] for row in csv.DictReader(opened)]
    assert re.findall(r"^\| (/core/\S+) \| \S", PAGE, re.MULTILINE) == known
