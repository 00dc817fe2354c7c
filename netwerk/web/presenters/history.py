"""What happened to an entry, in words."""

from dataclasses import dataclass
from typing import Final

from flask_babel import gettext

from netwerk.domain.access import OPERATOR
from netwerk.domain.history import Step, Turn
from netwerk.domain.ids import NodeId
from netwerk.domain.keeping import record_type
from netwerk.domain.records import Node, Record, Relationship
from netwerk.usecases.keeping import Past
from netwerk.web import context
from netwerk.web.language import language
from netwerk.web.presenters.keeping import NOTHING, Names, called, label, moment, said

_JOINED: Final = {"ADDRESSES", "LOCATED_AT", "IN_AREA", "PROVIDES", "PART_OF"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that changed: of what (where it is not the entry itself), from what to what."""

    of: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One step: who did what, when, and what it changed."""

    operation: str
    what: str
    by: str
    at: str
    changes: tuple[Said, ...]
    can_go_back: bool


def history(past: Past) -> list[Shown]:
    """Return the steps that changed something, the newest first."""
    shown = []
    for step in past.steps:
        changes = tuple(each for turn in step.turns for each in _changes(turn, past))
        made = any(t.before is None and t.change.record == past.place.key for t in step.turns)
        if changes or made:
            shown.append(
                Shown(
                    operation=step.operation,
                    what=_what(past.acts.get(step.operation, ""), made=made),
                    by=_by(step, past.names),
                    at=moment(step.at),
                    changes=changes,
                    can_go_back=not made,
                )
            )
    return shown[::-1]


def _what(act: str, *, made: bool) -> str:
    told = {
        "make": gettext("Something was added"),
        "verify": gettext("Asked after: it is still right"),
        "close": gettext("Closed"),
        "stop": gettext("Somebody stopped"),
        "remove": gettext("Taken away"),
        "undo": gettext("Put back"),
    }
    return gettext("Added") if made else told.get(act, gettext("Changed"))


def _by(step: Step, names: Names) -> str:
    if step.by == OPERATOR:
        return gettext("the administrator, on the command line")
    node = names.get(NodeId(step.by))
    return called(node) if node is not None else gettext("somebody who is no longer here")


def _changes(turn: Turn, past: Past) -> list[Said]:
    record = turn.record
    if record is None:
        return []
    if isinstance(record, Relationship) and record.type in _JOINED:
        return _joined(turn, record, past)
    of = _of(record, past)
    if isinstance(record, Node) and turn.after is None:
        return [Said(of=of, label=gettext("Taken away"), before=called(record), after=NOTHING)]
    return [
        Said(of=of, label=label(record_type(record), name), before=before, after=after)
        for name in _names(turn)
        for before, after in [_both(turn, name, past.names)]
    ] or _role(turn, record, of)


def _names(turn: Turn) -> list[str]:
    before = {} if turn.before is None else turn.before.properties
    after = {} if turn.after is None else turn.after.properties
    every = [*before, *(name for name in after if name not in before)]
    record = turn.record
    # Where somebody lives is told to nobody, also not as numbers.
    home = {"point"} if record is not None and record_type(record) == "Person" else set()
    return [name for name in every if before.get(name) != after.get(name) and name not in home]


def _both(turn: Turn, name: str, names: Names) -> tuple[str, str]:
    first, last = (
        NOTHING if r is None else said(record_type(r), name, r.properties.get(name), names)
        for r in (turn.before, turn.after)
    )
    return first, last


def _joined(turn: Turn, link: Relationship, past: Past) -> list[Said]:
    if (turn.before is None) == (turn.after is None):
        return []
    end = link.target if link.source == past.place.key else link.source
    kind = context.schema().relationships[link.type]
    term = kind.label if end == link.target else kind.inverse
    node = past.names.get(end)
    other = called(node) if node is not None else gettext("something that is no longer there")
    before, after = (NOTHING, other) if turn.before is None else (other, NOTHING)
    told = term.label(language())
    return [Said(of="", label=told[:1].upper() + told[1:], before=before, after=after)]


def _role(turn: Turn, record: Record, of: str) -> list[Said]:
    """Say that somebody came or went in a role that says no more of itself."""
    if isinstance(record, Node) or (turn.before is None) == (turn.after is None):
        return []
    term = context.schema().relationships[record.type].label.label(language())
    before, after = (NOTHING, gettext("yes")) if turn.before is None else (gettext("yes"), NOTHING)
    return [Said(of=of, label=term[:1].upper() + term[1:], before=before, after=after)]


def _of(record: Record, past: Past) -> str:
    if record.id == past.place.key:
        return ""
    if isinstance(record, Node):
        return called(record)
    end = record.source if record.type == "CONTACT_FOR" else record.target
    node = past.names.get(end)
    if node is not None:
        return called(node)
    return context.schema().relationships[record.type].label.label(language())
