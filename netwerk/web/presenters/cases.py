"""The worker's cases: what asks for attention first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from netwerk.domain.cases import Safety
from netwerk.usecases.cases import Attention, AttentionKind, CaseSummary
from netwerk.web.language import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to look at: the ask, and what about it."""

    ask: str
    title: str
    told: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case in the list."""

    person: str
    name: str
    age: int | None
    question: str
    lead: str | None
    safety: str | None
    due: tuple[Due, ...]

    @property
    def first(self) -> bool:
        """Whether it asks for attention before the others."""
        return bool(self.due) or self.safety == Safety.ACUTE


def cards(cases: Iterable[CaseSummary], today: date) -> list[CaseCard]:
    """Return the cases as they are shown."""
    return [
        CaseCard(
            person=each.person.id,
            name=each.person.name,
            age=each.person.age_on(today),
            question=each.case.question,
            lead=None if each.mine or each.lead is None else each.lead.name,
            safety=None if each.case.safety is Safety.NONE else each.case.safety.value,
            due=tuple(_due(attention, today) for attention in each.attention),
        )
        for each in cases
    ]


def _due(attention: Attention, today: date) -> Due:
    when = day(attention.due, today)
    if attention.kind is AttentionKind.PHASING_OUT:
        told = gettext("can it be phased out? Look at it on %(day)s", day=when)
    elif attention.due <= today:
        told = gettext("no answer yet; you wanted to look on %(day)s", day=when)
    else:
        told = gettext("no answer yet; look on %(day)s", day=when)
    return Due(
        ask=attention.ask.id, title=attention.ask.title, told=told, late=attention.due < today
    )
