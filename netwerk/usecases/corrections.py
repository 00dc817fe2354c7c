"""A correction by the inhabitant: noted on their behalf, and answered for them to read."""

from contextlib import suppress
from dataclasses import dataclass

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.corrections import Correction, CorrectionOutcome, corrections
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.records import Node, Subgraph
from netwerk.graph import casework
from netwerk.graph.file import PersonFile
from netwerk.graph.subject import theirs
from netwerk.ports.stores import GraphStore, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRight:
    """What is not right: the record, what it is called in the file, and what is said of it."""

    record: str
    about: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was done about it, in words for the inhabitant."""

    outcome: CorrectionOutcome
    words: str = ""


def correction(file: PersonFile, key: str) -> Correction:
    """Return a correction of the file. Raises NotVisibleError."""
    found = next((each for each in corrections(file.graph) if each.id == key), None)
    if found is None:
        raise NotVisibleError
    return found


def note(store: GraphStore, scope: Scope, operation: OperationId, told: NotRight) -> None:
    """Note what the inhabitant says is not right, of something that they may read."""
    if not told.said.strip():
        raise InvalidInputError("Write down what is not right, in the inhabitant's own words.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        if not _reads(file, told.record):
            raise NotVisibleError
        new = Node(
            label="Correction",
            id=NodeId(f"correction-{operation}"),
            properties={
                "record": told.record,
                "about": told.about,
                "said": told.said.strip(),
                "asked_on": scope.as_of.isoformat(),
                "noted_by": scope.viewer,
            },
        )
        _keep(work, file, new)
        work.audit(AuditEvent.within(scope, "note-correction", new.id))


def answer(
    store: GraphStore, scope: Scope, operation: OperationId, read: Correction, told: Answer
) -> None:
    """Answer a correction, or answer it otherwise. Raises ConflictError if it changed since.

    Whoever does not change it says why: the inhabitant reads it.
    """
    if told.outcome is not CorrectionOutcome.DONE and not told.words.strip():
        raise InvalidInputError("Say why it was not changed. The inhabitant reads it.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        PersonFile.in_work(work, scope)
        work.save(
            read.node.with_properties(
                outcome=told.outcome.value,
                answer=told.words.strip() or None,
                answered_on=scope.as_of.isoformat(),
                answered_by=scope.viewer,
            )
        )
        work.audit(AuditEvent.within(scope, "answer-correction", read.id))


def _reads(file: PersonFile, record: str) -> bool:
    """Whether a record is in what the inhabitant may read."""
    held: Subgraph = theirs(file.graph, file.person.id, file.on)
    return record in held.nodes or record in held.relationships


def _keep(work: Work, file: PersonFile, new: Node) -> None:
    if file.case is None:
        raise NotVisibleError
    work.save(new)
    work.save(casework.kept_in(file.case, new.id))
