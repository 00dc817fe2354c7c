"""Breaking the glass: an hour in a file that is not yours, and who reads that it was done."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from netwerk.domain.access import OPERATOR, Permission, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, NotVisibleError
from netwerk.domain.grants import GRANT, Grant, grant_key, require_reason
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.keeping import require_permission
from netwerk.domain.records import text
from netwerk.graph.subject import namesake
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store
from netwerk.ports.works import FilesWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Whose file somebody needs at once, and why."""

    name: str
    birth_year: int | None
    reason: str


def break_glass(
    store: Store, clock: Clock, scope: Scope, operation: OperationId, told: Emergency
) -> PersonId:
    """Open for an hour the file of the one inhabitant with this name and year of birth.

    Raises NotVisibleError where there is none, or more than one: the two look alike. Either way
    the privacy officer reads that it was tried.
    """
    require_reason(told.reason)
    name = _colleague(store, scope)
    found: list[PersonId] = []
    with suppress(AlreadyDoneError), store.files_work(_system(scope), operation) as work:
        found += _inhabitants(work, told)
        if len(found) == 1:
            grant = Grant(
                viewer=scope.viewer,
                person=found[0],
                purpose=Purpose.EMERGENCY,
                reason=told.reason.strip(),
                begun=clock.now(),
                by_name=name,
                operation=operation,
            )
            _set_aside(work, grant)
            work.put(GRANT, grant.key, grant.written())
            work.audit(grant.event("break-glass"))
        else:
            event = AuditEvent.within(replace(scope, purpose=Purpose.EMERGENCY), "break-glass")
            work.audit(replace(event, outcome="refused"))
    if not found:  # it was sent twice, or there is nobody
        found = [each.person for each in _grants(store) if _sent(each, scope, operation)]
    if len(found) != 1:
        raise NotVisibleError
    return found[0]


def looks_until(store: Store, clock: Clock, scope: Scope) -> datetime | None:
    """Return until when the subject's file is open to be read only; None where that is not so."""
    facts = store.peek(GRANT, grant_key(scope.viewer, scope.subject))
    if facts is None or scope.subject is None:
        return None
    grant = Grant.read(facts)
    if grant.purpose is not Purpose.EMERGENCY or clock.now() >= grant.until:
        return None
    with store.directory(scope) as view:
        own = view.caseload()
    # Whoever is on the case by now writes in it as ever, also within the hour.
    return None if scope.subject in own.nodes else grant.until


def exceptions(store: Store, scope: Scope) -> list[Grant]:
    """Return every time that the glass was broken, the newest first; for who watches over it."""
    with store.directory(scope) as view:
        require_permission(view.nodes("Worker"), scope, Permission.AUDIT_READ)
    every = [grant for grant in _grants(store) if grant.purpose is Purpose.EMERGENCY]
    return sorted(every, key=lambda grant: (grant.begun, grant.key), reverse=True)


def note_seen(store: Store, scope: Scope, key: str) -> None:
    """Note that the privacy officer read of an exception."""
    with store.directory(scope) as view:
        require_permission(view.nodes("Worker"), scope, Permission.AUDIT_READ)
    with store.system() as work:
        facts = work.get(GRANT, key)
        if facts is None:
            raise NotVisibleError
        grant = Grant.read(facts)
        work.put(GRANT, key, replace(grant, seen=True).written())
        seen = replace(scope, subject=grant.person, purpose=Purpose.OVERSIGHT)
        work.audit(AuditEvent.within(seen, "note-exception"))


def _set_aside(work: FilesWork, grant: Grant) -> None:
    """Keep what was there before: it opens nothing any more, and is still to be read of."""
    before = work.get(GRANT, grant.key)
    if before is not None:
        work.put(GRANT, f"{grant.key}@{Grant.read(before).begun.isoformat()}", before)


def _sent(grant: Grant, scope: Scope, operation: OperationId) -> bool:
    return (grant.viewer, grant.operation) == (scope.viewer, operation)


def _inhabitants(work: FilesWork, told: Emergency) -> list[PersonId]:
    every = [namesake(work, PersonId(each.id)) for each in work.named(told.name)]
    same = (e for e in every if told.birth_year is None or e.birth_year == told.birth_year)
    return [each.person for each in same if "inhabitant" in each.known_as]


def _colleague(store: Store, scope: Scope) -> str:
    """Return the name of the worker who looks. Raises NotAllowedError for any other role."""
    with store.directory(scope) as view:
        workers = view.nodes("Worker")
    require_permission(workers, scope, Permission.NETWORK_EDIT)
    return text(workers.nodes[NodeId(scope.viewer)].properties, "name") or ""


def _system(scope: Scope) -> Scope:
    """Return the scope by which a name is looked up: the worker does not see what is found."""
    return replace(scope, viewer=OPERATOR, subject=None)


def _grants(store: Store) -> list[Grant]:
    with store.system() as work:
        return [replace(Grant.read(facts), kept_as=key) for key, facts in work.find(GRANT)]
