"""Asks: a support path that was tried, and what came of it."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from math import prod

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Ask, Outcome, Safety
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import AskId, NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Properties, Relationship, Value, text
from netwerk.domain.suggestions import OWN_IDEA, Because, Suggested
from netwerk.domain.ties import Tie
from netwerk.graph.file import PersonFile
from netwerk.graph.gates import Gates
from netwerk.graph.question import Answer, Step, SupportPath
from netwerk.ports.stores import GraphStore

_BY_A_PERSON = frozenset({"volunteers", "talent"})
_FROM_A_PERSON = _BY_A_PERSON | {"tie", "role", "takes_part"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsk:
    """What the worker adds to a path: who asks, and when to look again; texts as shown."""

    need: NeedId
    title: str
    first_step: str
    asked_by: str
    look_again_on: date
    note: str = ""
    suggested: Suggested | None = None
    because: Because | None = None
    because_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of an ask, and on which day that was known.

    `declined_step` is the index of the step at which the answer was no; `again_from` when they may
    be asked again; `phase_out_on` when the help is to be looked at to be phased out.
    """

    outcome: Outcome
    on: date
    declined_step: int | None = None
    again_from: date | None = None
    phase_out_on: date | None = None
    reason: str = ""


def path_of(answer: Answer, nodes: Iterable[str]) -> SupportPath:
    """Return the path of an answer that goes through these nodes.

    Raises NotVisibleError if it is no longer there: somebody may have taken back their yes.
    """
    wanted = tuple(nodes)
    for path in answer.paths:
        if path.nodes == wanted:
            return path
    raise NotVisibleError


def to_ask(file: PersonFile) -> list[Tie]:
    """Return the ties to whom the inhabitant said may be asked, suggested or not."""
    return [
        tie
        for tie in file.gates.usable_ties()
        if tie.joins(file.person.id) and file.gates.open_to(_other(file, tie))
    ]


def own_idea(answer: Answer, file: PersonFile, tie: str) -> SupportPath:
    """Return the path to somebody whom nobody suggested: a tie of the file, or somebody new.

    Nobody is asked while somebody is in danger, nor who is to be left alone: NotVisibleError.
    """
    person, p = file.person.id, answer.chances.p
    if file.safety is Safety.ACUTE:
        raise NotVisibleError
    steps: tuple[Step, ...] = (
        Step(step="direct", source=person, target=None, kind="direct", p=p("direct")),
    )
    supporter = NodeId("")
    if tie:
        known = next((each for each in to_ask(file) if each.id == tie), None)
        if known is None:
            raise NotVisibleError
        supporter, kind = known.other(person), known.kind
        steps = (
            Step(
                step="tie",
                source=person,
                target=supporter,
                kind=kind,
                p=p(f"tie.{kind}"),
                record=known.id,
            ),
            Step(step="talent", source=supporter, target=None, kind="talent", p=p("talent")),
        )
    unknown = {"fit": 1.0, "proximity": 1.0, "availability": 1.0, "score": prod(s.p for s in steps)}
    return SupportPath(supporter=supporter, service=None, steps=steps, distance_m=None, **unknown)


def suggested(answer: Answer, path: SupportPath, shown: int) -> Suggested:
    """Return the place of a path among what was shown: at most `shown` of an answer."""
    every = [each.nodes for each in answer.paths]
    rank = every.index(path.nodes) + 1 if path.nodes in every else OWN_IDEA
    return Suggested(rank=rank, count=max(rank, min(len(answer.paths), shown)))


def record_ask(
    store: GraphStore, scope: Scope, operation: OperationId, path: SupportPath, new: NewAsk
) -> AskId:
    """Record that a path of today's answer is being tried, and return the ask."""
    if new.look_again_on < scope.as_of:
        raise InvalidInputError("Choose a day from today on to look again.")
    ask = AskId(NodeId(f"ask-{operation}"))
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        case = file.case
        if case is None or not _still_open(file.gates, path.steps):
            raise NotVisibleError
        work.save(Node(label="Ask", id=ask, properties=_ask_facts(path, new, scope)))
        asked_in = RelationshipId(f"asked-{operation}")
        work.save(Relationship(type="ASKED_IN", id=asked_in, source=ask, target=case.id))
        work.audit(AuditEvent.within(scope, "record-ask", ask))
    return ask


