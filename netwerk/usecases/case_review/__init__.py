"""Casuïstiek: a session is planned, cases are brought without names, decisions are noted.

What a session holds of a case is a sheet that was made for it (`netwerk.graph.anonymous`). Who sits
in it sees that and nothing else; whose case it is stays with the team that handles it.
"""

from netwerk.usecases.case_review.bringing import (
    Bringing,
    Prepared,
    bring,
    prepare,
    withdraw,
)
from netwerk.usecases.case_review.closing import close
from netwerk.usecases.case_review.earlier import Earlier, earlier
from netwerk.usecases.case_review.noting import Noting, note
from netwerk.usecases.case_review.planning import change, plan
from netwerk.usecases.case_review.proposing import Proposed, Reason, proposed
from netwerk.usecases.case_review.reading import (
    Colleague,
    Room,
    Talked,
    colleagues,
    room,
    sessions,
)

__all__ = [
    "Bringing",
    "Colleague",
    "Earlier",
    "Noting",
    "Prepared",
    "Proposed",
    "Reason",
    "Room",
    "Talked",
    "bring",
    "change",
    "close",
    "colleagues",
    "earlier",
    "note",
    "plan",
    "prepare",
    "proposed",
    "room",
    "sessions",
    "withdraw",
]
