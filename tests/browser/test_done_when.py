"""What the map is for, from an empty store to a found place: by whoever has never seen it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from netwerk.domain.records import Record
from netwerk.exchange import jsonlines
from netwerk.exchange.hsds import files
from netwerk.exchange.hsds.standard import standard
from tests.browser.serving import Installed
from tests.browser.visiting import DE_WIT, WIDTHS, overflow, sign_in, visiting
from tests.worlds import link, node

CASTRICUM = Path(__file__).parents[1] / "exchange" / "castricum"
PARTNERS = 200
ALWAYS = "ma-zo 00:00-24:00"
_HEADINGS = (
    "Naam;Soort;Tel;Mail;Straat + nr;PC;Plaats;Rolstoel;Contact;Functie;Activiteit;Thema;Open"
)
_KINDS = ("Kerk", "buurthuis", "kerkk", "Sportclub", "geen idee")


@pytest.fixture(scope="module")
def castricum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Set a second municipality up as the user guide says; return the address and a password."""
    netwerk = Installed(
        tmp_path_factory.mktemp("castricum"),
        {"NETWERK_MUNICIPALITY": "castricum", "NETWERK_OPEN_DATA": "1"},
    )
    borders, schools = str(CASTRICUM / "buurten.geojson"), str(CASTRICUM / "schools.csv")
    for words in (
        ("setup", "--municipality", "Castricum", "--areas", borders, "--schools", schools),
        ("team", "add", "duin", "--name", "Team Duin", "--cluster", "Duin", "--area", "WK038300"),
        ("worker", "add", "w-kees", "--name", "Kees Duin", "--role", "coordinator"),
    ):
        netwerk.command(*words)
    made = json.loads(netwerk.command("user", "add", "kees", "--worker", "w-kees", "--json"))
    with netwerk.serving() as address:
        yield address, made["password"]


def messy() -> FilePayload:
    """Return a list as it goes round by mail: semicolons, latin-1, some wrong, some double."""
    lines = ["Partners wijkteam Duin (versie 3, Renée);;;;;;;;;;;;", "", _HEADINGS]
    for number in range(PARTNERS - 6):
        phone = (f"0251 12{number:04d}", "nvt", f"0251-6{number:05d}")[number % 3]
        code = "190" if number % 40 == 7 else f"190{number % 9 + 1} AB"
        lines.append(
            f"Café Coöperatie {number} ;{_KINDS[number % 5]};{phone};info@c{number}.example;"
            f"Dorpsstraat {number};{code};Castricum;ja;Renée Müller {number};vrijwilliger;"
            f"Inloop {number};schulden, taal;{ALWAYS if number % 2 else 'weet ik niet'}"
        )
    lines += [
        # There already, with the schools.
        "Bonhoeffer College;school;;;Pieter Kieftstraat 20;1902 RA;Castricum;;;;;;",
        "Kindcentrum Visser 't Hooft;school;;;Kemphaan 17;1902 KA;Castricum;;;;;;",
        # Twice in the list, under two names.
        "Voedselbank De Duinpan;welzijn;0251 999001;hulp@duinpan.example;Duinpad 1;1901 AA;;;;;;;",
        "St. Voedselbank de Duinpan;welzijn;0251 999001;hulp@duinpan.example;Duinpad 1;;;;;;;;",
        # Wrong: no name, and nothing to hold on to.
        ";kerk;0251 1;;;;;;;;;;",
        ";;;geen mail;;;;;;;;;",
    ]
    content = "\r\n".join(lines).encode("latin-1")
    return FilePayload(name="partners duin.csv", mimeType="text/csv", buffer=content)


def test_a_new_coordinator_fills_a_second_municipality(
    browser: Browser, castricum: tuple[str, str]
) -> None:
    address, password = castricum
    with visiting(browser, address) as page:
        page.set_default_timeout(30_000)
        page.goto("/")
        page.get_by_label("Naam").fill("kees")
        page.get_by_label("Wachtwoord").fill(password)
        page.get_by_role("button", name="Aanmelden").click()
        _bring_in(page)
        _merge(page)
        _publish(page, password)


def _bring_in(page: Page) -> None:
    page.get_by_role("link", name="Invoer en uitvoer").click()
    page.get_by_label("Welk bestand?").set_input_files(messy())
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.get_by_text("Renée Müller 0")).to_be_visible()
    for column, says in (("Thema", "helpt bij"), ("Open", "openingstijden")):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=column))
        row.get_by_role("combobox").select_option(says)
    page.get_by_role("button", name="Vergelijk met wat er staat").click()
    expect(page.get_by_role("heading", name="Wat zou er veranderen?")).to_be_visible()
    expect(page.get_by_text("In deze rij staat geen naam.").first).to_be_visible()
    page.get_by_role("link", name="nieuw").click()
    expect(page.get_by_text(re.compile("Bedoel je")).first).to_be_visible()
    page.get_by_role("link", name="al bekend?").click()
    expect(page.get_by_text("Lijkt op:").first).to_contain_text("Visser")
    page.get_by_role("button", name="Bijwerken wat er staat").click()
    page.get_by_role("button", name="Voer in").click()
    expect(page.get_by_role("heading", name="Het is ingevoerd")).to_be_visible()


