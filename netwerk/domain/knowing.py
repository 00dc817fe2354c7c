"""A session in which a team tells together what everybody knows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.records import Properties, text, words

KNOWING: Final = "knowledge_session"
"""The system kind under which they are kept; the owner is the team."""
MINUTES: Final = 60
"""So long a session is meant to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """A session: who is there, which blocks were gone through. It lasts that day at most."""

    key: str
    team: NodeId
    on: str
    begun: str
    present: tuple[WorkerId, ...]
    done: tuple[NeedId, ...] = ()
    closed_on: str = ""

    def is_open(self, on: str) -> bool:
        """Whether it can still be typed in on a day."""
        return not self.closed_on and self.on == on

    def require_open(self, on: str) -> None:
        """Refuse to type in what is over."""
        if not self.is_open(on):
            raise InvalidInputError("This session is over. Everybody tells the rest themselves.")

    def with_done(self, need: NeedId) -> Self:
        """Return it with one block more gone through."""
        return replace(self, done=tuple(dict.fromkeys((*self.done, need))))

    def with_present(self, present: Iterable[WorkerId]) -> Self:
        """Return it with these colleagues in it."""
        return replace(self, present=tuple(dict.fromkeys(present)))

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "owner": self.team,
            "on": self.on,
            "begun": self.begun,
            "present": list(self.present),
            "done": list(self.done),
            "closed_on": self.closed_on,
        }

    @classmethod
    def read(cls, key: str, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            key=key,
            team=NodeId(text(facts, "owner") or ""),
            on=text(facts, "on") or "",
            begun=text(facts, "begun") or "",
            present=tuple(WorkerId(NodeId(who)) for who in words(facts, "present")),
            done=tuple(NeedId(NodeId(code)) for code in words(facts, "done")),
            closed_on=text(facts, "closed_on") or "",
        )
