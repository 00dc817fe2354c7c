"""An inhabitant's file, as a worker reads it together with the inhabitant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import gettext

from netwerk.domain.cases import Outcome
from netwerk.domain.records import day as day_of
from netwerk.domain.records import text
from netwerk.domain.ties import Approach, Participation, Tie
from netwerk.graph.file import AskInFile, PersonFile
from netwerk.usecases.papers import OnPaper
from netwerk.web.context import schema_label
from netwerk.web.language import day
from netwerk.web.language import later as _l

_GROUPS: Final = (
    (_l("Family"), ("partner", "parent", "child", "sibling", "other_family", "ex_partner")),
    (_l("Friends"), ("friend",)),
    (_l("Neighbours"), ("neighbour",)),
    (_l("Through work, school or club"), ("colleague", "fellow_member")),
    (_l("Volunteers"), ("volunteer_match",)),
    (_l("Others"), ("other",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """Somebody, or an organization, in the network."""

    id: str
    name: str
    kind: str
    facts: tuple[str, ...]
    approach: str
    said_on: str
    changeable: bool
    participation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of the network, under one heading."""

    title: str
    rows: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """An ask, as far as it may be shown."""

    id: str
    title: str
    told: str
    closed_off: bool
    open: bool


def network(file: PersonFile) -> list[Group]:
    """Return the people around the inhabitant by kind, then what they take part in."""
    own = [tie for tie in file.ties if tie.joins(file.person.id)]
    groups = [
        Group(title=str(title), rows=tuple(tie_row(file, t) for t in own if t.kind in kinds))
        for title, kinds in _GROUPS
    ]
    parts = tuple(participation_row(file, part) for part in file.participations)
    groups.append(Group(title=gettext("Where they take part"), rows=parts))
    return [group for group in groups if group.rows]


def tie_row(file: PersonFile, tie: Tie) -> TieRow:
    """Return one tie as a row."""
    facts = [schema_label("contact", tie.contact), schema_label("valence", tie.valence)]
    facts += [schema_label("support", each) for each in tie.support]
    return TieRow(
        id=tie.id,
        name=file.name(tie.other(file.person.id)) or gettext("without a name"),
        kind=text(tie.record.properties, "called") or schema_label("tie_kind", tie.kind),
        facts=tuple(fact for fact in facts if fact),
        approach=tie.approach.value,
        said_on=_said_on(tie, file.on),
        changeable=True,
    )


def participation_row(file: PersonFile, part: Participation) -> TieRow:
    """Return one participation as a row."""
    return TieRow(
        id=part.id,
        name=file.name(part.organization),
        kind=schema_label("participation", part.how),
        facts=(),
        approach=part.approach.value,
        said_on=_said_on(part, file.on),
        changeable=False,
        participation=True,
    )


def on_paper(found: Iterable[OnPaper], today: date) -> list[str]:
    """Say on which papers somebody stands."""
    called = {
        "drawing": gettext("the drawing"),
        "own-file": gettext("the own file"),
        "subject": gettext("the zip of the file"),
        "plan": gettext("the plan"),
        "advice": gettext("the advice to the municipality"),
        "shortlist": gettext("the list"),
    }
    return [
        gettext("%(paper)s, %(day)s, by %(name)s", paper=name, day=when, name=each.by)
        if each.by
        else gettext("%(paper)s, %(day)s", paper=name, day=when)
        for each in found
        for name, when in [(called[each.kind], day(each.on, today))]
    ]


def row(file: PersonFile, key: str) -> TieRow | None:
    """Return the row of a tie or participation; None where there is none by now."""
    for group in network(file):
        for each in group.rows:
            if each.id == key:
                return each
    return None


def among(file: PersonFile) -> list[str]:
    """Say who else knows whom, as far as the inhabitant told."""
    return [
        gettext("%(one)s and %(other)s know each other", one=one, other=other)
        for tie in file.ties
        if not tie.joins(file.person.id)
        and (one := file.name(tie.source))
        and (other := file.name(tie.target))
    ]


def past(file: PersonFile) -> list[str]:
    """Say which ties ended."""
    return [
        f"{file.name(tie.other(file.person.id))} ({schema_label('tie_kind', tie.kind)})"
        for tie in file.past_ties
        if tie.joins(file.person.id)
    ]


def asks(file: PersonFile) -> list[AskRow]:
    """Return the asks, newest first."""
    return [_ask(each, file.on) for each in file.asks]


def counts(groups: Iterable[Group]) -> Mapping[str, int]:
    """Count the network by what the inhabitant said about asking."""
    found = dict.fromkeys((approach.value for approach in Approach), 0)
    for group in groups:
        for each in group.rows:
            found[each.approach] += 1
    return found


def _ask(each: AskInFile, today: date) -> AskRow:
    ask = each.ask
    parts = [gettext("asked on %(day)s", day=day(ask.asked_on, today))]
    parts.append(schema_label("outcome", ask.outcome.value))
    if ask.outcome is Outcome.OPEN and ask.look_again_on is not None:
        parts.append(gettext("look again on %(day)s", day=day(ask.look_again_on, today)))
    if ask.outcome is Outcome.ACCEPTED and ask.phase_out_on is not None:
        when = day(ask.phase_out_on, today)
        parts.append(gettext("see on %(day)s whether it can be phased out", day=when))
    return AskRow(
        id=ask.id,
        title=ask.title,
        told=" · ".join(parts),
        closed_off=each.closed_off,
        open=ask.outcome in {Outcome.OPEN, Outcome.ACCEPTED},
    )


def _said_on(account: Tie | Participation, today: date) -> str:
    said = account.record.properties.get("approach_on")
    if not isinstance(said, str) or account.approach is Approach.NOT_DISCUSSED:
        return ""
    return gettext("said on %(day)s", day=day(date.fromisoformat(said), today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What casuïstiek decided about the case, and when."""

    held_on: date | None
    decision: str
    look_back_on: date | None


def reviews(file: PersonFile) -> list[Reviewed]:
    """Return what was decided about the cases, the newest first."""
    nodes = file.graph.labelled("CaseReview")
    every = [
        Reviewed(
            held_on=day_of(node.properties, "held_on"),
            decision=text(node.properties, "decision") or "",
            look_back_on=day_of(node.properties, "look_back_on"),
        )
        for node in nodes
    ]
    return sorted(every, key=lambda each: each.held_on or date.min, reverse=True)
