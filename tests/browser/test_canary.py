"""Marked names go through the whole program, and are in no log, address or file that stays."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Request

from tests.browser.serving import Installed
from tests.browser.visiting import sign_in, visiting

CANARIES: Final = ("Kanariewit", "Kanariegeel", "Kanariezoek", "kanarie-wachtwoord", "5.43219")
INHABITANT, ALTER, SOUGHT, PASSWORD, PLACE = CANARIES
"""An inhabitant, somebody around them, words that are typed, a password, where somebody is."""
MARK: Final = re.compile("kanarie|5[.,]43219", re.IGNORECASE)


class Watched:
    """The program as installed, with a folder for temporary files that is looked through."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir()
        self.netwerk = Installed(folder, {"TMPDIR": str(self.temporary)})
        self.told: list[str] = []

    def fails(self, *words: str) -> None:
        """Run a command that cannot be; keep what it says on the side of the log."""
        with pytest.raises(subprocess.CalledProcessError) as failed:
            self.netwerk.command(*words)
        self.told.append(failed.value.stderr.decode())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Watched, str]]:
    found = Watched(tmp_path)
    found.netwerk.command("init")
    found.netwerk.command("demo")
    with found.netwerk.serving() as address:
        yield found, address


def test_marked_names_stay_out_of_logs_addresses_and_files(
    browser: Browser, watched: tuple[Watched, str]
) -> None:
    here, address = watched
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)
        asked.append(request.headers.get("referer", ""))

    with visiting(browser, address) as page:
        page.context.on("request", note)
        _refused(page)
        sign_in(page)
        person = _worker(page)
    with visiting(browser, address) as page:
        page.context.on("request", note)
        sign_in(page, "coordinator")
        _coordinator(page)
    with visiting(browser, address) as page:
        page.context.on("request", note)
        sign_in(page, "privacy-officer")
        _officer(page)
    _commands(here, person)
    log = (here.folder / "serve.log").read_text(encoding="utf-8")
    for told in (log, *here.told, *asked):
        assert MARK.search(told) is None, told
    for file in here.folder.rglob("*"):
        assert MARK.search(file.name) is None
        if file.is_file() and not file.name.startswith("netwerk.db"):
            assert MARK.search(file.read_bytes().decode("latin-1")) is None, file


def test_the_watch_would_see_a_mark(tmp_path: Path) -> None:
    """The test above could fail: a mark in a log or a file is found."""
    assert MARK.search(f'{{"event": "failed", "name": "{INHABITANT}"}}')
    assert MARK.search(f"/partners/?lon={PLACE}")
    assert MARK.search(PASSWORD)
    here = Watched(tmp_path)
    here.netwerk.command("init")
    here.fails("near", "--viewer", INHABITANT, "--text", "x", "--order", SOUGHT)
    assert any(MARK.search(told) for told in here.told)


def _refused(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Naam").fill("samira")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("alert").first.wait_for()


def _worker(page: Page) -> str:
    page.goto("/cases/new")
    page.get_by_label("Hoe noemen we deze inwoner?").fill(INHABITANT)
    page.locator("#question").fill(f"{INHABITANT} zoekt hulp")
    page.locator("main form.form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/inhabitants/"))
    own = page.url.partition("?")[0].partition("#")[0]
    page.goto(f"{own}ties/new")
    page.get_by_label("Wie is het?").fill(ALTER)
    page.get_by_label("Hoe kennen ze elkaar?").select_option("neighbour")
    page.get_by_role("button", name="Opslaan").click()
    page.locator("li.tie").filter(has_text=ALTER).wait_for()
    for more in ("", "paths/", "network/", "shortlist/"):
        page.goto(f"{own}{more}")
    _looks(page, own)
    _tells(page, own)
    _may_not_tell(page, own)
    return own.rstrip("/").rpartition("/")[2]


def _looks(page: Page, own: str) -> None:
    page.goto("/cases/")
    page.locator("#q").fill(INHABITANT)
    page.locator("#q").press("Enter")
    page.get_by_text(INHABITANT).first.wait_for()
    page.goto(own)
    page.locator("#near-words").fill(SOUGHT)
    page.locator("#near-words").press("Enter")
    page.locator("#found-status").wait_for()
    page.goto("/partners/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#q").press_sequentially(SOUGHT, delay=5)
    page.get_by_text("Preciezer kiezen").click()
    page.locator("#lon").fill(PLACE)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#lat").fill("51.48")
        page.locator("#lat").press("Enter")
    page.goto(f"{own}paths/")
    page.locator("#words").press_sequentially(SOUGHT, delay=5)
    page.wait_for_timeout(500)


