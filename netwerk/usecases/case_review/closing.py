"""Closing a session: what was decided goes into the files, once."""

from contextlib import suppress
from dataclasses import replace

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, ConflictError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, RelationshipId
from netwerk.domain.records import Node, Properties, Relationship, Value
from netwerk.domain.reviewing import REVIEW_ITEM, SESSION, ItemState, ReviewItem, Session, Task
from netwerk.ports.stores import GraphStore, Work
from netwerk.usecases.case_review.reading import items_of, own_session, room


def close(
    store: GraphStore, scope: Scope, operation: OperationId, key: str, version: int
) -> tuple[str, ...]:
    """Close a session; return the letters of the cases whose file could not take the decision.

    A file takes it where the viewer may open it: a case that was closed, or went to another team
    meanwhile, keeps its decision in the session alone. Each file is written once, also when it is
    asked twice or was broken off: its operation id follows from the item.
    """
    seen = room(store, scope, key)
    session, items = seen.session, [each.item for each in seen.talked if each.sheet is not None]
    if session.version != version and not session.closed_on:
        raise ConflictError(key, session)
    recorded = {item.key for item in items if item.recorded or _record(store, scope, session, item)}
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        stored = own_session(work, scope, key)
        for item in items_of(work, key):
            if item.key in recorded and item.state is ItemState.BROUGHT:
                work.put(REVIEW_ITEM, item.key, replace(item, recorded=True).written())
        closed = replace(stored, closed_on=stored.closed_on or scope.as_of.isoformat())
        work.put(SESSION, key, closed.written())
        work.audit(AuditEvent.within(scope, "close-review", key))
    return tuple(i.letter for i in items if i.decided.taken and i.key not in recorded)


def _record(store: GraphStore, scope: Scope, session: Session, item: ReviewItem) -> bool:
    """Write a decision into its file; False where the viewer may not open that."""
    if not item.decided.taken:
        return False
    subject = replace(scope, subject=item.person)
    try:
        with store.work(subject, OperationId(f"{item.key}-recorded")) as work:
            if item.case not in work.own_file().nodes:
                return False
            _write(work, subject, session, item)
    except AlreadyDoneError:
        return True
    except NotVisibleError:
        return False
    return True


def _write(work: Work, scope: Scope, session: Session, item: ReviewItem) -> None:
    review = NodeId(f"review-{item.key}")
    work.save(Node(label="CaseReview", id=review, properties=_review(session, item)))
    reviewed = RelationshipId(f"reviewed-{item.key}")
    work.save(Relationship(type="REVIEWED_IN", id=reviewed, source=item.case, target=review))
    for number, task in enumerate(item.decided.tasks):
        action = NodeId(f"action-{item.key}-{number}")
        work.save(Node(label="Action", id=action, properties=_action(scope, review, task)))
        kept = RelationshipId(f"kept-{item.key}-{number}")
        work.save(Relationship(type="KEPT_IN", id=kept, source=action, target=item.case))
    work.audit(AuditEvent.within(scope, "record-review", review))


def _review(session: Session, item: ReviewItem) -> Properties:
    decided = item.decided
    return _said(
        session=session.key,
        held_on=session.on,
        decision=decided.decision,
        dissent=decided.dissent,
        taken_up_by=decided.taken_up_by,
        look_back_on=decided.look_back_on,
    )


def _action(scope: Scope, review: NodeId, task: Task) -> Properties:
    return _said(
        text=task.what,
        by_whom="team",
        worker=task.who,
        review=review,
        agreed_on=scope.as_of.isoformat(),
        agreed_by=scope.viewer,
        due_on=task.due_on,
    )


def _said(**facts: str) -> dict[str, Value]:
    return {key: value for key, value in facts.items() if value}
