"""A signal from a place where people are (vindplaats), about nobody by name: not yet a case."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Properties, integer, text

SIGNAL: Final = "signal"
"""The system kind under which signals are kept; the owner is the team."""
_WORDS: Final = ("place", "elsewhere", "on", "noticed", "done")


class SignalOutcome(StrEnum):
    """What was done with it."""

    WAITING = "waiting"
    TALKED = "talked"
    HELPED = "helped"
    PARTNER = "partner"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What somebody of the team noticed, where, and what was done.

    `place` is an organization of the directory, or `elsewhere` says in words where it was. `on` is
    a day (YYYY-MM-DD); `minutes` is how long the colleague was there, 0 where it was not told.
    """

    key: str
    team: NodeId
    by: WorkerId
    on: str
    noticed: str
    place: str = ""
    elsewhere: str = ""
    minutes: int = 0
    outcome: SignalOutcome = SignalOutcome.WAITING
    done: str = ""
    version: int = 0

    @property
    def waits(self) -> bool:
        """Whether nothing was done with it yet."""
        return self.outcome is SignalOutcome.WAITING

    def written(self) -> Properties:
        """Return it as it is stored, one version further."""
        return {
            **{name: str(getattr(self, name)) for name in _WORDS},
            "owner": self.team,
            "by": self.by,
            "minutes": self.minutes,
            "outcome": self.outcome.value,
            "version": self.version + 1,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            key=key,
            team=NodeId(text(facts, "owner") or ""),
            by=WorkerId(NodeId(text(facts, "by") or "")),
            minutes=integer(facts, "minutes") or 0,
            outcome=SignalOutcome(text(facts, "outcome") or SignalOutcome.WAITING),
            version=integer(facts, "version") or 0,
            **{name: text(facts, name) or "" for name in _WORDS},
        )
