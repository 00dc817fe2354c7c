"""Bringing a case to a session without names, and taking it back."""

from contextlib import suppress
from dataclasses import dataclass, replace

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import OperationId
from netwerk.domain.reviewing import (
    REVIEW_ITEM,
    SESSION,
    ItemState,
    ReviewItem,
    Session,
    next_letter,
)
from netwerk.graph import anonymous, casework
from netwerk.graph.anonymous import Sheet, Told
from netwerk.graph.file import PersonFile
from netwerk.graph.names import require_nameless, traces
from netwerk.ports.stores import GraphStore
from netwerk.usecases.case_review.reading import items_of, own_session, sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The case as a session would see it, and the sessions to which it can be brought."""

    file: PersonFile
    sheet: Sheet
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bringing:
    """A case for a session. `sure`: what looks like a name is none, says the worker."""

    session: str
    told: Told
    minutes: int
    sure: bool = False


def prepare(store: GraphStore, scope: Scope) -> Prepared:
    """Return the case of the scope's subject as a session would see it; that is logged."""
    file, case = _file(store, scope, "prepare-review")
    told = Told(question=case.question, question_behind=case.question_behind)
    coming = [
        each
        for each in sessions(store, scope)
        if not each.closed_on and each.on >= scope.as_of.isoformat()
    ]
    sheet = anonymous.sheet(file, told)
    return Prepared(file=file, sheet=sheet, sessions=tuple(reversed(coming)))


def bring(store: GraphStore, scope: Scope, operation: OperationId, wanted: Bringing) -> str:
    """Bring the case of the scope's subject to a session of the team; return the item's key.

    Raises NamesInTextError where what was written tells who it is about.
    """
    file, case = _file(store, scope, "bring-to-review")
    _require_nameless(file, wanted)
    key = f"item-{operation}"
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        session = own_session(work, scope, wanted.session)
        session.require_open()
        _require_ours(file, case, session, scope)
        items = items_of(work, session.key)
        if any(i.case == case.id and i.state is ItemState.BROUGHT for i in items):
            raise InvalidInputError("This case is in that session already.")
        item = ReviewItem(
            key=key,
            session=session.key,
            person=file.person.id,
            case=case.id,
            brought_by=scope.viewer,
            brought_on=scope.as_of.isoformat(),
            letter=next_letter(frozenset(each.letter for each in items)),
            minutes=wanted.minutes,
            sheet=anonymous.sheet(file, wanted.told).written(),
        )
        work.put(REVIEW_ITEM, key, item.written())
        work.audit(AuditEvent.within(scope, "bring-to-review", key))
    return key


def withdraw(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> str:
    """Take a case out of a session because the inhabitant does not want it; return the session.

    What the session knew of it is gone at once; that there was a case stays. Only who may open
    the file can do so.
    """
    facts = store.peek(REVIEW_ITEM, key)
    if facts is None:
        raise NotVisibleError
    item = ReviewItem.read(key, facts)
    subject = replace(scope, subject=item.person)
    _file(store, subject, "withdraw-from-review")
    with suppress(AlreadyDoneError), store.directory_work(subject, operation) as work:
        stored = ReviewItem.read(key, work.get(REVIEW_ITEM, key) or {})
        Session.read(stored.session, work.get(SESSION, stored.session) or {}).require_open()
        work.put(REVIEW_ITEM, key, stored.withdrawn().written())
        work.audit(AuditEvent.within(subject, "withdraw-from-review", key))
    return item.session


def _require_ours(file: PersonFile, case: Case, session: Session, scope: Scope) -> None:
    # Who opened another team's file by way of exception does not talk it over with their own.
    if not casework.is_of_team(file, case, scope.viewer, {session.team}):
        raise InvalidInputError("Only the team that helps somebody brings their case.")


def _require_nameless(file: PersonFile, wanted: Bringing) -> None:
    if not wanted.told.question:
        raise InvalidInputError("Write what you want to ask the others.")
    told = wanted.told
    typed = "\n".join((told.question, told.question_behind, told.hoped))
    found = traces(typed, anonymous.names_in(file))
    require_nameless(found, sure=wanted.sure)


def _file(store: GraphStore, scope: Scope, action: str) -> tuple[PersonFile, Case]:
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        file = PersonFile(view.own_file(), scope.subject, scope.as_of)
    if file.case is None:
        raise NotVisibleError
    return file, file.case
