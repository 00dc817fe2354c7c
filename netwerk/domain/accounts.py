"""Accounts by which colleagues sign in, and the sessions that come of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

from netwerk.domain.access import Role
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties, flag, text

IDLE: Final = timedelta(minutes=30)
"""A session ends when nothing was asked for so long,"""
LONGEST: Final = timedelta(hours=12)
_NOTED: Final = timedelta(minutes=1)
"""and in any case so long after signing in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How a colleague signs in, and as what."""

    username: str
    worker: WorkerId
    name: str
    role: Role
    password_hash: str
    disabled: bool = False
    language: str = "nl"

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            username=text(facts, "username") or "",
            worker=WorkerId(NodeId(text(facts, "worker") or "")),
            name=text(facts, "name") or "",
            role=Role(text(facts, "role") or ""),
            password_hash=text(facts, "password_hash") or "",
            disabled=flag(facts, "disabled") is True,
            language=text(facts, "language") or "nl",
        )

    def written(self) -> Properties:
        """Return the account as it is stored."""
        return {
            "username": self.username,
            "worker": self.worker,
            "name": self.name,
            "role": self.role.value,
            "password_hash": self.password_hash,
            "disabled": self.disabled,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that is signed in."""

    owner: str
    began: datetime
    seen: datetime

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            owner=text(facts, "owner") or "",
            began=datetime.fromisoformat(text(facts, "began") or ""),
            seen=datetime.fromisoformat(text(facts, "seen") or ""),
        )

    def written(self) -> Properties:
        """Return the session as it is stored."""
        began, seen = self.began.isoformat(), self.seen.isoformat()
        return {"owner": self.owner, "began": began, "seen": seen}

    def lasts_at(self, now: datetime) -> bool:
        """Whether the session still counts."""
        return now - self.seen < IDLE and now - self.began < LONGEST

    def is_stale(self, now: datetime) -> bool:
        """Whether it is time to note that the session was used."""
        return now - self.seen > _NOTED
