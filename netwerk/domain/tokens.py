"""Tokens by which another program reads the directory; nobody signs in with one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.records import Properties, day, text, words

KIND: Final = "token"
"""The system kind under which they are kept: by the SHA-256 of the token, never the token."""
LONGEST_DAYS: Final = 366
"""How long a token lasts at most; somebody then has to want it again."""


class TokenScope(StrEnum):
    """What a token opens."""

    DIRECTORY_READ = "directory:read"
    HSDS_READ = "hsds:read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is kept of a token: `id` names it to people, `until` is the first day it is no more."""

    id: str
    name: str
    scopes: frozenset[TokenScope]
    made_by: str
    made_on: date
    until: date
    used_on: date | None = None

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            id=text(facts, "id") or "",
            name=text(facts, "name") or "",
            scopes=frozenset(TokenScope(each) for each in words(facts, "scopes")),
            made_by=text(facts, "made_by") or "",
            made_on=day(facts, "made_on") or date.min,
            until=day(facts, "until") or date.min,
            used_on=day(facts, "used_on"),
        )

    def written(self) -> Properties:
        """Return the token as it is stored."""
        facts = {
            "id": self.id,
            "name": self.name,
            "scopes": sorted(self.scopes),
            "made_by": self.made_by,
            "made_on": self.made_on.isoformat(),
            "until": self.until.isoformat(),
        }
        return facts if self.used_on is None else {**facts, "used_on": self.used_on.isoformat()}

    def opens(self, scope: TokenScope, on: date) -> bool:
        """Whether it opens this on a day."""
        return scope in self.scopes and self.lasts_on(on)

    def lasts_on(self, on: date) -> bool:
        """Whether it still counts on a day."""
        return on < self.until
