"""The inhabitant's network, kept together with the inhabitant: ties, approach, talents."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import (
    NeedId,
    NodeId,
    OperationId,
    OrganizationId,
    PersonId,
    RelationshipId,
)
from netwerk.domain.records import Node, Properties, Relationship, Value
from netwerk.domain.ties import Approach, Participation, Tie, told_anew
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFacts:
    """What an inhabitant tells about somebody: vocabulary values of graph_schema."""

    kind: str
    closeness: int | None = None
    contact: str | None = None
    support: tuple[str, ...] = ()
    support_given: tuple[str, ...] = ()
    valence: str | None = None
    approach: Approach = Approach.NOT_DISCUSSED
    valid_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFacts:
    """Where an inhabitant takes part, and as what."""

    organization: OrganizationId
    how: str
    approach: Approach


def open_file(store: GraphStore, scope: Scope) -> PersonFile:
    """Return the file of the scope's subject; that it was opened is logged."""
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, "open-file") as view:
        return PersonFile(view.own_file(), scope.subject, scope.as_of)


def add_tie(
    store: GraphStore, scope: Scope, operation: OperationId, name: str, facts: TieFacts
) -> RelationshipId:
    """Add somebody whom the inhabitant names, and how they stand to each other."""
    subject = _subject(scope)
    if not name.strip():
        raise InvalidInputError("Fill in what this person is called. A first name is enough.")
    alter = PersonId(NodeId(f"p-{operation}"))
    key = RelationshipId(f"t-{operation}")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        who: Properties = {"name": name.strip(), "told_by": subject}
        work.save(Node(label="Person", id=alter, properties=who))
        tie = Relationship(type="TIE", id=key, source=subject, target=alter)
        work.save(tie.with_properties(owner=subject, **_tie_properties(facts, scope)))
        work.audit(AuditEvent.within(scope, "add-tie", key))
    return key


def change_tie(
    store: GraphStore, scope: Scope, operation: OperationId, read: Tie, facts: TieFacts
) -> None:
    """Change what was told about a tie. Raises ConflictError if it is no longer as it was read."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        ended = read.record.properties.get("valid_to")
        if facts.valid_from and isinstance(ended, str) and ended < facts.valid_from.isoformat():
            start = facts.valid_from.isoformat()
            raise InvalidInputError("It cannot end before it began (%(start)s).", start=start)
        told = _tie_properties(facts, scope, read.approach)
        work.save(told_anew(read.record, scope.as_of, told))
        work.audit(AuditEvent.within(scope, "change-tie", read.id))


def end_tie(
    store: GraphStore, scope: Scope, operation: OperationId, key: RelationshipId, on: date
) -> None:
    """End a tie from a day on; what it was stays known."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        tie = _tie(PersonFile.in_work(work, scope), key)
        start = tie.record.properties.get("valid_from")
        if isinstance(start, str) and on.isoformat() < start:
            raise InvalidInputError("It cannot end before it began (%(start)s).", start=start)
        work.save(tie.record.with_properties(valid_to=on.isoformat()))
        work.audit(AuditEvent.within(scope, "end-tie", key))


def set_approach(
    store: GraphStore, scope: Scope, operation: OperationId, key: RelationshipId, approach: Approach
) -> None:
    """Note the inhabitant's word on asking somebody, or an organization; it counts at once.

    No version is asked: a wish to leave somebody alone must not fail because of another change.
    """
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        account = file.tie(key) or file.participation(key)
        if account is None:
            raise NotVisibleError
        work.save(told_anew(account.record, scope.as_of, _said(approach, scope)))
        work.audit(AuditEvent.within(scope, "set-approach", key))


def add_participation(
    store: GraphStore, scope: Scope, operation: OperationId, told: ParticipationFacts
) -> RelationshipId:
    """Note that the inhabitant takes part somewhere: member, pupil, visitor, …"""
    subject, key = _subject(scope), RelationshipId(f"tp-{operation}")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        part = Relationship(type="TAKES_PART", id=key, source=subject, target=told.organization)
        work.save(part.with_properties(owner=subject, how=told.how, **_said(told.approach, scope)))
        work.audit(AuditEvent.within(scope, "add-participation", key))
    return key


def end_participation(
    store: GraphStore, scope: Scope, operation: OperationId, key: RelationshipId, on: date
) -> None:
    """Note that the inhabitant no longer takes part."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        part = _participation(PersonFile.in_work(work, scope), key)
        work.save(part.record.with_properties(valid_to=on.isoformat()))
        work.audit(AuditEvent.within(scope, "end-participation", key))


def set_talents(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    needs: Iterable[NeedId],
    *,
    willing: bool,
) -> None:
    """Note what the inhabitant could mean for somebody else, and whether they want to."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        wanted, had = set(needs), set(file.talents)
        for relationship in file.graph.of_type("ADDRESSES"):
            if relationship.source == file.person.id and relationship.target not in wanted:
                work.remove(relationship)
        for need in sorted(wanted - had):
            key = RelationshipId(f"a-{operation}-{need}")
            work.save(Relationship(type="ADDRESSES", id=key, source=file.person.id, target=need))
        work.save(file.node.with_properties(willing_to_help=willing))
        work.audit(AuditEvent.within(scope, "set-talents", file.person.id))


def change_person(
    store: GraphStore, scope: Scope, operation: OperationId, read: Node, changed: Properties
) -> None:
    """Change facts about the inhabitant. Raises ConflictError if they are not as they were read."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(read.with_properties(**changed))
        work.audit(AuditEvent.within(scope, "change-person", read.id))


def _subject(scope: Scope) -> PersonId:
    if scope.subject is None:
        raise NotVisibleError
    return scope.subject


def _tie(file: PersonFile, key: RelationshipId) -> Tie:
    tie = file.tie(key)
    if tie is None:
        raise NotVisibleError
    return tie


def _participation(file: PersonFile, key: RelationshipId) -> Participation:
    part = file.participation(key)
    if part is None:
        raise NotVisibleError
    return part


def _tie_properties(
    facts: TieFacts, scope: Scope, known: Approach | None = None
) -> dict[str, Value | None]:
    if facts.valid_from and facts.valid_from > scope.as_of:
        raise InvalidInputError("It cannot have begun after today.")
    told: dict[str, Value | None] = {
        "kind": facts.kind,
        "closeness": facts.closeness,
        "contact": facts.contact,
        "support": list(facts.support) or None,
        "support_given": list(facts.support_given) or None,
        "valence": facts.valence,
        "valid_from": facts.valid_from.isoformat() if facts.valid_from else None,
    }
    return told if facts.approach is known else {**told, **_said(facts.approach, scope)}


def _said(approach: Approach, scope: Scope) -> dict[str, Value | None]:
    """The inhabitant's word, with who wrote it down and when."""
    return {
        "approach": approach.value,
        "approach_on": scope.as_of.isoformat(),
        "approach_by": scope.viewer,
    }
