"""An advice as it is read: in the file, on paper, and by a program."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from netwerk.domain.advice import GRANTED, Advice, AdviceStatus, Mentioned
from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId
from netwerk.graph.advice import AdviceInFile
from netwerk.graph.question import Answer
from netwerk.usecases.advice import Opened, suggestion
from netwerk.web.context import schema_label
from netwerk.web.language import day, language
from netwerk.web.presenters.paths import Cards


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceCard:
    """An advice in one line: which help, where it stands, and what to do about it."""

    id: str
    title: str
    told: str
    due: bool
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Somebody who was suggested or asked, in the words of that day."""

    title: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An advice as it goes to the municipality; the inhabitant reads along."""

    name: str
    title: str
    status: str
    given: bool
    edition: int
    needs: tuple[str, ...]
    product: str
    months: str
    reason: tuple[str, ...]
    suggested: tuple[Tried, ...]
    asked: tuple[Tried, ...]
    none_tried_because: tuple[str, ...]
    keeps_doing: tuple[str, ...]
    cannot_wait: bool
    on: str
    by: str


def card(shown: AdviceInFile, today: date) -> AdviceCard:
    """Return an advice in one line."""
    advice = shown.advice
    title = schema_label("product", advice.product) or gettext("Help not chosen yet")
    if advice.edition > 1:
        title = gettext("%(title)s (version %(number)s)", title=title, number=advice.edition)
    return AdviceCard(
        id=advice.id,
        title=title[:1].upper() + title[1:],
        told=" · ".join(_told(advice, today)),
        due=advice.is_due(today),
        draft=advice.is_draft,
    )


def of_file(shown: Iterable[AdviceInFile], today: date) -> list[AdviceCard]:
    """Return those that are on the page of the inhabitant: not what is over."""
    over = (AdviceStatus.WITHDRAWN, AdviceStatus.REPLACED)
    return [card(each, today) for each in shown if each.advice.status not in over]


def suggestions(
    answers: Iterable[Answer], needs: Mapping[NeedId, Need], today: date
) -> tuple[Mentioned, ...]:
    """Return the paths of today's answers in the words in which they are shown."""
    found: list[Mentioned] = []
    for answer in answers:
        cards = Cards(answer, needs, today)
        need = answer.question.need
        found += [
            suggestion(need, path, cards.title(path), cards.first_step(path))
            for path in answer.paths
        ]
    return tuple(found)


def paper(opened: Opened, needs: Mapping[NeedId, Need], today: date) -> Paper:
    """Return an advice as it goes on paper."""
    advice = opened.advice
    return Paper(
        name=opened.file.person.name,
        title=schema_label("product", advice.product) or gettext("not chosen yet"),
        status=schema_label("advice_status", advice.status.value),
        given=not advice.is_draft,
        edition=advice.edition,
        needs=tuple(needs[code].label(language()) for code in advice.needs if code in needs),
        product=schema_label("product", advice.product),
        months=months(advice),
        reason=_lines(advice.reason),
        suggested=untried(advice),
        asked=tuple(_asked(each) for each in advice.asked),
        none_tried_because=_lines(advice.none_tried_because),
        keeps_doing=_lines(advice.keeps_doing),
        cannot_wait=advice.cannot_wait,
        on=day(today if advice.is_draft else advice.advised_on) + f" {_year(advice, today)}",
        by=advice.advised_by,
    )


def untried(advice: Advice) -> tuple[Tried, ...]:
    """Return the paths that were suggested and not asked; the same for two needs is one."""
    asked = {each.nodes for each in advice.asked}
    kept = {each.nodes: each for each in reversed(advice.suggested) if each.nodes not in asked}
    return tuple(Tried(title=each.title, told=each.first_step) for each in reversed(kept.values()))


def asked(advice: Advice) -> tuple[Tried, ...]:
    """Return what was asked, and what came of it."""
    return tuple(_asked(each) for each in advice.asked)


def months(advice: Advice) -> str:
    """Return for how long help is advised, in words."""
    number = advice.months
    return "" if number is None else ngettext("%(num)s month", "%(num)s months", number)


def data(opened: Opened, needs: Mapping[NeedId, Need]) -> dict[str, Any]:
    """Return an advice for a program: what is on paper, and no more."""
    advice = opened.advice
    return {
        "id": advice.id,
        "version": advice.edition,
        "status": advice.status.value,
        "inhabitant": {"name": opened.file.person.name},
        "needs": [{"code": c, "label": needs[c].label("nl")} for c in advice.needs if c in needs],
        "cannotWait": advice.cannot_wait,
        "product": {"code": advice.product, "label": schema_label("product", advice.product)},
        "months": advice.months,
        "reason": advice.reason,
        "suggested": [{"title": each.title} for each in untried(advice)],
        "asked": [
            {"title": e.title, "askedOn": e.asked_on or None, "outcome": e.outcome}
            for e in advice.asked
        ],
        "noneAskedBecause": advice.none_tried_because or None,
        "networkKeepsDoing": advice.keeps_doing or None,
        "advisedOn": advice.advised_on.isoformat() if advice.advised_on else None,
        "advisedBy": advice.advised_by,
    }


def _asked(each: Mentioned) -> Tried:
    came = schema_label("outcome", each.outcome)
    if not each.asked_on:
        return Tried(title=each.title, told=came)
    on = date.fromisoformat(each.asked_on)
    told = gettext("asked on %(day)s %(year)s", day=day(on), year=on.year)
    return Tried(title=each.title, told=f"{told}: {came}")


def _told(advice: Advice, today: date) -> list[str]:
    told = [schema_label("advice_status", advice.status.value)]
    if advice.status is AdviceStatus.GIVEN:
        told.append(gettext("given on %(day)s", day=day(advice.advised_on, today)))
    if advice.status in GRANTED:
        told += _period(advice, today)
    due = advice.due_on()
    if due is not None and due <= today and advice.status in GRANTED:
        told.append(gettext("look now: can the network take it over?"))
    elif due is not None and due <= today:
        told.append(gettext("ask how far the decision is"))
    return told


def _period(advice: Advice, today: date) -> list[str]:
    told = []
    if advice.granted_to is not None:
        ends = day(advice.granted_to, today)
        over = advice.granted_to <= today
        told.append(
            gettext("ended on %(day)s", day=ends) if over else gettext("until %(day)s", day=ends)
        )
    if advice.takeover is not None:
        answer = schema_label("takeover", advice.takeover.value)
        told.append(gettext("taken over by the network: %(told)s", told=answer))
    return told


def _year(advice: Advice, today: date) -> int:
    on = today if advice.is_draft or advice.advised_on is None else advice.advised_on
    return on.year


def _lines(written: str) -> tuple[str, ...]:
    return tuple(line for line in (each.strip() for each in written.splitlines()) if line)
