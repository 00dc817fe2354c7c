"""Partners near by: organizations, what they offer, where, and for which need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from netwerk.domain.ids import NeedId, NodeId, OrganizationId, ServiceId
from netwerk.domain.records import Node, Properties, day, held_on, integer, text, words


class Formality(StrEnum):
    """How formal an offer is; only `specialist` needs a formal decision (beschikking)."""

    INFORMAL = "informal"
    GENERAL = "general"
    SPECIALIST = "specialist"


AT_YOUR_PLACE = frozenset({"at_home", "online"})
"""Deliveries for which distance does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A school, GP practice, church, civic initiative, …"""

    id: OrganizationId
    name: str
    kind: str | None
    verified_on: date | None

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read an Organization from its record."""
        return cls(
            id=OrganizationId(node.id),
            name=text(node.properties, "name") or "",
            kind=text(node.properties, "kind"),
            verified_on=day(node.properties, "verified_on"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What an organization, or a volunteer, offers."""

    id: ServiceId
    name: str
    formality: Formality
    capacity: int | None
    load: int
    age_min: int | None
    age_max: int | None
    delivery: str | None
    verified_on: date | None
    properties: Properties

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Service from its record."""
        facts = node.properties
        return cls(
            id=ServiceId(node.id),
            name=text(facts, "name") or "",
            formality=Formality(text(facts, "formality") or Formality.GENERAL),
            capacity=integer(facts, "capacity"),
            load=integer(facts, "load") or 0,
            age_min=integer(facts, "age_min"),
            age_max=integer(facts, "age_max"),
            delivery=text(facts, "delivery"),
            verified_on=day(facts, "verified_on"),
            properties=facts,
        )

    @property
    def comes_to_you(self) -> bool:
        """Whether it is given at home or online, so that distance does not count."""
        return self.delivery in AT_YOUR_PLACE

    def held_on(self, on: date) -> bool:
        """Whether it is offered on this day."""
        return held_on(self.properties, on)

    def suits_age(self, age: int | None) -> bool:
        """Whether someone of this age is meant; an unknown age, or no limit, suits."""
        if age is None:
            return True
        old_enough = self.age_min is None or age >= self.age_min
        return old_enough and (self.age_max is None or age <= self.age_max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A term of the needs taxonomy; `parent` is None for a life domain."""

    id: NeedId
    label_nl: str
    label_en: str
    parent: NeedId | None
    synonyms_nl: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Need from its record."""
        facts = node.properties
        parent = text(facts, "parent")
        return cls(
            id=NeedId(node.id),
            label_nl=text(facts, "label_nl") or node.id,
            label_en=text(facts, "label_en") or node.id,
            parent=NeedId(NodeId(parent)) if parent else None,
            synonyms_nl=words(facts, "synonyms_nl"),
            synonyms_en=words(facts, "synonyms_en"),
        )

    def label(self, language: str) -> str:
        """Return the label in Dutch or English."""
        return self.label_en if language == "en" else self.label_nl


def family_of(needs: Iterable[Sequence[str | None]], need: str | None) -> set[NodeId]:
    """Return the need, all below it and its siblings; empty if it is not there.

    `needs` are (id, parent) pairs.
    """
    parents = {NodeId(key or ""): parent for key, parent in needs}
    if need is None or need not in parents:
        return set()
    asked = NodeId(need)
    family = {asked}
    while below := {key for key, parent in parents.items() if parent in family} - family:
        family |= below
    parent = parents[asked]
    return family | {key for key, up in parents.items() if parent is not None and up == parent}
