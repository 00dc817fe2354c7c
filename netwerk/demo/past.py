"""Two years of cases that came and went, so that the report has something true to say.

Only Helmond itself has a past: its copies are there for size. What happened is drawn from a few
rates for each team, which change from half year to half year: more is done with people near by,
it takes less long, and one team is behind.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from netwerk.demo import naming, places
from netwerk.demo.draft import Draft, Offer
from netwerk.demo.suggested import suggested
from netwerk.domain.advice import Mentioned
from netwerk.domain.cases import Ask
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.periods import Period, half_year, over
from netwerk.schema import load_schema

_NEEDS: Final = {
    "social.loneliness": 16,
    "money.debts": 12,
    "money.budget": 14,
    "daily.household": 12,
    "care.overload": 9,
    "work.volunteering": 6,
    "language.digital": 6,
    "mental.stress": 6,
    "law.forms": 8,
    "mobility.escort": 5,
    "meaning.grief": 3,
    "upbringing.teenager": 3,
}
_HARD: Final = {"money", "mental", "daily"}
"""Life domains in which a specialist is asked twice as often."""
_FIRST: Final = (
    *["acquainted.warm"] * 8,
    *["takes_part.visitor", "takes_part.member", "takes_part.patient"] * 2,
    *["tie.neighbour", "tie.friend", "tie.child", "tie.sibling"] * 2,
    *["direct"] * 6,
)
_LAST: Final = {"informal": "volunteers", "general": "provides"}
_YES: Final = {
    "direct": 0.33,
    "acquainted.warm": 0.78,
    "takes_part.visitor": 0.4,
    "takes_part.member": 0.52,
    "takes_part.patient": 0.42,
    "tie.neighbour": 0.5,
    "tie.friend": 0.6,
    "tie.child": 0.66,
    "tie.sibling": 0.62,
}
_FIRST_SAYS_NO: Final = 0.8
_TURNS: Final = 3
_NOT_ASKED: Final = 0.12
_GIVEN: Final = 0.75
_STEPS: Final = (-7, 0, 0, 7, 14, 21, 45, 60, 75)
"""So many days after the day that was agreed a step back was taken."""
_TALENT: Final = 0.6
_GROWS: Final = 0.55
_SHRINKS: Final = 0.6
_HARDER: Final = 1.7
_EASIER: Final = 0.5


_REASONS: Final = {
    "own_network": 34,
    "informal_help": 30,
    "specialist": 14,
    "moved": 6,
    "stopped": 9,
    "died": 3,
    "other": 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rates:
    """How it goes in a team in a half year."""

    come: int
    specialist: float
    days: int
    wait: int


_TEAMS: Final = {
    "Noord": _Rates(come=58, specialist=0.29, days=210, wait=12),
    "Oost": _Rates(come=50, specialist=0.25, days=190, wait=10),
    "Binnenstad": _Rates(come=62, specialist=0.36, days=240, wait=20),
    "West": _Rates(come=46, specialist=0.23, days=180, wait=9),
}
_BETTER: Final = 0.9
"""What is left of the rates of a half year in the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """A case that was closed."""

    key: str
    case: NodeId
    person: NodeId
    worker: NodeId
    started: date
    closed: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """Somebody who was asked: for what, by which steps, on which days, and whether it was yes."""

    number: str
    need: str
    offer: Offer
    kinds: tuple[str, ...]
    days: tuple[date, date]
    said_yes: bool


def add_past(draft: Draft) -> None:
    """Add the cases of the last two years that are closed by today."""
    random = draft.town.random("past")
    halves = [*over(draft.town.today, 4), half_year(draft.town.today)]
    for cluster, rates in _TEAMS.items():
        now = rates
        for period in halves:
            for number in range(now.come):
                key = f"{cluster.lower()}-{period[0]:%y%m}-{number:02d}"
                _add(draft, random, cluster, key, period, now)
            now = _Rates(
                come=now.come + 3,
                specialist=now.specialist * _BETTER,
                days=round(now.days * _BETTER),
                wait=round(now.wait * _BETTER),
            )


def _add(  # noqa: PLR0913 -- what a case follows from
    draft: Draft, random: Random, cluster: str, key: str, period: Period, rates: _Rates
) -> None:
    opened = period[0] + timedelta(days=random.randrange((period[1] - period[0]).days))
    took = 20 + round(random.expovariate(1 / rates.days))
    latest = draft.town.today - timedelta(days=random.randint(3, 40))
    closed = min(opened + timedelta(days=took), latest)
    if closed <= opened + timedelta(days=14):
        return
    started = min(opened + timedelta(days=round(random.expovariate(1 / rates.wait))), closed)
    past = _file(draft, random, cluster, key, (opened, started, closed))
    _goal(draft, past)
    _effort(draft, past)
    _network(draft, random, cluster, past)
    needs = _needs(random)
    case = draft.nodes[past.case]
    draft.nodes[past.case] = case.with_properties(needs=needs)
    for number, need in enumerate(needs):
        _help(draft, random, past, number, need, rates)


