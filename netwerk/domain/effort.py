"""The team's own effort in a case, how it is phased out, and why there was more help or less."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.plans import WHO, Side
from netwerk.domain.records import Node, day, flag, held_on, integer, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Minutes a week of a colleague in a period; `planned`: what it is to become from `since` on.

    Of a planned step `side` and `who` are who takes it over, and `note` what they take over;
    one that is `dropped` has given way to what was agreed after it.
    """

    id: NodeId
    worker: WorkerId
    minutes: int
    since: date
    until: date | None
    planned: bool
    dropped: bool
    side: Side | None
    who: NodeId | None
    note: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an Effort from its record."""
        facts = node.properties
        told = text(facts, "takes_over")
        side = None if told is None else Side(told)
        who = text(facts, WHO[side]) if side in TAKERS else None
        return cls(
            id=node.id,
            worker=WorkerId(NodeId(text(facts, "worker") or "")),
            minutes=integer(facts, "minutes_a_week") or 0,
            since=day(facts, "valid_from") or date.min,
            until=day(facts, "valid_to"),
            planned=flag(facts, "planned") is True,
            dropped=text(facts, "dropped_on") is not None,
            side=side,
            who=None if who is None else NodeId(who),
            note=text(facts, "note") or "",
            node=node,
        )

    @property
    def stands(self) -> bool:
        """Whether it is a step that was agreed and not dropped."""
        return self.planned and not self.dropped

    def minutes_on(self, on: date) -> int:
        """Return the minutes a week that are really given on a day."""
        return minutes_on(self.node, on)


TAKERS = (Side.NETWORK, Side.PARTNER)
"""Who takes over by name; the inhabitant and the team need none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A step back that did not come: it was to be `step.minutes`, and still is `minutes`."""

    step: Effort
    minutes: int

    @property
    def id(self) -> NodeId:
        """Return the id of the step."""
        return self.step.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """More help or less: when, why, to whom, and what changes."""

    id: NodeId
    direction: str
    on: date | None
    reason: str
    to_whom: str
    change: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Scaling from its record."""
        facts = node.properties
        return cls(
            id=node.id,
            direction=text(facts, "direction") or "",
            on=day(facts, "scaled_on"),
            reason=text(facts, "reason") or "",
            to_whom=text(facts, "to_whom") or "",
            change=text(facts, "change") or "",
            node=node,
        )


def minutes_on(effort: Node, on: date) -> int:
    """Return the minutes a week that a record tells were really given on a day; a plan gives none.

    Every sum of effort is made of this.
    """
    facts = effort.properties
    if flag(facts, "planned") is True or not held_on(facts, on):
        return 0
    return integer(facts, "minutes_a_week") or 0


def late(efforts: Iterable[Effort], on: date) -> list[Late]:
    """Return which steps back did not come, oldest first: at most one of each colleague.

    What was agreed anew on the day of a step or after it has taken the place of that step.
    """
    of: dict[WorkerId, list[Effort]] = {}
    for each in efforts:
        of.setdefault(each.worker, []).append(each)
    found = [_late(every, on) for every in of.values()]
    return sorted((f for f in found if f is not None), key=lambda f: (f.step.since, f.id))


def open_steps(efforts: Iterable[Effort], on: date) -> list[Effort]:
    """Return the steps that are to come, and those that did not come, by day."""
    every = list(efforts)
    overdue = {each.id for each in late(every, on)}
    steps = [e for e in every if e.stands and (e.since > on or e.id in overdue)]
    return sorted(steps, key=lambda each: (each.since, each.id))


def _late(efforts: list[Effort], on: date) -> Late | None:
    due = [each for each in efforts if each.stands and each.since <= on]
    if not due:
        return None
    step = max(due, key=lambda each: (each.since, each.id))
    now = sum(each.minutes_on(on) for each in efforts)
    anew = any(not each.planned and step.since <= each.since <= on for each in efforts)
    return None if anew or now <= step.minutes else Late(step=step, minutes=now)
