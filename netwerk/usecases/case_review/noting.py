"""Noting what a session decides about a case."""

from contextlib import suppress
from dataclasses import dataclass, replace

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import OperationId
from netwerk.domain.reviewing import REVIEW_ITEM, Decision, ItemState, ReviewItem, Session
from netwerk.graph.names import require_nameless, traces
from netwerk.ports.stores import GraphStore
from netwerk.usecases.case_review.reading import own_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Noting:
    """What was noted. `version`: of the item from which it was filled in; `sure`: no names."""

    decided: Decision
    version: int
    sure: bool = False


def note(store: GraphStore, scope: Scope, operation: OperationId, key: str, new: Noting) -> None:
    """Note what was decided about a case. Raises ConflictError if somebody noted meanwhile."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        facts = work.get(REVIEW_ITEM, key)
        if facts is None:
            raise NotVisibleError
        stored = ReviewItem.read(key, facts)
        session = own_session(work, scope, stored.session)
        session.require_open()
        if stored.state is ItemState.WITHDRAWN:
            raise InvalidInputError("The inhabitant took this case back. Nothing is kept of it.")
        _require_sober(session, new)
        if stored.version != new.version:
            raise ConflictError(key, stored)
        noted = replace(stored, decided=new.decided, noted_by=scope.viewer)
        work.put(REVIEW_ITEM, key, noted.written())
        work.audit(AuditEvent.within(scope, "note-review", key))


def _require_sober(session: Session, new: Noting) -> None:
    """Refuse what looks like a name in minutes that all of the session read.

    Who takes notes does not know the names of the file, so here there is only what stands out.
    """
    decided = new.decided
    typed = (decided.decision, decided.dissent, *(task.what for task in decided.tasks))
    found = traces("\n".join(typed), ())
    require_nameless(found, sure=new.sure)
    seats = {session.chair, *session.participants}
    chosen = {decided.taken_up_by, *(task.who for task in decided.tasks)} - {""}
    if not chosen <= seats:
        raise InvalidInputError("Choose somebody who sits in this session.")