def _tells(page: Page, own: str) -> None:
    """What is kept in a file and names people: told, and read back."""
    for more in ("plan/", "who-knows", "case-review/", "advice/", "home/"):
        page.goto(f"{own}{more}")
    page.goto(f"{own}assessments/new/lsns_6")
    page.locator("#taken_by").fill(f"{INHABITANT} en {ALTER}")
    page.locator("#note").fill(f"{ALTER} was erbij")
    page.locator("input[name=item_1][value='2']").check()
    _save(page)
    page.goto(f"{own}effort/scaling/new")
    page.locator("#reason").fill(f"{ALTER} neemt het over")
    page.locator("#to_whom").fill(ALTER)
    _save(page)
    page.goto(f"{own}own-file/")
    page.locator("a[href*='corrections/new']").last.click()
    page.locator("#said").fill(f"{ALTER} is geen buur")
    _save(page)
    for more in ("corrections/", "assessments/", "effort/", "own-file/letter", "timeline/"):
        page.goto(f"{own}{more}")
        page.get_by_text(ALTER).first.wait_for()


def _may_not_tell(page: Page, own: str) -> None:
    """What others read: with a name it is refused, and stands in the form as it was typed."""
    wrong = f"We spraken {INHABITANT} bij de bakker"
    for address, field in (
        (f"{own}stories/", "text"),
        ("/signals/new", "noticed"),
        ("/knowledge/training/new", "how"),
    ):
        page.goto(address)
        page.locator(f"#{field}").fill(wrong)
        for day in page.locator("main input[type=date]").all():
            day.fill("2031-01-01" if field == "how" else "2026-01-01")
        for ticked in page.locator("#agreed").all():
            ticked.check()
        if field == "noticed":
            page.locator("#elsewhere").fill(f"bij {INHABITANT} thuis")
        _save(page)
        page.get_by_role("alert").first.wait_for()
        assert page.locator(f"#{field}").input_value() == wrong
    page.goto("/emergency/")
    page.locator("#name").fill(f"{INHABITANT} Niemand")
    page.locator("#reason").fill(f"{INHABITANT} belde in paniek.")
    _save(page)
    page.get_by_role("alert").first.wait_for()


def _officer(page: Page) -> None:
    page.goto("/subjects/")
    page.locator("#name").fill(INHABITANT)
    page.locator("#reason").fill(f"Verzoek om inzage van {INHABITANT}.")
    _save(page)
    # A reason that says who it is about is refused: it would stand in the log.
    page.get_by_role("alert").first.wait_for()
    page.locator("#reason").fill("Verzoek om inzage.")
    _save(page)
    page.get_by_role("button", name="Dit is diegene").first.click(timeout=30_000)
    page.wait_for_url(re.compile("/subjects/[^/]+/$"))
    own = page.url
    page.goto(f"{own}file")
    page.goto(f"{own}export")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    _save(page)
    page.get_by_role("alert").first.wait_for()
    page.goto(f"{own}erase")
    page.goto("/oversight/")
    page.goto("/report/")


def _save(page: Page) -> None:
    page.locator("main form.form button[type=submit]").last.click()
    page.wait_for_load_state()


def _coordinator(page: Page) -> None:
    page.goto("/keep/volunteers/")
    page.locator("main input[name=q]").fill(SOUGHT)
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_load_state()
    page.goto("/exchange/import")
    lines = f"Naam;Contactpersoon;Tel\nClub;{ALTER};nvt\n;{INHABITANT};1\n"
    for name, content in (("lijst.csv", lines.encode("cp1252")), ("lijst.xlsx", lines.encode())):
        file = FilePayload(name=name, mimeType="text/csv", buffer=content)
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Bekijk het bestand").click()
        page.wait_for_load_state()
        if "/exchange/import/" in page.url:
            page.get_by_role("button", name="Vergelijk").click()
            page.locator(".entries").wait_for()
            page.get_by_role("button", name="Voer in").click()
            page.wait_for_load_state()
            page.goto("/exchange/import")
    page.goto("/exchange/export")
    page.get_by_label("Waarvoor heb je het nodig?").fill(f"voor {INHABITANT}")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Voer uit").click()
    page.get_by_role("alert").first.wait_for()


def _commands(here: Watched, person: str) -> None:
    who = ("--viewer", "w-samira")
    here.netwerk.command("strength", "--person", person, *who)
    here.netwerk.command("near", "--text", SOUGHT, *who)
    here.fails("near", "--person", person, *who)  # where they live is not known
    here.fails("paths", "--person", person, "--need", "nothing", *who)
    here.fails("near", "--person", person, "--viewer", "w-nobody")
    wrong = here.folder.parent / "wrong.jsonl"
    facts = {"node": "Person", "id": "x", "properties": {"name": INHABITANT, "birth_year": "x"}}
    wrong.write_text(json.dumps(facts), encoding="utf-8")
    here.fails("load", str(wrong))
    why = ("--reason", f"Verzoek om inzage van {INHABITANT}.")
    taken = str(here.folder.parent / "taken.zip")
    here.fails("subject", "export", "--person", person, *why, taken)
    plain = ("--reason", "Verzoek om inzage.")
    here.netwerk.command("subject", "export", "--person", person, *plain, taken)
    here.netwerk.command("subject", "erase", "--person", person)
    here.fails("subject", "export", "--person", "p-nobody", *why)
    here.netwerk.command("learn")
    here.netwerk.command("report")
    here.fails("report", "--team", SOUGHT)
    here.netwerk.command("backup", str(here.folder.parent / "whole.backup"))
