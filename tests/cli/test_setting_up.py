"""Another municipality, set up with the commands of the user guide."""

from pathlib import Path

import pytest

from tests.cli.test_commands import Run, printed, run

__all__ = ("run",)
CASTRICUM = Path(__file__).parents[1] / "exchange" / "castricum"
SETUP = (
    *("setup", "--json", "--municipality", "Castricum"),
    *("--areas", str(CASTRICUM / "buurten.geojson"), "--schools", str(CASTRICUM / "schools.csv")),
)


@pytest.fixture
def castricum(run: Run) -> Run:
    told = printed(run(*SETUP))
    assert {what: counts["new"] for what, counts in told.items()} == {
        "needs": 89,
        "areas": 28,
        "schools": 17,
    }
    return run


def test_a_municipality_is_set_up_and_somebody_signs_in(castricum: Run, tmp_path: Path) -> None:
    team = ("team", "add", "duin", "--name", "Team Duin", "--area", "WK038300")
    assert castricum(*team).exit_code == 0
    worker = (
        "worker",
        "add",
        "w-kees",
        "--name",
        "Kees",
        "--role",
        "coordinator",
        "--team",
        "duin",
    )
    assert castricum(*worker).exit_code == 0
    assert printed(castricum("user", "add", "kees", "--worker", "w-kees", "--json"))["password"]
    assert castricum("check").exit_code == 0
    near = ("near", "--point", "4.665,52.55", "--viewer", "w-kees", "--json")
    assert castricum(*near).exit_code == 0
    taken = str(tmp_path / "out.csv")
    assert castricum("export", "csv", taken).exit_code == 0
    assert printed(castricum("import", "csv", taken, "--json"))["same"] == 17
    borders = str(tmp_path / "out.geojson")
    assert castricum("export", "geojson", borders).exit_code == 0
    assert printed(castricum("import", "geojson", borders, "--json"))["same"] == 28
    sheet = str(tmp_path / "out.xlsx")
    assert castricum("export", "xlsx", sheet).exit_code == 0
    assert printed(castricum("import", "xlsx", sheet, "--json", "--dry-run"))["same"] == 17


def test_schools_lie_in_their_neighbourhood(castricum: Run) -> None:
    dumped = castricum("dump", "-").stdout
    assert dumped.count('"relationship": "IN_AREA"') + dumped.count('"relationship":"IN_AREA"') > 10
    assert "Castricum" in dumped
    assert "Enschede" not in dumped


def test_setting_up_again_changes_nothing(castricum: Run) -> None:
    before = castricum("dump", "-").stdout
    told = printed(castricum(*SETUP))
    assert {counts["same"] for counts in told.values()} == {89, 28, 17}
    assert castricum("dump", "-").stdout == before
    assert "is set up" in castricum(*(each for each in SETUP if each != "--json")).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("team", "add", "duin", "--name", "Duin", "--area", "WK000000"),
        ("worker", "add", "w", "--name", "Kees", "--team", "nobody"),
        ("worker", "add", "x y", "--name", "Kees"),
        ("setup", "--municipality", "Nergens", *SETUP[4:]),
    ],
)
def test_what_cannot_be_is_one_line(castricum: Run, words: tuple[str, ...]) -> None:
    before = castricum("dump", "-").stdout
    result = castricum(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert castricum("dump", "-").stdout == before
