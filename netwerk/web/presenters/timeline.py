"""What happened in a case, in a line each: what, more about it, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_date, format_decimal, gettext

from netwerk.domain.assessments import Assessment
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, integer, text
from netwerk.domain.ties import Tie
from netwerk.graph.file import PersonFile
from netwerk.graph.instruments import SELF_SUFFICIENCY
from netwerk.graph.timeline import Happening, Kind
from netwerk.usecases.timeline import Month
from netwerk.web.context import schema_label
from netwerk.web.presenters import assessments
from netwerk.web.presenters.network import closeness

Names = Mapping[NodeId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that happened; `place` is the page that tells more, if there is one."""

    on: str
    kind: str
    kind_label: str
    title: str
    more: str
    by: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month; `pictures` is the page with the network before and after it."""

    name: str
    rows: tuple[Row, ...]
    pictures: str


def kinds() -> dict[str, str]:
    """Return what may be looked at apart, by kind."""
    return {
        Kind.NETWORK: gettext("Network"),
        Kind.ASKS: gettext("Asked"),
        Kind.PLAN: gettext("Plan"),
        Kind.TOLD: gettext("Told"),
        Kind.TEAM: gettext("Team and decisions"),
    }


def months(file: PersonFile, every: tuple[Month, ...], known: Names) -> list[MonthRow]:
    """Return the months in words; `known` is what colleagues and needs are called."""
    return [
        MonthRow(
            name=format_date(month.first, "MMMM y"),
            rows=tuple(_row(file, each, known) for each in month.every),
            pictures=_pictures(file, month),
        )
        for month in every
    ]


def _pictures(file: PersonFile, month: Month) -> str:
    if month.pictures is None:
        return ""
    then, now = (day.isoformat() for day in month.pictures)
    return url_for("network.index", person=file.person.id, then=then, now=now)


def _row(file: PersonFile, each: Happening, known: Names) -> Row:
    title, more = _said(file, each, known)
    shut = each.closed_off
    if shut:
        more = gettext("Somebody in this proposal is to be left alone by now.")
    return Row(
        on=format_date(each.on, "EEEE d MMMM"),
        kind=each.kind.value,
        kind_label=kinds()[each.kind],
        title=title,
        more=more,
        by="" if shut else _by(each, known),
        place="" if shut else _place(file, each),
    )


def _said(file: PersonFile, each: Happening, known: Names) -> tuple[str, str]:
    """Return what happened and more about it."""
    if each.kind is Kind.NETWORK:
        return _of_network(file, each)
    if isinstance(each.about, Node):
        facts = each.about
        if each.kind is Kind.ASKS:
            return _of_ask(each, facts)
        if each.kind is Kind.PLAN:
            return _of_plan(each.what, facts)
        if each.kind is Kind.TOLD:
            return _of_told(each.what, facts, known)
        return _of_team(each.what, facts)
    return "", ""


def _of_network(file: PersonFile, each: Happening) -> tuple[str, str]:
    name = (file.name(each.who) if each.who else "") or gettext("without a name")
    kind = schema_label("tie_kind", text(each.about.properties, "kind"))
    if each.before is not None and each.after is not None:
        told = _differs(each.before, each.after)
        return gettext("Otherwise with %(name)s", name=name), told
    return {
        "came": (gettext("%(name)s came into the network", name=name), kind),
        "went": (gettext("%(name)s is no longer in the network", name=name), kind),
        "joined": (gettext("Takes part at %(name)s", name=name), ""),
        "left": (gettext("No longer takes part at %(name)s", name=name), ""),
    }[each.what]


def _differs(before: Tie, after: Tie) -> str:
    told = [
        (gettext("how close"), closeness(before.closeness), closeness(after.closeness)),
        (gettext("kind"), *(schema_label("tie_kind", t.kind) for t in (before, after))),
        (gettext("contact"), *(_label("contact", t.contact) for t in (before, after))),
        (gettext("how it feels"), *(_label("valence", t.valence) for t in (before, after))),
        (gettext("support"), *(_support(t) for t in (before, after))),
    ]
    return "; ".join(
        gettext("%(what)s: first %(was)s, then %(now)s", what=what, was=was, now=now)
        for what, was, now in told
        if was != now
    )


def _label(vocabulary: str, value: str | None) -> str:
    return schema_label(vocabulary, value) or gettext("not said")


def _support(tie: Tie) -> str:
    return ", ".join(schema_label("support", each) for each in tie.support) or gettext("nothing")


def _of_ask(each: Happening, ask: Node) -> tuple[str, str]:
    title = "" if each.closed_off else text(ask.properties, "title") or ""
    outcome = schema_label("outcome", text(ask.properties, "outcome"))
    if each.what == "asked":
        return gettext("Asked for help"), title
    # Not the reason: that is somebody else's word, and stands with the ask itself.
    return gettext("What came of it: %(outcome)s", outcome=outcome), title


def _of_plan(what: str, node: Node) -> tuple[str, str]:
    said = text(node.properties, "text") or ""
    result = schema_label("goal_result", text(node.properties, "result"))
    return {
        "goal": (gettext("A goal agreed"), f"“{said}”"),
        "goal_ended": (gettext("Looked back: %(result)s", result=result), f"“{said}”"),
        "agreed": (gettext("Agreed"), said),
        "done": (gettext("Done"), said),
    }[what]


def _of_told(what: str, node: Node, known: Names) -> tuple[str, str]:
    if what == "filled_in":
        read = Assessment.from_node(node)
        (row,) = assessments.rows([read])
        return row.name, row.note if read.instrument == SELF_SUFFICIENCY else row.told
    domain = known.get(NodeId(text(node.properties, "domain") or ""), "")
    goes = schema_label("domain_goes", text(node.properties, "goes"))
    told = text(node.properties, "text") or ""
    return domain, ". ".join(filter(None, (goes, told)))


def _of_team(what: str, node: Node) -> tuple[str, str]:
    facts = node.properties
    product = schema_label("product", text(facts, "product"))
    hours = round((integer(facts, "minutes_a_week") or 0) / 60, 1)
    return {
        "opened": (gettext("We began"), text(facts, "question") or ""),
        "closed": (
            gettext("We closed it"),
            schema_label("closing_reason", text(facts, "closed_because")),
        ),
        "reopened": (gettext("We opened it again"), text(facts, "reopened_because") or ""),
        "reviewed": (gettext("Talked over in the case review"), text(facts, "decision") or ""),
        "advised": (gettext("Advice to the municipality"), product),
        "decided": (
            gettext("Decision of the municipality"),
            schema_label("advice_status", text(facts, "status")),
        ),
        "scaled": (
            schema_label("scaling_direction", text(facts, "direction")),
            text(facts, "reason") or "",
        ),
        "effort": (
            gettext("The team's time"),
            gettext("%(hours)s hours a week", hours=format_decimal(hours)),
        ),
    }[what]


def _by(each: Happening, known: Names) -> str:
    """Return who did it: somebody's name, or what a colleague is called whose id is kept."""
    named = {"filled_in": "taken_by", "asked": "asked_by"}.get(each.what)
    if named is not None:
        said = text(each.about.properties, named) or ""
        return known.get(NodeId(said), said)
    kept = {
        "goal": "set_by",
        "agreed": "agreed_by",
        "told": "told_to",
        "advised": "advised_by",
        "scaled": "scaled_by",
        "effort": "worker",
    }.get(each.what, "")
    return known.get(NodeId(text(each.about.properties, kept) or ""), "")


def _place(file: PersonFile, each: Happening) -> str:
    found = {
        "asked": ("asks.result", "ask"),
        "answered": ("asks.result", "ask"),
        "goal": ("plan.goal", "goal"),
        "goal_ended": ("plan.goal", "goal"),
        "filled_in": ("assessments.change", "sheet"),
        "advised": ("advice.show", "advice"),
        "decided": ("advice.show", "advice"),
    }.get(each.what)
    if found is None:
        return ""
    endpoint, name = found
    where: dict[str, Any] = {name: each.about.id}
    return url_for(endpoint, person=file.person.id, **where)
