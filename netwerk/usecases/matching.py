"""Volunteers for open requests: a worker asks, the coordinator matches, the worker decides.

A coordinator opens no file. So a worker lets a request go out that says what is wanted and where
about, never for whom; what is proposed comes back to the team, which makes it an ask.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Outcome
from netwerk.domain.directory import Formality
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId, ServiceId
from netwerk.domain.records import Node, Relationship, Subgraph, text
from netwerk.domain.requests import REQUEST, RequestStatus, VolunteerRequest
from netwerk.graph import matching, volunteers
from netwerk.graph.file import PersonFile
from netwerk.graph.matching import Proposal
from netwerk.ports.stores import DirectoryView, GraphStore, OfferQuery, SystemWork

LONGEST_NOTE: Final = 200
_MOST: Final = 1000
"""Services that are looked at for one need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a coordinator works with: requests, a proposal for them, and who is who."""

    requests: tuple[VolunteerRequest, ...]
    waiting: tuple[VolunteerRequest, ...]
    proposal: Proposal
    graph: Subgraph

    def name(self, node: NodeId | None) -> str:
        """Return what somebody or something is called."""
        found = self.graph.nodes.get(node) if node is not None else None
        return "" if found is None else text(found.properties, "name") or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A request with the volunteer who is proposed, if one is and may be asked."""

    request: VolunteerRequest
    helper: str
    service: str


def post(store: GraphStore, scope: Scope, operation: OperationId, need: NeedId, note: str) -> str:
    """Let it be known that a volunteer is wanted for the scope's subject; return the request.

    Whom the inhabitant wants left alone is not looked at for it.
    """
    if len(note) > LONGEST_NOTE:
        raise InvalidInputError(
            "Keep it to %(most)s characters, and leave out names.", most=LONGEST_NOTE
        )
    subject = _subject(scope)
    with store.view(scope, "request-volunteer") as view:
        file = PersonFile(view.own_file(), subject, scope.as_of)
    _require_known(store, scope, need)
    request = VolunteerRequest(
        key=f"rq-{operation}",
        worker=scope.viewer,
        person=file.person.id,
        need=need,
        posted_on=scope.as_of,
        note=note.strip(),
        point=file.person.point,
        languages=file.person.languages,
        never=tuple(sorted(PersonId(each) for each in file.gates.barred | {file.person.id})),
    )
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        work.put(REQUEST, request.key, request.written())
        work.audit(AuditEvent.within(scope, "request-volunteer", request.key))
    return request.key


def board(store: GraphStore, scope: Scope, fixed: Mapping[str, PersonId] | None = None) -> Board:
    """Return the open requests with the best proposal; `fixed` are choices made by hand."""
    with store.system() as work:
        every = _requests(work)
    wanted = [each for each in every if each.is_open]
    with store.directory(scope, "match-volunteers") as view:
        needs = view.nodes("Need")
        graph = _around(view, {each.need for each in wanted}, every, scope.as_of)
    busy = Counter(each.helper for each in every if each.counts)
    found = volunteers.helpers(graph, busy, scope.as_of)
    asked = [volunteers.asked(each, needs) for each in wanted]
    return Board(
        requests=tuple(wanted),
        waiting=tuple(each for each in every if each.status is RequestStatus.PROPOSED),
        proposal=matching.propose(asked, found, fixed),
        graph=graph | needs,
    )


def confirm(
    store: GraphStore, scope: Scope, operation: OperationId, choices: Mapping[str, PersonId]
) -> int:
    """Propose the chosen volunteers to the workers who asked; return how many.

    A choice that no longer can be (somebody was quicker, or has no room left) is left out.
    """
    matches = board(store, scope, choices).proposal.matches
    done = 0
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        for key in sorted(set(choices) & set(matches)):
            request, match = _request(work, key), matches[key]
            if request.is_open and match.person == choices[key]:
                told = replace(
                    request,
                    status=RequestStatus.PROPOSED,
                    helper=match.person,
                    service=None if match.service is None else ServiceId(match.service),
                )
                work.put(REQUEST, key, told.written())
                work.audit(AuditEvent.within(scope, "propose-volunteer", key))
                done += 1
    return done


def of_file(store: GraphStore, scope: Scope, file: PersonFile) -> list[Proposed]:
    """Return the requests for whose file was opened that are not done with, the oldest first.

    Who is proposed but is to be left alone by now is not named.
    """
    with store.system() as work:
        going_on = _going_on(_requests(work, file.person.id))
    ids = {n for r in going_on for n in (r.helper, r.service) if n is not None}
    with store.directory(scope) as directory:
        graph = directory.around(ids)
    return [
        Proposed(
            request=each,
            helper="" if each.helper in file.gates.barred else _name(graph, each.helper),
            service=_name(graph, each.service),
        )
        for each in going_on
    ]


def proposed(store: GraphStore, scope: Scope) -> list[VolunteerRequest]:
    """Return the requests of the viewer's caseload for which somebody is proposed."""
    with store.directory(scope, "list-cases") as view:
        people = {r.target for r in view.caseload().of_type("CONCERNS")}
    with store.system() as work:
        every = _requests(work)
    return [r for r in every if r.status is RequestStatus.PROPOSED and r.person in people]


