"""Letting go of what was kept long enough: every night, reported as counts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import ConflictError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.records import Properties, text
from netwerk.domain.upkeep import months_later
from netwerk.graph.retaining import Bundle, Terms, counts, needed
from netwerk.ports.stores import Store
from netwerk.schema import Schema

TOGETHER: Final = 300
"""Records in one transaction."""
QUARTER: Final = 3
"""Months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Something beside the graph that goes."""

    kind: str
    key: str
    facts: Properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What goes, as counts: of the graph, of what is beside it; `left`: changed meanwhile."""

    records: Mapping[str, int]
    beside: Mapping[str, int]
    left: int = 0


def coming(store: Store, schema: Schema, on: date) -> Kept:
    """Return what goes until a quarter from now, as counts."""
    return due(store, schema, months_later(on, QUARTER))


def due(store: Store, schema: Schema, on: date) -> Kept:
    """Return what is over on a day, as counts; nothing goes."""
    bundles, beside = _planned(store, schema, on)
    return Kept(records=counts(bundles), beside=_kinds(beside))


def retain(store: Store, scope: Scope, operation: OperationId, schema: Schema) -> Kept:
    """Let everything go that is over today; return it as counts.

    What somebody changed since it was looked at stays until the next time. Done twice, the second
    finds nothing.
    """
    bundles, beside = _planned(store, schema, scope.as_of)
    done: list[Bundle] = []
    left = 0
    for number, batch in enumerate(_batches(bundles)):
        removed = _removed(store, scope, f"{operation}-{number}", batch)
        done += removed
        left += len(batch) - len(removed)
    told = Kept(records=counts(done), beside=_kinds(beside), left=left)
    with store.files_work(scope, OperationId(f"{operation}-beside")) as work:
        for each in beside:
            if work.get(each.kind, each.key) == each.facts:
                work.delete(each.kind, each.key)
        work.audit(_event(scope, told))
    return told


def _planned(store: Store, schema: Schema, on: date) -> tuple[list[Bundle], list[Beside]]:
    terms = Terms(needed(store.dump(), schema), schema, on)
    bundles = list(terms.bundles())
    gone = {each.id for bundle in bundles for each in bundle.records}
    beside = []
    for kind, key, facts in store.system_records():
        known = schema.beside.get(kind)
        if known is None:
            continue
        owner = text(facts, "owner") or ""
        if known.since == "file":
            is_over = owner in gone or NodeId(owner) not in terms.closed
            since = terms.closed.get(NodeId(owner))
        else:
            is_over, since = False, _day(facts, known.since)
        if is_over or terms.over(since, known.keep_months):
            beside.append(Beside(kind=kind, key=key, facts=facts))
    return bundles, beside


def _day(facts: Properties, name: str) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(text(facts, name) or "").date()
    return None


def _batches(bundles: Sequence[Bundle]) -> Iterator[list[Bundle]]:
    batch: list[Bundle] = []
    size = 0
    for bundle in bundles:
        if batch and size + len(bundle.records) > TOGETHER:
            yield batch
            batch, size = [], 0
        batch.append(bundle)
        size += len(bundle.records)
    if batch:
        yield batch


def _removed(store: Store, scope: Scope, name: str, batch: list[Bundle]) -> list[Bundle]:
    """Remove a batch; where somebody changed one of it meanwhile, the others one by one."""
    with suppress(ConflictError):
        _remove(store, scope, name, batch)
        return batch
    done = []
    for number, bundle in enumerate(batch):
        with suppress(ConflictError):
            _remove(store, scope, f"{name}-{number}", [bundle])
            done.append(bundle)
    return done


def _remove(store: Store, scope: Scope, name: str, batch: list[Bundle]) -> None:
    with store.files_work(scope, OperationId(name)) as work:
        for bundle in batch:
            work.remove(*bundle.records)


def _kinds(beside: Sequence[Beside]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in beside:
        found[each.kind] = found.get(each.kind, 0) + 1
    return dict(sorted(found.items()))


def _event(scope: Scope, told: Kept) -> AuditEvent:
    details = {key: str(count) for key, count in {**told.records, **told.beside}.items()}
    return AuditEvent(
        action="retain", actor=scope.viewer, purpose=Purpose.ADMINISTRATION, details=details
    )
