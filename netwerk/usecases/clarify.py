"""Clarifying: the question, the one behind it, and how it goes in all of life."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Case
from netwerk.domain.directory import Need
from netwerk.domain.errors import AlreadyDoneError, ConflictError
from netwerk.domain.ids import NeedId, NodeId, OperationId
from netwerk.domain.plans import DomainNote
from netwerk.domain.records import Node, Value
from netwerk.graph import casework
from netwerk.graph.file import PersonFile
from netwerk.ports.stores import GraphStore, Work

_EASY: Final = ("daily", "housing", "family", "upbringing", "social", "work", "school", "mobility")
_TENDER: Final = ("money", "law", "addiction", "safety")
"""Life domains with which one begins a talk, and those that wait until there is some trust."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A life domain, with what was told of it: newest first."""

    need: Need
    told: tuple[DomainNote, ...]

    @property
    def now(self) -> DomainNote | None:
        """What was told last."""
        return self.told[0] if self.told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a life domain; `was` is the note that was the last when it was read."""

    domain: NeedId
    was: str
    goes: str
    text: str


def domains(file: PersonFile, needs: Iterable[Need]) -> list[Domain]:
    """Return every life domain with what was told of it, in the order in which one talks."""
    told = casework.notes(file)
    every = sorted((n for n in needs if n.parent is None), key=_turn)
    return [Domain(need=n, told=tuple(told.get(n.id, ()))) for n in every]


def _turn(need: Need) -> tuple[int, str]:
    if need.id in _EASY:
        return _EASY.index(need.id), ""
    last = len(_EASY) + 1
    return (last + _TENDER.index(need.id), "") if need.id in _TENDER else (len(_EASY), need.id)


def save(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    read: tuple[Case, Mapping[str, Value | None]],
    told: Iterable[Told],
) -> None:
    """Keep what was told: the case with its changed facts, and a note of what is told anew.

    Raises ConflictError if the case, or what was told of a domain, changed since it was read.
    """
    case, changed = read
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        known = casework.notes(file)
        work.save(case.node.with_properties(**changed))
        for each in told:
            last = next(iter(known.get(each.domain, ())), None)
            if _is_new(each, last):
                _keep(work, scope, operation, (case, each))
        work.audit(AuditEvent.within(scope, "clarify", case.id))


def _is_new(told: Told, last: DomainNote | None) -> bool:
    """Whether something else is told than was told last. Raises ConflictError for two at once."""
    if last is None:
        return bool(told.text or told.goes)
    if (told.text, told.goes) == (last.text, last.goes):
        return False
    if told.was != last.id:
        raise ConflictError(last.id)
    return True


def _keep(work: Work, scope: Scope, operation: OperationId, about: tuple[Case, Told]) -> None:
    case, told = about
    key = NodeId(f"dn-{operation}-{told.domain}")
    facts: dict[str, str] = {
        "domain": told.domain,
        "text": told.text,
        "goes": told.goes,
        "told_on": scope.as_of.isoformat(),
        "told_to": scope.viewer,
    }
    given = {name: value for name, value in facts.items() if value}
    work.save(Node(label="DomainNote", id=key, properties=given))
    work.save(casework.kept_in(case, key))
