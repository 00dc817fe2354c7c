"""The audit log: one entry per disclosure and per change, each sealed to the one before.

An entry's seal is HMAC-SHA-256 over the previous seal and its own canonical JSON, so that a
changed, removed or reordered entry shows. Fields follow NEN 7513 and FHIR AuditEvent.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Self

from netwerk.domain.access import Scope

FIRST_SEAL = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """What happened: who did what to whose data, for what purpose, with which result."""

    action: str
    actor: str
    purpose: str
    subject: str | None = None
    outcome: str = "done"
    details: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def within(cls, scope: Scope, action: str, record: str | None = None) -> Self:
        """Return the event of somebody acting within their scope, on one record if named."""
        return cls(
            action=action,
            actor=scope.viewer,
            purpose=scope.purpose,
            subject=scope.subject,
            details={} if record is None else {"record": record},
        )

    def opened_for(self, scope: Scope, purpose: str) -> Self:
        """Return the event for the purpose for which the scope's file was opened.

        By way of exception that is not the purpose of the scope: the log tells it as it was.
        """
        return self if purpose == scope.purpose else replace(self, purpose=purpose)

    def to_json(self) -> str:
        """Return the event as canonical JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, body: str) -> Self:
        """Read what `to_json` wrote."""
        return cls(**json.loads(body))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """An event as it stands in the log: `number` counts from 1 without gaps."""

    number: int
    at: str
    event: AuditEvent
    seal: str


def head(number: int, seal: str) -> AuditEntry | None:
    """Return what is needed of the last entry to go on from it; None if there is none."""
    nothing = AuditEvent(action="", actor="", purpose="")
    return AuditEntry(number=number, at="", event=nothing, seal=seal) if number else None


def seal(key: bytes, previous: str, number: int, at: str, event: AuditEvent) -> str:
    """Return the seal (64 hex digits) of an entry that follows `previous`."""
    body = json.dumps([previous, number, at, asdict(event)], sort_keys=True, ensure_ascii=False)
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


def next_entry(key: bytes, last: AuditEntry | None, at: str, event: AuditEvent) -> AuditEntry:
    """Return the entry for `event` that comes after `last`."""
    number = 1 if last is None else last.number + 1
    previous = FIRST_SEAL if last is None else last.seal
    return AuditEntry(
        number=number, at=at, event=event, seal=seal(key, previous, number, at, event)
    )


def first_bad_entry(
    key: bytes, entries: Iterable[AuditEntry], anchor: tuple[int, str] | None = None
) -> int | None:
    """Return the number of the first entry that is not as it was written; None if all are.

    `anchor` is a (number, seal) kept outside the store: it shows that the end was cut off.
    """
    previous, expected = FIRST_SEAL, 1
    for entry in entries:
        good = seal(key, previous, expected, entry.at, entry.event)
        if entry.number != expected or not hmac.compare_digest(good, entry.seal):
            return expected
        if anchor is not None and anchor[0] == expected and anchor[1] != entry.seal:
            return expected
        previous, expected = entry.seal, expected + 1
    return expected if anchor is not None and anchor[0] >= expected else None
