"""Looking into a file for a while, by way of exception, with a reason that is kept.

A worker who is not on the case breaks the glass for an hour; the privacy officer opens a file for a
data-subject request. Nothing else opens a file that is not one's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from netwerk.domain.access import OPERATOR, PERMISSIONS, Permission, Purpose, Scope, require
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import InvalidInputError, LookOnlyError, NotAllowedError
from netwerk.domain.ids import NodeId, PersonId, WorkerId
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Properties, flag, text

GRANT: Final = "grant"
"""The system kind under which they are kept, by `grant_key`."""
LASTS: Final[Mapping[Purpose, timedelta]] = {
    Purpose.EMERGENCY: timedelta(hours=1),
    Purpose.DATA_SUBJECT: timedelta(hours=8),
}
"""How long each of the exceptions opens a file."""
SHORTEST: Final = 10
LONGEST: Final = 500
"""Signs of a reason: shorter says nothing."""
_ALLOWED_BY: Final = {
    Purpose.EMERGENCY: Permission.NETWORK_READ,
    Purpose.DATA_SUBJECT: Permission.SUBJECT_READ,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Why somebody may look into a file that is not theirs, and until when."""

    viewer: WorkerId
    person: PersonId
    purpose: Purpose
    reason: str
    begun: datetime
    by_name: str = ""
    seen: bool = False
    operation: str = ""
    kept_as: str = ""
    """Under which it is found again: what was there before another of the same has its own."""

    @property
    def key(self) -> str:
        """Under which it is kept."""
        return grant_key(self.viewer, self.person)

    @property
    def until(self) -> datetime:
        """From when on it opens nothing any more."""
        return self.begun + LASTS[self.purpose]

    def opens(self, role_holds: frozenset[Permission], at: datetime) -> bool:
        """Whether it opens the file at this moment to somebody with these permissions."""
        return _ALLOWED_BY[self.purpose] in role_holds and self.begun <= at < self.until

    def event(self, action: str) -> AuditEvent:
        """Return what the log says when it is given: where its reason is, and not the reason.

        What somebody wrote in haste may hold a name, and the log has no term; a grant has one.
        """
        return AuditEvent(
            action=action,
            actor=self.viewer,
            purpose=self.purpose,
            subject=self.person,
            details={"grant": f"{self.key}@{self.begun.isoformat()}"},
        )

    def written(self) -> Properties:
        """Return the grant as it is stored."""
        return {
            "owner": self.person,
            "viewer": self.viewer,
            "purpose": self.purpose.value,
            "reason": self.reason,
            "begun": self.begun.isoformat(),
            "by_name": self.by_name,
            "seen": self.seen,
            "operation": self.operation,
        }

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            viewer=WorkerId(NodeId(text(facts, "viewer") or "")),
            person=PersonId(NodeId(text(facts, "owner") or "")),
            purpose=Purpose(text(facts, "purpose") or ""),
            reason=text(facts, "reason") or "",
            begun=datetime.fromisoformat(text(facts, "begun") or ""),
            by_name=text(facts, "by_name") or "",
            seen=flag(facts, "seen") is True,
            operation=text(facts, "operation") or "",
        )


def require_reason(reason: str) -> None:
    """Refuse, with InvalidInputError, a reason that says nothing, or too much to be one."""
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise InvalidInputError("Say in a sentence why. The privacy officer reads it.")


def grant_key(viewer: str, person: str | None) -> str:
    """Return under what a grant is kept: one for each who looks and whom it is about."""
    return f"{viewer}@{person or ''}"


def granted(
    viewer: Node | None, subject: Node | None, scope: Scope, facts: Properties | None, at: datetime
) -> Purpose | None:
    """Return for what purpose a grant opens the subject's file at this moment; None if it is shut.

    `facts` is what is kept under the scope's `grant_key`.
    """
    if viewer is None or subject is None or facts is None:
        return None
    if (viewer.label, subject.label) != ("Worker", "Person"):
        return None
    grant = Grant.read(facts)
    holds = PERMISSIONS[Worker.from_node(viewer).role]
    named = (grant.viewer, grant.person) == (scope.viewer, scope.subject)
    return grant.purpose if named and grant.opens(holds, at) else None


def require_changing(opened_for: str | None) -> None:
    """Refuse, with LookOnlyError, to change a file that was opened because it could not wait.

    The emergency needs what the file says. What was done in it is for the team to write down.
    """
    if opened_for == Purpose.EMERGENCY:
        raise LookOnlyError


def require_all_files(viewer: Node | None, scope: Scope) -> None:
    """Refuse, with NotAllowedError, who may not change every file: only for erasing and keeping."""
    if scope.viewer == OPERATOR:
        return
    if viewer is None or viewer.label != "Worker":
        raise NotAllowedError
    require(Worker.from_node(viewer).role, Permission.SUBJECT_ERASE)


def is_named(node: Node, name: str) -> bool:
    """Whether a Person is called exactly this, in small or capital letters."""
    asked = " ".join(name.split()).lower()
    told = (text(node.properties, key) for key in ("name", "alias"))
    return bool(asked) and asked in {" ".join(each.split()).lower() for each in told if each}
