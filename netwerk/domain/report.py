"""What is published of how the work goes: counts of which none is small, with what they mean.

What a figure is, in words, is in the vocabularies `report_figure`, `report_definition`,
`report_numerator` and `report_denominator`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Self

from netwerk.domain.periods import Period, half_year
from netwerk.domain.records import Properties, Value

REPORT: Final = "report"
"""The kind under which a half year is kept, by its first day."""
ELSEWHERE: Final = "elsewhere@"
"""With a team behind it the wijk of whoever lives outside its wijken, or nobody knows where."""


class Figure(StrEnum):
    """What is counted."""

    NEEDS = "needs"
    FLOW = "flow"
    ASKS = "asks"
    STEPPING = "stepping"
    PHASING = "phasing"
    ADVICE = "advice"
    SIGNALS = "signals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a figure is counted: into which sides, and by what each side is split further.

    `counted` are the sides of which the share is told; none where there is no share. `ways` names
    for each split the sides that it splits: no two splits of a side may follow from each other.
    """

    sides: tuple[str, ...]
    counted: frozenset[str] = frozenset()
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    crossed: frozenset[str] = frozenset()
    """Splits into what is the same in every team."""
    ordered: frozenset[str] = frozenset()
    """Splits into what has an order: only what lies side by side is put together."""
    chained: bool = False
    """Whether a period follows from the one before: what was put together then stays together."""


SHAPES: Final[Mapping[Figure, Shape]] = {
    Figure.NEEDS: Shape(
        sides=("without", "specialist"),
        counted=frozenset({"without"}),
        ways={
            "domain": ("without", "specialist"),
            "wijk": ("without", "specialist"),
            "met_by": ("without",),
        },
        crossed=frozenset({"domain"}),
    ),
    Figure.FLOW: Shape(
        sides=("start", "in", "out", "end"),
        ways={"waiting": ("in",), "length": ("out",), "closed": ("out",), "growth": ("end",)},
        crossed=frozenset({"closed", "growth"}),
        ordered=frozenset({"waiting", "length"}),
        chained=True,
    ),
    Figure.ASKS: Shape(
        sides=("yes", "no"),
        counted=frozenset({"yes"}),
        ways={
            "first_step": ("yes", "no"),
            "predicted": ("yes", "no"),
            "suggested": ("yes", "no"),
            "came_of_yes": ("yes",),
            "came_of_no": ("no",),
        },
        crossed=frozenset({"first_step", "predicted", "suggested"}),
    ),
    Figure.ADVICE: Shape(
        sides=("followed", "overruled"),
        counted=frozenset({"followed"}),
        ways={"tried": ("followed", "overruled")},
        crossed=frozenset({"tried"}),
    ),
    Figure.SIGNALS: Shape(
        sides=("noticed",), ways={"did": ("noticed",)}, crossed=frozenset({"did"})
    ),
    Figure.STEPPING: Shape(sides=("on_time", "late"), counted=frozenset({"on_time"})),
    Figure.PHASING: Shape(sides=("on_time", "late"), counted=frozenset({"on_time"})),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was counted for some things together: one thing, or several that are small alone."""

    keys: tuple[str, ...]
    counts: Mapping[str, int]
    share: int | None = None

    @classmethod
    def read(cls, facts: object) -> Self:
        """Read what `written` returned."""
        told = facts if isinstance(facts, Mapping) else {}
        share = told.get("share")
        return cls(
            keys=tuple(map(str, _listed(told.get("keys")))),
            counts={str(side): int(n) for side, n in told.get("counts", {}).items()},
            share=share if isinstance(share, int) else None,
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        told: dict[str, Value] = {"keys": list(self.keys), "counts": dict(self.counts)}
        return told if self.share is None else {**told, "share": self.share}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A figure of one team, of several teams together, or of all; and how it is split.

    `brier`: how far chances that were told lay from what came of it, in hundredths: of the chances
    themselves, and of who would always say the share that it was. None where none were told.
    """

    whole: Row
    ways: Mapping[str, tuple[Row, ...]]
    brier: tuple[int, int] | None = None

    @classmethod
    def read(cls, facts: object) -> Self:
        """Read what `written` returned."""
        told = facts if isinstance(facts, Mapping) else {}
        brier = _listed(told.get("brier"))
        return cls(
            whole=Row.read(told.get("whole")),
            brier=(int(str(brier[0])), int(str(brier[1]))) if brier else None,
            ways={
                str(way): tuple(map(Row.read, _listed(rows)))
                for way, rows in told.get("ways", {}).items()
            },
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        ways = {way: [row.written() for row in rows] for way, rows in self.ways.items()}
        told: dict[str, Value] = {"whole": self.whole.written(), "ways": ways}
        return told if self.brier is None else {**told, "brier": list(self.brier)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many people help, and which percentage of all of it the busiest tenth does."""

    people: int
    share: int

    @classmethod
    def read(cls, facts: object) -> Self | None:
        """Read what `written` returned."""
        told = _listed(facts)
        return cls(people=int(str(told[0])), share=int(str(told[1]))) if told else None

    def written(self) -> list[Value]:
        """Return it as it is stored."""
        return [self.people, self.share]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One figure of one half year: of all teams, and of each; None where all is too small."""

    total: Block | None
    teams: tuple[Block, ...]

    @classmethod
    def read(cls, facts: object) -> Self:
        """Read what `written` returned."""
        told = facts if isinstance(facts, Mapping) else {}
        total = told.get("total")
        return cls(
            total=None if total is None else Block.read(total),
            teams=tuple(map(Block.read, _listed(told.get("teams")))),
        )

    def written(self) -> Properties:
        """Return it as it is stored."""
        told: dict[str, Value] = {"teams": [each.written() for each in self.teams]}
        return told if self.total is None else {**told, "total": self.total.written()}

    def of(self, team: str | None) -> Block | None:
        """Return the block that a team is in, or that of all teams together."""
        if team is None:
            return self.total
        return next((each for each in self.teams if team in each.whole.keys), None)


Figures = Mapping[Figure, Published]


def half_years(kept: Iterable[tuple[str, Properties]]) -> dict[Period, Figures]:
    """Return what was published of each half year, as it is kept under `REPORT`."""
    return {half_year(date.fromisoformat(key)): _figures(facts) for key, facts in kept}


def loads_of(kept: Iterable[tuple[str, Properties]]) -> dict[Period, Mapping[str, Load]]:
    """Return who carried most at the end of each half year, as far as it was told."""
    return {half_year(date.fromisoformat(key)): _loads(facts) for key, facts in kept}


def _loads(facts: Properties) -> Mapping[str, Load]:
    told = facts.get("loads")
    every = told if isinstance(told, Mapping) else {}
    read = {str(who): Load.read(each) for who, each in every.items()}
    return {who: load for who, load in read.items() if load is not None}


def _figures(facts: Properties) -> Figures:
    told = facts.get("figures")
    figures = told if isinstance(told, Mapping) else {}
    return {figure: Published.read(figures.get(figure.value)) for figure in Figure}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
