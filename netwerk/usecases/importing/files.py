"""A file that somebody gives: what it is shows in its first bytes, whatever it is called."""

import json
import zipfile
from typing import IO, Final

from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.staging import Import
from netwerk.exchange import areas, delimited, sheets
from netwerk.exchange.hsds import files as hsds_files
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore
from netwerk.usecases.importing.hsds import stage_hsds
from netwerk.usecases.importing.sheet import begin_sheet
from netwerk.usecases.importing.staging import AREAS, NewImport, stage

_ZIP: Final = b"PK"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_JSON: Final = (b"{", b"[")


def receive(
    store: GraphStore, scope: Scope, clock: Clock, new: NewImport, file: IO[bytes]
) -> Import:
    """Stage a file: the rows of a sheet wait for a mapping, areas and HSDS are compared at once.

    Raises InvalidInputError for what is none of what can be read.
    """
    start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if not start:
        raise InvalidInputError("This file is empty.")
    if start.startswith(_OLD_EXCEL):
        raise InvalidInputError("This is an old Excel file (.xls). Save it as .xlsx or CSV.")
    if _is_hsds(file, start):
        data = hsds_files.read(new.title, file.read(hsds_files.LARGEST + 1))
        return stage_hsds(store, scope, clock, new, data)
    if start.startswith(_JSON):
        found = NewImport(key=new.key, title=new.title, kind=AREAS)
        return stage(store, scope, clock, found, areas.read(file))
    read = sheets.read if start.startswith(_ZIP) or zipfile.is_zipfile(file) else delimited.read
    file.seek(0)
    return begin_sheet(store, scope, clock, new, read(file))


def _is_hsds(file: IO[bytes], start: bytes) -> bool:
    """Whether a file is JSON of HSDS, or a zip of its tables; it is read from the start again."""
    try:
        if start.startswith(_ZIP):
            with zipfile.ZipFile(file) as packed:
                return any(name.endswith(".csv") for name in packed.namelist())
        if not start.startswith(_JSON):
            return False
        told = json.load(file)
        # GeoJSON says of itself what it is.
        return isinstance(told, list) or "type" not in told
    except (ValueError, RecursionError, OSError, NotImplementedError, zipfile.BadZipFile):
        return False
    finally:
        file.seek(0)
