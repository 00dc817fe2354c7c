"""Opening a closed case again: by the team that helped, with a reason that stays in the file."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from netwerk.domain.access import OPERATOR, Permission, Scope, require
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case, ClosingReason
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import CaseId, NodeId, OperationId, PersonId
from netwerk.domain.people import Person, Worker
from netwerk.domain.records import Subgraph
from netwerk.domain.reopening import CLOSED, ClosedCase
from netwerk.domain.teams import teams_of
from netwerk.ports.stores import FilesWork, GraphStore

LATELY: Final = timedelta(days=90)
"""What was closed longer ago is found by the whole name alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A closed case of the own team: whose it was, and when and why it was closed."""

    case: CaseId
    person: PersonId
    names: tuple[str, ...]
    closed_on: date
    because: ClosingReason | None


def lately(store: GraphStore, scope: Scope, once: OperationId) -> list[Found]:
    """Return what the viewer's teams closed lately, the newest first."""
    mine = _mine(store, scope)
    with store.files_work(_deputy(scope), once) as work:
        ours = _ours(work, mine)
        found = _read(work, [e for e in ours.values() if e.closed_on + LATELY >= scope.as_of])
        work.audit(AuditEvent.within(scope, "list-closed-cases"))
    return found


def search(store: GraphStore, scope: Scope, once: OperationId, name: str) -> list[Found]:
    """Return what the viewer's teams closed of who is called exactly this. No name is logged."""
    if not name.strip():
        raise InvalidInputError("Fill in the whole name.")
    mine = _mine(store, scope)
    with store.files_work(_deputy(scope), once) as work:
        ours = _ours(work, mine)
        about = work.touching([each.id for each in work.named(name)]).of_type("CONCERNS")
        found = _read(work, [ours[each.source] for each in about if each.source in ours])
        work.audit(AuditEvent.within(scope, "search-closed-case"))
    return found


def one(store: GraphStore, scope: Scope, once: OperationId, case: str) -> Found:
    """Return a closed case of the viewer's teams. Raises NotVisibleError."""
    mine = _mine(store, scope)
    with store.files_work(_deputy(scope), once) as work:
        work.audit(AuditEvent.within(scope, "show-closed-case"))
        return _one(work, mine, case)


def reopen(store: GraphStore, scope: Scope, operation: OperationId, case: str, reason: str) -> None:
    """Open a closed case again, as it was; hours and requests that ended with it stay ended.

    Raises NotVisibleError where it is not of the viewer's teams, or is not there any more.
    """
    if not reason.strip():
        raise InvalidInputError("Write why it is opened again.")
    mine = _mine(store, scope)
    with suppress(AlreadyDoneError), store.files_work(_deputy(scope), operation) as work:
        found = _one(work, mine, case)
        node = work.touching([found.case]).nodes[found.case]
        work.save(
            node.with_properties(
                closed_on=None,
                closed_because=None,
                closed_by=None,
                reopened_on=scope.as_of.isoformat(),
                reopened_because=reason.strip(),
            )
        )
        work.delete(CLOSED, found.case)
        asked = replace(scope, subject=found.person)
        work.audit(AuditEvent.within(asked, "reopen-case", found.case))


def _mine(store: GraphStore, scope: Scope) -> frozenset[NodeId]:
    """Return the viewer and their teams; only who works in files has any."""
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team")
    viewer = graph.nodes.get(scope.viewer)
    if viewer is None:
        raise NotVisibleError
    require(Worker.from_node(viewer).role, Permission.NETWORK_EDIT)
    return frozenset({scope.viewer, *teams_of(graph, scope.viewer)})


def _deputy(scope: Scope) -> Scope:
    # A closed file opens for nobody of the team. What is read of it here, and that it is of the
    # own team, is decided below in the same unit of work; the log has who asked.
    return replace(scope, viewer=OPERATOR)


def _ours(work: FilesWork, mine: Collection[NodeId]) -> Mapping[NodeId, ClosedCase]:
    every = (ClosedCase.read(key, facts) for key, facts in work.find(CLOSED))
    return {each.case: each for each in every if set(mine) & set(each.ours)}


def _one(work: FilesWork, mine: Collection[NodeId], case: str) -> Found:
    closed = _ours(work, mine).get(NodeId(case))
    found = [] if closed is None else _read(work, [closed])
    if not found:
        raise NotVisibleError
    return found[0]


def _read(work: FilesWork, closed: Collection[ClosedCase]) -> list[Found]:
    """Return these cases as far as they are there, and still closed."""
    graph = work.touching([each.case for each in closed])
    known = {each.case: each for each in closed if each.case in graph.nodes}
    found = [_found(graph, each) for each in known.values()]
    return sorted(found, key=lambda each: (each.closed_on, each.case), reverse=True)


def _found(graph: Subgraph, closed: ClosedCase) -> Found:
    case = Case.from_node(graph.nodes[closed.case])
    about = [r.target for r in graph.of_type("CONCERNS") if r.source == case.id]
    return Found(
        case=case.id,
        person=closed.person,
        names=tuple(sorted(Person.from_node(graph.nodes[each]).name for each in about)),
        closed_on=closed.closed_on,
        because=case.closed_because,
    )
