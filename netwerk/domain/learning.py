"""What people decide about chances that were learnt: to fix one, begin it anew, or let it be."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.records import Properties, integer, text

DECIDED: Final = ("publication", "decided")
LEAST: Final = 1
MOST: Final = 99
"""Percents that a chance can be fixed at."""


class Act(StrEnum):
    """What is done with the chance of a step kind."""

    FIX = "fix"
    RESET = "reset"
    LEARN = "learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about one step kind, and why. `percent` is what it is fixed at."""

    kind: str
    act: Act
    reason: str
    percent: int | None = None
    by: str = ""
    on: str = ""

    def __post_init__(self) -> None:
        told = self.percent is not None and LEAST <= self.percent <= MOST
        if told != (self.act is Act.FIX) or (not told and self.percent is not None):
            raise InvalidInputError("Write a chance from 1 to 99 percent.")

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        return cls(
            kind=text(facts, "kind") or "",
            act=Act(text(facts, "act") or Act.LEARN),
            reason=text(facts, "reason") or "",
            percent=integer(facts, "percent"),
            by=text(facts, "by") or "",
            on=text(facts, "on") or "",
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that was decided so far, the oldest first."""

    decisions: tuple[Decision, ...] = ()

    @classmethod
    def read(cls, facts: Properties | None) -> Self:
        """Read what `written` returned; nothing was stored: nothing was decided."""
        told = (facts or {}).get("decisions")
        rows = told if isinstance(told, Sequence) and not isinstance(told, str) else ()
        return cls(decisions=tuple(Decision.read(row) for row in rows if isinstance(row, Mapping)))

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {"decisions": [each.written() for each in self.decisions]}

    def of(self, kind: str) -> Decision | None:
        """Return what was decided last about a step kind."""
        return next((each for each in reversed(self.decisions) if each.kind == kind), None)

    def since(self) -> dict[str, str]:
        """Return from which day outcomes of a kind count, where it was begun anew."""
        return {each.kind: each.on for each in self.decisions if each.act is Act.RESET}

    def fixed(self) -> dict[str, int]:
        """Return the percents of what is fixed."""
        last = {each.kind: each for each in self.decisions}
        return {key: each.percent for key, each in last.items() if each.percent is not None}
