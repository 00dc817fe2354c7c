"""The training plan, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext

from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.records import parse_day
from netwerk.domain.training import Training
from netwerk.usecases.knowledge.training import Plan
from netwerk.web.language import day
from netwerk.web.presenters.knowledge import GapLine, gap_line, label_of, names_of, word

SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something to learn, or that was."""

    key: str
    who: str
    mine: bool
    what: str
    level: int
    word: str
    how: str
    source: str
    when: str
    late: bool
    soon: bool
    told: str


def lines(plan: Plan, every: tuple[Training, ...], viewer: WorkerId, today: date) -> list[Line]:
    """Return what was agreed to learn."""
    names, needs = names_of(plan.team), {b.id: label_of(b) for b in plan.team.blocks}
    return [_line(each, names, needs, (viewer, today)) for each in every]


def own(
    mine: list[Training], needs: Mapping[NeedId, str], viewer: WorkerId, today: date
) -> list[Line]:
    """Return what the viewer is to learn, as far as its day is near or over."""
    told = [_line(each, {}, needs, (viewer, today)) for each in mine]
    return [each for each in told if each.late or each.soon]


def open_gaps(plan: Plan) -> list[GapLine]:
    """Return what is missing and nobody is learning yet."""
    return [gap_line(gap) for gap in plan.team.gaps() if not plan.of(gap.block.id)]


def _line(
    each: Training,
    names: Mapping[WorkerId, str],
    needs: Mapping[NeedId, str],
    seen: tuple[WorkerId, date],
) -> Line:
    viewer, today = seen
    by = parse_day(each.by)
    teacher = names.get(WorkerId(NodeId(each.from_whom)), "")
    return Line(
        key=each.key,
        who=names.get(each.who, gettext("a former colleague")),
        mine=each.who == viewer,
        what=needs.get(each.need, each.need),
        level=each.level,
        word=word(each.level),
        how=each.how,
        source=", ".join(filter(None, (teacher, each.from_other))),
        when=day(by, today),
        late=by < today,
        soon=by <= today + SOON,
        told=_ended(each, today),
    )


def _ended(each: Training, today: date) -> str:
    if not each.ended_on:
        return ""
    on = day(parse_day(each.ended_on), today)
    told = gettext("let be on %(day)s") if each.dropped else gettext("learned on %(day)s")
    return told % {"day": on}
