"""What is worked on in a case: life domains, goals in the inhabitant's words, who does what."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Node, day, text


class Side(StrEnum):
    """Who does something: the values of the vocabulary `action_side`."""

    INHABITANT = "inhabitant"
    NETWORK = "network"
    PARTNER = "partner"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainNote:
    """How it goes in one life domain, as it was told on a day; it is never rewritten."""

    id: NodeId
    domain: NeedId
    text: str
    goes: str
    told_on: date
    told_to: str

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a DomainNote from its record."""
        facts = node.properties
        return cls(
            id=node.id,
            domain=NeedId(NodeId(text(facts, "domain") or "")),
            text=text(facts, "text") or "",
            goes=text(facts, "goes") or "",
            told_on=day(facts, "told_on") or date.min,
            told_to=text(facts, "told_to") or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the inhabitant wants to be different, in the inhabitant's own words."""

    id: NodeId
    text: str
    set_on: date | None
    look_back_on: date | None
    ended_on: date | None
    result: str
    note: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Goal from its record."""
        facts = node.properties
        return cls(
            id=node.id,
            text=text(facts, "text") or "",
            set_on=day(facts, "set_on"),
            look_back_on=day(facts, "look_back_on"),
            ended_on=day(facts, "ended_on"),
            result=text(facts, "result") or "",
            note=text(facts, "note") or "",
            node=node,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Who does what by when. `who` is a Person, an Organization or a Worker, as `side` says."""

    id: NodeId
    text: str
    side: Side
    who: NodeId | None
    goal: NodeId | None
    agreed_on: date | None
    due_on: date | None
    done_on: date | None
    dropped_on: date | None
    note: str
    node: Node

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an Action from its record."""
        facts = node.properties
        side = Side(text(facts, "by_whom") or Side.INHABITANT)
        who = text(facts, WHO[side]) if side in WHO else None
        goal = text(facts, "goal")
        return cls(
            id=node.id,
            text=text(facts, "text") or "",
            side=side,
            who=None if who is None else NodeId(who),
            goal=None if goal is None else NodeId(goal),
            agreed_on=day(facts, "agreed_on"),
            due_on=day(facts, "due_on"),
            done_on=day(facts, "done_on"),
            dropped_on=day(facts, "dropped_on"),
            note=text(facts, "note") or "",
            node=node,
        )

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and self.dropped_on is None


WHO = {Side.NETWORK: "person", Side.PARTNER: "organization", Side.TEAM: "worker"}
"""Under which property is kept who does it."""