def _merge(page: Page) -> None:
    page.get_by_role("link", name="Te doen").click()
    page.get_by_role("link", name=re.compile("Naast elkaar.*Duinpan")).first.click()
    page.get_by_role("button", name="Voeg ze samen").click()
    expect(page.get_by_text("hoort nu bij")).to_be_visible()
    page.get_by_role("link", name="Wijkkaart").click()
    page.get_by_label("Wat zoek je?").fill("duinpan")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.locator("#found-status")).to_contain_text("1 gevonden")


def _publish(page: Page, password: str) -> None:
    page.get_by_role("link", name="Invoer en uitvoer").click()
    page.get_by_role("link", name="Lijst uitvoeren").click()
    page.get_by_label(re.compile("ORUK")).check()
    page.get_by_label("Waarvoor heb je het nodig?").fill("voor de sociale kaart van de regio")
    page.get_by_label("Je wachtwoord").fill(password)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Voer uit").click()
    document = json.loads(coming.value.path().read_text(encoding="utf-8"))
    data = files.read_document(document)
    assert data.standard.name == "oruk"
    services = list(data.of("service"))
    assert len(services) == PARTNERS - 6
    for row in services:
        assert not list(standard("oruk").errors("service", data.document("service", row)))
    served = page.request.get("/hsds/oruk/services?per_page=100&full=true").json()
    assert served["total_items"] == len(services)
    assert not list(standard("oruk").errors("service", served["contents"][0]))


@pytest.fixture(scope="module")
def noord(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo with one walk-in more, that is always open, and with two that are not it."""
    folder = tmp_path_factory.mktemp("noord")
    netwerk = Installed(folder)
    netwerk.command("init")
    netwerk.command("demo")
    records = [
        *_walk_in("kade", "De Kade", hours=["mo-su 00:00-24:00"], wheelchair=True),
        *_walk_in("trap", "De Trap", hours=["mo-su 00:00-24:00"], wheelchair=False),
        *_walk_in("dicht", "Gesloten Deur", hours=["2026-01-01 10:00-12:00"], wheelchair=True),
        *(
            link("ACQUAINTED", "w-samira", key, warmth="warm", last_met="2026-11-01")
            for key in ("kade", "trap", "dicht")
        ),
    ]
    (folder / "more.jsonl").write_text("\n".join(map(jsonlines.write, records)), encoding="utf-8")
    netwerk.command("load", str(folder / "more.jsonl"))
    with netwerk.serving() as address:
        yield address


def _walk_in(key: str, name: str, *, hours: list[str], wheelchair: bool) -> Iterator[Record]:
    yield node("Organization", key, name=name, kind="welfare")
    at = [5.6603 + len(key) / 10_000, 51.495]
    yield node("Location", f"l-{key}", name=name, point=at, wheelchair=wheelchair)
    facts = {"formality": "informal", "delivery": "on_site", "how_to_apply": "Loop binnen."}
    yield node("Service", f"s-{key}", name=f"Geldinloop {name}", hours=hours, **facts)
    yield link("PROVIDES", key, f"s-{key}")
    yield link("LOCATED_AT", key, f"l-{key}")
    yield link("LOCATED_AT", f"s-{key}", f"l-{key}")
    yield link("ADDRESSES", f"s-{key}", "money.debts")


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_worker_finds_an_open_walk_in_near_an_inhabitant_in_three_steps(
    browser: Browser, noord: str, width: int, javascript: bool
) -> None:
    with visiting(browser, noord, width, java_script_enabled=javascript) as page:
        sign_in(page)
        page.goto(DE_WIT)
        # One: what it is about.
        page.locator("#near-words").fill("schulden")
        page.locator("#near-words").press("Enter")
        page.wait_for_url("**/partners/")
        # Two: open now. Three: with a wheelchair.
        for word in ("nu open", "rolstoel kan"):
            page.get_by_role("button", name=word).click()
            pressed = page.get_by_role("button", name=word, pressed=True)
            expect(pressed).to_be_visible()
        first = page.locator(".result").first
        expect(first.get_by_role("heading")).to_contain_text("Kade")
        expect(first).to_contain_text("Samira Haddou kent ze")
        expect(first).to_contain_text("rolstoel kan")
        for name in ("De Trap", "Gesloten Deur"):
            expect(page.locator(".result").filter(has_text=name)).to_have_count(0)
        assert overflow(page) == 0
        assert "wit" not in page.url
