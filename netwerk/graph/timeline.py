"""All that happened in an inhabitant's case, in the order in which it happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from netwerk.domain.advice import DECISIONS
from netwerk.domain.cases import Case, Outcome
from netwerk.domain.ids import NodeId, RelationshipId
from netwerk.domain.plans import Action
from netwerk.domain.records import Node, Relationship, day, flag, from_json, parse_day, words
from netwerk.domain.ties import Tie
from netwerk.graph import casework
from netwerk.graph.advice import advices
from netwerk.graph.file import PersonFile


class Kind(StrEnum):
    """What something that happened is about."""

    NETWORK = "network"
    ASKS = "asks"
    PLAN = "plan"
    TOLD = "told"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened on a day: `what` says what, `about` is its record.

    `who`: with whom of the network. `before` and `after`: what was told of a tie that changed.
    `closed_off`: somebody in it is to be left alone by now, so nothing more of it may be shown.
    """

    on: date
    kind: Kind
    what: str
    about: Node | Relationship
    who: NodeId | None = None
    before: Tie | None = None
    after: Tie | None = None
    closed_off: bool = False


def happenings(file: PersonFile) -> list[Happening]:
    """Return what happened until the day of the file, the newest first."""
    parts = (_case, _network, _takes_part, _asks, _goals, _actions, _told, _reviews, _advices)
    every = [each for part in (*parts, _effort) for each in part(file) if each.on <= file.on]
    found = {_same(each): each for each in every}
    return sorted(
        found.values(), key=lambda each: (each.on, each.what, each.about.id), reverse=True
    )


def _same(each: Happening) -> tuple[date, str, NodeId | RelationshipId]:
    """Return what two accounts of one friendship have in common: both are one arrival."""
    both = each.who if each.before is None else None
    return each.on, each.what, both or each.about.id


def _days(kind: Kind, node: Node, **days: str) -> Iterator[Happening]:
    """Return what happened on the days of a record: what, and under which property its day is."""
    for what, name in days.items():
        on = day(node.properties, name)
        if on is not None:
            yield Happening(on=on, kind=kind, what=what, about=node)


def _case(file: PersonFile) -> Iterator[Happening]:
    about = {r.source for r in file.graph.of_type("CONCERNS") if r.target == file.person.id}
    for case in (Case.from_node(node) for node in file.graph.labelled("Case")):
        if case.id in about:
            days = {"opened": "opened_on", "closed": "closed_on", "reopened": "reopened_on"}
            yield from _days(Kind.TEAM, case.node, **days)


def _network(file: PersonFile) -> Iterator[Happening]:
    for tie in (tie for tie in file.gates.ties if tie.joins(file.person.id)):
        who = tie.other(file.person.id)
        for what, name in (("came", "valid_from"), ("went", "valid_to")):
            on = day(tie.record.properties, name)
            if on is not None:
                yield Happening(on=on, kind=Kind.NETWORK, what=what, about=tie.record, who=who)
        yield from _changed(tie, who)


def _changed(tie: Tie, who: NodeId) -> Iterator[Happening]:
    for each in words(tie.record.properties, "earlier"):
        on = parse_day(str(from_json(each)["until"]))
        before, after = tie.as_on(on - timedelta(days=1)), tie.as_on(on)
        if _said(before) != _said(after):
            yield Happening(
                on=on,
                kind=Kind.NETWORK,
                what="changed",
                about=tie.record,
                who=who,
                before=before,
                after=after,
            )


def _said(tie: Tie) -> tuple[object, ...]:
    # Not whether they may be asked: that is as it is now on every day.
    return tie.kind, tie.closeness, tie.contact, frozenset(tie.support), tie.valence


def _takes_part(file: PersonFile) -> Iterator[Happening]:
    for part in file.gates.participations:
        for what, name in (("joined", "valid_from"), ("left", "valid_to")):
            on = day(part.record.properties, name)
            if on is not None:
                where = part.organization
                yield Happening(on=on, kind=Kind.NETWORK, what=what, about=part.record, who=where)


def _asks(file: PersonFile) -> Iterator[Happening]:
    for each in file.asks:
        ask, shut = each.ask, each.closed_off
        # One that was taken back was a mistake: it did not happen.
        if ask.outcome is Outcome.WITHDRAWN:
            continue
        for what, on in (("asked", ask.asked_on), ("answered", ask.outcome_on)):
            if on is not None and (what == "asked" or ask.outcome is not Outcome.OPEN):
                yield Happening(on=on, kind=Kind.ASKS, what=what, about=ask.node, closed_off=shut)


def _goals(file: PersonFile) -> Iterator[Happening]:
    for node in casework.kept(file, "Goal"):
        yield from _days(Kind.PLAN, node, goal="set_on", goal_ended="ended_on")


def _actions(file: PersonFile) -> Iterator[Happening]:
    for each in casework.actions(file):
        if not each.closed_off:
            action: Action = each.action
            yield from _days(Kind.PLAN, action.node, agreed="agreed_on", done="done_on")


def _told(file: PersonFile) -> Iterator[Happening]:
    for node in casework.kept(file, "DomainNote"):
        yield from _days(Kind.TOLD, node, told="told_on")
    for node in casework.kept(file, "Assessment"):
        if words(node.properties, "scores"):
            yield from _days(Kind.TOLD, node, filled_in="taken_on")


def _reviews(file: PersonFile) -> Iterator[Happening]:
    for node in file.graph.labelled("CaseReview"):
        yield from _days(Kind.TEAM, node, reviewed="held_on")


def _advices(file: PersonFile) -> Iterator[Happening]:
    for advice in (each.advice for each in advices(file) if not each.advice.is_draft):
        yield from _days(Kind.TEAM, advice.node, advised="advised_on")
        if advice.status in DECISIONS:
            yield from _days(Kind.TEAM, advice.node, decided="decided_on")


def _effort(file: PersonFile) -> Iterator[Happening]:
    for node in casework.kept(file, "Scaling"):
        yield from _days(Kind.TEAM, node, scaled="scaled_on")
    for node in casework.kept(file, "Effort"):
        if flag(node.properties, "planned") is not True:
            yield from _days(Kind.TEAM, node, effort="valid_from")
