"""The worker's cases: what asks for attention first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from netwerk.domain.cases import Ask, Safety
from netwerk.domain.corrections import Correction
from netwerk.domain.effort import Late
from netwerk.domain.plans import Action, Goal, Side
from netwerk.usecases.cases import Attention, AttentionKind, CaseSummary
from netwerk.web.language import day, hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing to look at, and what about it; `ask` is empty where it is of another page."""

    ask: str
    page: str
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
    record, when = attention.record, day(attention.due, today)
    return Due(
        ask=record.id if isinstance(record, Ask) else "",
        page=_page(record),
        title=_title(record),
        told=(
            told_late(record, today) if isinstance(record, Late) else _told(attention, when, today)
        ),
        late=attention.due < today,
    )


def _page(record: Ask | Action | Goal | Correction | Late) -> str:
    if isinstance(record, Late):
        return "effort.index"
    return "corrections.index" if isinstance(record, Correction) else "plan.index"


def _title(record: Ask | Action | Goal | Correction | Late) -> str:
    if isinstance(record, Ask):
        return record.title
    if isinstance(record, Goal):
        return gettext("“%(goal)s”", goal=record.text)
    if isinstance(record, Correction):
        return gettext("Something in the file is not right")
    if isinstance(record, Late):
        return gettext("Effort of the team")
    # By now they may have to be left alone; that is read in the file, and told there.
    with_somebody = record.side in (Side.NETWORK, Side.PARTNER)
    return gettext("Agreed with somebody") if with_somebody else record.text


def _told(attention: Attention, when: str, today: date) -> str:
    match attention.kind:
        case AttentionKind.PHASING_OUT:
            return gettext("can it be phased out? Look at it on %(day)s", day=when)
        case AttentionKind.CORRECTION:
            return gettext("answer by %(day)s", day=when)
        case AttentionKind.ACTION:
            return gettext("by %(day)s", day=when)
        case AttentionKind.LOOK_BACK:
            return gettext("look back together on %(day)s", day=when)
        case AttentionKind.ASK_WITHOUT_ANSWER if attention.due <= today:
            return gettext("no answer yet; you wanted to look on %(day)s", day=when)
        case _:
            return gettext("no answer yet; look on %(day)s", day=when)


def told_late(late: Late, today: date) -> str:
    """Return of a step back that did not come what was to be, and what is."""
    return gettext(
        "was to be %(then)s a week from %(day)s; still is %(now)s",
        then=hours(late.step.minutes),
        day=day(late.step.since, today),
        now=hours(late.minutes),
    )
