"""The question: what it is about, how far, through how many people."""

from dataclasses import dataclass
from typing import Any, Final

from flask import request
from flask_babel import gettext

from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.graph.question import Question
from netwerk.web import context
from netwerk.web.forms.base import there
from netwerk.web.language import metres

RADII: Final = (500, 1000, 2000, 5000, 10_000, 25_000)
MOST_NEEDS: Final = 3
_FEW: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What stands in the address; what cannot be is replaced by what is usual."""

    needs: tuple[NeedId, ...]
    radius: int
    steps: int
    specialist: bool

    @classmethod
    def from_request(cls, usual: tuple[NeedId, ...]) -> "Asked":
        """Read the address; without needs, those of the case."""
        given = there(request.values.getlist("need"))
        radius = request.values.get("radius", type=int)
        steps = request.values.get("steps", type=int)
        return cls(
            needs=(given or usual)[:MOST_NEEDS],
            radius=radius if radius is not None and radius in RADII else 5000,
            steps=steps if steps is not None and steps in range(5) else 3,
            specialist=request.values.get("specialist") == "1",
        )

    def question(self, person: str, need: NeedId) -> Question:
        """Return the question about one of the needs."""
        formality = {Formality.INFORMAL, Formality.GENERAL}
        if self.specialist:
            formality.add(Formality.SPECIALIST)
        return Question(
            person=PersonId(NodeId(person)),
            need=need,
            on=context.today(),
            k=5 if len(self.needs) == 1 else _FEW,
            max_steps=self.steps,
            radius=self.radius,
            formality=frozenset(formality),
        )

    def address(self, **changes: object) -> dict[str, Any]:
        """Return the parameters of an address that asks the same, but for the changes."""
        mine: dict[str, Any] = {
            "need": list(self.needs),
            "radius": self.radius,
            "steps": self.steps,
        }
        if self.specialist:
            mine["specialist"] = 1
        return mine | changes


def radius_choices() -> list[tuple[int, str]]:
    """Return how far one can look."""
    return [(each, gettext("within %(distance)s", distance=metres(each))) for each in RADII]


def step_choices() -> list[tuple[int, str]]:
    """Return through how many people one can look."""
    return [
        (0, gettext("nobody: straight to it")),
        (1, gettext("one other")),
        (2, gettext("at most 2")),
        (3, gettext("at most 3")),
        (4, gettext("at most 4")),
    ]
