"""The directory taken out on the command line, for other systems."""

import json
from pathlib import Path

from netwerk.exchange.hsds import files
from netwerk.exchange.hsds.standard import standard
from netwerk.exchange.hsds.taking import canonical
from tests.cli.test_commands import Run, example, printed, run
from tests.exchange.hsds_worlds import EXAMPLES

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


def test_what_we_told_comes_back_and_changes_nothing(example: Run, tmp_path: Path) -> None:
    before = example("dump", "-").stdout
    to = tmp_path / "all.json"
    example("export", "hsds", str(to))
    folder = tmp_path / "tables"
    example("export", "hsds", str(folder), "--tabular")
    for came in (to, folder):
        told = printed(example("import", "hsds", str(came), "--json"))
        assert (told["new"], told["changed"], told["double"], told["wrong"]) == (0, 0, 0, 0)
    assert example("dump", "-").stdout == before


def test_another_system_comes_in_whole_and_goes_out_as_it_came(
    example: Run, tmp_path: Path
) -> None:
    came = EXAMPLES / "hsds-3.1" / "organization_full.json"
    before = example("dump", "-").stdout
    assert printed(example("import", "hsds", str(came), "--dry-run", "--json"))["new"] == 1
    assert example("dump", "-").stdout == before
    assert printed(example("import", "hsds", str(came), "--json"))["entered"] is True
    assert example("check").exit_code == 0
    assert printed(example("import", "hsds", str(came), "--json"))["same"] == 1
    to = tmp_path / "again.json"
    example("export", "hsds", str(to))
    told = {each["id"]: each for each in json.loads(to.read_text("utf-8"))["services"]}
    whole = json.loads(came.read_text("utf-8"))
    for service in whole["services"]:
        found = dict(told[service["id"]])
        assert found.pop("organization")["name"] == whole["name"]
        assert canonical(found) == canonical(service)


def test_a_file_that_is_wrong_is_refused_with_its_place_and_changes_nothing(
    example: Run, tmp_path: Path
) -> None:
    before = example("dump", "-").stdout
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps([{"id": "s", "name": "n", "status": "open"}]))
    for came, said in (
        (file, "[0].status: this must be one of active"),
        (EXAMPLES / "hsds-3.1" / "csv", "which is not there. Nothing was brought in."),
        (EXAMPLES / "oruk-fixture" / "organization_list.json", "“identifier_type” is missing"),
    ):
        refused = example("import", "hsds", str(came))
        assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
    assert example("dump", "-").stdout == before


def test_a_value_that_does_not_fit_is_kept_and_named(example: Run, tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    phones = [{"id": "p", "number": "0" * 60}]
    file.write_text(json.dumps([{"id": "s", "name": "n", "status": "active", "phones": phones}]))
    told = printed(example("import", "hsds", str(file), "--json"))
    assert [each["column"] for each in told["problems"]] == ["phone"]
    to = tmp_path / "again.json"
    example("export", "hsds", str(to))
    assert "0" * 60 in to.read_text("utf-8")


def test_a_token_is_made_named_and_withdrawn(example: Run) -> None:
    made = printed(example("token", "add", "Site", "--scope", "hsds:read", "--json"))
    assert made["token"].startswith("nw_")
    listed = example("token", "list").stdout
    assert (made["id"] in listed, made["token"] in listed) == (True, False)
    assert "opens nothing" in example("token", "withdraw", made["id"]).stdout
    assert example("token", "withdraw", made["id"]).exit_code == 1
    assert printed(example("token", "list", "--json")) == []
