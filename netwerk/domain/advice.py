"""Advice to the municipality to decide on specialist help, and the decision that came back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.domain.records import Node, day, flag, integer, text, words

BEFORE_IT_ENDS: Final = timedelta(weeks=8)
"""How long before granted help ends somebody looks whether it is still needed."""
DECISION_TAKES: Final = timedelta(weeks=8)
"""After this a decision should be there: six weeks to look into it, two to decide (Wmo 2015)."""


class AdviceStatus(StrEnum):
    """Where an advice stands."""

    DRAFT = "draft"
    GIVEN = "given"
    GRANTED = "granted"
    GRANTED_IN_PART = "granted_in_part"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class Takeover(StrEnum):
    """Whether informal help can take over what was granted."""

    NOT_YET = "not_yet"
    IN_PART = "in_part"
    WHOLE = "whole"


GRANTED: Final = frozenset({AdviceStatus.GRANTED, AdviceStatus.GRANTED_IN_PART})
DECISIONS: Final = GRANTED | {AdviceStatus.REFUSED}
STANDING: Final = DECISIONS | {AdviceStatus.GIVEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """A path in the words in which it was shown, and whom it goes through.

    `of` is the inhabitant from whom it starts; `nodes` and `records` are what it may not be shown
    without. For an ask: when it was asked and what came of it.
    """

    need: NeedId
    title: str
    first_step: str
    of: str
    nodes: tuple[str, ...]
    records: tuple[str, ...]
    ask: str = ""
    asked_on: str = ""
    outcome: str = ""

    def written(self) -> str:
        """Return it as it is stored."""
        names = ("need", "title", "first_step", "of", "nodes", "records", "ask")
        facts = {name: getattr(self, name) for name in (*names, "asked_on", "outcome")}
        return json.dumps(facts, ensure_ascii=False)

    @classmethod
    def read(cls, kept: str) -> Self:
        """Read what `written` returned."""
        facts: dict[str, Any] = json.loads(kept)
        lists = {name: tuple(facts[name]) for name in ("nodes", "records")}
        return cls(**{**facts, **lists})

    @classmethod
    def from_ask(cls, ask: Ask) -> Self:
        """Return what an advice tells of an ask: not the reason, which is somebody else's."""
        steps = json.loads(text(ask.node.properties, "path") or "[]")
        ends = [str(step[end]) for step in steps for end in ("from", "to") if step.get(end)]
        return cls(
            need=ask.need,
            title=ask.title,
            first_step=ask.first_step,
            of=str(steps[0]["from"]) if steps else "",
            nodes=tuple(dict.fromkeys(ends)),
            records=tuple(str(step["record"]) for step in steps if step.get("record")),
            ask=ask.id,
            asked_on=ask.asked_on.isoformat() if ask.asked_on else "",
            outcome=ask.outcome.value,
        )

    @property
    def counts(self) -> bool:
        """Whether it was not a mistake that was taken back."""
        return self.outcome != Outcome.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An advice as it is stored; what of it may be shown is for `graph.advice` to say."""

    id: NodeId
    person: PersonId
    status: AdviceStatus
    edition: int
    replaces: str
    needs: tuple[NeedId, ...]
    product: str
    months: int | None
    reason: str
    none_tried_because: str
    keeps_doing: str
    cannot_wait: bool
    suggested: tuple[Mentioned, ...]
    suggested_on: date | None
    asked: tuple[Mentioned, ...]
    advised_on: date | None
    advised_by: str
    decided_on: date | None
    decision_note: str
    granted_from: date | None
    granted_to: date | None
    look_again_on: date | None
    takeover: Takeover | None
    takeover_note: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an advice from its record."""
        facts = node.properties
        told: dict[str, Any] = {name: text(facts, name) or "" for name in _TEXTS}
        days: dict[str, Any] = {name: day(facts, name) for name in _DAYS}
        takeover = text(facts, "takeover")
        return cls(
            id=node.id,
            person=PersonId(NodeId(text(facts, "person") or "")),
            status=AdviceStatus(text(facts, "status") or AdviceStatus.DRAFT),
            edition=integer(facts, "edition") or 1,
            needs=tuple(NeedId(NodeId(code)) for code in words(facts, "needs")),
            months=integer(facts, "months"),
            cannot_wait=flag(facts, "cannot_wait") is True,
            suggested=_mentioned(words(facts, "suggested")),
            asked=_mentioned(words(facts, "asks")),
            takeover=None if takeover is None else Takeover(takeover),
            node=node,
            **told,
            **days,
        )

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.status is AdviceStatus.DRAFT

    @property
    def is_granted(self) -> bool:
        """Whether specialist help was granted, wholly or in part."""
        return self.status in GRANTED

    def due_on(self) -> date | None:
        """Return when somebody should look at it; None where nothing is left to look at."""
        if self.status is AdviceStatus.GIVEN and self.advised_on is not None:
            return self.advised_on + DECISION_TAKES
        if self.status not in GRANTED or self.takeover is Takeover.WHOLE:
            return None
        if self.look_again_on is not None:
            return self.look_again_on
        return None if self.granted_to is None else self.granted_to - BEFORE_IT_ENDS

    def is_due(self, on: date) -> bool:
        """Whether somebody should look at it by now."""
        due = self.due_on()
        return due is not None and due <= on

    def runs_on(self, on: date) -> bool:
        """Whether specialist help runs on this day: granted, begun, not ended, not taken over."""
        if self.status not in GRANTED or self.takeover is Takeover.WHOLE:
            return False
        started = self.granted_from is None or self.granted_from <= on
        return started and (self.granted_to is None or on < self.granted_to)


_TEXTS: Final = (
    "replaces",
    "product",
    "reason",
    "none_tried_because",
    "keeps_doing",
    "advised_by",
    "decision_note",
    "takeover_note",
)
_DAYS: Final = (
    "suggested_on",
    "advised_on",
    "decided_on",
    "granted_from",
    "granted_to",
    "look_again_on",
)


def _mentioned(kept: Iterable[str]) -> tuple[Mentioned, ...]:
    # What was loaded from elsewhere may be plain words: nobody knows whom they name.
    return tuple(Mentioned.read(each) for each in kept if each.startswith("{"))
