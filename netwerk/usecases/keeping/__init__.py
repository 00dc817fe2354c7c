"""The directory as coordinators keep it: filling in, adding, ending, and what it was."""

from netwerk.usecases.keeping.changing import Filling, change, verify
from netwerk.usecases.keeping.ending import Ending, close, preview, remove, stop
from netwerk.usecases.keeping.entries import Entry, Place, name_of, read
from netwerk.usecases.keeping.listing import Row, listed, searched, terms
from netwerk.usecases.keeping.making import New, make
from netwerk.usecases.keeping.past import Gone, Past, gone, past, undo

__all__ = [
    "Ending",
    "Entry",
    "Filling",
    "Gone",
    "New",
    "Past",
    "Place",
    "Row",
    "change",
    "close",
    "gone",
    "listed",
    "make",
    "name_of",
    "past",
    "preview",
    "read",
    "remove",
    "searched",
    "stop",
    "terms",
    "undo",
    "verify",
]
