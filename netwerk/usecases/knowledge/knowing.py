"""Telling together what everybody knows: one types in what each colleague says aloud.

A level is a colleague's own. Somebody else types it in nowhere but here: both are there, both are
of the team whose session it is, and it is open, today. It is written as the colleague's own word,
with who typed it; the log names who typed as the actor.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, OperationId, WorkerId
from netwerk.domain.knowing import KNOWING, Knowing
from netwerk.domain.teams import teams_of
from netwerk.domain.upkeep import require_role
from netwerk.graph.knowledge import TeamKnowledge
from netwerk.ports.clock import Clock
from netwerk.ports.stores import DirectoryWork, GraphStore
from netwerk.usecases.knowledge import telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session with what the team knows. `may_type`: the viewer is there, and it is open."""

    session: Knowing
    team: TeamKnowledge
    may_type: bool


def running(store: GraphStore, scope: Scope) -> Knowing | None:
    """Return the session of the viewer's team that is open today, the last that was begun."""
    with store.directory(scope) as view:
        teams = teams_of(view.around([scope.viewer]), scope.viewer)
    with store.system() as work:
        found = [each for team in teams for each in work.find(KNOWING, team)]
    every = [Knowing.read(key, facts) for key, facts in found]
    today = [each for each in every if each.is_open(scope.as_of.isoformat())]
    return max(today, key=lambda each: (each.begun, each.key), default=None)


def begin(
    store: GraphStore,
    scope: Scope,
    clock: Clock,
    operation: OperationId,
    present: Collection[WorkerId],
) -> str:
    """Begin a session of the viewer's team with these colleagues, and return its key."""
    key = f"knowing-{operation}"
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.KNOWLEDGE_EDIT)
        teams = teams_of(work.around([scope.viewer]), scope.viewer)
        if not teams:
            raise InvalidInputError("You are in no team yet. Ask the administrator.")
        made = Knowing(
            key=key,
            team=teams[0],
            on=scope.as_of.isoformat(),
            begun=clock.now().isoformat(),
            present=(),
        )
        work.put(KNOWING, key, _seated(work, made, (scope.viewer, *present)).written())
        work.audit(AuditEvent.within(scope, "begin-knowledge-session", key))
    return key


def room(store: GraphStore, scope: Scope, key: str) -> Room:
    """Return a session of the viewer's team. Raises NotVisibleError for who is of another."""
    team = telling.team(store, scope)
    session = _read(store.peek(KNOWING, key), key)
    with store.directory(scope) as view:
        ours = session.team in teams_of(view.around([scope.viewer]), scope.viewer)
    if not ours or not team.blocks:
        raise NotVisibleError
    is_open = session.is_open(scope.as_of.isoformat())
    return Room(session=session, team=team, may_type=is_open and scope.viewer in session.present)


def seat(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    key: str,
    present: Collection[WorkerId],
) -> None:
    """Change who is there: for whom nobody is there, nobody types any more."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        session = _own(work, scope, key, scope.viewer)
        work.put(KNOWING, key, _seated(work, session, (scope.viewer, *present)).written())
        work.audit(AuditEvent.within(scope, "seat-knowledge-session", key))


def note(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    where: tuple[str, NeedId],
    told: Mapping[WorkerId, int],
) -> None:
    """Type in what each said of one block, and note that it was gone through.

    Each colleague's own is stored by itself: of what is sent again, what was stored is not
    stored twice. Raises NotVisibleError for who is not there.
    """
    key, need = where
    for who, level in told.items():
        own = replace(scope, viewer=who)
        step = OperationId(f"{operation}-{who}")
        with suppress(AlreadyDoneError), store.directory_work(own, step) as work:
            _own(work, scope, key, who)
            typed_by = "" if who == scope.viewer else scope.viewer
            telling.write(work, own, {need: level}, typed_by)
            work.audit(_typed(scope, key, who))
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        session = _own(work, scope, key, scope.viewer)
        work.put(KNOWING, key, session.with_done(need).written())


def close(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """End a session: from then on everybody tells what they know themselves."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        session = _own(work, scope, key, scope.viewer)
        work.put(KNOWING, key, replace(session, closed_on=scope.as_of.isoformat()).written())
        work.audit(AuditEvent.within(scope, "close-knowledge-session", key))


def _own(work: DirectoryWork, scope: Scope, key: str, who: WorkerId) -> Knowing:
    """Return a session, locked, in which the viewer may type for a colleague."""
    require_role(work, scope, Permission.KNOWLEDGE_EDIT)
    session = _read(work.get(KNOWING, key), key)
    for each in (scope.viewer, who):
        there = session.team in teams_of(work.around([each]), each)
        if not there or each not in session.present:
            raise NotVisibleError
    session.require_open(scope.as_of.isoformat())
    return session


def _seated(work: DirectoryWork, session: Knowing, present: Collection[WorkerId]) -> Knowing:
    for who in present:
        if session.team not in teams_of(work.around([who]), who):
            raise NotVisibleError
    return session.with_present(present)


def _typed(scope: Scope, key: str, who: WorkerId) -> AuditEvent:
    return AuditEvent(
        action="type-in-knowledge",
        actor=scope.viewer,
        purpose=scope.purpose,
        details={"record": key, "for": who},
    )


def _read(facts: object, key: str) -> Knowing:
    if not isinstance(facts, Mapping):
        raise NotVisibleError
    return Knowing.read(key, facts)
