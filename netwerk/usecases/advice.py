"""Referral advice: prepared with what was tried, given, and the decision followed.

It never blocks: the worker decides whether to advise, and the reason is kept.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from netwerk.domain.access import Scope
from netwerk.domain.advice import (
    DECISIONS,
    GRANTED,
    STANDING,
    Advice,
    AdviceStatus,
    Mentioned,
    Takeover,
)
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case, Safety
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, RelationshipId
from netwerk.domain.records import Node, Relationship, Value
from netwerk.graph.advice import AdviceInFile, advices, asked_so_far, may_show
from netwerk.graph.file import PersonFile
from netwerk.graph.question import SupportPath
from netwerk.ports.stores import GraphStore, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a worker writes in a draft, with today's paths; all of it may be left for later."""

    needs: tuple[NeedId, ...] = ()
    product: str = ""
    months: int | None = None
    reason: str = ""
    none_tried_because: str = ""
    keeps_doing: str = ""
    cannot_wait: bool = False
    suggested: tuple[Mentioned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the municipality decided."""

    status: AdviceStatus
    on: date
    granted_from: date | None = None
    granted_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Whether the network can take over what was granted, and when to look again."""

    takeover: Takeover
    note: str = ""
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One advice with the file that it is in."""

    file: PersonFile
    shown: AdviceInFile

    @property
    def advice(self) -> Advice:
        """The advice as it may be shown."""
        return self.shown.advice


def suggestion(need: NeedId, path: SupportPath, title: str, first_step: str) -> Mentioned:
    """Return a path of today's answer as an advice keeps it, in the words in which it is shown."""
    return Mentioned(
        need=need,
        title=title,
        first_step=first_step,
        of=path.nodes[0],
        nodes=path.nodes,
        records=tuple(str(step.record) for step in path.steps if step.record),
    )


def listed(store: GraphStore, scope: Scope) -> tuple[PersonFile, list[AdviceInFile]]:
    """Return the advices for the scope's subject, with the file; that they were seen is logged."""
    file = _opened(store, scope, "open-advices")
    return file, advices(file)


def opened(store: GraphStore, scope: Scope, key: str, action: str = "open-advice") -> Opened:
    """Return one advice; `action` says in the log whether it was read, printed or exported."""
    file = _opened(store, scope, action, key)
    return Opened(file=file, shown=_one(file, key))


def start(store: GraphStore, scope: Scope, operation: OperationId, by: str) -> NodeId:
    """Begin an advice, for the needs of the case; return the draft, which may be there already."""
    key = NodeId(f"advice-{operation}")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        facts: dict[str, Value] = {
            "needs": list(_case(file).needs),
            "cannot_wait": file.safety is Safety.ACUTE,
        }
        return _begun(work, scope, file, facts | {"edition": 1, "advised_by": by}, key)
    return key


def save_draft(
    store: GraphStore, scope: Scope, operation: OperationId, read: Advice, written: Written
) -> None:
    """Keep what was written so far. Raises ConflictError if it changed since.

    Of the paths are kept those in which everybody may still be asked, now that the file is locked.
    """
    _require(read, {AdviceStatus.DRAFT})
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        kept = [each.written() for each in written.suggested if may_show(file, each)]
        facts = _facts(written) | {"suggested": kept, "suggested_on": scope.as_of.isoformat()}
        work.save(read.node.with_properties(**facts))
        work.audit(AuditEvent.within(scope, "write-advice", read.id))


def give(store: GraphStore, scope: Scope, operation: OperationId, read: Advice, by: str) -> None:
    """Give the advice: from now on its words are fixed, with today's day and who gave it.

    Whether somebody was asked is not required. An earlier version that it replaces, is replaced.
    """
    _require(read, {AdviceStatus.DRAFT})
    _require_whole(read)
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        asked = [each.written() for each in asked_so_far(file, read) if may_show(file, each)]
        kept = [each.written() for each in read.suggested if may_show(file, each)]
        given = read.node.with_properties(
            status=AdviceStatus.GIVEN.value,
            asks=asked,
            suggested=kept,
            advised_on=scope.as_of.isoformat(),
            advised_by=by,
        )
        work.save(given)
        _replace(work, file, read.replaces)
        work.audit(AuditEvent.within(scope, "give-advice", read.id))


def renew(store: GraphStore, scope: Scope, operation: OperationId, read: Advice, by: str) -> NodeId:
    """Begin the next version of an advice that was given; return the draft."""
    _require(read, STANDING)
    key = NodeId(f"advice-{operation}")
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        facts = {name: read.node.properties[name] for name in _COPIED & set(read.node.properties)}
        more = {"edition": read.edition + 1, "replaces": read.id, "advised_by": by}
        return _begun(work, scope, PersonFile.in_work(work, scope), {**facts, **more}, key)
    return key


def withdraw(store: GraphStore, scope: Scope, operation: OperationId, read: Advice) -> None:
    """Withdraw an advice, or put a draft away; it stays in the file as withdrawn."""
    _require(read, {AdviceStatus.DRAFT, AdviceStatus.GIVEN})
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(read.node.with_properties(status=AdviceStatus.WITHDRAWN.value))
        work.audit(AuditEvent.within(scope, "withdraw-advice", read.id))


def decide(
    store: GraphStore, scope: Scope, operation: OperationId, read: Advice, decision: Decision
) -> None:
    """Note the decision that came back. Raises ConflictError if the advice changed since."""
    _require(read, STANDING)
    _require_sound(decision, scope)
    granted = decision.status in GRANTED
    facts: dict[str, Value | None] = {
        "status": decision.status.value,
        "decided_on": decision.on.isoformat(),
        "granted_from": _day(decision.granted_from) if granted else None,
        "granted_to": _day(decision.granted_to) if granted else None,
        "decision_note": decision.note.strip() or None,
    }
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(read.node.with_properties(**facts))
        work.audit(AuditEvent.within(scope, "note-decision", read.id))


def follow(
    store: GraphStore, scope: Scope, operation: OperationId, read: Advice, followed: Followed
) -> None:
    """Note whether the network can take over. Raises ConflictError if it changed since."""
    _require(read, GRANTED)
    if followed.look_again_on is not None and followed.look_again_on < scope.as_of:
        raise InvalidInputError("Choose a day from today on to look again.")
    facts: dict[str, Value | None] = {
        "takeover": followed.takeover.value,
        "takeover_note": followed.note.strip() or None,
        "look_again_on": _day(followed.look_again_on),
    }
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        work.save(read.node.with_properties(**facts))
        work.audit(AuditEvent.within(scope, "follow-decision", read.id))


_COPIED = frozenset(
    (
        "needs",
        "product",
        "months",
        "reason",
        "none_tried_because",
        "keeps_doing",
        "cannot_wait",
        "suggested",
        "suggested_on",
    )
)


def _opened(store: GraphStore, scope: Scope, action: str, key: str | None = None) -> PersonFile:
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action, {"record": key} if key else None) as view:
        file = PersonFile(view.own_file(), scope.subject, scope.as_of)
        if key is not None:
            _one(file, key)
        return file


