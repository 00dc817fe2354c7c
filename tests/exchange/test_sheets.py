"""Sheets as they come: in whatever encoding, however messy, and however hostile."""

import io
import resource
import subprocess
import sys
import textwrap
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange import delimited, sheets
from netwerk.exchange.cells import FORMULA, Row, guarded, unguarded

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
TABLE = "Naam;Plaats\r\nCafé De Zón;'s-Hertogenbosch\r\n"
CELLS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ue000"), max_size=40
)
IN_A_SHEET = CELLS.filter(
    lambda text: not any(ord(c) < 32 for c in text) and "_x" not in text and "\ufffe" not in text
)


def rows(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in delimited.read(io.BytesIO(data))]


def book(*lines: list[Any], change: Any = None) -> io.BytesIO:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for line in lines:
        sheet.append(line)
    if change is not None:
        change(sheet)
    to = io.BytesIO()
    made.save(to)
    to.seek(0)
    return to


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_whatever_it_is_written_in(encoding: str) -> None:
    # Without a mark two bytes a letter are known by their zeros.
    assert rows(TABLE.encode(encoding)) == [
        ("Naam", "Plaats"),
        ("Café De Zón", "'s-Hertogenbosch"),
    ]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_older_encodings_are_recognised(encoding: str) -> None:
    assert rows(TABLE.encode(encoding))[1][0] == "Café De Zón"


def test_the_euro_and_what_has_no_meaning_are_read() -> None:
    assert rows(b"Naam;Kosten\nKoor;\x80 5\n")[1][1] == "€ 5"
    assert rows(b"Naam;x\n\xe9\x81;y\n")[1][0] == "é\x81"


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_mark_between_cells_is_found(mark: str) -> None:
    text = f'Naam{mark}Adres\n"De Brug{mark} Zuid"{mark}"Laan 1\nachter"\n'
    assert rows(text.encode()) == [
        ("Naam", "Adres"),
        (f"De Brug{mark} Zuid", "Laan 1\nachter"),
    ]


def test_what_excel_says_of_its_mark_is_believed() -> None:
    assert rows(b"sep=,\nNaam,Adres; en meer\nA,b\n")[1:] == [
        ("Naam", "Adres; en meer"),
        ("A", "b"),
    ]


def test_ragged_and_empty_rows_keep_their_number() -> None:
    found = list(delimited.read(io.BytesIO(b"Naam;x\n\nA\n;;\nB;1;2;3\n")))
    assert [(row.number, row.cells) for row in found] == [
        (1, ("Naam", "x")),
        (3, ("A",)),
        (5, ("B", "1", "2", "3")),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"Naam\n\x00\x01",
        b"a;b\n" + b"x" * 200_000,
        b'Naam\n"' + b"never ends\n" * 20_000,
        b";" * 5_000 + b"\n",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInputError):
        rows(data)


def test_a_table_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 100)
    assert len(rows(b"x\n" * 100)) == 100
    with pytest.raises(InvalidInputError):
        rows(b"x\n" * 101)


@given(CELLS)
def test_a_cell_is_guarded_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(DANGEROUS)
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "text", ["+31 6 12345678", "=SOM(A1)", "-5", "@jan", "'=1", "''", "' =1", "'s Avonds", " =1"]
)
def test_names_that_look_like_formulas_survive(text: str) -> None:
    assert not guarded(text).startswith(DANGEROUS)
    assert unguarded(guarded(text)) == text


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_csv_comes_back_as_it_went(table: list[list[str]]) -> None:
    to = io.StringIO(newline="")
    delimited.write(to, [["kop;", "kop"], *table])
    found = [row.cells for row in delimited.read(io.BytesIO(to.getvalue().encode("utf-8-sig")))]
    assert found[1:] == [tuple(line) for line in table if any(each.strip() for each in line)]


@given(st.lists(st.lists(IN_A_SHEET, min_size=2, max_size=3), min_size=1, max_size=4))
def test_xlsx_comes_back_as_it_went(table: list[list[str]]) -> None:
    to = io.BytesIO()
    sheets.write(to, [["kop", "kop"], *table])
    found = [row.cells for row in sheets.read(to)]
    expected = [tuple(line) for line in table if any(each.strip() for each in line)]
    assert [tuple(c for c in line if c) for line in found[1:]] == [
        tuple(c for c in line if c) for line in expected
    ]
    for line in openpyxl.load_workbook(to).active.iter_rows():  # type: ignore[union-attr]
        for cell in line:
            assert cell.data_type != "f"


def test_numbers_and_days_are_read_as_they_are_shown() -> None:
    made = book(
        ["Naam", "Tel", "Dag", "Leden", "Open"],
        ["Koor", "0492123456", date(2026, 11, 30), 12.0, True],
        ["Bond", 492123456, datetime.fromisoformat("2026-11-30T10:30"), 12.5, False],
    )
    assert [row.cells for row in sheets.read(made)][1:] == [
        ("Koor", "0492123456", "2026-11-30", "12", "ja"),
        ("Bond", "492123456", "2026-11-30 10:30", "12.5", "nee"),
    ]


