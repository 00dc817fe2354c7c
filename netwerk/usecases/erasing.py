"""Erasing somebody on their request: first what it comes to, then in one transaction."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, NotVisibleError
from netwerk.domain.grants import require_reason
from netwerk.domain.ids import OperationId, PersonId
from netwerk.domain.records import Properties, Value, text, words
from netwerk.domain.requests import REQUEST
from netwerk.graph.erasing import Erasure, erasure
from netwerk.graph.names import called, require_no_name
from netwerk.graph.subject import gathered
from netwerk.ports.stores import Store
from netwerk.ports.works import FilesWork
from netwerk.schema import Schema


def preview(store: Store, scope: Scope, operation: OperationId, schema: Schema) -> Erasure:
    """Return what would be erased, what stays and until when. Raises NotVisibleError."""
    with store.files_work(scope, operation) as work:
        found = _planned(work, scope, schema)
        work.audit(_event(scope, "preview-erasure", found))
    return found


def erase(
    store: Store, scope: Scope, operation: OperationId, schema: Schema, reason: str
) -> Erasure | None:
    """Erase the scope's subject everywhere, in one transaction; None if that was done already.

    The log says that it was done, by whom and how much, never who it was. Backups that were made
    before keep what they have.
    """
    require_reason(reason)
    kinds = sorted({kind for kind, _, _ in store.system_records()})
    found = None
    with suppress(AlreadyDoneError), store.files_work(scope, operation) as work:
        found = _planned(work, scope, schema)
        person = _subject(scope)
        require_no_name(reason, called(work.touching([person]).nodes[person]))
        work.remove(*found.links)
        work.save(*found.changed)
        work.remove(*found.nodes)
        _forget(work, _subject(scope), found, kinds)
        work.audit(_event(scope, "erase-subject", found, reason=reason.strip()))
    return found


def _planned(work: FilesWork, scope: Scope, schema: Schema) -> Erasure:
    person = _subject(scope)
    graph = gathered(work, person)
    node = graph.nodes.get(person)
    if node is None or node.label != "Person":
        raise NotVisibleError
    return erasure(graph, person, schema, scope.as_of)


def _forget(work: FilesWork, person: PersonId, found: Erasure, kinds: Iterable[str]) -> None:
    """Take the person, and what went with them, out of what is kept beside the graph."""
    ids = {person, *found.gone}
    for kind in kinds:
        for key, facts in work.find(kind):
            if not mentions(facts, ids) and key not in ids:
                continue
            after = _request_without(facts, ids) if kind == REQUEST else None
            if after is None:
                work.delete(kind, key)
            else:
                work.put(kind, key, after)


def mentions(value: Value | Properties, ids: Collection[str]) -> bool:
    """Whether one of these ids stands anywhere in what is kept."""
    if isinstance(value, str):
        return value in ids
    if isinstance(value, list | tuple):
        return any(mentions(each, ids) for each in value)
    return isinstance(value, dict) and any(mentions(each, ids) for each in value.values())


def _request_without(facts: Properties, ids: Collection[str]) -> Properties | None:
    """Return somebody else's request without whom it proposes or leaves alone; None for own."""
    if text(facts, "owner") in ids:
        return None
    kept = {k: v for k, v in facts.items() if not (k == "helper" and v in ids)}
    never = [each for each in words(facts, "never") if each not in ids]
    return {**kept, "never": never}


def _subject(scope: Scope) -> PersonId:
    if scope.subject is None:
        raise NotVisibleError
    return scope.subject


def _event(scope: Scope, action: str, found: Erasure, **more: str) -> AuditEvent:
    asked = replace(scope, purpose=Purpose.DATA_SUBJECT)
    details = {
        "removed": str(len(found.gone)),
        "changed": str(len(found.changed)),
        "kept": str(len(found.kept)),
        **more,
    }
    return replace(AuditEvent.within(asked, action), details=details)
