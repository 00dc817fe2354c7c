"""Persons, workers and teams."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from netwerk.domain.access import Role
from netwerk.domain.ids import PersonId, WorkerId
from netwerk.domain.records import Node, Point, day, flag, integer, point, text, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An inhabitant, or anyone an inhabitant names, a volunteer, a pastor."""

    id: PersonId
    name: str
    birth_year: int | None = None
    point: Point | None = None
    languages: tuple[str, ...] = ()
    willing_to_help: bool | None = None
    connector: bool = False
    ask_again_from: date | None = None

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Person from its record."""
        facts = node.properties
        return cls(
            id=PersonId(node.id),
            name=text(facts, "name") or text(facts, "alias") or "",
            birth_year=integer(facts, "birth_year"),
            point=point(facts),
            languages=words(facts, "languages"),
            willing_to_help=flag(facts, "willing_to_help"),
            connector=flag(facts, "connector") is True,
            ask_again_from=day(facts, "ask_again_from"),
        )

    def declined_on(self, on: date) -> bool:
        """Whether they asked not to be asked yet on this day."""
        return self.ask_again_from is not None and self.ask_again_from > on

    def age_on(self, on: date) -> int | None:
        """Age in years, from the birth year alone."""
        return None if self.birth_year is None else on.year - self.birth_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A member of a social team, or another colleague with an account."""

    id: WorkerId
    name: str
    role: Role

    @classmethod
    def from_node(cls, node: Node) -> Self:
        """Read a Worker from its record."""
        return cls(
            id=WorkerId(node.id),
            name=text(node.properties, "name") or "",
            role=Role(text(node.properties, "role") or Role.WORKER),
        )
