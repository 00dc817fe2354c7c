"""The command line as an operator meets it: what it prints, how it ends, what it leaves."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from netwerk import demo
from netwerk.cli import main

Run = Callable[..., Result]
EXAMPLE = Path(__file__).parents[1] / "examples" / "wijk.jsonl"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs `netwerk` on a store of its own, in English."""
    monkeypatch.setenv("NETWERK_STORE", f"sqlite:///{tmp_path}/netwerk.db")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    for key in ("SECRET", "AUDIT", "BACKUP"):
        monkeypatch.delenv(f"NETWERK_{key}_KEY", raising=False)

    def call(*arguments: str, store: str = "", typed: str | None = None) -> Result:
        where = ("--store", f"sqlite:///{tmp_path}/{store}") if store else ()
        return CliRunner().invoke(main, [*where, *arguments], input=typed, catch_exceptions=False)

    return call


@pytest.fixture
def example(run: Run) -> Run:
    assert run("init").exit_code == 0
    assert run("load", str(EXAMPLE)).exit_code == 0
    return run


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_store_that_is_not_set_up_says_what_to_do(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "netwerk: The store is not set up yet (netwerk migrate).\n"


def test_texts_of_questionnaires_with_a_mistake_are_named_before_anything_is_served(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts.yaml"
    texts.write_text("lsns_6: {items: {1: een}}", encoding="utf-8")
    monkeypatch.setenv("NETWERK_INSTRUMENTS", str(texts))
    result = run("serve")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "netwerk: NETWERK_INSTRUMENTS: lsns_6 says no licence.\n"


@pytest.mark.parametrize("url", ["", "x", "sqlite:///", "postgres://h/d", "http://h"])
def test_an_address_that_is_none_is_refused(run: Run, url: str, tmp_path: Path) -> None:
    assert run("check").exit_code == 1
    before = sorted(tmp_path.iterdir())
    result = CliRunner().invoke(main, ["--store", url or "nothing", "check"])
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert sorted(tmp_path.iterdir()) == before


def test_paths_are_printed_as_one_document(example: Run) -> None:
    lines = [json.loads(line) for line in EXAMPLE.read_text("utf-8").splitlines()]
    needs = [each["id"] for each in lines if each.get("node") == "Need"]
    answers = json.loads((EXAMPLE.parent / "wijk.answers.json").read_text("utf-8"))
    asked = next(a for a in answers if a.get("paths"))["question"]
    assert asked["need"] in needs
    told = printed(
        example(
            *("paths", "--json", "--person", asked["person"], "--need", asked["need"]),
            *("--viewer", asked["viewer"], "--date", asked["date"], "--k", str(asked["k"])),
            *("--max-steps", str(asked["max_steps"]), "--radius", str(asked["radius"])),
        )
    )
    assert set(told) == {"person", "need", "date", "safety", "paths", "left_out"}
    assert all(step["text"] for path in told["paths"] for step in path["steps"])


def test_strength_says_in_lines_and_as_json_all_that_the_design_asks(example: Run) -> None:
    answers = json.loads((EXAMPLE.parent / "wijk.answers.json").read_text("utf-8"))
    asked = next(a for a in answers if a.get("paths"))["question"]
    about = ("--person", asked["person"], "--viewer", asked["viewer"], "--date", asked["date"])
    told = printed(example("strength", "--json", *about))
    assert set(told) == {
        *("person", "date", "measures", "bridges", "support", "load", "dropout", "approach"),
        "stressful",
    }
    assert {"size", "density", "constraint", "kind_iqv", "close_by"} <= set(told["measures"])
    assert set(told["support"]) == {"by_type", "coverage", "missing", "single_giver"}
    assert set(told["load"]) == {"max_share", "hhi", "effective_supporters", "busiest"}
    lines = example("strength", *about).stdout.splitlines()
    for begin in (*told["measures"], "bridges", "coverage", "missing", "stressful", "load, hhi"):
        assert sum(line.startswith(f"{begin}: ") for line in lines) == 1
    without = [line for line in lines if line.startswith("without ")]
    assert len(without) == len(told["dropout"])
    assert example("strength", *about[:2], "--viewer", "nobody").exit_code == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--k", "0"), 1),
        (("--k", "10000"), 1),
        (("--max-steps", "5"), 1),
        (("--radius", "nan"), 1),
        (("--radius", "-1"), 1),
        (("--need", "no.such.need"), 1),
        (("--viewer", "nobody"), 1),
        (("--person", "nobody"), 1),
        (("--date", "2026-02-30"), 2),
        (("--date", "yesterday"), 2),
        (("--k", "many"), 2),
        (("--formality", "any"), 2),
    ],
)
def test_a_question_that_cannot_be_asked_is_one_line(
    example: Run, options: tuple[str, ...], code: int
) -> None:
    answers = json.loads((EXAMPLE.parent / "wijk.answers.json").read_text("utf-8"))
    asked = next(a for a in answers if a.get("paths"))["question"]
    ask = ("--person", asked["person"], "--need", asked["need"], "--viewer", asked["viewer"])
    result = example("paths", *ask, *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert "Traceback" not in result.stderr
    assert code == 2 or result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2: this is not JSON"),
        ('{"node":"Cat","id":"x"}', "Line 2"),
        ('{"node":"Person","id":"x","properties":{"bsn":"1"}}', "Line 2"),
        ('{"node":"Person","id":"x"}\n{"node":"Person","id":"x"}', "Line 3"),
        ('{"relationship":"TIE","id":"t","from":"a","to":"b"}', "Line 2"),
        ('{"node":"Case","id":"x","properties":{"opened_on":"2026-02-30"}}', "Line 2"),
        ("\x00\x01", "Line 2"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(
    run: Run, tmp_path: Path, line: str, said: str
) -> None:
    run("init")
    file = tmp_path / "bad.jsonl"
    file.write_text('{"node":"Person","id":"ok","properties":{"name":"Ok"}}\n' + line + "\n")
    result = run("load", str(file))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert run("dump", "-").stdout == ""


def test_a_dump_can_be_loaded_again(example: Run, tmp_path: Path) -> None:
    first = example("dump", "-").stdout
    assert example("init", store="other.db").exit_code == 0
    assert example("load", "-", store="other.db", typed=first).exit_code == 0
    assert example("dump", "-", store="other.db").stdout == first
    assert example("dump", str(tmp_path / "d.jsonl")).exit_code == 0
    assert (tmp_path / "d.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_backup_holds_everything_and_opens_with_its_key_alone(
    example: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed(example("user", "add", "samira", "--worker", "w1", "--json"))
    assert example("backup", str(tmp_path / "b")).exit_code == 0
    assert b"samira" not in (tmp_path / "b").read_bytes()
    restored = printed(example("restore", "--json", str(tmp_path / "b"), store="other.db"))
    assert restored["system"] == 1
    assert example("dump", "-", store="other.db").stdout == example("dump", "-").stdout
    assert example("restore", str(tmp_path / "b"), store="other.db").exit_code == 1
    monkeypatch.setenv("NETWERK_BACKUP_KEY", "another key of good length")
    result = example("restore", str(tmp_path / "b"), store="third.db")
    assert "does not open" in result.stderr
    assert example("dump", "-", store="third.db").stdout == ""


def test_a_store_can_be_copied_to_an_empty_one(example: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/copy.db"
    assert example("copy", "--to", url).exit_code == 0
    assert example("dump", "-", store="copy.db").stdout == example("dump", "-").stdout
    assert example("copy", "--to", url).exit_code == 1


def test_accounts_come_and_go(example: Run) -> None:
    made = printed(example("user", "add", "samira", "--worker", "w1", "--json"))
    assert len(made["password"]) >= 20
    assert example("user", "add", "samira", "--worker", "w1").exit_code == 1
    assert example("user", "add", "x y", "--worker", "w1").exit_code == 1
    assert example("user", "add", "tom", "--worker", "nobody").exit_code == 1
    assert example("user", "disable", "samira").exit_code == 0
    assert printed(example("user", "list", "--json"))[0]["disabled"] is True
    assert printed(example("user", "reset", "samira", "--json"))["password"] != made["password"]
    assert printed(example("user", "list", "--json"))[0]["disabled"] is False
    assert printed(example("audit", "verify", "--json"))["entries"] == 4
    assert [e["event"]["action"] for e in printed(example("audit", "list", "--json"))] == [
        "add-account",
        "disable-account",
        "set-password",
        "enable-account",
    ]


def test_who_leaves_can_no_longer_sign_in_and_their_knowledge_is_forgotten(example: Run) -> None:
    example("user", "add", "samira", "--worker", "w1")
    assert example("user", "leave", "nobody").exit_code == 1
    assert printed(example("user", "leave", "Samira", "--json"))["disabled"] is True
    assert printed(example("user", "list", "--json"))[0]["disabled"] is True
    done = [e["event"]["action"] for e in printed(example("audit", "list", "--json"))]
    assert done == ["add-account", "disable-account", "forget-knowledge"]


def partners_are_near(run: Run) -> None:
    """Hold `netwerk near` to what the demo has."""
    near = ("near", "--point", "5.6612,51.4815", "--viewer", "w-samira", "--json")
    found = printed(run(*near, "--limit", "5"))["services"]
    assert len(found) == 5
    metres = [each["distance_m"] for each in found]
    assert metres == sorted(metres)
    assert run("near", "--point", "x", "--viewer", "w-samira").exit_code == 1
    assert run("near", "--viewer", "w-samira").exit_code == 2
    filters = ("--text", "deurwaarder", "--kind", "service", "--open", "di 10:00", "--limit", "3")
    told = printed(run(*near, *filters))
    assert set(told) == {"services", "hits", "total", "more", "counted_all", "facets"}
    assert {hit["kind"] for hit in told["hits"]} <= {"service"}
    debts = printed(run(*near, "--need", "money.debts", "--kind", "service"))
    assert all("money.debts" in hit["needs"] for hit in debts["hits"])
    assert debts["facets"]["need"]["money.debts"] == debts["total"] > 0
    assert run(*near, "--open", "soon").exit_code == 1
    assert run(*near, "--person", "p").exit_code == 2
    lines = run("near", "--text", "pastor", "--viewer", "w-samira").stdout.splitlines()
    assert "contact" in lines[0]
    assert lines[-1].startswith(f"{len(lines) - 1} of ")


def test_the_demo_is_whole_and_comes_once(run: Run) -> None:
    run("init")
    assert printed(run("demo", "--json"))["records"] > 4000
    assert run("demo").exit_code == 1
    assert run("demo", "--if-empty").exit_code == 0
    assert run("check").exit_code == 0
    people = {each["username"] for each in printed(run("user", "list", "--json"))}
    assert people == {each.username for each in demo.accounts()}
    partners_are_near(run)
    assert "provides" in printed(run("learn", "--json"))["kinds"]
    it_helps(run)


def it_helps(run: Run) -> None:
    """The report says what was published of the last half year, of one team as of all."""
    every, one = printed(run("report", "--json")), run("report", "--team", "team-noord")
    assert every["figures"]["needs"]["share"] > 50
    assert every["protection"]["fewest"] == 10
    assert every["figures"]["needs"]["counts"]["without"] > 100
    assert "How much is done without specialist help?" in one.stdout
    assert run("report", "--team", "nobody").exit_code == 1


def test_a_report_of_nothing_says_what_to_do(example: Run) -> None:
    assert "netwerk learn" in example("report").stderr
    assert printed(example("learn", "--json")) == {"kinds": {}}
    assert "fewer than 10: not shown" in example("report").stdout