def accept(store: GraphStore, scope: Scope, key: str, asked_by: str, look_again_on: date) -> None:
    """Make what was proposed an ask in the inhabitant's file. Doing it twice does it once.

    Raises NotVisibleError where the inhabitant has meanwhile asked to leave this person alone.
    """
    if look_again_on < scope.as_of:
        raise InvalidInputError("Choose a day from today on to look again.")
    request = _of_file(store, scope, key)
    helper = request.helper
    if request.status is not RequestStatus.PROPOSED or helper is None:
        raise NotVisibleError
    with store.directory(scope) as view:
        graph = view.around([each for each in (helper, request.service) if each is not None])
    with suppress(AlreadyDoneError), store.work(scope, OperationId(f"accept-{key}")) as work:
        file = PersonFile.in_work(work, scope)
        if file.case is None or helper in file.gates.barred or helper not in graph.nodes:
            raise NotVisibleError
        ask = Node(label="Ask", id=NodeId(f"ask-{key}")).with_properties(
            need=request.need,
            title=_name(graph, request.service) or _name(graph, helper),
            first_step=_name(graph, helper),
            step_kinds=["talent" if request.service is None else "volunteers"],
            path=json.dumps([_step(request)]),
            supporter=helper,
            service=request.service,
            asked_on=scope.as_of.isoformat(),
            asked_by=asked_by,
            look_again_on=look_again_on.isoformat(),
            outcome=Outcome.OPEN.value,
            suggested_rank=1,
            suggested_count=1,
        )
        work.save(ask)
        joined = RelationshipId(f"asked-{key}")
        work.save(Relationship(type="ASKED_IN", id=joined, source=ask.id, target=file.case.id))
        work.audit(AuditEvent.within(scope, "record-ask", ask.id))
    _change(store, scope, request, replace(request, status=RequestStatus.ACCEPTED))


def decline(store: GraphStore, scope: Scope, key: str) -> None:
    """Say that the volunteer who was proposed does not suit: somebody else is looked for."""
    request = _of_file(store, scope, key)
    if request.helper is None:
        raise NotVisibleError
    never = tuple(sorted({*request.never, request.helper}))
    again = replace(request, status=RequestStatus.OPEN, helper=None, service=None, never=never)
    _change(store, scope, request, again)


def withdraw(store: GraphStore, scope: Scope, key: str) -> None:
    """Take a request back: it is no longer needed."""
    request = _of_file(store, scope, key)
    _change(store, scope, request, replace(request, status=RequestStatus.WITHDRAWN))


def _subject(scope: Scope) -> PersonId:
    if scope.subject is None:
        raise NotVisibleError
    return scope.subject


def _require_known(store: GraphStore, scope: Scope, need: NeedId) -> None:
    with store.directory(scope) as view:
        if need not in view.nodes("Need").nodes:
            raise InvalidInputError("The need %(need)s is not known.", need=need)


def _going_on(every: Iterable[VolunteerRequest]) -> list[VolunteerRequest]:
    return [r for r in every if r.is_open or r.status is RequestStatus.PROPOSED]


def _requests(work: SystemWork, person: str | None = None) -> list[VolunteerRequest]:
    every = [VolunteerRequest.read(key, facts) for key, facts in work.find(REQUEST, person)]
    return sorted(every, key=lambda each: (each.posted_on, each.key))


def _request(work: SystemWork, key: str) -> VolunteerRequest:
    facts = work.get(REQUEST, key)
    if facts is None:
        raise NotVisibleError
    return VolunteerRequest.read(key, facts)


def _of_file(store: GraphStore, scope: Scope, key: str) -> VolunteerRequest:
    """Return a request for the subject, whose file the viewer must be able to open."""
    with store.view(scope, "open-request"), store.system() as work:
        request = _request(work, key)
    if request.person != scope.subject:
        raise NotVisibleError
    return request


def _change(
    store: GraphStore, scope: Scope, read: VolunteerRequest, told: VolunteerRequest
) -> None:
    """Store a request unless somebody changed it since it was read."""
    operation = OperationId(f"{told.status}-{told.key}-{len(told.never)}-{read.helper or ''}")
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        if _request(work, read.key) != read:
            raise NotVisibleError
        work.put(REQUEST, told.key, told.written())
        work.audit(AuditEvent.within(scope, f"request-{told.status}", told.key))


def _around(
    view: DirectoryView, needs: Collection[NeedId], every: Iterable[VolunteerRequest], on: date
) -> Subgraph:
    """Return what is offered for the needs, with the volunteers who do it, and who is proposed."""
    services: set[NodeId] = set()
    for need in sorted(needs):
        query = OfferQuery(
            need=need,
            formalities=frozenset(map(str, Formality)),
            on=on.isoformat(),
            age=None,
            origin=None,
            radius=0.0,
            limit=_MOST,
        )
        services |= {n.id for n in view.offers(query).subgraph.labelled("Service")}
    named = {node for r in every for node in (r.helper, r.service, r.worker) if node is not None}
    found = view.around(services | named)
    people = {r.source for r in found.of_type("VOLUNTEERS_FOR")}
    return found | view.around(people)


def _step(request: VolunteerRequest) -> dict[str, str | None]:
    kind = "talent" if request.service is None else "volunteers"
    goal = request.need if request.service is None else request.service
    return {"step": kind, "from": request.helper, "to": goal, "kind": kind}


def _name(graph: Subgraph, node: NodeId | None) -> str:
    found = graph.nodes.get(node) if node is not None else None
    return "" if found is None else text(found.properties, "name") or ""
