"""Proposals: a worker saw that something is not right, a coordinator decides."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.proposals import PROPOSAL, Proposal, ProposalKind, ProposalState
from netwerk.domain.records import Node, Value, text
from netwerk.domain.upkeep import require_role
from netwerk.ports.stores import DirectoryWork, GraphStore

ABOUT: Final = frozenset({"Organization", "Service"})
_ASKS_VALUE: Final = frozenset({ProposalKind.MOVED, ProposalKind.PHONE})
_LONGEST_PHONE: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """What a worker tells."""

    kind: ProposalKind
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A proposal beside what it is about; `node` is None when that is no longer there.

    `place` is where it is, if that is one place and nobody else's too: then it can move.
    """

    proposal: Proposal
    node: Node | None
    place: Node | None = None

    @property
    def name(self) -> str:
        """What it is about is called."""
        return "" if self.node is None else text(self.node.properties, "name") or ""

    @property
    def becomes(self) -> dict[str, Value]:
        """What taking it over would make of it, by name of the fact."""
        return {} if self.node is None else self.proposal.changes(self.node)

    @property
    def simple(self) -> bool:
        """Whether accepting it changes the directory at once."""
        return self.node is not None and bool(self.becomes)


def about(store: GraphStore, scope: Scope, key: NodeId) -> Node:
    """Return what a proposal can be about. Raises NotVisibleError."""
    with store.directory(scope) as view:
        found = view.around([key]).nodes.get(key)
    if found is None or found.label not in ABOUT:
        raise NotVisibleError
    return found


def propose(
    store: GraphStore, scope: Scope, operation: OperationId, key: NodeId, new: NewProposal
) -> None:
    """Tell that something is not right; nothing changes until the coordinator accepts it."""
    _require_said(new)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        name = require_role(work, scope, Permission.DIRECTORY_PROPOSE)
        found = work.around([key]).nodes.get(key)
        if found is None or found.label not in ABOUT:
            raise NotVisibleError
        made = Proposal(
            key=f"proposal-{operation}",
            about=key,
            kind=new.kind,
            value=new.value,
            note=new.note,
            by=scope.viewer,
            by_name=name,
            on=scope.as_of.isoformat(),
        )
        work.put(PROPOSAL, made.key, made.written())
        work.audit(AuditEvent.within(_plain(scope), "propose", key))


def accept(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Accept a proposal, and change the directory where that is simple.

    One that was answered before stays as it was answered.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        found = _waiting(work, scope, key)
        if found is None:
            return
        seen = work.around([found.about])
        answered = _answered(work, scope, found, ProposalState.ACCEPTED, "")
        node = seen.nodes.get(found.about)
        if node is not None and (changes := answered.changes(node)):
            work.save(node.with_properties(**changes))
        work.audit(AuditEvent.within(_plain(scope), "accept-proposal", found.about))


def decline(store: GraphStore, scope: Scope, operation: OperationId, key: str, answer: str) -> None:
    """Decline a proposal with a sentence to who told it; one answered before stays."""
    if not answer:
        raise InvalidInputError("Write one sentence: your colleague reads why.")
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        found = _waiting(work, scope, key)
        if found is None:
            return
        _answered(work, scope, found, ProposalState.DECLINED, answer)
        work.audit(AuditEvent.within(_plain(scope), "decline-proposal", found.about))


def one(store: GraphStore, scope: Scope, key: str) -> Told:
    """Return a proposal beside what it is about. Raises NotVisibleError."""
    with store.system() as work:
        facts = work.get(PROPOSAL, key)
    if facts is None:
        raise NotVisibleError
    (told,) = _beside(store, scope, [Proposal.read(key, facts)])
    return replace(told, place=_own_place(store, scope, told.proposal.about))


def waiting(store: GraphStore, scope: Scope, key: str) -> Told | None:
    """Return a proposal that waits, beside what it is about; None where there is none."""
    try:
        told = one(store, scope, key) if key else None
    except NotVisibleError:
        return None
    return told if told and told.proposal.state is ProposalState.OPEN else None


def mine(store: GraphStore, scope: Scope) -> list[Told]:
    """Return what the viewer told, newest first, each beside what it is about."""
    with store.system() as work:
        every = [Proposal.read(key, facts) for key, facts in work.find(PROPOSAL)]
    own = [each for each in every if each.by == scope.viewer]
    return _beside(store, scope, sorted(own, key=lambda each: (each.on, each.key), reverse=True))


def _own_place(store: GraphStore, scope: Scope, key: NodeId) -> Node | None:
    with store.directory(scope) as view:
        found = view.around([key])
        places = {r.target for r in found.of_type("LOCATED_AT") if r.source == key}
        there = view.around(places)
    mine = {key, *(r.target for r in found.of_type("PROVIDES") if r.source == key)}
    at = {r.source for r in there.of_type("LOCATED_AT") if r.target in places}
    return there.nodes[places.pop()] if len(places) == 1 and at <= mine else None


def _beside(store: GraphStore, scope: Scope, every: list[Proposal]) -> list[Told]:
    with store.directory(scope) as view:
        nodes = view.around({each.about for each in every}).nodes
    return [Told(proposal=each, node=nodes.get(each.about)) for each in every]


def _require_said(new: NewProposal) -> None:
    if new.kind in _ASKS_VALUE and not new.value:
        raise InvalidInputError("Fill in the new address or telephone number.")
    if new.kind is ProposalKind.PHONE and len(new.value) > _LONGEST_PHONE:
        raise InvalidInputError("This telephone number is too long.")
    if new.kind is ProposalKind.OTHER and not new.note:
        raise InvalidInputError("Write in a few words what is not right.")


def _waiting(work: DirectoryWork, scope: Scope, key: str) -> Proposal | None:
    """Return a proposal that waits, None for one that was answered; locked until the end."""
    require_role(work, scope, Permission.DIRECTORY_EDIT)
    facts = work.get(PROPOSAL, key)
    if facts is None:
        raise NotVisibleError
    found = Proposal.read(key, facts)
    return found if found.state is ProposalState.OPEN else None


def _answered(
    work: DirectoryWork, scope: Scope, found: Proposal, state: ProposalState, answer: str
) -> Proposal:
    answered = replace(
        found,
        state=state,
        answer=answer,
        answered_by=require_role(work, scope, Permission.DIRECTORY_EDIT),
        answered_on=scope.as_of.isoformat(),
    )
    work.put(PROPOSAL, found.key, answered.written())
    return answered


def _plain(scope: Scope) -> Scope:
    return replace(scope, purpose=Purpose.DIRECTORY, subject=None)
