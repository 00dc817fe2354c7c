"""The tables as CSV files with a `datapackage.json`: the tabular form of HSDS.

What is nested elsewhere is told here by a column with the id of the row that it is in.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.hsds.dataset import Dataset, Key
from netwerk.exchange.hsds.standard import Row, Standard, Table, content

PACKAGE: Final = "datapackage.json"
_LINKS: Final = {
    "attribute": ("link_id", "link_entity"),
    "metadata": ("resource_id", "resource_type"),
}
"""Tables whose rows may be in a row of any table, which a second column names."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_GUARD: Final = "'"
_AGAIN: Final = UUID("0d2d8a4e-4f0b-5c1c-9c6e-2b8f3d6c7a10")
_LONGEST_CELL: Final = 1_000_000


def read(files: Mapping[str, str], standard: Standard) -> Dataset:
    """Read the files of a package. Raises InvalidInputError with file, row and column."""
    data = Dataset(standard=standard)
    by_file = {table.file: table for table in standard.tables.values()}
    known = {name: text for name, text in files.items() if name in by_file}
    if not known:
        raise InvalidInputError("There are no HSDS tables here, such as services.csv.")
    for name, text in known.items():
        for number, row in _rows(text, name):
            _add(data, by_file[name], row, f"{name}, row {number}")
    return data


def write(data: Dataset) -> dict[str, str]:
    """Return the files of a package, `datapackage.json` among them; empty tables are left out."""
    rows = _flat(data)
    package = dict(data.standard.package)
    package["resources"] = [r for r in package["resources"] if rows.get(r["name"])]
    files = {PACKAGE: json.dumps(package, ensure_ascii=False, indent=1)}
    for resource in package["resources"]:
        table = data.standard.tables[resource["name"]]
        first = [each["name"] for each in resource["schema"]["fields"]]
        files[table.file] = _written(first, rows[table.name])
    return files


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = next(lines, [])
        for number, cells in enumerate(lines, start=2):
            if len(cells) > len(header):
                raise InvalidInputError(
                    "%(place)s: there are more cells than columns.", place=f"{name}, row {number}"
                )
            yield number, {k: _bare(v) for k, v in zip(header, cells, strict=False) if v != ""}
    except csv.Error as error:
        raise InvalidInputError("%(place)s: this is not CSV.", place=name) from error


def _add(data: Dataset, table: Table, cells: dict[str, str], place: str) -> None:
    for column in sorted(table.needed - set(cells)):
        raise InvalidInputError("%(place)s: “%(name)s” is missing.", place=place, name=column)
    row = {k: _typed(v, table.columns.get(k, ""), f"{place}, {k}") for k, v in cells.items()}
    parents = _parents(data.standard, table, row)
    below = _below(table, row)
    at = data.add(table.name, row, place)
    for parent, key in parents:
        data.tie(parent, key, at[1])
    for key, child in below:
        data.tie(at, key, child)


def _parents(standard: Standard, table: Table, row: Row) -> list[tuple[Key, str]]:
    """Take the columns that say which rows this one is in out of the row."""
    if table.name in _LINKS:
        column, entity = _LINKS[table.name]
        parent = standard.tables.get(str(row.get(entity)))
        key = None if parent is None else _key_to(parent, table.name)
        if parent is None or key is None or column not in row:
            return []
        row.pop(entity)
        return [((parent.name, str(row.pop(column))), key)]
    found = []
    for parent in standard.tables.values():
        key, column = _key_to(parent, table.name), f"{parent.name}_id"
        if key is not None and column in row and column in table.columns:
            found.append(((parent.name, str(row.pop(column))), key))
    return found


def _below(table: Table, row: Row) -> list[tuple[str, str]]:
    found = []
    for key, (to, many) in table.children.items():
        column = f"{to}_id"
        if not many and column in row and not _is_told_elsewhere(table, key):
            found.append((key, str(row.pop(column))))
    return found


def _flat(data: Dataset) -> dict[str, list[Row]]:
    """Return the rows of each table with the columns that say what they are in."""
    rows: dict[Key, Row] = {at: dict(own) for at, own in data.rows.items()}
    more: dict[Key, list[Row]] = {}
    for parent, held in data.nested.items():
        table = data.standard.tables[parent[0]]
        for key, children in held.items():
            if key not in table.children or _is_told_elsewhere(table, key):
                continue
            to, many = table.children[key]
            if many:
                for child in children:
                    _tell(rows, more, (to, child), parent)
            elif parent in rows:
                rows[parent][f"{to}_id"] = children[0]
    found: dict[str, list[Row]] = {}
    for at, row in rows.items():
        found.setdefault(at[0], []).extend([row, *more.get(at, ())])
    return found


def _tell(rows: dict[Key, Row], more: dict[Key, list[Row]], child: Key, parent: Key) -> None:
    if child not in rows:
        return
    row = rows[child]
    column, entity = _LINKS.get(child[0], (f"{parent[0]}_id", None))
    if row.get(column, parent[1]) != parent[1]:
        if child[0] == "location":
            return  # a place is one place: it names the first that is there
        # One row can name one parent of a kind: the next gets a row of its own.
        row = {**row, "id": str(uuid5(_AGAIN, f"{child[1]} {parent[1]}"))}
        more.setdefault(child, []).append(row)
    row[column] = parent[1]
    if entity is not None:
        row[entity] = parent[0]


def _key_to(parent: Table, table: str) -> str | None:
    """Return under which key rows of a table are listed in a parent."""
    for key, (to, many) in parent.children.items():
        if to == table and many and not _is_told_elsewhere(parent, key):
            return key
    return None


def _is_told_elsewhere(table: Table, key: str) -> bool:
    return f"{table.name}.{key}" in content()["inverse"]


def _typed(cell: str, kind: str, place: str) -> Any:
    if kind != "number":
        return cell
    try:
        number = float(cell)
    except ValueError as error:
        raise InvalidInputError("%(place)s: this is not a number.", place=place) from error
    return int(number) if number.is_integer() and "." not in cell else number


def _written(first: list[str], rows: list[Row]) -> str:
    others = {key for row in rows for key in row} - set(first)
    used = [key for key in first if any(key in row for row in rows)]
    header = [*used, *sorted(others)]
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([_guarded(key) for key in header])
    lines.writerows([_cell(row.get(key)) for key in header] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _guarded(text)


def _guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `_bare` undoes it."""
    return _GUARD + text if text.startswith(_FORMULA) else text


def _bare(cell: str) -> str:
    guarded = cell.startswith(_GUARD) and cell[1:].startswith(_FORMULA)
    return cell[1:] if guarded else cell