def test_merged_cells_stand_in_the_first_of_them() -> None:
    made = book(
        ["Naam", "Aanbod"],
        ["Koor", "Zingen"],
        ["", "Koffie"],
        change=lambda sheet: sheet.merge_cells("A2:A3"),
    )
    assert [row.cells for row in sheets.read(made)][1:] == [("Koor", "Zingen"), ("", "Koffie")]


def test_a_formula_is_never_calculated() -> None:
    made = book(["Naam", "Site"], ["Koor", '=HYPERLINK("http://kwaad.example")'], ["Bond", "=1+1"])
    assert [row.cells for row in sheets.read(made)][1:] == [("Koor", FORMULA), ("Bond", FORMULA)]
    kept = _with(made, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v/>", b"<v>2</v>"))
    kept = _with(kept, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v />", b"<v>2</v>"))
    assert [row.cells for row in sheets.read(kept)][2:] == [("Bond", f"{FORMULA}2")]


def test_the_first_sheet_that_holds_anything_is_read() -> None:
    made = openpyxl.Workbook()
    made.create_sheet("Twee").append(["Naam"])
    to = io.BytesIO()
    made.save(to)
    assert list(sheets.read(to)) == [Row(1, ("Naam",))]
    assert list(sheets.read(book())) == []


def _with(file: io.BytesIO, member: str, change: Any) -> io.BytesIO:
    """Return a workbook with one member changed."""
    to = io.BytesIO()
    file.seek(0)
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as again:
        for each in packed.infolist():
            data = packed.read(each)
            again.writestr(each.filename, change(data) if each.filename == member else data)
    to.seek(0)
    return to


def _zip(**members: bytes) -> io.BytesIO:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        for name, data in members.items():
            packed.writestr(name, data)
    to.seek(0)
    return to


XXE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>"""
LAUGHS = XXE.replace(
    b'<!ENTITY e SYSTEM "file:///etc/passwd">',
    b'<!ENTITY a "' + b"ha" * 1_000 + b'"><!ENTITY e "' + b"&a;" * 1_000 + b'">',
)


@pytest.mark.parametrize("evil", [XXE, LAUGHS])
@pytest.mark.parametrize(
    "member",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"],
)
def test_no_entity_is_ever_looked_up(evil: bytes, member: str) -> None:
    made = _with(book(["Naam"], ["Koor"]), member, lambda _: evil)
    with pytest.raises(InvalidInputError):
        list(sheets.read(made))


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b""),
        io.BytesIO(b"PK\x03\x04 and nothing more"),
        io.BytesIO(b"Naam;Plaats\n"),
        io.BytesIO(b"\xd0\xcf\x11\xe0 an old one"),
        _zip(),
        _zip(**{"xl/worksheets/sheet1.xml": b"<worksheet"}),
        _zip(**{f"x{n}": b"" for n in range(2_100)}),
        _zip(**{"xl/vbaProject.bin": b"program"}),
        _zip(bomb=b"\x00" * 30_000_000),
    ],
)
def test_what_is_no_sound_xlsx_is_refused(file: io.BytesIO) -> None:
    with pytest.raises(InvalidInputError):
        list(sheets.read(file))


def test_a_workbook_cut_short_is_refused() -> None:
    whole = book(["Naam"], *[["Koor"]] * 100).getvalue()
    for length in range(0, len(whole), 97):
        with pytest.raises(InvalidInputError):
            list(sheets.read(io.BytesIO(whole[:length])))


def within(megabytes: int, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may use no more memory than that beyond what it starts with."""
    limited = f"""
    import resource, sys
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open("/proc/self/statm") as told:
        pages = int(told.read().split()[0])
    most = pages * resource.getpagesize() + {megabytes} * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    """
    start = "from netwerk.domain.errors import InvalidInputError\n" + PROLOGUE
    code = start + textwrap.dedent(limited) + textwrap.dedent(program)
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


PROLOGUE = "from netwerk.exchange import areas, delimited, sheets\n"


def test_three_hundred_thousand_rows_are_read_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    with file.open("w", encoding="latin-1") as to:
        to.write("Naam;Adres;Opmerking\n")
        to.writelines(f"Café {n};Straat {n};{'é' * 60}\n" for n in range(300_000))
    done = within(
        40,
        """
        with open(sys.argv[1], "rb") as file:
            print(sum(1 for _ in delimited.read(file)))
        """,
        str(file),
    )
    assert (done.returncode, done.stdout) == (0, "300001\n"), done.stderr


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b" " * 1_000_000)
    done = within(
        60,
        """
        try:
            with open(sys.argv[1], "rb") as file:
                list(sheets.read(file))
        except InvalidInputError as error:
            print(error)
        """,
        str(file),
    )
    assert (done.returncode, done.stdout[:22]) == (0, "The file unpacks to fa"), done.stderr


def test_the_limit_of_these_tests_can_be_reached() -> None:
    done = within(40, "x = bytearray(100_000_000)")
    assert "MemoryError" in done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0


def test_what_is_packed_too_well_is_no_sheet() -> None:
    with pytest.raises(InvalidInputError, match="unpacks"):
        list(sheets.read(_zip(bomb=b"\x00" * 30_000_000)))