def set_result(
    store: GraphStore, scope: Scope, operation: OperationId, read: Ask, result: Result
) -> None:
    """Note what came of an ask. Raises ConflictError if it is no longer as it was read.

    Who declined is left alone until the day they chose, in every file.
    """
    if result.on > scope.as_of:
        raise InvalidInputError("That day has not come yet.")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(read.node.with_properties(**_result_facts(read, result)))
        decliner = _decliner(read, result)
        if decliner is not None and result.again_from is not None:
            work.leave_alone(decliner, result.again_from.isoformat())
        work.audit(AuditEvent.within(scope, "set-ask-outcome", read.id))


def take_back(store: GraphStore, scope: Scope, operation: OperationId, read: Ask) -> None:
    """Take an ask back: it never counted. The chances lose it at the next publication."""
    result = Result(outcome=Outcome.WITHDRAWN, on=scope.as_of)
    set_result(store, scope, operation, read, result)


def _other(file: PersonFile, tie: Tie) -> Person:
    return Person.from_node(file.graph.nodes[tie.other(file.person.id)])


def _still_open(gates: Gates, steps: Iterable[Step]) -> bool:
    """Whether everybody in the path may still be asked, now that the file is locked."""
    usable = {tie.id for tie in gates.usable_ties()}
    usable |= {part.id for part in gates.usable_participations()}
    own = {tie.id for tie in gates.ties} | {part.id for part in gates.participations}
    return not any(
        step.target in gates.barred or (step.record in own and step.record not in usable)
        for step in steps
    )


def _ask_facts(path: SupportPath, new: NewAsk, scope: Scope) -> dict[str, Value]:
    facts: dict[str, Value | None] = {
        "need": new.need,
        "title": new.title,
        "first_step": new.first_step,
        "step_kinds": [step.chance_kind for step in path.steps],
        "path": json.dumps([_told(step) for step in path.steps], ensure_ascii=False),
        "supporter": path.supporter or None,
        "service": path.service,
        "asked_on": scope.as_of.isoformat(),
        "asked_by": new.asked_by,
        "look_again_on": new.look_again_on.isoformat(),
        "outcome": Outcome.OPEN.value,
        "note": new.note.strip() or None,
        **_followed(new),
    }
    return {key: value for key, value in facts.items() if value is not None}


def _followed(new: NewAsk) -> dict[str, Value | None]:
    """Return what the search had suggested; why not, only where it was not followed."""
    if new.suggested is None:
        return {}
    place: dict[str, Value | None] = {
        "suggested_rank": new.suggested.rank,
        "suggested_count": new.suggested.count,
    }
    if new.suggested.is_first:
        return place
    because = None if new.because is None else new.because.value
    note = new.because_note.strip() or None
    return {**place, "overruled_because": because, "overruled_note": note}


def _told(step: Step) -> Properties:
    facts: dict[str, Value | None] = {
        "step": str(step.step),
        "from": step.source,
        "to": step.target,
        "kind": str(step.kind),
        "p": step.p,
        "via": step.via,
        "record": step.record,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _result_facts(read: Ask, result: Result) -> dict[str, Value | None]:
    if result.declined_step is not None and not 0 <= result.declined_step < len(read.step_kinds):
        raise InvalidInputError("Choose who said no.")
    open_again = result.outcome is Outcome.OPEN
    return {
        "outcome": result.outcome.value,
        "outcome_on": None if open_again else result.on.isoformat(),
        "declined_step": result.declined_step if result.outcome is Outcome.DECLINED else None,
        "phase_out_on": result.phase_out_on.isoformat() if result.phase_out_on else None,
        "reason": result.reason.strip() or None,
    }


def _decliner(read: Ask, result: Result) -> PersonId | None:
    """Return the person who said no, if it was a person and not an organization."""
    steps = json.loads(text(read.node.properties, "path") or "[]")
    if result.outcome is not Outcome.DECLINED or not steps:
        return None
    at = len(steps) - 1 if result.declined_step is None else result.declined_step
    if at == len(steps) - 1:
        offers = steps[at]["step"] in _BY_A_PERSON
        return PersonId(NodeId(steps[at]["from"])) if offers else None
    # What comes next tells whether the step led to a person.
    to_person = steps[at + 1]["step"] in _FROM_A_PERSON
    return PersonId(NodeId(steps[at]["to"])) if to_person else None