def _file(
    draft: Draft, random: Random, cluster: str, key: str, days: tuple[date, date, date]
) -> _Past:
    opened, started, closed = days
    buurt = random.choice(places.buurten(cluster))
    person = draft.node(
        "Person",
        f"past-{key}",
        name=naming.full_name(random, naming.culture(random)),
        birth_year=draft.town.today.year - random.randint(20, 90),
    )
    draft.link("IN_AREA", person, draft.town.id(buurt))
    case = draft.node(
        "Case",
        f"c-past-{key}",
        question="Ik kom er niet meer uit.",
        safety="none",
        opened_on=opened.isoformat(),
        closed_on=closed.isoformat(),
        closed_because=_why(draft.town.random(f"closed/{key}")),
        legal_basis="wmo_2015",
        purpose="support",
    )
    draft.link("CONCERNS", case, person)
    worker = random.choice(draft.workers[cluster])
    draft.link("LEADS", worker, case)
    draft.link("HANDLED_BY", case, draft.town.id(f"team-{cluster.lower()}"))
    return _Past(key=key, case=case, person=person, worker=worker, started=started, closed=closed)


def _why(random: Random) -> str:
    """Return why a case was closed; drawn apart, so that nothing else depends on it."""
    return random.choices(list(_REASONS), list(_REASONS.values()))[0]


def _goal(draft: Draft, past: _Past) -> None:
    goal = draft.node(
        "Goal",
        f"goal-past-{past.key}",
        text="Het weer zelf kunnen, met iemand erbij.",
        set_on=past.started.isoformat(),
        ended_on=past.closed.isoformat(),
    )
    draft.link("KEPT_IN", goal, past.case)


