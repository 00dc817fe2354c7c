"""HSDS in files: one JSON document, or a package of CSV files, in a folder or a zip."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from netwerk.domain.errors import InvalidInputError
from netwerk.exchange.hsds import tabular
from netwerk.exchange.hsds.dataset import Dataset
from netwerk.exchange.hsds.standard import HSDS, ORUK, Row, Standard, content, standard

LARGEST: Final = 64_000_000
"""Bytes of one file, and of all in a zip once they are unpacked."""
_MOST_FILES: Final = 64
_PLURALS: Final = {
    "organizations": "organization",
    "services": "service",
    "service_at_locations": "service_at_location",
    "locations": "location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_TOLD: Final = ("organizations", "services", "locations")
"""What a document of ours is made of; the other tables are nested in these."""
_SIGNS: Final = (
    ("status", "service"),
    ("location_type", "location"),
    ("service", "service_at_location"),
    ("location", "service_at_location"),
    ("service_id", "service_at_location"),
    ("taxonomy_detail", "taxonomy_term"),
    ("taxonomy", "taxonomy_term"),
    ("taxonomy_id", "taxonomy_term"),
    ("taxonomy_terms", "taxonomy"),
)
"""By which key a document without a name is known; what has none is an organization."""


def read(name: str, data: bytes) -> Dataset:
    """Read a file: JSON, or a zip of CSV files. Raises InvalidInputError with the place."""
    if len(data) > LARGEST:
        raise InvalidInputError("%(file)s is too large.", file=name)
    if data.startswith(b"PK"):
        return read_tables(_unzipped(name, data))
    try:
        document: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("%(file)s is not JSON, nor a zip of tables.", file=name) from error
    return read_document(document)


def read_tables(files: Mapping[str, str]) -> Dataset:
    """Read a package of CSV files."""
    package = files.get(tabular.PACKAGE)
    if package is not None:
        try:
            version = json.loads(package).get("version")
        except (ValueError, AttributeError, RecursionError) as error:
            raise InvalidInputError("%(file)s is not JSON.", file=tabular.PACKAGE) from error
        # The package of 3.1 says that it is 3.0.0 itself.
        _require_version(version, {*standard(HSDS).names, "3.0.0", "3.0.1", None})
    return tabular.read(files, standard(HSDS))


def read_document(document: object) -> Dataset:
    """Read one document, a list of them, a page of an API, or all that we write."""
    documents = list(_documents(document))
    if not documents:
        raise InvalidInputError("There is nothing of HSDS here.")
    told = document.get("version") if isinstance(document, Mapping) else None
    try:
        chosen = _standard(told, documents)
        data = Dataset(standard=chosen)
        for table, each, place in documents:
            chosen.check(table, each, place)
            data.add(table, each, place)
    except RecursionError as error:
        raise InvalidInputError("This is nested deeper than HSDS is.") from error
    return data


def write(data: Dataset) -> Row:
    """Return everything as one document: full organizations, services and locations."""
    told: Row = {"version": data.standard.version, "profile": data.standard.profile}
    for plural in _TOLD:
        table = _PLURALS[plural]
        alone = frozenset({"service"}) if table == "organization" else frozenset[str]()
        told[plural] = [data.document(table, row, without=alone) for row in data.of(table)]
    return told


def zipped(files: Mapping[str, str]) -> bytes:
    """Return files as a zip; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unzipped(name: str, data: bytes) -> dict[str, str]:
    found, left = {}, LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = [each for each in packed.infolist() if not each.is_dir()]
            if len(inside) > _MOST_FILES:
                raise InvalidInputError("%(file)s is too large.", file=name)
            for each in inside:
                with packed.open(each) as opened:
                    content_ = opened.read(left + 1)
                left -= len(content_)
                if left < 0:
                    raise InvalidInputError("%(file)s is too large.", file=name)
                found[each.filename.rpartition("/")[2]] = content_.decode("utf-8-sig")
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError, RuntimeError) as error:
        raise InvalidInputError("%(file)s is no zip that can be read.", file=name) from error
    return found


def _documents(document: object) -> Iterator[tuple[str, Row, str]]:
    """Yield (table, document, place) of all that a file holds."""
    if isinstance(document, list):
        for number, each in enumerate(document):
            yield from _one(each, f"[{number}]")
    elif isinstance(document, dict) and isinstance(document.get("contents"), list):
        for number, each in enumerate(document["contents"]):
            yield from _one(each, f"contents[{number}]")
    elif isinstance(document, dict) and "id" not in document:
        for plural, table in _PLURALS.items():
            below = document.get(plural, [])
            for number, each in enumerate(below if isinstance(below, list) else [below]):
                yield table, each, f"{plural}[{number}]"
    else:
        yield from _one(document, "")


def _one(document: object, place: str) -> Iterator[tuple[str, Row, str]]:
    if not isinstance(document, dict):
        raise InvalidInputError("%(place)s: this is not a document of HSDS.", place=place or "[0]")
    found = next((table for key, table in _SIGNS if key in document), "organization")
    yield found, document, place or found


def _standard(told: object, documents: list[tuple[str, Row, str]]) -> Standard:
    """Return the standard that a file names, else the first that it holds to."""
    every = [standard(name) for name in content()["standards"]]
    if told is not None:
        _require_version(told, {name for each in every for name in each.names})
        return next(each for each in every if told in each.names)
    for each in every:
        if not any(True for table, row, _ in documents for _ in each.errors(table, row)):
            return each
    return standard(ORUK) if _is_uk(documents) else standard(HSDS)


def _is_uk(documents: list[tuple[str, Row, str]]) -> bool:
    return any(table == "taxonomy" and "taxonomy_terms" in row for table, row, _ in documents)


def _require_version(told: object, known: set[Any]) -> None:
    if not isinstance(told, str | None) or told not in known:
        raise InvalidInputError(
            "This is HSDS %(version)s. What can be read is HSDS 3.1 and ORUK 3.0.",
            version=str(told)[:40],
        )
