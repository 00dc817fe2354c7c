"""Bringing in and taking out on the command line."""

import json
from pathlib import Path

import pytest

from netwerk import demo
from tests.cli.test_commands import Run, example, printed, run

__all__ = ("example", "run")
SCHOOLS = Path(demo.__file__).parent / "data" / "schools.csv"
HEAD = "Organisatie;Soort;Tel;Postcode\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "partners.csv"
    file.write_text(HEAD + "De Kandelaar;kark;0492 123456;5701 AB\n;;;\nClub Zuid;sport;;\n")
    return file


def test_a_dry_run_changes_nothing(example: Run, sheet: Path) -> None:
    before = example("dump", "-").stdout
    told = printed(example("import", "csv", str(sheet), "--dry-run", "--json"))
    assert (told["new"], told["entered"]) == (2, False)
    assert told["problems"] == [
        {
            "row": 2,
            "column": "Soort",
            "reason": "We do not know this word.",
            "suggestion": "church",
        }
    ]
    assert example("dump", "-").stdout == before
    said = example("import", "csv", str(sheet), "--dry-run").stdout
    assert "row 2, Soort: We do not know this word. Do you mean “church”?\n" in said
    assert said.endswith("Nothing was changed.\n")


def test_the_same_file_comes_in_once(example: Run, sheet: Path) -> None:
    assert printed(example("import", "csv", str(sheet), "--json"))["entered"] is True
    before = example("dump", "-").stdout
    assert "De Kandelaar" in before
    assert printed(example("import", "csv", str(sheet), "--json"))["same"] == 2
    assert example("dump", "-").stdout == before
    assert example("check").exit_code == 0


def test_the_schools_of_the_open_data_need_no_mapping(example: Run) -> None:
    told = printed(example("import", "csv", str(SCHOOLS), "--json"))
    assert (told["new"], told["problems"]) == (38, [])
    assert printed(example("import", "csv", str(SCHOOLS), "--json"))["same"] == 38


def test_doubles_ask_what_to_do(example: Run, sheet: Path) -> None:
    example("import", "csv", str(sheet))
    sheet.write_text("Naam;Telefoon;Plaats\nKandelaar;0492 999999;Helmond\n")
    refused = example("import", "csv", str(sheet))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "--doubles" in refused.stderr
    assert example("import", "csv", str(sheet), "--doubles", "update").exit_code == 0
    assert example("dump", "-").stdout.count("0492 999999") == 1


def test_a_mapping_may_be_given(example: Run, sheet: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Organisatie": "name"}))
    told = printed(example("import", "csv", str(sheet), "--mapping", str(mapping), "--json"))
    assert (told["new"], told["problems"]) == (2, [])
    for wrong in ("{", "[]", '{"Organisatie": 1}', '{"Soort": "kind"}'):
        mapping.write_text(wrong)
        result = example("import", "csv", str(sheet), "--mapping", str(mapping))
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\x03", b"Naam\n", b"\xff\xfe", b'Naam\n"' + b"x" * 200_000, b"\n\n\n"],
)
def test_a_file_that_is_no_table_is_one_line(example: Run, tmp_path: Path, content: bytes) -> None:
    before = example("dump", "-").stdout
    file = tmp_path / "x"
    file.write_bytes(content)
    for kind in ("csv", "xlsx"):
        result = example("import", kind, str(file))
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert "Traceback" not in result.stderr
    assert example("dump", "-").stdout == before