def _one(file: PersonFile, key: str) -> AdviceInFile:
    found = next((each for each in advices(file) if each.advice.id == key), None)
    if found is None:
        raise NotVisibleError
    return found


def _case(file: PersonFile) -> Case:
    case = file.case
    if case is None:
        raise NotVisibleError
    return case


def _begun(
    work: Work, scope: Scope, file: PersonFile, facts: dict[str, Any], key: NodeId
) -> NodeId:
    there = next((each.advice for each in advices(file) if each.advice.is_draft), None)
    if there is not None:
        return there.id
    facts |= {
        "person": file.person.id,
        "status": AdviceStatus.DRAFT.value,
        "advised_on": scope.as_of.isoformat(),
    }
    work.save(Node(label="ReferralAdvice", id=key, properties=facts))
    advises = RelationshipId(f"advises-{key}")
    work.save(Relationship(type="ADVISES", id=advises, source=key, target=_case(file).id))
    work.audit(AuditEvent.within(scope, "start-advice", key))
    return key


def _require(read: Advice, allowed: Iterable[AdviceStatus]) -> None:
    if read.status not in allowed:
        raise InvalidInputError("This advice is no longer as far as you think. Look at it again.")


def _require_whole(read: Advice) -> None:
    if not read.needs:
        raise InvalidInputError("Choose what the advice is about.")
    if not read.product:
        raise InvalidInputError("Choose which help is advised.")
    if not read.reason.strip():
        raise InvalidInputError("Write why specialist help is needed.")


def _require_sound(decision: Decision, scope: Scope) -> None:
    if decision.status not in DECISIONS:
        raise InvalidInputError("Choose what was decided.")
    if decision.on > scope.as_of:
        raise InvalidInputError("That day has not come yet.")
    begins, ends = decision.granted_from, decision.granted_to
    if begins is not None and ends is not None and ends <= begins:
        raise InvalidInputError("It cannot end before it begins.")


def _replace(work: Work, file: PersonFile, key: str) -> None:
    earlier = file.graph.nodes.get(NodeId(key))
    if earlier is not None:
        work.save(earlier.with_properties(status=AdviceStatus.REPLACED.value))


def _facts(written: Written) -> dict[str, Any]:
    return {
        "needs": list(written.needs),
        "product": written.product or None,
        "months": written.months,
        "reason": written.reason.strip() or None,
        "none_tried_because": written.none_tried_because.strip() or None,
        "keeps_doing": written.keeps_doing.strip() or None,
        "cannot_wait": written.cannot_wait,
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
