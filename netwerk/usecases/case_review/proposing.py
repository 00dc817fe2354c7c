"""Which cases of a worker could do with a talk, and why: proposed, never put on the agenda."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.cases import Ask, Case, Outcome
from netwerk.domain.effort import minutes_on
from netwerk.domain.ids import PersonId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Subgraph, text
from netwerk.domain.upkeep import months_later
from netwerk.graph.anonymous import THEN_MONTHS
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import strength
from netwerk.ports.stores import GraphStore

LOOKED_INTO: Final = 40
"""Files that are opened for one list; the newest cases go first."""
STUCK_AFTER: Final = timedelta(days=21)
LONG_MONTHS: Final = 9
MUCH_MINUTES: Final = 120
HEAVY_SHARE: Final = 0.6
SHRUNK_BY: Final = 2
_WITHOUT_YES: Final = frozenset({Outcome.DECLINED, Outcome.NO_ANSWER})
_STUCK_ASKS: Final = 2


class Reason(StrEnum):
    """Why a case could do with a talk."""

    STUCK = "stuck"
    LEANS_ON_ONE = "leans_on_one"
    SHRINKING = "shrinking"
    LONG_EFFORT = "long_effort"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A case of the viewer that could do with a talk."""

    person: Person
    reasons: tuple[Reason, ...]


def proposed(store: GraphStore, scope: Scope) -> list[Proposed]:
    """Return the viewer's own cases with a reason to talk, most reasons first.

    Each file is opened for it, which is logged as such.
    """
    with store.directory(scope) as view:
        graph = view.caseload("Ask", "Effort", "ReferralAdvice")
    led = {r.target for r in graph.of_type("LEADS") if r.source == scope.viewer}
    cases = [c for c in map(Case.from_node, graph.labelled("Case")) if c.id in led]
    cases.sort(key=lambda case: (case.opened_on or date.min, case.id), reverse=True)
    found = []
    for case in cases[:LOOKED_INTO]:
        told = _told(graph, case, scope.as_of)
        for person in _concerned(graph, case):
            seen = (*told, *_seen(store, replace(scope, subject=person.id), person.id))
            reasons = tuple(reason for reason in Reason if reason in seen)
            if reasons:
                found.append(Proposed(person=person, reasons=reasons))
    return sorted(found, key=lambda p: (-len(p.reasons), p.person.name.casefold(), p.person.id))


def _concerned(graph: Subgraph, case: Case) -> list[Person]:
    ids = [r.target for r in graph.of_type("CONCERNS") if r.source == case.id]
    return [Person.from_node(graph.nodes[each]) for each in ids if each in graph.nodes]


def _told(graph: Subgraph, case: Case, on: date) -> list[Reason]:
    """Return the reasons that the case itself gives."""
    reasons = []
    if _stuck([Ask.from_node(n) for n in _kept(graph, case, "Ask", "ASKED_IN")], on):
        reasons.append(Reason.STUCK)
    efforts = _kept(graph, case, "Effort", "KEPT_IN")
    minutes = sum(minutes_on(each, on) for each in efforts)
    long_ago = case.opened_on is not None and case.opened_on <= months_later(on, -LONG_MONTHS)
    if long_ago and minutes >= MUCH_MINUTES:
        reasons.append(Reason.LONG_EFFORT)
    advices = _kept(graph, case, "ReferralAdvice", "ADVISES")
    if any(text(each.properties, "status") in {None, "draft"} for each in advices):
        reasons.append(Reason.REFERRAL)
    return reasons


def _stuck(asks: Iterable[Ask], on: date) -> bool:
    """Whether asks wait too long for an answer, or only a no came of them."""
    counted = [ask for ask in asks if ask.outcome is not Outcome.WITHDRAWN]
    waiting = [
        ask
        for ask in counted
        if ask.outcome is Outcome.OPEN
        and ask.look_again_on is not None
        and on - ask.look_again_on > STUCK_AFTER
    ]
    refused = [ask for ask in counted if ask.outcome in _WITHOUT_YES]
    return bool(waiting) or len(refused) == len(counted) >= _STUCK_ASKS


def _kept(graph: Subgraph, case: Case, label: str, joined: str) -> list[Node]:
    ids = [r.source for r in graph.of_type(joined) if r.target == case.id]
    return [graph.nodes[each] for each in ids if graph.nodes[each].label == label]


def _seen(store: GraphStore, scope: Scope, person: PersonId) -> list[Reason]:
    """Return the reasons that the network gives."""
    with store.view(scope, "propose-for-review") as view:
        graph = view.own_file()
    now = PersonFile(graph, person, scope.as_of)
    then = PersonFile(graph, person, months_later(scope.as_of, -THEN_MONTHS))
    found, before = strength(now), strength(then)
    reasons = []
    if (found.load.max_share or 0.0) >= HEAVY_SHARE and len(found.support.loads) > 1:
        reasons.append(Reason.LEANS_ON_ONE)
    size, was = found.measures["size"] or 0, before.measures["size"] or 0
    if was - size >= SHRUNK_BY:
        reasons.append(Reason.SHRINKING)
    return reasons
