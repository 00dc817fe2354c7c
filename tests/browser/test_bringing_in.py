"""A new coordinator brings in two hundred partners from a messy sheet, without help, and back."""

import io
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import sign_in

PARTNERS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def messy() -> FilePayload:
    """Return a sheet as people keep it: a title above it, merged cells, doubles, typing errors."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Partners wijkteam, versie 3"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["Naam organisatie", "Categorie", "Tel.", "PC", "Activiteit", "Thema", "Memo"])
    for number in range(PARTNERS - 1):
        kind = ("Kerk", "buurthuis", "kerkk", "Sportclub", "iets")[number % 5]
        phone = (f"0492 12{number:04d}", 492120000 + number, "nvt")[number % 3]
        code = (f"57{number % 100:02d} AB", "57 02")[number % 7 == 0]
        told = [f" Club {number} (verzonnen)", kind, phone, code, "Inloop", "schulden, taal", "x"]
        sheet.append(told)
    sheet.append(["Wijkhuis De Terp", "wijkhuis", "", "", "Inloop", "eenzaamheid", ""])
    sheet.append(["", "", "", "", "Tweede inloop", "taal", ""])
    to = io.BytesIO()
    book.save(to)
    return FilePayload(name="partners.xlsx", mimeType=XLSX, buffer=to.getvalue())


def give(page: Page, file: FilePayload) -> None:
    page.get_by_role("link", name="Invoer en uitvoer").click()
    page.get_by_label("Welk bestand?").set_input_files(file)
    page.get_by_role("button", name="Bekijk het bestand").click()
    page.get_by_role("button", name="Vergelijk met wat er staat").click()
    page.get_by_role("heading", name="Wat zou er veranderen?").wait_for(timeout=60_000)


def test_two_hundred_partners_come_in_and_go_again(visit: Visit, messy: FilePayload) -> None:
    with visit() as page:
        page.set_default_timeout(60_000)
        sign_in(page, "coordinator")
        give(page, messy)
        expect(page.get_by_role("heading", name="Wijkhuis De Terp")).to_be_visible()
        page.get_by_role("button", name="Bijwerken wat er staat").click()
        page.get_by_role("link", name=f"{PARTNERS - 1} nieuw").click()
        expect(page.get_by_text("Dit is geen telefoonnummer.").first).to_be_visible()
        page.get_by_role("button", name="Voer in").click()
        expect(page.get_by_role("heading", name="Het is ingevoerd")).to_be_visible()
        page.get_by_role("button", name="Maak alles ongedaan").click()
        expect(page.get_by_role("heading", name="Het is ongedaan gemaakt")).to_be_visible()
        expect(page.get_by_text("Alles is weer zoals het was")).to_be_visible()
