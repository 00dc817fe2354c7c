"""How likely a step is to be answered with yes: expert priors, and outcomes that replace them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import Self

from netwerk.domain.records import Properties

LEAST, MOST = 0.01, 0.99
ENOUGH_ASKS, ENOUGH_FILES = 10, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Expert defaults, data of graph_schema.

    `beta` maps a step kind (`tie.neighbour`, `role`, …) to Beta(a, b); the strengths, between 0
    and 1, weaken a tie that is far or rare.
    """

    beta: Mapping[str, tuple[float, float]]
    by_closeness: Mapping[int, float]
    by_contact: Mapping[str, float]
    strength_unknown: float

    def strength(self, closeness: int | None, contact: str | None) -> float:
        """Return the strength of a tie: by closeness, else by contact, else the unknown one."""
        if closeness is not None:
            return self.by_closeness[closeness]
        return self.strength_unknown if contact is None else self.by_contact[contact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Closed asks of one step kind: how many, with which answer, from how many files."""

    asked: int
    accepted: int
    declined: int
    files: int

    @property
    def enough(self) -> bool:
        """Whether it may be published: it tells something, and of nobody in particular."""
        return self.asked >= ENOUGH_ASKS and self.files >= ENOUGH_FILES


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The chance of one step kind. `tally` is None for too few outcomes: the prior stands.

    `is_fixed`: somebody decided what it is, whatever comes out.
    """

    kind: str
    a: float
    b: float
    tally: Tally | None
    is_fixed: bool = False

    @property
    def mean(self) -> float:
        """The chance itself."""
        return self.a / (self.a + self.b)

    @property
    def interval(self) -> tuple[float, float]:
        """The central 90 % interval of the posterior Beta(a, b)."""
        return beta_quantile(0.05, self.a, self.b), beta_quantile(0.95, self.a, self.b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Priors with the table of outcomes that was published last, and what was fixed, in percent."""

    priors: Priors
    published_on: str | None = None
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    fixed: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def published(cls, priors: Priors, publication: Properties | None) -> Self:
        """Read the published table; kinds that are unknown by now are passed over."""
        if publication is None:
            return cls(priors=priors)
        rows = publication.get("kinds")
        tallies = {
            str(kind): Tally(**{str(k): int(str(v)) for k, v in row.items()})
            for kind, row in (rows.items() if isinstance(rows, Mapping) else ())
            if kind in priors.beta and isinstance(row, Mapping)
        }
        told = publication.get("fixed")
        fixed = {
            str(kind): int(str(percent))
            for kind, percent in (told.items() if isinstance(told, Mapping) else ())
            if kind in priors.beta
        }
        return cls(
            priors=priors,
            published_on=str(publication.get("published_on")),
            tallies=tallies,
            fixed=fixed,
        )

    def of(self, kind: str) -> Chance:
        """Return the chance of a step kind."""
        if kind in self.fixed:
            # As sure as the experts were.
            weight, share = sum(self.priors.beta[kind]), self.fixed[kind] / 100
            a, b = share * weight, (1 - share) * weight
            return Chance(kind=kind, a=a, b=b, tally=None, is_fixed=True)
        return self.learnt(kind)

    def learnt(self, kind: str) -> Chance:
        """Return what outcomes make of a step kind, whether it was fixed or not."""
        a, b = self.priors.beta[kind]
        tally = self.tallies.get(kind)
        if tally is None:
            return Chance(kind=kind, a=a, b=b, tally=None)
        return Chance(kind=kind, a=a + tally.accepted, b=b + tally.declined, tally=tally)

    def p(self, kind: str, strength: float = 1.0) -> float:
        """Return the chance of one step, kept away from certainty on both sides."""
        share = self.fixed[kind] / 100 if kind in self.fixed else self.learnt(kind).mean
        return min(MOST, max(LEAST, share * strength))


@lru_cache(maxsize=1024)
def beta_quantile(share: float, a: float, b: float) -> float:
    """Return x where the Beta(a, b) distribution has `share` of its weight below x."""
    low, high = 0.0, 1.0
    for _ in range(50):  # never so far that the middle is rounded to an end
        middle = (low + high) / 2
        if _incomplete_beta(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """Regularized incomplete beta by Lentz's continued fraction (Abramowitz & Stegun 26.5.8)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    m = 0
    while True:  # it takes about as many terms as the root of the larger of the two
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < 1e-14:
            return front * fraction
