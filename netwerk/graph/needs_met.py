"""By what the needs of a case are met: the teams' task is 80 % without specialist help.

Computed from asks and referral advices and from nothing else.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from netwerk.domain.advice import Advice
from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.directory import Formality
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import text


class MetBy(StrEnum):
    """By what a need is met, from the lightest help to the heaviest."""

    OWN = "own"
    INFORMAL = "informal"
    GENERAL = "general"
    SPECIALIST = "specialist"


_ORDER: Final = tuple(MetBy)
_MET: Final = frozenset({Outcome.ACCEPTED, Outcome.PHASED_OUT, Outcome.ENDED})


def needs_met(
    asks: Iterable[Ask],
    advices: Iterable[Advice],
    formality: Mapping[NodeId, Formality],
    on: date,
) -> dict[NeedId, MetBy]:
    """Return by what each need of one case is met on a day; a need that is not met is left out.

    Specialist help that runs decides; else the lightest help that said yes; else specialist help
    that ran before. `formality` tells of services what they are; one it does not tell of counts as
    a general provision, or where a volunteer gives it as informal.
    """
    advised = list(advices)
    before = {need for each in advised if _granted(each, on) for need in each.needs}
    runs = {need for each in advised if each.runs_on(on) for need in each.needs}
    lightest: dict[NeedId, MetBy] = {}
    for ask in asks:
        if ask.outcome in _MET:
            found = [_kind(ask, formality), lightest.get(ask.need, MetBy.SPECIALIST)]
            lightest[ask.need] = min(found, key=_ORDER.index)
    specialist = dict.fromkeys(before, MetBy.SPECIALIST)
    return specialist | lightest | dict.fromkeys(runs, MetBy.SPECIALIST)


def _granted(advice: Advice, on: date) -> bool:
    begun = advice.granted_from is None or advice.granted_from <= on
    return advice.is_granted and begun


def _kind(ask: Ask, formality: Mapping[NodeId, Formality]) -> MetBy:
    last = ask.step_kinds[-1] if ask.step_kinds else ""
    if last.startswith("talent"):
        return MetBy.OWN
    known = formality.get(NodeId(text(ask.node.properties, "service") or ""))
    if known is not None:
        return MetBy(known.value)
    return MetBy.INFORMAL if last.startswith("volunteers") else MetBy.GENERAL
