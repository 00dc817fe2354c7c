"""The privacy officer's desk: who asks what is held about them, and opening their file for it."""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.grants import GRANT, Grant, require_reason
from netwerk.domain.ids import OperationId, PersonId
from netwerk.graph.names import require_no_name
from netwerk.graph.subject import Namesake, namesake
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store

MOST: Final = 10
"""Namesakes that are shown at once: more than that is browsing."""


def search(
    store: Store, scope: Scope, operation: OperationId, name: str, reason: str
) -> list[Namesake]:
    """Return who is called exactly this, for a request. That it was asked is logged, not the name.

    Raises InvalidInputError without a reason, and for a name that too many have.
    """
    require_reason(reason)
    if not name.strip():
        raise InvalidInputError("Fill in the whole name.")
    require_no_name(reason, [name])
    details = {"reason": reason.strip()}
    with store.files_work(scope, operation) as work:
        found = [namesake(work, PersonId(each.id)) for each in work.named(name)]
        event = AuditEvent.within(scope, "search-subject")
        work.audit(replace(event, details={**details, "found": str(len(found))}))
    if len(found) > MOST:
        raise InvalidInputError("Too many people have this name. Add the family name.")
    return found


def open_request(
    store: Store, clock: Clock, scope: Scope, operation: OperationId, reason: str
) -> None:
    """Open somebody's file for the privacy officer, for their request, until the end of the day."""
    require_reason(reason)
    person = scope.subject
    if person is None:
        raise NotVisibleError
    with suppress(AlreadyDoneError), store.files_work(scope, operation) as work:
        node = work.touching([person]).nodes.get(person)
        if node is None or node.label != "Person":
            raise NotVisibleError
        grant = Grant(
            viewer=scope.viewer,
            person=person,
            purpose=Purpose.DATA_SUBJECT,
            reason=reason.strip(),
            begun=clock.now(),
            seen=True,
        )
        work.put(GRANT, grant.key, grant.written())
        work.audit(grant.event("open-request"))
