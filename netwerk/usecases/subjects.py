"""The inhabitant's side: their file for them to read, and the privacy officer's way to it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import OPERATOR, Permission, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.grants import GRANT, Grant, grant_key
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.keeping import require_permission
from netwerk.domain.people import Person, Worker
from netwerk.domain.records import Record, Subgraph, integer, text
from netwerk.graph.subject import Look, gathered, looks, theirs, told_elsewhere
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store
from netwerk.ports.works import FilesWork

SHORTEST: Final = 10
LONGEST: Final = 500
MOST: Final = 10
"""Namesakes that are shown at once: more than that is browsing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFile:
    """What is held about one person, as they may read it.

    `elsewhere` is what others told, without who; only the privacy officer has it to give.
    """

    person: Person
    graph: Subgraph
    looks: tuple[Look, ...]
    colleagues: Mapping[str, Worker]
    elsewhere: tuple[Record, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """Somebody with the name that was asked for; `known_as` are ways in which they are known."""

    person: PersonId
    birth_year: int | None
    known_as: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Whose file somebody needs at once, and why."""

    name: str
    birth_year: int | None
    reason: str


def own_file(store: Store, scope: Scope, action: str = "show-own-file") -> SubjectFile:
    """Return the file of the scope's subject for them to read. Raises NotVisibleError."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        graph = theirs(view.own_file(), scope.subject, scope.as_of)
    with store.directory(scope) as directory:
        workers = directory.nodes("Worker").labelled("Worker")
    return SubjectFile(
        person=Person.from_node(graph.nodes[scope.subject]),
        graph=graph,
        looks=tuple(looks(store.audit_about(scope.subject))),
        colleagues={node.id: Worker.from_node(node) for node in workers},
    )


def requested_file(
    store: Store, scope: Scope, operation: OperationId, action: str = "show-own-file"
) -> SubjectFile:
    """Return what is held about a person for the officer who has a request for it open."""
    file, grant = own_file(store, scope, action), _grant(store, scope)
    person = file.person.id
    with store.files_work(scope, operation) as work:
        told = tuple(told_elsewhere(gathered(work, person), person))
    return replace(file, elsewhere=told, reason=grant.reason)


def search(
    store: Store, scope: Scope, operation: OperationId, name: str, reason: str
) -> list[Namesake]:
    """Return who is called exactly this, for a request. That it was asked is logged, not the name.

    Raises InvalidInputError without a reason, and for a name that too many have.
    """
    require_reason(reason)
    if not name.strip():
        raise InvalidInputError("Fill in the whole name.")
    details = {"reason": reason.strip()}
    with store.files_work(scope, operation) as work:
        found = [_namesake(work, PersonId(each.id)) for each in work.named(name)]
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
        _put(work, _made(clock, scope, person, Purpose.DATA_SUBJECT, reason))


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
            grant = _made(clock, scope, found[0], Purpose.EMERGENCY, told.reason)
            _put(work, replace(grant, by_name=name, operation=operation))
        else:
            event = AuditEvent.within(replace(scope, purpose=Purpose.EMERGENCY), "break-glass")
            reason = {"reason": told.reason.strip()}
            work.audit(replace(event, outcome="refused", details=reason))
    if not found:  # it was sent twice, or there is nobody
        found = [each.person for each in grants(store) if each.operation == operation]
    if len(found) != 1:
        raise NotVisibleError
    return found[0]


def grants(store: Store) -> list[Grant]:
    """Return every exception that was made, the newest first."""
    with store.system() as work:
        every = [Grant.read(facts) for _, facts in work.find(GRANT)]
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


def require_reason(reason: str) -> None:
    """Refuse a reason that says nothing."""
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise InvalidInputError("Say in a sentence why. The privacy officer reads it.")


def _grant(store: Store, scope: Scope) -> Grant:
    facts = store.peek(GRANT, grant_key(scope.viewer, scope.subject))
    if facts is None:  # pragma: no cover -- without one the file did not open
        raise NotVisibleError
    return Grant.read(facts)


def _made(clock: Clock, scope: Scope, person: PersonId, purpose: Purpose, reason: str) -> Grant:
    return Grant(
        viewer=scope.viewer,
        person=person,
        purpose=purpose,
        reason=reason.strip(),
        begun=clock.now(),
        seen=purpose is Purpose.DATA_SUBJECT,
    )


def _put(work: FilesWork, grant: Grant) -> None:
    work.put(GRANT, grant.key, grant.written())
    emergency = grant.purpose is Purpose.EMERGENCY
    work.audit(
        AuditEvent(
            action="break-glass" if emergency else "open-request",
            actor=grant.viewer,
            purpose=grant.purpose,
            subject=grant.person,
            details={"reason": grant.reason},
        )
    )


def _namesake(work: FilesWork, person: PersonId) -> Namesake:
    around = work.touching([person])
    known = set()
    for link in around.relationships.values():
        if link.type == "CONCERNS":
            known.add("inhabitant")
        elif link.type in {"VOLUNTEERS_FOR", "CONTACT_FOR"}:
            known.add("volunteer" if link.type == "VOLUNTEERS_FOR" else "contact")
        elif link.type == "TIE" and text(link.properties, "owner") != person:
            known.add("named")
    year = integer(around.nodes[person].properties, "birth_year")
    return Namesake(person=person, birth_year=year, known_as=frozenset(known))


def _inhabitants(work: FilesWork, told: Emergency) -> list[PersonId]:
    every = [_namesake(work, PersonId(each.id)) for each in work.named(told.name)]
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


def export(
    store: Store, clock: Clock, scope: Scope, operation: OperationId, reason: str
) -> tuple[SubjectFile, dict[str, str]]:
    """Return what is held about the scope's subject to take along, and the mark it carries.

    For who holds `subject:export` and has a request open, and for the operator. It is what they
    could page through, and no more.
    """
    require_reason(reason)
    if scope.viewer == OPERATOR:
        file, name = _whole(store, scope, operation), "operator"
    else:
        with store.directory(scope) as view:
            workers = view.nodes("Worker")
        require_permission(workers, scope, Permission.SUBJECT_EXPORT)
        file = requested_file(store, scope, operation, "export-own-file")
        name = text(workers.nodes[NodeId(scope.viewer)].properties, "name") or ""
    event = AuditEvent.within(scope, "export-subject")
    with store.system() as work:
        work.audit(replace(event, details={"reason": reason.strip()}))
    return file, {"by": name, "at": f"{clock.now():%Y-%m-%d %H:%M} UTC"}


def _whole(store: Store, scope: Scope, operation: OperationId) -> SubjectFile:
    """Return what is held for the operator, who has the store itself."""
    person = scope.subject
    if person is None:
        raise NotVisibleError
    with store.files_work(scope, operation) as work:
        everything = gathered(work, person)
    node = everything.nodes.get(person)
    if node is None or node.label != "Person":
        raise NotVisibleError
    return SubjectFile(
        person=Person.from_node(node),
        graph=theirs(everything, person, scope.as_of),
        looks=tuple(looks(store.audit_about(person))),
        colleagues={},
        elsewhere=tuple(told_elsewhere(everything, person)),
        reason="",
    )
