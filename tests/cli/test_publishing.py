"""The directory taken out on the command line, for other systems."""

import json
from pathlib import Path

from netwerk.exchange.hsds import files
from netwerk.exchange.hsds.standard import standard
from tests.cli.test_commands import Run, example, printed, run

__all__ = ["example", "run"]


def test_the_directory_is_written_as_hsds_and_as_oruk(example: Run, tmp_path: Path) -> None:
    for profile in ("hsds", "oruk"):
        to = tmp_path / f"{profile}.json"
        told = printed(example("export", "hsds", str(to), "--profile", profile, "--json"))
        document = json.loads(to.read_text(encoding="utf-8"))
        assert told["services"] == len(document["services"]) > 0
        assert document["version"] == standard(profile).version
        assert files.read_document(document).standard.name == profile
    assert "services" in example("export", "hsds", str(tmp_path / "again.json")).stdout


def test_the_directory_is_written_as_tables_in_a_folder_or_a_zip(
    example: Run, tmp_path: Path
) -> None:
    folder, packed = tmp_path / "tables", tmp_path / "tables.zip"
    assert example("export", "hsds", str(folder), "--tabular").exit_code == 0
    assert example("export", "hsds", str(packed), "--tabular").exit_code == 0
    tables = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}
    assert files.read_tables(tables).rows == files.read("t", packed.read_bytes()).rows
    entries = printed(example("audit", "list", "--json"))
    assert [e["event"]["action"] for e in entries].count("export-directory") == 2


def test_oruk_has_no_tables(example: Run, tmp_path: Path) -> None:
    refused = example("export", "hsds", str(tmp_path / "x"), "--tabular", "--profile", "oruk")
    assert (refused.exit_code, "ORUK is JSON" in refused.stderr) == (1, True)
    assert not (tmp_path / "x").exists()
