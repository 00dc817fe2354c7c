"""What the inhabitant says is not right in their file, and what the team answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Subgraph, day, text

ANSWER_WITHIN: Final = timedelta(days=7)
"""What an inhabitant may expect; the law (GDPR art. 12.3) gives a month."""


class CorrectionOutcome(StrEnum):
    """What was done about it: the values of the vocabulary `correction_outcome`."""

    DONE = "done"
    BESIDE = "beside"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that is not right, in the inhabitant's words; open until it has an outcome."""

    id: NodeId
    record: str
    about: str
    said: str
    asked_on: date
    noted_by: str
    outcome: CorrectionOutcome | None
    answer: str
    answered_on: date | None
    answered_by: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Correction from its record."""
        facts = node.properties
        outcome = text(facts, "outcome")
        return cls(
            id=node.id,
            record=text(facts, "record") or "",
            about=text(facts, "about") or "",
            said=text(facts, "said") or "",
            asked_on=day(facts, "asked_on") or date.min,
            noted_by=text(facts, "noted_by") or "",
            outcome=None if outcome is None else CorrectionOutcome(outcome),
            answer=text(facts, "answer") or "",
            answered_on=day(facts, "answered_on"),
            answered_by=text(facts, "answered_by") or "",
            node=node,
        )

    @property
    def is_open(self) -> bool:
        """Whether the inhabitant has no answer yet."""
        return self.outcome is None

    @property
    def answer_by(self) -> date:
        """Until when an answer is in time."""
        return self.asked_on + ANSWER_WITHIN


def corrections(graph: Subgraph) -> list[Correction]:
    """Return those of a file: what waits, the oldest first; then answers, the newest first."""
    every = [Correction.from_node(node) for node in graph.labelled("Correction")]
    waiting = sorted((e for e in every if e.is_open), key=lambda each: (each.asked_on, each.id))
    answered = sorted(
        (each for each in every if not each.is_open),
        key=lambda each: (each.answered_on or date.min, each.id),
        reverse=True,
    )
    return [*waiting, *answered]
