"""An import as it is looked through: what would be new, changed, double or wrong, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.comparing import Difference, Entry
from netwerk.domain.drafts import Choice, Draft, Problem, Standing
from netwerk.domain.records import Record, Relationship, text
from netwerk.domain.staging import Import, State
from netwerk.schema import Schema
from netwerk.web.language import language
from netwerk.web.language import later as _l

STANDINGS: Final = {
    Standing.WRONG: _l("wrong"),
    Standing.DOUBLE: _l("there already?"),
    Standing.CHANGED: _l("changed"),
    Standing.NEW: _l("new"),
    Standing.SAME: _l("as it was"),
}
"""In the order in which one looks at them."""
STATES: Final = {
    State.MAPPING: _l("not looked through yet"),
    State.CHECKED: _l("waits for your yes"),
    State.ENTERED: _l("brought in"),
    State.UNDONE: _l("undone"),
}
_OFTEN: Final = 12
"""Facts of an entry that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said of one cell."""

    where: str
    told: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One entry of an import."""

    key: str
    row: int
    title: str
    facts: tuple[str, ...]
    notes: tuple[Note, ...]
    likes: tuple[str, ...] = ()
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One standing: how many, the parts that hold them, and whether it is shown."""

    standing: str
    label: str
    count: int
    parts: tuple[int, ...]
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An import in the list of all."""

    id: str
    title: str
    state: str
    told: str


def tabs(found: Import, part: int) -> list[Tab]:
    """Return the standings that occur, those to look at first before the others."""
    made = []
    for standing, label in STANDINGS.items():
        numbers = tuple(n for n, (each, _) in enumerate(found.parts) if each is standing)
        if numbers:
            count = found.counts[standing]
            made.append(
                Tab(
                    standing=standing.value,
                    label=str(label),
                    count=count,
                    parts=numbers,
                    shown=part in numbers,
                )
            )
    return made


def cards(entries: Iterable[Entry], schema: Schema) -> list[Card]:
    """Return the entries as they are shown."""
    return [_card(entry, schema) for entry in entries]


def lines(imports: Iterable[Import]) -> list[Line]:
    """Return the imports as they are listed."""
    return [
        Line(id=each.id, title=each.title, state=str(STATES[each.state]), told=counted(each))
        for each in imports
    ]


def counted(found: Import) -> str:
    """Return in words what an import holds."""
    if not found.parts:
        return ngettext("%(num)s row", "%(num)s rows", found.total)
    told = [f"{n} {STANDINGS[s]}" for s in STANDINGS if (n := found.counts[s])]
    return ", ".join(told)


def _card(entry: Entry, schema: Schema) -> Card:
    draft = entry.draft
    known = entry.standing in {Standing.CHANGED, Standing.DOUBLE}
    facts = _changes(entry.differences, schema) if known and entry.differences else _facts(draft)
    return Card(
        key=draft.key,
        row=draft.row,
        title=draft.title,
        facts=tuple(facts[:_OFTEN]),
        notes=tuple(map(_note, draft.problems[:_OFTEN])),
        likes=tuple(each.title for each in entry.likes),
        choice="" if entry.choice is None else Choice(entry.choice).value,
    )


def _note(problem: Problem) -> Note:
    said = gettext(problem.reason)
    where = gettext("Row %(row)s", row=problem.row)
    return Note(
        where=f"{where}, {problem.column}" if problem.column else where,
        told=said % problem.values if problem.values else said,
        meant=problem.suggestion,
    )


def _changes(differences: Sequence[Difference], schema: Schema) -> list[str]:
    return [_change(each, schema) for each in differences]


def _change(each: Difference, schema: Schema) -> str:
    kind = schema.nodes.get(each.label) or schema.relationships[each.label]
    label = kind.label.label(language())
    if not each.name:
        if each.before:
            return gettext("no longer: %(what)s", what=f"{label} {each.before}")
        return gettext("added: %(what)s", what=f"{label} {each.after}")
    what = kind.properties[each.name].label.label(language())
    if not each.before and not each.after:
        return gettext("%(what)s: changed (secret)", what=what)
    if not each.before:
        return gettext("%(what)s: %(after)s", what=what, after=each.after)
    return gettext(
        "%(what)s: %(before)s → %(after)s", what=what, before=each.before, after=each.after
    )


def _facts(draft: Draft) -> list[str]:
    """Return what a file says of something new, as one would say it."""
    said = [fact for record in draft.records for fact in _fact(record)]
    return [each for each in said if each]


def _fact(record: Record) -> list[str]:
    facts = record.properties
    if isinstance(record, Relationship):
        return []
    match record.label:
        case "Location":
            where = (text(facts, key) for key in ("address", "postcode", "city"))
            return [" ".join(each for each in where if each)]
        case "Person":
            return [gettext("contact: %(name)s", name=text(facts, "name") or "?")]
        case "Service":
            return [gettext("offers: %(name)s", name=text(facts, "name") or "")]
        case _:
            return [text(facts, key) or "" for key in ("phone", "email", "url")]
