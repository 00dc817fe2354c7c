"""A worker's cases: what asks for attention, the rest, and opening a new one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from netwerk.domain.access import Permission, Scope, require
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Ask, Case, Outcome, Safety
from netwerk.domain.corrections import Correction
from netwerk.domain.effort import Effort, Late, late
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import CaseId, NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.people import Person, Worker
from netwerk.domain.plans import Action, Goal
from netwerk.domain.records import Node, Point, Properties, Relationship, Subgraph, Value
from netwerk.ports.stores import GraphStore

SOON = timedelta(days=7)


class AttentionKind(StrEnum):
    """Why a case asks for attention this week."""

    ASK_WITHOUT_ANSWER = "ask_without_answer"
    PHASING_OUT = "phasing_out"
    ACTION = "action"
    LOOK_BACK = "look_back"
    CORRECTION = "correction"
    EFFORT = "effort"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """One thing that wants looking at, and by when."""

    kind: AttentionKind
    record: Ask | Action | Goal | Correction | Late
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """A case as it stands in the list."""

    case: Case
    person: Person
    lead: Worker | None
    mine: bool
    attention: tuple[Attention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is needed to open a file: the inhabitant and their question."""

    name: str
    question: str
    birth_year: int | None = None
    point: Point | None = None
    question_behind: str = ""
    needs: tuple[NeedId, ...] = ()
    safety: Safety = Safety.NONE


def caseload(store: GraphStore, scope: Scope) -> list[CaseSummary]:
    """Return the open cases of the worker and their teams: acutely unsafe, due, then by name."""
    with store.directory(scope, "list-cases") as view:
        graph = view.caseload("Ask", "Action", "Goal", "Correction", "Effort")
    leads, kept = _sources(graph, "LEADS"), _sources(graph, "ASKED_IN", "KEPT_IN")
    found = [
        _summary(graph, each, scope, leads.get(each.source, ()), kept.get(each.source, ()))
        for each in graph.of_type("CONCERNS")
        if each.target in graph.nodes
    ]
    return sorted(found, key=_urgency)


def search(cases: Iterable[CaseSummary], typed: str) -> list[CaseSummary]:
    """Return the cases whose inhabitant or question holds all the words that were typed."""
    words = typed.casefold().split()
    return [
        each
        for each in cases
        if all(w in f"{each.person.name} {each.case.question}".casefold() for w in words)
    ]


def open_case(store: GraphStore, scope: Scope, operation: OperationId, new: NewCase) -> PersonId:
    """Open a file for an inhabitant who is new here, led by the viewer; return who it is about."""
    _require_worker(store, scope)
    person, case = PersonId(NodeId(f"p-{operation}")), CaseId(NodeId(f"c-{operation}"))
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(Node(label="Person", id=person, properties=_person_facts(new)))
        work.save(Node(label="Case", id=case, properties=_case_facts(new, scope)))
        work.save(_join("CONCERNS", case, person))
        work.save(_join("LEADS", scope.viewer, case))
        work.audit(AuditEvent.within(replace(scope, subject=person), "open-case", case))
    return person


