"""The demo municipality: Helmond with its real areas and schools, and invented people."""

from datetime import date

from netwerk.demo.lessons import LEARNED, lessons
from netwerk.demo.municipality import records
from netwerk.demo.noticed import noticed
from netwerk.demo.talks import Talk, talks
from netwerk.demo.teams import Account, accounts
from netwerk.demo.told import closed, shared
from netwerk.demo.wanted import Wanted, wanted

REFERENCE_DAY = date(2026, 11, 23)
"""The day that tests and benchmarks stand on; `netwerk demo` takes the day of today."""

__all__ = [
    "LEARNED",
    "REFERENCE_DAY",
    "Account",
    "Talk",
    "Wanted",
    "accounts",
    "closed",
    "lessons",
    "noticed",
    "records",
    "shared",
    "talks",
    "wanted",
]
