"""SECURITY.md: every requirement that binds has its place, once, and names tests that exist."""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS: Final = re.findall(r"^\| ((?:V[\d.]+ ?)+)\| ([^|]+) \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_requirement_is_there_once() -> None:
    """The list: OWASP ASVS 5.0.0 (CC BY-SA 4.0), levels 1 and 2, those that bind here."""
    binding = (Path(__file__).parent / "asvs_5.0.0_binding.txt").read_text().split()
    named = [each for row in ROWS for each in row[0].split()]
    assert sorted(named) == sorted(binding)
    assert {row[1] for row in ROWS} <= {"met", "part", "not yet", "n.a."}


def test_what_is_not_met_says_what_is_missing() -> None:
    for ids, state, where in ROWS:
        assert len(where) > 3, ids
        assert state == "met" or "tests/" not in where, f"{ids}: a test of what is not met"


def test_the_tests_that_it_names_exist() -> None:
    named = set(re.findall(r"`((?:tests|netwerk)/[\w/.]+\.py)`", PAGE))
    assert named
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
