"""The score rules of the questionnaires; the texts of their questions are their owners'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Points = Mapping[str, int]
"""The points of the questions that were answered; an answer that is missing is not in it."""


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire: the keys of its questions, and the points that each can have."""

    items: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What comes of a questionnaire; None where too many answers are missing.

    `family` and `friends` are subtotals of the LSNS-6 and carry no band of their own.
    """

    total: int | None = None
    band: str | None = None
    family: int | None = None
    friends: int | None = None


SELF_SUFFICIENCY: Final = "self_sufficiency"
DOMAINS: Final = (
    "finances",
    "work_education",
    "day_activities",
    "housing",
    "relations_at_home",
    "mental_health",
    "physical_health",
    "substance_use",
    "basic_adl",
    "instrumental_adl",
    "social_network",
    "participation",
    "justice",
)
INSTRUMENTS: Final[Mapping[str, Instrument]] = {
    SELF_SUFFICIENCY: Instrument(items=DOMAINS, least=1, most=5),
    "lsns_6": Instrument(items=_numbered(6), least=0, most=5),
    "de_jong_gierveld_6": Instrument(items=_numbered(6), least=0, most=1),
    "ediz_plus": Instrument(items=_numbered(15), least=0, most=1),
}
BANDS: Final[Mapping[str, Sequence[tuple[int, str]]]] = {
    "lsns_6": ((11, "at_risk"), (30, "not_at_risk")),
    "de_jong_gierveld_6": ((1, "not"), (4, "moderate"), (6, "severe")),
    "ediz_plus": ((0, "none"), (3, "light"), (8, "moderate"), (15, "severe")),
}
"""The bands of a total, each with the highest total that is in it."""
MAY_MISS: Final[Mapping[str, int]] = {"de_jong_gierveld_6": 1}
"""How many answers may be missing; where no rule is published, none."""


def fits(instrument: str, points: Points) -> bool:
    """Whether these are points that the questionnaire knows."""
    known = INSTRUMENTS.get(instrument)
    if known is None:
        return False
    right = range(known.least, known.most + 1)
    return all(key in known.items and value in right for key, value in points.items())


def missing(instrument: str, points: Points) -> int:
    """Return how many questions have no answer."""
    return len(INSTRUMENTS[instrument].items) - len(points)


def result(instrument: str, points: Points) -> Result:
    """Return what comes of a questionnaire. Self-sufficiency has no total."""
    if instrument == SELF_SUFFICIENCY:
        return Result()
    lsns = instrument == "lsns_6"
    family = _sum(points, ("1", "2", "3")) if lsns else None
    friends = _sum(points, ("4", "5", "6")) if lsns else None
    if missing(instrument, points) > MAY_MISS.get(instrument, 0):
        return Result(family=family, friends=friends)
    total = sum(points.values())
    band = next(name for most, name in BANDS[instrument] if total <= most)
    return Result(total=total, band=band, family=family, friends=friends)


def _sum(points: Points, items: Sequence[str]) -> int | None:
    if any(item not in points for item in items):
        return None
    return sum(points[item] for item in items)
