"""Planning a session: the day, the place, and who sits in it."""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, ConflictError, InvalidInputError
from netwerk.domain.ids import OperationId
from netwerk.domain.reviewing import SESSION, Session
from netwerk.domain.teams import teams_of
from netwerk.domain.upkeep import require_role
from netwerk.ports.stores import GraphStore
from netwerk.usecases.case_review.reading import own_session

MOST_SEATS: Final = 20


def plan(store: GraphStore, scope: Scope, operation: OperationId, new: Session) -> str:
    """Plan a session of the viewer's own team, and return its key."""
    _require_sensible(new)
    if new.on < scope.as_of.isoformat():
        raise InvalidInputError("Choose a day from today on.")
    key = f"session-{operation}"
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.REVIEW_EDIT)
        teams = teams_of(work.around([scope.viewer]), scope.viewer)
        if not teams:
            raise InvalidInputError("You are in no team yet. Ask the administrator.")
        made = replace(new, key=key, team=teams[0], version=0, closed_on="")
        work.put(SESSION, key, made.written())
        work.audit(AuditEvent.within(scope, "plan-review", key))
    return key


def change(store: GraphStore, scope: Scope, operation: OperationId, wanted: Session) -> None:
    """Change day, place or seats. Raises ConflictError if it is no longer as it was read.

    Who is no longer in it sees nothing of it any more, from their very next page.
    """
    _require_sensible(wanted)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        stored = own_session(work, scope, wanted.key)
        stored.require_open()
        if stored.version != wanted.version:
            raise ConflictError(wanted.key, stored)
        work.put(SESSION, wanted.key, replace(wanted, team=stored.team).written())
        work.audit(AuditEvent.within(scope, "change-review", wanted.key))


def _require_sensible(new: Session) -> None:
    if len({new.chair, *new.participants}) + len(new.guests) > MOST_SEATS:
        raise InvalidInputError("A session has %(most)s people at most.", most=MOST_SEATS)
