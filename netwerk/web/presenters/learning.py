"""The chances as people look at them once a year: then and now, with how sure it is."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from netwerk.domain.chances import Chance
from netwerk.domain.learning import Act, Decision
from netwerk.usecases.learning import Looked, Review
from netwerk.web.context import schema_label

_PER_CENT: Final = 100
_OF: Final = {"tie": "tie_kind", "takes_part": "participation", "acquainted": "warmth"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A chance in percent, and between what it probably lies."""

    at: int
    low: int
    high: int

    @property
    def wide(self) -> int:
        """How wide it is."""
        return self.high - self.low


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A step kind on the page; `learnt` is None for too few outcomes."""

    key: str
    label: str
    default: Span
    learnt: Span | None
    counts: Span
    told: str
    decision: str


def kinds(review: Review) -> list[Kind]:
    """Return every step kind, those with outcomes first."""
    found = [kind(each) for each in review.kinds]
    return sorted(found, key=lambda each: each.learnt is None)


def kind(looked: Looked) -> Kind:
    """Return one step kind."""
    tally = looked.learnt.tally
    return Kind(
        key=looked.default.kind,
        label=label(looked.default.kind),
        default=_span(looked.default),
        learnt=None if tally is None else _span(looked.learnt),
        counts=_span(looked.counts),
        told=gettext("too few outcomes")
        if tally is None
        else gettext(
            "of %(asked)s asks like this, %(accepted)s said yes",
            asked=tally.asked,
            accepted=tally.accepted,
        ),
        decision="" if looked.decision is None else decided(looked.decision),
    )


def label(key: str) -> str:
    """Return what a step kind is called."""
    step, _, of = key.partition(".")
    detail = schema_label(_OF[step], of) if of else ""
    name = schema_label("chance_step", step)
    return f"{name}: {detail}" if detail else name


def decided(decision: Decision) -> str:
    """Return what was decided, in a word."""
    return {
        Act.FIX: gettext("fixed at %(percent)s %%", percent=decision.percent),
        Act.RESET: gettext("begun anew"),
        Act.LEARN: gettext("learns again"),
    }[decision.act]


def _span(chance: Chance) -> Span:
    low, high = (round(each * _PER_CENT) for each in chance.interval)
    return Span(at=round(chance.mean * _PER_CENT), low=low, high=high)