def change_case(
    store: GraphStore, scope: Scope, operation: OperationId, case: Case, changed: Properties
) -> None:
    """Change the question, the needs or the safety. Raises ConflictError if it changed since."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(case.node.with_properties(**changed))
        work.audit(AuditEvent.within(scope, "change-case", case.id))


def _require_worker(store: GraphStore, scope: Scope) -> None:
    with store.directory(scope) as view:
        workers = view.nodes("Worker").nodes
    viewer = workers.get(scope.viewer)
    if viewer is None:
        raise NotVisibleError
    require(Worker.from_node(viewer).role, Permission.NETWORK_EDIT)


def _person_facts(new: NewCase) -> Properties:
    name = new.name.strip()
    if not name:
        raise InvalidInputError("Fill in what the inhabitant is called.")
    facts: dict[str, Value] = {"name": name}
    if new.birth_year is not None:
        facts["birth_year"] = new.birth_year
    if new.point is not None:
        facts["point"] = list(new.point)
    return facts


def _case_facts(new: NewCase, scope: Scope) -> Properties:
    if not new.question.strip():
        raise InvalidInputError("Write down the question, in the inhabitant's own words.")
    facts: dict[str, str | list[str]] = {
        "question": new.question.strip(),
        "safety": new.safety.value,
        "opened_on": scope.as_of.isoformat(),
        "needs": list(new.needs),
    }
    if new.question_behind.strip():
        facts["question_behind"] = new.question_behind.strip()
    return facts


def _join(kind: str, source: NodeId, target: NodeId) -> Relationship:
    key = RelationshipId(f"{kind.lower()}-{source}-{target}")
    return Relationship(type=kind, id=key, source=source, target=target)


def _sources(graph: Subgraph, *kinds: str) -> Mapping[NodeId, list[NodeId]]:
    """Return where relationships of these kinds come from, by where they lead."""
    found: dict[NodeId, list[NodeId]] = {}
    for relationship in graph.of_type(*kinds):
        found.setdefault(relationship.target, []).append(relationship.source)
    return found


def _summary(
    graph: Subgraph,
    concerns: Relationship,
    scope: Scope,
    leads: Sequence[NodeId],
    kept: Sequence[NodeId],
) -> CaseSummary:
    lead = next((graph.nodes[each] for each in leads if each in graph.nodes), None)
    return CaseSummary(
        case=Case.from_node(graph.nodes[concerns.source]),
        person=Person.from_node(graph.nodes[concerns.target]),
        lead=None if lead is None else Worker.from_node(lead),
        mine=scope.viewer in leads,
        attention=tuple(_attention([graph.nodes[each] for each in kept], scope.as_of)),
    )


def _attention(kept: Iterable[Node], today: date) -> list[Attention]:
    nodes = list(kept)
    every = [_READ[node.label](node) for node in nodes if node.label in _READ]
    found = [each for each in every if each is not None and each.due <= today + SOON]
    efforts = [Effort.from_node(node) for node in nodes if node.label == "Effort"]
    for step in late(efforts, today):
        found.append(Attention(kind=AttentionKind.EFFORT, record=step, due=step.step.since))
    return sorted(found, key=lambda each: (each.due, each.record.id))


def _of_ask(node: Node) -> Attention | None:
    ask = Ask.from_node(node)
    if ask.outcome is Outcome.OPEN:
        kind, due = AttentionKind.ASK_WITHOUT_ANSWER, ask.look_again_on or ask.asked_on
    elif ask.outcome is Outcome.ACCEPTED:
        kind, due = AttentionKind.PHASING_OUT, ask.phase_out_on
    else:
        return None
    return None if due is None else Attention(kind=kind, record=ask, due=due)


def _of_action(node: Node) -> Attention | None:
    action = Action.from_node(node)
    if not action.is_open or action.due_on is None:
        return None
    return Attention(kind=AttentionKind.ACTION, record=action, due=action.due_on)


def _of_goal(node: Node) -> Attention | None:
    goal = Goal.from_node(node)
    if goal.ended_on is not None or goal.look_back_on is None:
        return None
    return Attention(kind=AttentionKind.LOOK_BACK, record=goal, due=goal.look_back_on)


def _of_correction(node: Node) -> Attention | None:
    correction = Correction.from_node(node)
    if not correction.is_open:
        return None
    kind, due = AttentionKind.CORRECTION, correction.answer_by
    return Attention(kind=kind, record=correction, due=due)


_READ: Mapping[str, Callable[[Node], Attention | None]] = {
    "Ask": _of_ask,
    "Action": _of_action,
    "Goal": _of_goal,
    "Correction": _of_correction,
}


def _urgency(summary: CaseSummary) -> tuple[object, ...]:
    first = summary.attention[0].due if summary.attention else date.max
    acute = summary.case.safety is Safety.ACUTE
    return not acute, first, not summary.mine, summary.person.name.casefold(), summary.case.id
