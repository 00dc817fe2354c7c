"""The coordinator's start page: few rows at a time, each with one act, and how long it takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from flask_babel import gettext, ngettext

from netwerk.domain.proposals import Proposal
from netwerk.domain.records import Node, parse_day, text
from netwerk.graph.upkeep import Stale, Unreached, Volunteer
from netwerk.usecases.todo import ToDo
from netwerk.web.language import ago, day
from netwerk.web.language import later as _l
from netwerk.web.presenters.doubles import WHY

T = TypeVar("T")
THIS_WEEK: Final = 5
"""Rows of a list that are shown at first: what fits in a week."""
MOST: Final = 200
"""Rows of a list that are shown at all; the next ones come when these are done."""
KINDS: Final = {
    "closed": _l("It has stopped"),
    "moved": _l("It is somewhere else now"),
    "phone": _l("The telephone number is another one"),
    "full": _l("It is full"),
    "other": _l("Something else is not right"),
}
"""What is not right, as a worker tells it."""
_MINUTES: Final = {"proposals": 1, "stale": 2, "doubles": 1, "certificates": 1, "overloaded": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to do; `key` is what it is about, `other` what else; `whole`: an organization."""

    key: str
    title: str
    told: str
    facts: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    other: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One list: the rows that are shown, and how many wait after them."""

    name: str
    rows: tuple[Row, ...]
    left: int

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.rows) + self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lists by name, and minutes for what is shown and for what is left."""

    lists: dict[str, Rows]
    minutes: int
    minutes_left: int
    total: int


def page(found: ToDo, today: date, whole: str) -> Page:
    """Return the page; the list called `whole` is shown whole."""

    def rows(name: str, every: Sequence[T], row: Callable[[T], Row]) -> Rows:
        shown = every[: MOST if name == whole else THIS_WEEK]
        return Rows(name=name, rows=tuple(map(row, shown)), left=len(every) - len(shown))

    lists = [
        rows("proposals", found.proposals, lambda each: _proposal(*each, today)),
        rows("stale", found.stale, lambda each: _stale(each, today)),
        rows("doubles", found.doubles, lambda each: _double(*each)),
        rows("certificates", found.certificates, lambda each: _certificate(each, today)),
        rows("overloaded", found.overloaded, _overloaded),
        rows("unreached", found.unreached, _unreached),
    ]
    return Page(
        lists={each.name: each for each in lists},
        minutes=sum(_MINUTES.get(each.name, 1) * len(each.rows) for each in lists),
        # That an offer was never used is worth a thought now and then, not a list to finish.
        minutes_left=sum(_MINUTES.get(each.name, 1) * each.left for each in lists[:-1]),
        total=sum(each.total for each in lists),
    )


def name_of(node: Node | None) -> str:
    """Return what a record is called, also when it is no longer there."""
    return gettext("no longer there") if node is None else text(node.properties, "name") or node.id


def _proposal(proposal: Proposal, node: Node | None, today: date) -> Row:
    told = ": ".join(_present((KINDS[proposal.kind], proposal.value or proposal.note)))
    when = ago(parse_day(proposal.on), today)
    return Row(
        key=proposal.key,
        title=name_of(node),
        told=told,
        facts=(gettext("%(name)s, %(when)s", name=proposal.by_name, when=when),),
    )


def _stale(each: Stale, today: date) -> Row:
    asked = (
        gettext("never asked after yet")
        if each.oldest is None
        else gettext("last asked after %(when)s", when=ago(each.oldest, today))
    )
    count = len(each.services)
    services = ngettext("%(num)s offer of theirs", "%(num)s offers of theirs", count)
    used = "" if each.used is None else gettext("used about %(count)s times", count=each.used)
    facts = each.node.properties
    return Row(
        key=each.node.id,
        title=name_of(each.node),
        told=asked,
        facts=_present((services if count else "", used)),
        whole=each.node.label == "Organization",
        phone=text(facts, "phone") or "",
        email=text(facts, "email") or "",
    )


def _double(kept: Node, gone: Node, why: tuple[str, ...]) -> Row:
    return Row(
        key=kept.id,
        other=gone.id,
        title=gettext("%(one)s and %(other)s", one=name_of(kept), other=name_of(gone)),
        told=", ".join(str(WHY[each]) for each in why),
    )


def _certificate(each: Volunteer, today: date) -> Row:
    ends = each.ends or today
    told = (
        gettext("the VOG ended on %(day)s", day=day(ends, today))
        if ends <= today
        else gettext("the VOG ends on %(day)s", day=day(ends, today))
    )
    return _volunteer(each, told)


def _overloaded(each: Volunteer) -> Row:
    told = gettext(
        "helps %(load)s, and can help %(capacity)s", load=each.load, capacity=each.capacity
    )
    return _volunteer(each, told)


def _volunteer(each: Volunteer, told: str) -> Row:
    facts = each.person.properties
    return Row(
        key=each.person.id,
        title=name_of(each.person),
        told=told,
        facts=each.tasks,
        phone=text(facts, "phone") or "",
        email=text(facts, "email") or "",
    )


def _unreached(each: Unreached) -> Row:
    by = "" if each.organization is None else name_of(each.organization)
    giver = "" if each.organization is None else each.organization.id
    return Row(key=each.service.id, title=name_of(each.service), told=by, other=giver)


def _present(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(each) for each in texts if each)
