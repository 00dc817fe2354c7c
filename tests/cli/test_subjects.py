"""Somebody's rights, and how long things are kept, on the command line."""

import json
from pathlib import Path
from zipfile import ZipFile

from tests.cli.test_commands import Run, example, printed, run

__all__ = ["example", "run"]
WHY = "Verzoek van 1 november, brief 12."


def test_what_is_held_is_written_as_a_zip_that_only_its_maker_reads(
    example: Run, tmp_path: Path
) -> None:
    to = tmp_path / "dossier.zip"
    told = printed(
        example("subject", "export", "--person", "p00", "--reason", WHY, str(to), "--json")
    )
    assert (told["path"], to.stat().st_mode & 0o077) == (str(to), 0)
    with ZipFile(to) as packed:
        document = json.loads(packed.read("dossier.json"))
        assert b"<html" in packed.read("dossier.html")
    assert "p00" in json.dumps(document)
    assert example("subject", "export", "--person", "nobody", "--reason", WHY).exit_code == 1


def test_erasing_is_told_first_and_done_when_it_is_confirmed(example: Run) -> None:
    before = example("dump", "-").stdout
    told = printed(example("subject", "erase", "--person", "p00", "--json"))
    assert (told["erased"], bool(told["removed"])) == (False, True)
    assert example("dump", "-").stdout == before
    asked = ("subject", "erase", "--person", "p00", "--confirm")
    assert example(*asked).exit_code == 1
    assert printed(example(*asked, "--reason", WHY, "--json"))["erased"] is True
    assert example("check").exit_code == 0
    assert example("audit", "verify").exit_code == 0
    assert example("dump", "-").stdout != before


def test_terms_are_counted_and_kept_to(example: Run) -> None:
    counted = printed(example("retain", "--dry-run", "--json"))
    done = printed(example("retain", "--json"))
    assert counted["records"] == done["records"]
    assert printed(example("retain", "--json"))["records"] == {}
