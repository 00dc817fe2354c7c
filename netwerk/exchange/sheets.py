"""xlsx: looked through before it is opened, read row by row, written without a formula.

An xlsx is a zip of XML. Nothing of it is unpacked before its members are counted and measured.
openpyxl parses with defusedxml, so that no entity is ever expanded or fetched.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import IO, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml import DEFUSEDXML

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.cells import FORMULA, Row, guarded_row, unguarded
from netwerk.exchange.delimited import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

MOST_MEMBERS: Final = 2_000
LARGEST: Final = 200_000_000
"""Bytes of everything in it, unpacked."""
MOST_RATIO: Final = 150
"""How many times larger a member may be than it is packed: sheets stay well below 100."""
_SMALL: Final = 1_000_000
"""Bytes below which the ratio does not matter."""
_SHEET: Final = "xl/workbook.xml"
_EMPTY_ROWS: Final = 1_000
"""Rows with nothing in a row after which a sheet is over, however long it says that it is."""


def read(file: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of the first sheet that has any. Raises InvalidInputError.

    A formula gives the value that the spreadsheet last kept of it; it is never calculated.
    """
    if not DEFUSEDXML:  # pragma: no cover -- it is pinned; without it nothing may be read
        raise InvalidInputError("A spreadsheet cannot be read here: defusedxml is missing.")
    _require_sound(file)
    file.seek(0)
    try:
        yield from _first(_book(file, values=True), _book(file, values=False))
    except InvalidInputError:
        raise
    except _BROKEN as error:
        raise _not_one() from error


def write(to: IO[bytes], rows: Iterable[Iterable[str]]) -> int:
    """Write rows as the only sheet of a workbook, every cell as text; return how many."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Netwerk")
    count = 0
    for row in rows:
        sheet.append([_text_cell(sheet, each) for each in guarded_row(row)])
        count += 1
    book.save(to)
    return count


# openpyxl lets what is wrong inside a file come up as whatever it stumbled over.
_BROKEN: Final = (
    InvalidFileException,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def _require_sound(file: IO[bytes]) -> None:
    """Refuse what is no xlsx, or unpacks to more than a sheet can hold."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _not_one() from error
    if _SHEET not in {member.filename for member in members}:
        raise _not_one()
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or whole > LARGEST or any(map(_is_bomb, members)):
        raise InvalidInputError("The file unpacks to far more than a sheet of partners holds.")
    if any("vbaproject" in member.filename.casefold() for member in members):
        raise InvalidInputError("The file holds a program (macros). Save it as .xlsx or CSV.")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    packed = max(member.compress_size, 1)
    return member.file_size > _SMALL and member.file_size / packed > MOST_RATIO


def _not_one() -> InvalidInputError:
    return InvalidInputError(
        "This is not an Excel file (.xlsx) that can be read. Save it again as .xlsx or CSV."
    )


def _book(file: IO[bytes], *, values: bool) -> Any:
    """Open a workbook for its values as they were last kept, or for its formulas."""
    file.seek(0)
    copy = io.BytesIO(file.read())
    return openpyxl.load_workbook(copy, read_only=True, data_only=values, keep_links=False)


def _first(book: Any, formulas: Any) -> Iterator[Row]:
    for sheet, written in zip(book.worksheets, formulas.worksheets, strict=True):
        rows = _rows(sheet, written)
        first = next(rows, None)
        if first is not None:
            yield first
            yield from rows
            return


def _rows(sheet: Any, written: Any) -> Iterator[Row]:
    for each in (sheet, written):
        each.reset_dimensions()  # a sheet may say that it is a million rows long
    empty = 0
    both = zip(sheet.iter_rows(), written.iter_rows(), strict=True)
    for number, (cells, sources) in enumerate(both, 1):
        if number > MOST_ROWS:
            raise InvalidInputError("The file has more than %(most)s rows.", most=MOST_ROWS)
        row = Row(number, _texts(cells, sources, number))
        empty = empty + 1 if row.is_empty else 0
        if empty > _EMPTY_ROWS:
            return
        if not row.is_empty:
            yield row


def _texts(cells: Any, sources: Any, number: int) -> tuple[str, ...]:
    pairs = list(zip(cells, sources, strict=True))[:MOST_COLUMNS]
    said = [_calculated(cell, source) for cell, source in pairs]
    if any(len(each) > LONGEST_CELL for each in said):
        raise InvalidInputError("Row %(row)s is far too long. Is this a table?", row=str(number))
    while said and not said[-1]:
        said.pop()
    return tuple(unguarded(each) for each in said)


def _calculated(cell: Any, source: Any) -> str:
    """Return what a cell shows; what a formula last gave is marked as such."""
    said = _said(cell.value)
    return FORMULA + said if source.data_type == "f" else said


def _said(value: object) -> str:
    """Return what a cell shows: days as ISO 8601, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case datetime():
            return value.date().isoformat() if value.time() == time() else str(value)[:16]
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
