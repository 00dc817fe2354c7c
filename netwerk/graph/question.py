"""The question a worker asks, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from netwerk.domain.cases import Safety
from netwerk.domain.chances import Chances
from netwerk.domain.directory import Formality
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId, PersonId, RelationshipId, ServiceId, WorkerId
from netwerk.domain.records import Subgraph

MOST_PATHS, MOST_STEPS = 50, 4
WIDEST = 20_037_600.0
"""Metres: half round the earth; nothing is further away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom could we ask for `need`, near `person`, on `on`?

    `k` paths at most, of at most `max_steps` steps before the end, offers within `radius` metres.
    """

    person: PersonId
    need: NeedId
    on: date
    k: int = 5
    max_steps: int = 3
    radius: float = 5000
    formality: frozenset[Formality] = frozenset({Formality.INFORMAL, Formality.GENERAL})

    def __post_init__(self) -> None:
        if not 1 <= self.k <= MOST_PATHS:
            raise InvalidInputError("Ask for 1 to 50 paths, not %(k)s.", k=self.k)
        if not 0 <= self.max_steps <= MOST_STEPS:
            raise InvalidInputError("Ask for 0 to 4 steps, not %(steps)s.", steps=self.max_steps)
        if not 0 < self.radius <= WIDEST:
            raise InvalidInputError("The distance must be more than 0 m and on this earth.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: `source` can approach `target` (None: the end is a talent)."""

    step: str
    source: NodeId
    target: NodeId | None
    kind: str
    p: float
    strength: float = 1.0
    via: WorkerId | None = None
    record: RelationshipId | None = None

    @property
    def chance_kind(self) -> str:
        """The kind under which outcomes are counted."""
        return self.step if self.kind == self.step else f"{self.step}.{self.kind}"

    @property
    def order(self) -> tuple[str, str, str, str]:
        """What tells apart steps that join the same two nodes."""
        return self.step, self.kind, self.via or "", self.record or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPath:
    """A chain from the inhabitant to a supporter, and what its score is made of.

    `score` is the product of the steps' `p` and of `fit`, `proximity` and `availability`.
    `distance_m` is None where it is unknown; that of a talent is from the supporter's own home and
    is shown rounded up to 500 m, never exact.
    """

    supporter: NodeId
    service: ServiceId | None
    steps: tuple[Step, ...]
    fit: float
    proximity: float
    availability: float
    distance_m: float | None
    score: float

    @property
    def nodes(self) -> tuple[NodeId, ...]:
        """The nodes from the inhabitant on, the service included."""
        reached = (step.target for step in self.steps)
        return (self.steps[0].source, *(node for node in reached if node is not None))

    @property
    def is_direct(self) -> bool:
        """Whether nobody in between is known."""
        return self.steps[0].step == "direct"

    @property
    def is_talent(self) -> bool:
        """Whether a person helps by what they can, not through an offer."""
        return self.service is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The paths, best first, and how many of the inhabitant's ties were left out, by reason.

    `graph` holds the nodes and relationships to name and draw what the paths go through.
    """

    question: Question
    safety: Safety
    paths: tuple[SupportPath, ...]
    left_out: Mapping[str, int]
    chances: Chances
    graph: Subgraph = field(default_factory=Subgraph)
