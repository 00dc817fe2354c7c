"""Casuïstiek in the demo: each team held a session three weeks ago, and has one to come."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from netwerk.demo.draft import Draft, File, Town
from netwerk.demo.municipality import drawn
from netwerk.domain.ids import NodeId, PersonId, WorkerId
from netwerk.domain.reviewing import Decision, Session, Task
from netwerk.schema import load_schema

_HELD: Final = 21
_COMING: Final = 2
_SEATS: Final = 4
_QUESTIONS: Final = (
    "Er is een plek gevonden, maar de eerste stap blijft uit. Wie herkent dat?",
    "Alles komt op één persoon neer, en die wordt moe. Hoe praten we daarover?",
    "Doen wij hier te veel? Wanneer zetten we een stap terug?",
    "Wie van jullie kent iemand die hier wekelijks een uurtje kan zijn?",
    "De inwoner wil geen hulp, de buren maken zich zorgen. Wat is nu wijs?",
)
_DECISIONS: Final = (
    ("Eén keer samen naar de inloop, daarna belt de vrijwilliger zelf.", "", "Belt de inloop."),
    (
        "Eerst vragen wat de mantelzorger zelf nodig heeft.",
        "Een van ons zou nu al respijtzorg aanvragen.",
        "Nodigt de mantelzorger uit voor een gesprek.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A case that a colleague brings, and what was decided if the session was held."""

    by: WorkerId
    person: PersonId
    question: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A session on a day, with its cases."""

    day: date
    session: Session
    cases: tuple[Brought, ...]


def talks(*, seed: int, today: date) -> list[Talk]:
    """Return the sessions of each team: the one that was held, then the one to come."""
    draft = drawn(Town(number=0, seed=seed, today=today), load_schema().need_nodes())
    return [talk for cluster in draft.workers for talk in _of_team(draft, cluster)]


def _of_team(draft: Draft, cluster: str) -> list[Talk]:
    seats = tuple(WorkerId(who) for who in draft.workers[cluster][:_SEATS])
    files = [file for file in draft.files if file.cluster == cluster][: len(_QUESTIONS)]
    told = [_brought(file, question) for file, question in zip(files, _QUESTIONS, strict=False)]
    held = [
        replace(each, decision=_decision(seats, decided, draft))
        for each, decided in zip(told, _DECISIONS, strict=False)
    ]
    past, coming = draft.town.today - timedelta(days=_HELD), draft.town.today
    coming += timedelta(days=_COMING)
    return [
        Talk(day=past, session=_session(seats, past), cases=tuple(held)),
        Talk(
            day=draft.town.today,
            session=_session(seats, coming),
            cases=tuple(told[len(_DECISIONS) :]),
        ),
    ]


def _brought(file: File, question: str) -> Brought:
    return Brought(by=WorkerId(file.worker), person=PersonId(file.person), question=question)


def _session(seats: tuple[WorkerId, ...], on: date) -> Session:
    return Session(
        key="",
        team=NodeId(""),
        on=on.isoformat(),
        begins="13:30",
        place="in het wijkhuis",
        chair=seats[0],
        participants=seats[1:],
        guests=("praktijkondersteuner van de huisarts",),
    )


def _decision(seats: tuple[WorkerId, ...], told: tuple[str, str, str], draft: Draft) -> Decision:
    decision, dissent, task = told
    return Decision(
        decision=decision,
        dissent=dissent,
        taken_up_by=seats[1],
        look_back_on=draft.town.ago(-21),
        tasks=(Task(what=task, who=seats[1], due_on=draft.town.ago(-5)),),
    )
