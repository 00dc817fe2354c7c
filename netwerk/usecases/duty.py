"""What a colleague on duty must know of one case, in half a minute."""

from dataclasses import dataclass
from datetime import date, timedelta

from netwerk.domain.cases import Outcome
from netwerk.domain.ids import NodeId
from netwerk.domain.ties import Tie
from netwerk.graph import casework
from netwerk.graph.casework import ActionInPlan
from netwerk.graph.file import AskInFile, PersonFile

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Who is around and may be asked, what was agreed for this week, what runs, last contact.

    `left_alone` counts whom not to ask: the inhabitant wants it so.
    """

    may_ask: tuple[Tie, ...]
    left_alone: int
    week: tuple[ActionInPlan, ...]
    running: tuple[AskInFile, ...]
    last: date | None


def of_file(file: PersonFile) -> Duty:
    """Return what matters today of a file; of who is left alone nothing is told."""
    own = [tie for tie in file.ties if tie.joins(file.person.id)]
    asked = casework.may_do(file)
    others: set[NodeId] = {tie.other(file.person.id) for tie in own}
    runs = (Outcome.OPEN, Outcome.ACCEPTED)
    return Duty(
        may_ask=tuple(tie for tie in file.gates.usable_ties() if tie in own and _is_in(tie, asked)),
        left_alone=len(others & file.gates.barred),
        week=tuple(each for each in casework.actions(file) if _this_week(each, file.on)),
        running=tuple(a for a in file.asks if a.ask.outcome in runs and not a.closed_off),
        last=_last(file),
    )


def _is_in(tie: Tie, people: set[NodeId]) -> bool:
    return tie.source in people or tie.target in people


def _this_week(found: ActionInPlan, on: date) -> bool:
    due = found.action.due_on
    soon = due is not None and due <= on + WEEK
    return found.action.is_open and soon and not found.closed_off


def _last(file: PersonFile) -> date | None:
    """Return the last day on which something was told, asked or agreed."""
    told = [note.told_on for every in casework.notes(file).values() for note in every]
    agreed = [each.action.agreed_on for each in casework.actions(file)]
    asked = [each.ask.asked_on for each in file.asks]
    days = [day for day in (*told, *agreed, *asked) if day is not None and day <= file.on]
    return max(days, default=None)
