"""A family's case: several inhabitants in one case, each with a file and a picture of their own.

What one of them told is in their own file and in no other: not who is around them, and not whom
may be asked.
"""

from contextlib import suppress

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Relationship
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore

LONGEST_NAME = 200


def members(store: GraphStore, scope: Scope) -> list[Person]:
    """Return everybody whom the cases of the scope's subject concern: the subject, then by name.

    Raises NotVisibleError where none of these cases is open to the viewer.
    """
    with store.directory(scope, "open-family") as view:
        graph = view.caseload()
    about = graph.of_type("CONCERNS")
    shared = {each.source for each in about if each.target == scope.subject}
    found = {each.target for each in about if each.source in shared}
    people = [Person.from_node(graph.nodes[key]) for key in found]
    if not people:
        raise NotVisibleError
    return sorted(people, key=lambda p: (p.id != scope.subject, p.name.casefold(), p.id))


def join(store: GraphStore, scope: Scope, operation: OperationId, name: str) -> PersonId:
    """Let the case of the scope's subject concern somebody more, with a file of their own."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInputError("Fill in what this person is called. A first name is enough.")
    person = PersonId(NodeId(f"p-{operation}"))
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        case = PersonFile.in_work(work, scope).case
        if case is None:  # pragma: no cover -- who may open a file has a case that is open
            raise NotVisibleError
        work.save(Node(label="Person", id=person, properties={"name": name}))
        key = RelationshipId(f"concerns-{operation}")
        work.save(Relationship(type="CONCERNS", id=key, source=case.id, target=person))
        work.audit(AuditEvent.within(scope, "join-case", person))
    return person
