"""Closing a case: why, what helped, and whether that may be told on."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from netwerk.domain.access import Scope
from netwerk.domain.advice import AdviceStatus
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case, ClosingReason, Outcome
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.people import Person
from netwerk.domain.records import Subgraph
from netwerk.domain.reopening import CLOSED, ClosedCase
from netwerk.domain.requests import REQUEST, RequestStatus, VolunteerRequest
from netwerk.domain.teams import members_of, teams_of
from netwerk.graph import casework
from netwerk.graph import effort as given
from netwerk.graph.advice import advices
from netwerk.graph.file import PersonFile
from netwerk.graph.stories import NewStory, tell
from netwerk.ports.stores import GraphStore, Work

_WAITS = frozenset({RequestStatus.OPEN, RequestStatus.PROPOSED})
_RUNS = frozenset({Outcome.OPEN, Outcome.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Why, as of which day, and what helped.

    `told_on`: the inhabitant finds it good that what helped is told on without names; `sure`: what
    looks like a name in it is none. `version` is of the case that was read.
    """

    because: ClosingReason
    on: date
    version: int
    helped: str = ""
    note: str = ""
    told_on: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How much is not finished yet in a file, to be looked at before it is closed."""

    actions: int
    asks: int
    colleagues: int
    drafts: int


def left(file: PersonFile) -> Left:
    """Return what is not finished yet."""
    return Left(
        actions=sum(each.action.is_open for each in casework.actions(file)),
        asks=sum(each.ask.outcome in _RUNS for each in file.asks),
        colleagues=sum(each.now is not None for each in given.by_colleague(file)),
        drafts=sum(each.advice.status is AdviceStatus.DRAFT for each in advices(file)),
    )


def also(store: GraphStore, scope: Scope, file: PersonFile) -> list[Person]:
    """Return for whom the case closes as well, by name: in a family it is a case of several."""
    with store.directory(scope) as view:
        graph = view.caseload()
    case = file.case.id if file.case else None
    others = (r.target for r in graph.of_type("CONCERNS") if r.source == case)
    people = [Person.from_node(graph.nodes[each]) for each in others if each != file.person.id]
    return sorted(people, key=lambda each: (each.name.casefold(), each.id))


def close(store: GraphStore, scope: Scope, operation: OperationId, closing: Closing) -> None:
    """Close the case that was opened last; from `closing.on` nobody can open the file by it.

    The hours of the team end with it, what was asked of the coordinator is taken back, and the
    terms count from that day. Raises ConflictError if
    the case changed since it was read, NamesInTextError where what is told on tells who it is
    about.
    """
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team")
        cases = view.caseload()
    teams = teams_of(graph, scope.viewer)
    shut: set[NodeId] = set()
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file, case = _file(work, scope)
        _require_ours(file, case, teams, scope)
        if case.node.version != closing.version:
            raise ConflictError(case.id, case.node)
        _require_sound(file, case, closing)
        _end_hours(work, file)
        if closing.told_on:
            key = NodeId(f"story-{operation}")
            told = NewStory(key=key, text=closing.helped, teams=teams, sure=closing.sure)
            tell(work, file, case, told)
        _shut(work, scope, file, case, closing, teams)
        work.audit(AuditEvent.within(scope, "close-case", case.id))
        shut = _shut_with(cases, case, file)
    if shut:
        _take_back(store, scope, operation, shut, members_of(graph, teams))


def _require_ours(file: PersonFile, case: Case, teams: list[NodeId], scope: Scope) -> None:
    # Who opened another team's file by way of exception does not close it.
    if not casework.is_of_team(file, case, scope.viewer, teams):
        raise InvalidInputError("Only the team that helps somebody closes their case.")


def _require_sound(file: PersonFile, case: Case, closing: Closing) -> None:
    if closing.on > file.on:
        raise InvalidInputError("That day is still to come.")
    if case.opened_on is not None and closing.on < case.opened_on:
        raise InvalidInputError("That is before the file was opened.")
    if closing.told_on and not closing.helped.strip():
        raise InvalidInputError("Write what helped, so that it can be told on.")


def _shut(  # noqa: PLR0913 -- a case as it is closed
    work: Work, scope: Scope, file: PersonFile, case: Case, closing: Closing, teams: list[NodeId]
) -> None:
    leads = (r.source for r in file.graph.of_type("LEADS") if r.target == case.id)
    ours = (*casework.handled_by(file, case, teams), *leads)
    person = file.person.id
    closed = ClosedCase(case=case.id, person=person, closed_on=closing.on, ours=ours)
    work.keep_beside(CLOSED, closed.written(), case.id)
    # The case comes last: what is saved after it would be saved in a file that is shut.
    work.save(
        case.node.with_properties(
            closed_on=closing.on.isoformat(),
            closed_because=closing.because.value,
            closed_by=scope.viewer,
            closing_note=closing.note.strip() or None,
            helped=closing.helped.strip() or None,
        )
    )


def _end_hours(work: Work, file: PersonFile) -> None:
    today = file.on.isoformat()
    for each in given.efforts(file):
        if each.minutes_on(file.on) and each.since < file.on:
            work.save(each.node.with_properties(valid_to=today))
        elif each.stands and each.since > file.on:
            work.save(each.node.with_properties(dropped_on=today))


def _shut_with(cases: Subgraph, closed: Case, file: PersonFile) -> set[NodeId]:
    """Return whose file is shut by it: whom it concerns, and no other case of ours."""
    still = {file.person.id} if len(file.cases) > 1 else set()
    about = cases.of_type("CONCERNS")
    elsewhere = {each.target for each in about if each.source != closed.id}
    return {each.target for each in about if each.source == closed.id} - elsewhere - still


def _take_back(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    people: Collection[NodeId],
    ours: Collection[NodeId],
) -> None:
    """Take back the requests for a volunteer: with no open file nobody could say yes to one.

    Of somebody else in the family those of the own team: another team may help them too.
    """
    once = OperationId(f"{operation}-requests")
    with suppress(AlreadyDoneError), store.directory_work(scope, once) as work:
        for key, facts in (each for who in sorted(people) for each in work.find(REQUEST, who)):
            request = VolunteerRequest.read(key, facts)
            mine = request.person == scope.subject or request.worker in {scope.viewer, *ours}
            if request.status in _WAITS and mine:
                back = replace(request, status=RequestStatus.WITHDRAWN)
                work.put(REQUEST, key, back.written())
                work.audit(AuditEvent.within(scope, "request-withdrawn", key))


def _file(work: Work, scope: Scope) -> tuple[PersonFile, Case]:
    file = PersonFile.in_work(work, scope)
    if file.case is None:  # pragma: no cover -- without an open case the file is not opened
        raise NotVisibleError
    return file, file.case
