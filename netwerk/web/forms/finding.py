"""What is looked for on the map: words and filters, as a form or an address brings them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self, cast

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from netwerk.domain.directory import Formality
from netwerk.domain.hours import DAYS
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.schedule import next_time
from netwerk.usecases.finding import LATELY, Asked, Order
from netwerk.web import context
from netwerk.web.language import language, metres

PAGE: Final = 20
"""Results on a page: what one can overlook."""
_LAST: Final = 50
RADII: Final = (500, 1000, 2000, 5000, 10_000, 25_000)
_USUAL: Final = 5000
_LONGEST: Final = 200
_OLDEST: Final = 130
_SEVERAL: Final = ("kind", "organization", "formality", "payment")
_ONE: Final = ("need", "area", "radius", "language", "age", "day", "hour", "known", "sort")
_YES: Final = ("wheelchair", "free", "verified")
_VOCABULARIES: Final = {
    "organization": "organization_kind",
    "formality": "formality",
    "payment": "payment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. What cannot be is left out, as if it was not chosen.

    `typed` and `person` come with a form and never stand in an address; `filters` may.
    """

    typed: str
    person: str
    filters: "MultiDict[str, str]"
    page: int

    @classmethod
    def from_request(cls) -> Self:
        """Read an address, or a form that somebody sent."""
        given = request.form if request.method == "POST" else request.args
        sent = request.form if request.method == "POST" else MultiDict[str, str]()
        page = given.get("page", default=1, type=int)
        return cls(
            typed=sent.get("q", "")[:_LONGEST].strip(),
            person=sent.get("person", "")[:_LONGEST],
            filters=_without(_known(given), sent.get("drop", "")),
            page=min(max(page, 1), _LAST),
        )

    @property
    def private(self) -> bool:
        """Whether it must stay out of addresses."""
        return bool(self.typed or self.person)

    def address(self) -> dict[str, Any]:
        """Return the parameters of an address that asks for the same filters."""
        found: dict[str, Any] = {
            key: self.filters.getlist(key) if key in _SEVERAL else self.filters[key]
            for key in self.filters
        }
        return found if self.page == 1 else found | {"page": self.page}

    def chosen(self, key: str) -> str:
        """Return the one value that was chosen of a filter."""
        return self.filters.get(key, "")

    def ticked(self, key: str, value: str) -> bool:
        """Whether a value of a filter was chosen."""
        return value in self.filters.getlist(key)

    @property
    def radius(self) -> int:
        """How far is looked."""
        return int(self.filters.get("radius", _USUAL))

    @property
    def order(self) -> Order:
        """What stands first: what was chosen, or what is of most use here."""
        if (sort := self.chosen("sort")) in set(Order):
            return Order(sort)
        if self.person:
            return Order.DISTANCE
        return Order.RELEVANCE if self.typed else Order.WARMTH

    def asked(self, now: datetime) -> Asked:
        """Return the question to the directory."""
        age, need, area = self.chosen("age"), self.chosen("need"), self.chosen("area")
        tongue = self.chosen("language")
        return Asked(
            typed=self.typed,
            language=language(),
            kinds=frozenset(map(ItemKind, self.filters.getlist("kind"))),
            needs=frozenset({NeedId(NodeId(need))} if need else ()),
            organization_kinds=frozenset(self.filters.getlist("organization")),
            formalities=frozenset(map(Formality, self.filters.getlist("formality"))),
            payments=frozenset(self.filters.getlist("payment")),
            languages=frozenset({tongue} if tongue else ()),
            age=int(age) if age else None,
            wheelchair=self.ticked("wheelchair", "1"),
            open_at=self._moment(now),
            free=self.ticked("free", "1"),
            verified_since=context.today() - LATELY if self.ticked("verified", "1") else None,
            known=_KNOWN.get(self.chosen("known"), frozenset()),
            area=NodeId(area) if area else None,
            radius=float(self.radius),
            order=self.order,
            most=self.page * PAGE,
        )

    def _moment(self, now: datetime) -> datetime | None:
        day = self.chosen("day")
        if day == "now" or not day:
            return now if day else None
        hour = int(self.chosen("hour") or 10)
        return next_time(DAYS.index(day), hour * 60, now + timedelta(minutes=1))


_KNOWN: Final = {"warm": frozenset({"warm"}), "any": frozenset({"warm", "cold"})}


def radius_choices() -> list[tuple[int, str]]:
    """Return how far one can look."""
    return [(each, gettext("within %(distance)s", distance=metres(each))) for each in RADII]


def _known(given: "MultiDict[str, str]") -> "MultiDict[str, str]":
    found = MultiDict[str, str]()
    for key in (*_SEVERAL, *_ONE, *_YES):
        values = given.getlist(key) if key in _SEVERAL else given.getlist(key)[-1:]
        found.setlist(key, [value for value in values if _can_be(key, value)])
        if not found.getlist(key):
            found.poplist(key)
    if found.get("day", "now") == "now":
        found.poplist("hour")  # an hour is of a day
    return found


def _can_be(key: str, value: str) -> bool:
    if key in _VOCABULARIES:
        return value in context.schema().vocabularies[_VOCABULARIES[key]].values
    if key in {"age", "hour", "radius"}:
        return value.isdecimal() and len(value) < 6 and int(value) in _NUMBERS[key]
    if key == "language":
        return value.isalpha() and len(value) <= len("ber")
    return value in _values(key) if key != "area" else 0 < len(value) <= _LONGEST


_NUMBERS: Final[dict[str, Sequence[int]]] = {
    "age": range(_OLDEST + 1),
    "hour": range(24),
    "radius": RADII,
}


def _values(key: str) -> Iterable[str]:
    match key:
        case "kind":
            return [each.value for each in ItemKind]
        case "need":
            return cast("Iterable[str]", context.schema().needs)
        case "day":
            return ("now", *DAYS)
        case "known":
            return _KNOWN
        case "sort":
            return [each.value for each in Order]
        case _:
            return ("1",)


def _without(filters: "MultiDict[str, str]", dropped: str) -> "MultiDict[str, str]":
    key, _, value = dropped.partition(":")
    kept = [each for each in filters.getlist(key) if value and each != value]
    if key in filters:
        filters.setlist(key, kept)
        if not kept:
            filters.poplist(key)
    return filters
