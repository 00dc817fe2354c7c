"""What is kept, in words: labels of fields, what is in them, two versions beside each other."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from flask_babel import format_datetime, gettext, ngettext

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Value, day, integer
from netwerk.domain.schedule import Schedule
from netwerk.domain.sheets import SHEETS, Fields
from netwerk.schema import Property
from netwerk.usecases.keeping import Entry, Place, name_of
from netwerk.web import context
from netwerk.web.language import day as said_day
from netwerk.web.language import language
from netwerk.web.presenters.schedule import in_words

NOTHING: Final = "\u2013"
VOG_YEARS: Final = 3
"""Years after which a certificate of conduct is asked for again."""
_JOINS: Final = {
    "needs": "ADDRESSES",
    "talents": "ADDRESSES",
    "places": "LOCATED_AT",
    "areas": "IN_AREA",
}
Names = Mapping[NodeId, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One field in the two versions of who changed the same: what it was, is, and was typed."""

    name: str
    label: str
    was: str
    stored: str
    typed: str
    differs: bool
    chosen: str


def versions(kind: str, three: tuple[Fields, Fields, Fields] | None, names: Names) -> list[Version]:
    """Return what was, what is stored and what was typed, the fields that differ first."""
    if three is None:
        return []
    was, stored, typed = three
    found = []
    for name in SHEETS[kind].fields:
        each = [known.get(name) for known in three]
        if all(value is None for value in each):
            continue
        found.append(
            Version(
                name=name,
                label=label(SHEETS[kind].label, name),
                was=said(SHEETS[kind].label, name, was.get(name), names),
                stored=said(SHEETS[kind].label, name, stored.get(name), names),
                typed=said(SHEETS[kind].label, name, typed.get(name), names),
                differs=stored.get(name) != typed.get(name),
                # Who left it as it was has nothing to lose by what somebody else made of it.
                chosen="stored" if typed.get(name) == was.get(name) else "typed",
            )
        )
    return sorted(found, key=lambda version: not version.differs)


def label(kind: str, name: str) -> str:
    """Return what a field is called; `kind` is a label of nodes or a type of relationships."""
    schema = context.schema()
    if name in _JOINS:
        term = schema.relationships[_JOINS[name]].label
    elif (known := _property(kind, name)) is not None:
        term = known.label
    else:
        term = schema.nodes["Person"].properties[name].label
    told = term.label(language())
    return told[:1].upper() + told[1:]


def said(kind: str, name: str, value: Value | None, names: Names) -> str:
    """Return what is in a field, in words."""
    if value is None or value == []:
        return NOTHING
    if name in _JOINS or name == "parent":
        every = [value] if isinstance(value, str) else list(value)  # type: ignore[arg-type]
        return ", ".join(_called(names, str(each)) for each in every)
    if name == "hours" and not isinstance(value, str):
        return "\n".join(in_words(Schedule.read({"hours": value}))) or str(value)
    known = _property(kind, name)
    return _plainly(known, value) if known is not None else str(value)


def _plainly(known: Property, value: Any) -> str:
    if known.many:
        return ", ".join(map(str, value))
    ways: Mapping[str, Callable[[], str]] = {
        "flag": lambda: gettext("yes") if value else gettext("no"),
        "day": lambda: when(value),
        "choice": lambda: context.schema_label(known.vocabulary or "", value),
        "point": lambda: f"{value[1]}, {value[0]}",
        "polygon": lambda: gettext("(not shown)"),
        "extra": lambda: gettext("(not shown)"),
    }
    return ways.get(known.type, lambda: str(value))()


def _property(kind: str, name: str) -> Property | None:
    schema = context.schema()
    found = schema.nodes.get(kind) or schema.relationships.get(kind)
    return None if found is None else found.properties.get(name)


def _called(names: Names, key: str) -> str:
    node = names.get(NodeId(key))
    if node is None:
        return gettext("something that is no longer there")
    return called(node)


def called(node: Node) -> str:
    """Return what a node is called: a need in the reader's language, a secret place not at all."""
    if node.properties.get("masked") is True:
        return gettext("A secret place")
    if node.label == "Need":
        return str(node.properties.get(f"label_{language()}") or node.id)
    return name_of(node)


def moment(at: str) -> str:
    """Return when something was, as people say it."""
    try:
        return str(format_datetime(datetime.fromisoformat(at), "EEEE d MMMM y, HH:mm"))
    except ValueError:
        return at


def when(on: str) -> str:
    """Return a stored day as people say it."""
    return said_day(date.fromisoformat(on), context.today())


def warnings(entry: Entry, today: date) -> list[str]:
    """Return what a coordinator should look at; nothing of it is refused."""
    if entry.place.kind != "volunteers":
        return _room(entry.record.properties)
    told = []
    certified = day(entry.record.properties, "vog_on")
    if certified is None:
        told.append(gettext("We do not know whether there is a certificate of conduct (VOG)."))
    elif _years_later(certified, VOG_YEARS) <= today:
        told.append(gettext("The certificate of conduct (VOG) is older than three years."))
    helped = sum(integer(part.record.properties, "load") or 0 for part in entry.parts("helps"))
    most = integer(entry.record.properties, "capacity")
    if most is not None and helped > most:
        told.append(
            ngettext(
                "Helps %(num)s person now, and that is more than can be.",
                "Helps %(num)s people now, and that is more than can be.",
                helped,
            )
        )
    return told + [w for part in entry.parts("helps") for w in _room(part.record.properties)]


def _room(facts: Mapping[str, Value]) -> list[str]:
    most, taken = integer(facts, "capacity"), integer(facts, "load")
    if most is None or taken is None or taken <= most:
        return []
    return [
        gettext(
            "More places are taken (%(taken)s) than there are (%(most)s).", taken=taken, most=most
        )
    ]


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def address(place: Place) -> dict[str, Any]:
    """Return the parameters of the addresses of an entry."""
    known = {"kind": place.kind, "key": place.key}
    return known if place.of is None else {**known, "of": place.of}


def options(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """Return nodes to choose from."""
    return [(node.id, called(node)) for node in nodes]
