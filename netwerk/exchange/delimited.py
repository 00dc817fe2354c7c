"""CSV as it really comes: in any of four encodings, with any of three marks between the cells.

Read row by row: the length of a file costs time, not memory.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Final

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.cells import Row, guarded_row, unguarded

MOST_ROWS: Final = 400_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 20_000
"""Characters: longer ones are a file that is not a table, or a quote that is never closed."""
LONGEST_ROW: Final = 100_000
_SAMPLE: Final = 65_536
_MARKS: Final = (";", ",", "\t")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read(file: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of a file that are not empty, from where it stands at its beginning.

    Raises InvalidInputError for what is no table of text.
    """
    text = io.TextIOWrapper(file, encoding=_encoding(file), errors="strict", newline="")
    try:
        sample = text.read(_SAMPLE)
        text.seek(0)
        yield from _rows(text, _mark(sample))
    except UnicodeDecodeError as error:
        raise InvalidInputError("The file is not text. Save it as CSV (UTF-8).") from error
    except csv.Error as error:
        raise InvalidInputError(
            "The file is not a table: a cell never ends, or is far too long."
        ) from error
    finally:
        text.detach()


def write(to: IO[str], rows: Iterable[Iterable[str]]) -> int:
    """Write rows as CSV that every spreadsheet here opens; return how many."""
    writer = csv.writer(to, delimiter=";", lineterminator="\r\n")
    count = 0
    for row in rows:
        writer.writerow(guarded_row(row))
        count += 1
    return count


def _rows(text: IO[str], mark: str) -> Iterator[Row]:
    reader = csv.reader(_lines(text), delimiter=mark, strict=False)
    for number, cells in enumerate(reader, 1):
        if number > MOST_ROWS:
            raise InvalidInputError("The file has more than %(most)s rows.", most=MOST_ROWS)
        if len(cells) > MOST_COLUMNS or any(len(each) > LONGEST_CELL for each in cells):
            raise InvalidInputError(
                "Row %(row)s is far too long. Is this a table?", row=str(number)
            )
        row = Row(number, tuple(unguarded(each) for each in cells))
        if not row.is_empty:
            yield row


def _lines(text: IO[str]) -> Iterator[str]:
    """Yield lines of bounded length: a file without any ends is refused, not read into memory."""
    while line := text.readline(LONGEST_ROW + 1):
        if len(line) > LONGEST_ROW:
            raise InvalidInputError("A line of the file is far too long. Is this a table?")
        if "\x00" in line:
            raise InvalidInputError("The file is not text. Save it as CSV (UTF-8).")
        yield line


def _encoding(file: IO[bytes]) -> str:
    """Return in what the file is written; without a mark it is read through once to know."""
    start = file.read(4)
    file.seek(0)
    for bom, name in _BOMS:
        if start.startswith(bom):
            return name
    if len(start) == 4 and start[1::2] == b"\x00\x00":
        return "utf-16-le"
    if len(start) == 4 and start[::2] == b"\x00\x00":
        return "utf-16-be"
    # Latin-1 knows every byte; cp1252, which has the euro, leaves five without a meaning.
    return next((name for name in ("utf-8", "cp1252") if _decodes(file, name)), "latin-1")


def _decodes(file: IO[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while piece := file.read(_SAMPLE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def _mark(sample: str) -> str:
    """Return what stands between the cells: what the file says, or most lines have equally often.

    Excel writes `sep=;` as a first line; it is read as a row, and found not to be a heading.
    """
    if sample[:4].casefold() == "sep=" and sample[4:5] in _MARKS:
        return sample[4]
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def fits(mark: str) -> tuple[int, int]:
        counts = Counter(width for line in lines if (width := line.count(mark)))
        if not counts:
            return (0, 0)
        width, often = counts.most_common(1)[0]
        return often, width

    first = lines[0] if lines else ""
    return max(_MARKS, key=lambda mark: (bool(first.count(mark)), *fits(mark)))
