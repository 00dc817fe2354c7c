"""Cases, and what was asked of whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from netwerk.domain.ids import AskId, CaseId, NeedId, NodeId
from netwerk.domain.records import Node, day, text, words


class Safety(StrEnum):
    """How safe the inhabitant is; the order is from safe to not."""

    NONE = "none"
    CONCERN = "concern"
    ACUTE = "acute"


class ClosingReason(StrEnum):
    """Why a case was closed: the values of the vocabulary `closing_reason`."""

    OWN_NETWORK = "own_network"
    INFORMAL_HELP = "informal_help"
    SPECIALIST = "specialist"
    MOVED = "moved"
    STOPPED = "stopped"
    DIED = "died"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of an ask. Only `open` is not closed."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    ENDED = "ended"
    PHASED_OUT = "phased_out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An inhabitant's (or family's) case at a social team."""

    id: CaseId
    safety: Safety
    question: str
    question_behind: str
    needs: tuple[NeedId, ...]
    opened_on: date | None
    closed_on: date | None
    node: Node
    closed_because: ClosingReason | None = None

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Case from its record."""
        facts = node.properties
        because = text(facts, "closed_because")
        return cls(
            id=CaseId(node.id),
            safety=Safety(text(facts, "safety") or Safety.NONE),
            question=text(facts, "question") or "",
            question_behind=text(facts, "question_behind") or "",
            needs=tuple(NeedId(NodeId(code)) for code in words(facts, "needs")),
            opened_on=day(facts, "opened_on"),
            closed_on=day(facts, "closed_on"),
            node=node,
            closed_because=None if because is None else ClosingReason(because),
        )

    def open_on(self, on: date) -> bool:
        """Whether the case was open on this day; the closing day itself is not."""
        started = self.opened_on is None or self.opened_on <= on
        return started and (self.closed_on is None or on < self.closed_on)


def highest_safety(cases: list[Case]) -> Safety:
    """Return the most serious safety level among cases; `none` where there are none."""
    order = list(Safety)
    return max((case.safety for case in cases), key=order.index, default=Safety.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A support path that was tried, as it was on the day it was asked."""

    id: AskId
    need: NeedId
    title: str
    first_step: str
    step_kinds: tuple[str, ...]
    outcome: Outcome
    asked_on: date | None
    asked_by: str
    look_again_on: date | None
    outcome_on: date | None
    declined_step: int | None
    phase_out_on: date | None
    reason: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an Ask from its record."""
        facts = node.properties
        declined = facts.get("declined_step")
        return cls(
            id=AskId(node.id),
            need=NeedId(NodeId(text(facts, "need") or "")),
            title=text(facts, "title") or "",
            first_step=text(facts, "first_step") or "",
            step_kinds=words(facts, "step_kinds"),
            outcome=Outcome(text(facts, "outcome") or Outcome.OPEN),
            asked_on=day(facts, "asked_on"),
            asked_by=text(facts, "asked_by") or "",
            look_again_on=day(facts, "look_again_on"),
            outcome_on=day(facts, "outcome_on"),
            declined_step=declined if isinstance(declined, int) else None,
            phase_out_on=day(facts, "phase_out_on"),
            reason=text(facts, "reason") or "",
            node=node,
        )
