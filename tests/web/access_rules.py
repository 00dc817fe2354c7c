"""What the table of access is written in: who may use a route, and what to send."""

from dataclasses import dataclass, field
from typing import Any

from tests.web.street import ROLES

COLLEAGUES = frozenset(ROLES)
WORKERS = frozenset({"own", "mate", "other"})
DIRECTORY = WORKERS | {"coordinator", "reviewer"}
SITTERS = WORKERS | {"reviewer"}
KEEPERS = frozenset({"coordinator"})
OFFICER = frozenset({"officer"})
WHY = "Verzoek om inzage, brief van 1 november."
ACQUAINTED = WORKERS | KEEPERS
CARRIED = (WORKERS, ACQUAINTED)
"""Whose forms are carried through signing in."""


@dataclass(frozen=True)
class Rule:
    """Who may use a route, an address that works, and what to send.

    `in_file`: it shows or changes one inhabitant's file, so that the other team finds nothing.
    """

    method: str
    address: str
    may: frozenset[str] | None = None
    in_file: bool = False
    sent: dict[str, Any] = field(default_factory=dict)
    answers: int = 200

    @property
    def name(self) -> str:
        return f"{self.method} {self.address}"


def everybody(method: str, address: str, answers: int = 200, **sent: Any) -> Rule:
    return Rule(method, address, sent=sent, answers=answers)


def only(may: frozenset[str], method: str, address: str, answers: int = 200, **sent: Any) -> Rule:
    return Rule(method, address, may, sent=sent, answers=answers)


def in_file(method: str, address: str, answers: int = 200, **sent: Any) -> Rule:
    where = f"/inhabitants/{{person}}/{address}"
    return Rule(method, where, WORKERS, in_file=True, sent=sent, answers=answers)


def filled_in(address: str, **sent: Any) -> list[Rule]:
    """Return a form in a file: shown, and filled in from its first version."""
    return [in_file("GET", address), in_file("POST", address, 303, version="1", **sent)]


def keeper(method: str, address: str, answers: int = 200, **sent: Any) -> Rule:
    return Rule(method, address, frozenset({"coordinator"}), sent=sent, answers=answers)
