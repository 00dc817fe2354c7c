"""Questionnaires in an inhabitant's case: filled in together, and read over time."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from netwerk.domain.access import Scope
from netwerk.domain.assessments import Assessment, written
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.records import Node, Value
from netwerk.graph import casework, instruments
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What was filled in; a question without an answer is left out of `points`."""

    taken_on: date
    points: Mapping[str, int]
    note: str = ""
    taken_by: str = ""
    about: str = ""


def every(file: PersonFile) -> list[Assessment]:
    """Return the questionnaires of the open cases, newest first."""
    found = [Assessment.from_node(node) for node in casework.kept(file, "Assessment")]
    there = [each for each in found if each.points]
    return sorted(there, key=lambda each: (each.taken_on, each.id), reverse=True)


def one(file: PersonFile, key: str) -> Assessment:
    """Return a questionnaire of the file. Raises NotVisibleError."""
    for each in every(file):
        if each.id == key:
            return each
    raise NotVisibleError


def fill_in(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    what: str | Assessment,
    facts: SheetFacts,
) -> None:
    """Keep a new questionnaire of this instrument, or change the one that was read.

    Raises ConflictError if it changed since it was read.
    """
    instrument = what if isinstance(what, str) else what.instrument
    _require_right(instrument, facts, scope)
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        told: dict[str, Value | None] = {
            "taken_on": facts.taken_on.isoformat(),
            "scores": written(facts.points),
            "note": facts.note.strip() or None,
            "taken_by": facts.taken_by.strip() or None,
            "about": facts.about.strip() or None,
        }
        if isinstance(what, Assessment):
            work.save(what.node.with_properties(**told))
            work.audit(AuditEvent.within(scope, "set-assessment", what.id))
            return
        if file.case is None:  # pragma: no cover -- no file can be opened without an open case
            raise NotVisibleError
        new = Node(label="Assessment", id=NodeId(f"assessment-{operation}"))
        work.save(new.with_properties(instrument=instrument, **told))
        work.save(casework.kept_in(file.case, new.id))
        work.audit(AuditEvent.within(scope, "set-assessment", None))


def take_away(store: GraphStore, scope: Scope, operation: OperationId, read: Assessment) -> None:
    """Empty a questionnaire that does not belong here: nothing of it is shown any more.

    Raises ConflictError if it changed since it was read.
    """
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        empty = dict.fromkeys(("scores", "note", "taken_by", "about"))
        work.save(read.node.with_properties(**empty))
        work.audit(AuditEvent.within(scope, "remove-assessment", read.id))


def _require_right(instrument: str, facts: SheetFacts, scope: Scope) -> None:
    if not instruments.fits(instrument, facts.points):
        raise InvalidInputError("Choose one of the answers of the list.")
    if not facts.points:
        raise InvalidInputError("Fill in at least one answer.")
    if facts.taken_on > scope.as_of:
        raise InvalidInputError("The day is still to come.")