def _effort(draft: Draft, past: _Past) -> None:
    """Let the team give hours, with a step back that most take in time; drawn apart as well."""
    random = draft.town.random(f"effort/{past.key}")
    due = past.started + timedelta(days=random.randint(30, 120))
    if random.random() > _GIVEN or due >= past.closed:
        return
    minutes = random.choice((60, 90, 120, 180))
    took = min(due + timedelta(days=random.choice(_STEPS)), past.closed)
    told = [(minutes, past.started, took), (minutes // 2, took, past.closed)]
    for number, (given, since, until) in enumerate(told):
        _give(draft, past, number, given, valid_from=since, valid_to=until)
    _give(draft, past, len(told), minutes // 2, valid_from=due, planned=True)


def _give(draft: Draft, past: _Past, number: int, minutes: int, **facts: date | bool) -> None:
    told = {key: f if isinstance(f, bool) else f.isoformat() for key, f in facts.items()}
    key = f"effort-past-{past.key}-{number}"
    effort = draft.node("Effort", key, worker=past.worker, minutes_a_week=minutes, **told)
    draft.link("KEPT_IN", effort, past.case)


def _needs(random: Random) -> list[str]:
    every, weights = list(_NEEDS), list(_NEEDS.values())
    return list(dict.fromkeys(random.choices(every, weights, k=random.choice([1, 2, 2, 3]))))


def _help(  # noqa: PLR0913 -- what came of a need follows from all of this
    draft: Draft, random: Random, past: _Past, number: int, need: str, rates: _Rates
) -> None:
    """Let somebody be asked for a need, and let a specialist come where that is not enough."""
    domain = need.split(".")[0]
    offers = [o for o in draft.offers if o.formality in _LAST and _about(o, domain)]
    at = past.started
    for turn in range(_TURNS):
        known = at + timedelta(days=random.randint(1, 10))
        if not offers or known >= past.closed or random.random() < _NOT_ASKED:
            break
        tried = _tried(random, f"{number}{turn}", need, random.choice(offers), (at, known))
        _ask(draft, random, past, tried)
        at = known
        if tried.said_yes:
            break
    if random.random() < rates.specialist * (_HARDER if domain in _HARD else _EASIER):
        _advise(draft, random, past, number, need, at)


def _about(offer: Offer, domain: str) -> bool:
    return any(need.split(".")[0] == domain for need in offer.needs)


def _tried(random: Random, number: str, need: str, offer: Offer, days: tuple[date, date]) -> _Tried:
    first = random.choice(_FIRST)
    step, _, _ = first.partition(".")
    own = step == "tie" and random.random() < _TALENT
    last = "talent" if own else _LAST[offer.formality]
    return _Tried(
        number=number,
        need=need,
        offer=offer,
        kinds=(first,) if step == "direct" else (first, last),
        days=days,
        said_yes=random.random() < _YES[first],
    )


def _ask(draft: Draft, random: Random, past: _Past, tried: _Tried) -> None:
    yes = random.choice(["accepted", "phased_out", "phased_out", "ended"])
    no = random.choice(["declined", "declined", "no_answer"])
    outcome = yes if tried.said_yes else no
    stopped = 0 if random.random() < _FIRST_SAYS_NO else len(tried.kinds) - 1
    asked_on, outcome_on = tried.days
    phase_out = (
        outcome_on + timedelta(days=random.choice([60, 90, 120])) if tried.said_yes else None
    )
    if phase_out is not None and outcome != "accepted":
        # Most are phased out when they were to be, some later; nobody stays after the case.
        late = random.choice([-10, 0, 5, 10, 20, 50])
        outcome_on = min(phase_out + timedelta(days=late), past.closed)
    ask = draft.node(
        "Ask",
        f"ask-past-{past.key}-{tried.number}",
        need=tried.need,
        title=tried.offer.name,
        first_step=f"Vraag het bij {tried.offer.partner.name}",
        step_kinds=list(tried.kinds),
        path=_path(past, tried),
        supporter=tried.offer.partner.id,
        service=None if tried.kinds[-1] == "talent" else tried.offer.id,
        asked_on=asked_on.isoformat(),
        outcome=outcome,
        outcome_on=outcome_on.isoformat(),
        phase_out_on=None if phase_out is None else phase_out.isoformat(),
        declined_step=None if tried.said_yes else stopped,
        **suggested(
            draft.town.random(f"suggested/{past.key}/{tried.number}"), said_yes=tried.said_yes
        ),
    )
    draft.link("ASKED_IN", ask, past.case)


def _path(past: _Past, tried: _Tried) -> str:
    """Return the path as it was kept: with the chance of each step, as the experts had it."""
    beta = load_schema().priors.beta
    steps = []
    for kind in tried.kinds:
        a, b = beta[kind]
        step, _, of = kind.partition(".")
        told = {"step": step, "from": past.person, "to": tried.offer.partner.id}
        steps.append({**told, "kind": of or step, "p": round(a / (a + b), 4)})
    return json.dumps(steps)


def _network(draft: Draft, random: Random, cluster: str, past: _Past) -> None:
    """Let somebody come into the network of most, and somebody go out of that of some."""
    for number, other in enumerate(random.sample(draft.volunteers[cluster], 2)):
        began = past.started + timedelta(days=random.randint(5, 60))
        if random.random() > _GROWS or began >= past.closed:
            continue
        left = number == 1 and random.random() < _SHRINKS
        draft.link(
            "TIE",
            past.person,
            other,
            owner=past.person,
            kind="volunteer_match",
            valence="supportive",
            approach="not_discussed",
            valid_from=(past.started if left else began).isoformat(),
            valid_to=(began + timedelta(days=90)).isoformat() if left else None,
        )


def _passed_over(draft: Draft, past: _Past, need: str) -> list[str] | None:
    """Return what the search had to offer where nobody was asked; of some needs it had nothing."""
    offer = next((o for o in draft.offers if o.formality in _LAST and need in o.needs), None)
    if offer is None:
        return None
    nodes = (past.person, offer.partner.id, offer.id)
    told = Mentioned(
        need=NeedId(NodeId(need)),
        title=offer.name,
        first_step=f"Vraag het bij {offer.partner.name}",
        of=past.person,
        nodes=nodes,
        records=(),
    )
    return [told.written()]


def _advise(  # noqa: PLR0913 -- an advice as it is kept
    draft: Draft, random: Random, past: _Past, number: int, need: str, asked: date
) -> None:
    keys = [draft.town.id(f"ask-past-{past.key}-{number}{turn}") for turn in range(_TURNS)]
    asked_for = [draft.nodes[key] for key in keys if key in draft.nodes]
    given = min(asked + timedelta(days=random.randint(3, 20)), past.closed)
    granted = given + timedelta(days=random.randint(20, 50))
    advice = draft.node(
        "ReferralAdvice",
        f"advice-past-{past.key}-{number}",
        person=past.person,
        status=random.choice(["granted"] * 4 + ["granted_in_part"]),
        asks=[Mentioned.from_ask(Ask.from_node(each)).written() for each in asked_for] or None,
        suggested=None if asked_for else _passed_over(draft, past, need),
        edition=1,
        needs=[need],
        product="individual_guidance",
        reason="Er is iemand nodig die dit vak kent.",
        months=6,
        cannot_wait=False,
        advised_on=given.isoformat(),
        decided_on=granted.isoformat(),
        granted_from=granted.isoformat(),
        granted_to=(granted + timedelta(days=random.choice([120, 180, 270]))).isoformat(),
    )
    draft.link("ADVISES", advice, past.case)
