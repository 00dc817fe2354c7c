"""Bringing in a file: staged, compared, chosen, and then all of it at once or nothing.

Any format can be staged: it only has to become drafts. Nothing reaches the directory before
`enter`; what is staged lies beside the graph, and outlives the session that staged it.
"""

from netwerk.usecases.importing.entering import enter
from netwerk.usecases.importing.files import receive
from netwerk.usecases.importing.hsds import HSDS, stage_hsds
from netwerk.usecases.importing.sheet import SheetPlan, begin_sheet, check_sheet
from netwerk.usecases.importing.staging import (
    AREAS,
    SHEET,
    NewImport,
    choose,
    drop,
    imports,
    opened,
    part,
    recheck,
    stage,
)
from netwerk.usecases.importing.undoing import undo

__all__ = (
    "AREAS",
    "HSDS",
    "SHEET",
    "NewImport",
    "SheetPlan",
    "begin_sheet",
    "check_sheet",
    "choose",
    "drop",
    "enter",
    "imports",
    "opened",
    "part",
    "receive",
    "recheck",
    "stage",
    "stage_hsds",
    "undo",
)
