"""What is held about somebody: for them to read, and for them to take along."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from netwerk.domain.access import OPERATOR, Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.grants import GRANT, Grant, grant_key, require_reason
from netwerk.domain.held import OWNER, TELLS, Held, held
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.keeping import require_permission
from netwerk.domain.people import Person, Worker
from netwerk.domain.records import Record, Subgraph, text
from netwerk.graph.names import called, require_no_name
from netwerk.graph.stories import as_they_stand
from netwerk.graph.subject import Look, gathered, looks, public_roles, theirs, told_elsewhere
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store
from netwerk.ports.works import SystemWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFile:
    """What is held about one person, as they may read it.

    `elsewhere` is what others told, without who; only the privacy officer has it to give.
    `beside` is what is kept of them outside the graph.
    """

    person: Person
    graph: Subgraph
    looks: tuple[Look, ...]
    colleagues: Mapping[str, Worker]
    beside: tuple[Held, ...] = ()
    elsewhere: tuple[Record, ...] = ()
    reason: str = ""


def own_file(store: Store, scope: Scope, action: str = "show-own-file") -> SubjectFile:
    """Return the file of the scope's subject for them to read. Raises NotVisibleError."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        own = view.own_file()
    with store.directory(scope) as directory:
        workers = directory.nodes("Worker").labelled("Worker")
        roles = public_roles(directory.around([scope.subject]), scope.subject)
    with store.system() as work:
        beside = _beside(work, scope.subject)
    graph = as_they_stand(theirs(roles | own, scope.subject, scope.as_of), store.peek)
    return SubjectFile(
        person=Person.from_node(graph.nodes[scope.subject]),
        graph=graph,
        looks=tuple(looks(store.audit_about(scope.subject))),
        colleagues={node.id: Worker.from_node(node) for node in workers},
        beside=beside,
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
    require_no_name(reason, called(file.graph.nodes[file.person.id]))
    event = AuditEvent.within(scope, "export-subject")
    with store.system() as work:
        work.audit(replace(event, details={"reason": reason.strip()}))
    return file, {"by": name, "at": f"{clock.now():%Y-%m-%d %H:%M} UTC"}


def _grant(store: Store, scope: Scope) -> Grant:
    facts = store.peek(GRANT, grant_key(scope.viewer, scope.subject))
    if facts is None:  # pragma: no cover -- without one the file did not open
        raise NotVisibleError
    return Grant.read(facts)


def _beside(work: SystemWork, person: str) -> tuple[Held, ...]:
    """Return what is kept about a person beside the graph, of every kind that tells of people."""
    found: list[Held] = []
    for kind, ways in TELLS.items():
        # Whose it is can be searched for; of other ways every record must be looked at.
        owner = person if set(ways) == {OWNER} else None
        found += held(kind, (facts for _, facts in work.find(kind, owner)), person)
    return tuple(found)


def _whole(store: Store, scope: Scope, operation: OperationId) -> SubjectFile:
    """Return what is held for the operator, who has the store itself."""
    person = scope.subject
    if person is None:
        raise NotVisibleError
    with store.files_work(scope, operation) as work:
        everything = gathered(work, person)
        beside = _beside(work, person)
    node = everything.nodes.get(person)
    if node is None or node.label != "Person":
        raise NotVisibleError
    return SubjectFile(
        person=Person.from_node(node),
        graph=as_they_stand(theirs(everything, person, scope.as_of), store.peek),
        looks=tuple(looks(store.audit_about(person))),
        colleagues={},
        beside=beside,
        elsewhere=tuple(told_elsewhere(everything, person)),
        reason="",
    )
