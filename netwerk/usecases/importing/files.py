"""A file that somebody gives: what it is shows in its first bytes, whatever it is called."""

import zipfile
from typing import IO, Final

from netwerk.domain.access import Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.staging import Import
from netwerk.exchange import areas, delimited, sheets
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore
from netwerk.usecases.importing.sheet import begin_sheet
from netwerk.usecases.importing.staging import AREAS, NewImport, stage

_ZIP: Final = b"PK"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_JSON: Final = (b"{", b"[")


def receive(
    store: GraphStore, scope: Scope, clock: Clock, new: NewImport, file: IO[bytes]
) -> Import:
    """Stage a file: the rows of a sheet wait for a mapping, areas are compared at once.

    Raises InvalidInputError for what is none of what can be read.
    """
    start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if not start:
        raise InvalidInputError("This file is empty.")
    if start.startswith(_OLD_EXCEL):
        raise InvalidInputError("This is an old Excel file (.xls). Save it as .xlsx or CSV.")
    if start.startswith(_JSON):
        found = NewImport(key=new.key, title=new.title, kind=AREAS)
        return stage(store, scope, clock, found, areas.read(file))
    read = sheets.read if start.startswith(_ZIP) or zipfile.is_zipfile(file) else delimited.read
    file.seek(0)
    return begin_sheet(store, scope, clock, new, read(file))
