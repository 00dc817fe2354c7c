"""What is looked for on the map: words and filters, as a form or an address brings them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf
from typing import Any, Final, Self, cast

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from netwerk.domain.directory import Formality
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.hours import DAYS
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.items import ItemKind
from netwerk.domain.records import Point
from netwerk.domain.schedule import next_time
from netwerk.usecases.finding import LATELY, Asked, Order
from netwerk.web import context
from netwerk.web.language import language, metres

PAGE: Final = 20
"""Results on a page: what one can overlook."""
SPOT: Final = "spot:here"
"""What is sent to let go of the place on the map."""
_LAST: Final = 50
RADII: Final = (500, 1000, 2000, 5000, 10_000, 25_000)
_USUAL: Final = 5000
_LONGEST: Final = 200
_OLDEST: Final = 130
_DIGITS: Final = 20
_EAST: Final = 180
_NORTH: Final = 90
_AREAS: Final = ("area", "around")
_SEVERAL: Final = ("kind", "organization", "formality", "payment")
_ONE: Final = (
    *("need", "area", "around", "radius", "language", "age", "day", "hour", "known", "sort"),
)
_YES: Final = ("wheelchair", "free", "verified")
_VOCABULARIES: Final = {
    "organization": "organization_kind",
    "formality": "formality",
    "payment": "payment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for. What cannot be is left out, as if it was not chosen.

    `typed`, `person` and `spot` (longitude and latitude, as they were filled in) come with a form
    and never stand in an address: a place on the map may be somebody's home. `filters` may.
    """

    typed: str
    person: str
    spot: tuple[str, str]
    filters: "MultiDict[str, str]"
    page: int

    @classmethod
    def from_request(cls) -> Self:
        """Read an address, or a form that somebody sent."""
        given = request.form if request.method == "POST" else request.args
        sent = request.form if request.method == "POST" else MultiDict[str, str]()
        page = given.get("page", default=1, type=int)
        dropped = sent.get("drop", "")
        at = ("", "") if dropped == SPOT else (_number(sent, "lon"), _number(sent, "lat"))
        return cls(
            typed=sent.get("q", "")[:_LONGEST].strip(),
            person=sent.get("person", "")[:_LONGEST],
            spot=at,
            filters=_without(_known(_with(given, sent.get("add", ""))), dropped),
            page=min(max(page, 1), _LAST),
        )

    def by_need(self, need: str) -> Self:
        """Return the same for what is offered for a need, in place of the words that name it."""
        filters = MultiDict[str, str](self.filters)
        filters["need"], filters["kind"] = need, ItemKind.SERVICE.value
        return replace(self, typed="", filters=filters)

    @property
    def private(self) -> bool:
        """Whether it must stay out of addresses."""
        return bool(self.typed or self.person or any(self.spot))

    @property
    def point(self) -> Point | None:
        """The place on the map around which is looked. Raises InvalidInputError."""
        if not any(self.spot):
            return None
        try:
            longitude, latitude = (float(each.replace(",", ".")) for each in self.spot)
        except ValueError:
            longitude, latitude = inf, inf
        if abs(longitude) <= _EAST and abs(latitude) <= _NORTH:
            return longitude, latitude
        raise InvalidInputError("Fill in both numbers of the place, like 5.66 and 51.48.")

    @property
    def near_home(self) -> bool:
        """Whether is looked around the home of the inhabitant, and not around another place."""
        return bool(self.person) and not any(self.spot) and not self.chosen("around")

    @property
    def closely(self) -> bool:
        """Whether something was chosen that stands in the part that opens."""
        usual = {"need", "area", "radius", "sort", "wheelchair", "kind"}
        quick = {("day", "now"), ("known", "any"), ("payment", "free")}
        chosen = {(key, each) for key in self.filters for each in self.filters.getlist(key)}
        return any(self.spot) or any(key not in usual for key, _ in chosen - quick)

    @property
    def around(self) -> bool:
        """Whether is looked around some place, so that how far it is counts."""
        return bool(self.person or any(self.spot) or self.chosen("around"))

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
        if self.around:
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
    return value in _values(key) if key not in _AREAS else 0 < len(value) <= _LONGEST


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


def _number(sent: "MultiDict[str, str]", key: str) -> str:
    return sent.get(key, "")[:_DIGITS].strip()


def _with(given: "MultiDict[str, str]", added: str) -> "MultiDict[str, str]":
    """Return what was given with one more filter, as pressing it asks."""
    key, _, value = added.partition(":")
    found = MultiDict[str, str](given)
    if key:
        found.add(key, value)
    return found


def _without(filters: "MultiDict[str, str]", dropped: str) -> "MultiDict[str, str]":
    key, _, value = dropped.partition(":")
    kept = [each for each in filters.getlist(key) if value and each != value]
    if key in filters:
        filters.setlist(key, kept)
        if not kept:
            filters.poplist(key)
    return filters
