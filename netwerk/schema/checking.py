"""Whether a value is what its property says."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard

from netwerk.domain.errors import InvalidRecordError
from netwerk.domain.records import Properties, to_json
from netwerk.schema.kinds import Property, Vocabulary

LONGEST = 8000
"""Characters in a text that sets no limit of its own."""
LARGEST_EXTRA = 100_000
"""Characters of JSON in what another system added."""
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]|\\u0000")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ID = re.compile(r"[^\x00-\x20\x7f\ud800-\udfff]{1,200}")


class Checker:
    """Checks the properties of records against what graph_schema says of them."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        """Know the values of every vocabulary."""
        self._vocabularies = vocabularies
        self._checks: dict[str, Callable[[object, Property], bool]] = {
            "text": _is_text,
            "integer": _is_integer,
            "flag": lambda value, _: isinstance(value, bool),
            "day": lambda value, _: is_day(value),
            "point": lambda value, _: _is_point(value),
            "polygon": lambda value, _: _is_polygon(value),
            "choice": self._is_choice,
            "extra": lambda value, _: _is_extra(value),
        }

    def check(self, record: str, given: Properties, known: Mapping[str, Property]) -> None:
        """Refuse, with InvalidRecordError, properties that the kind does not have or allow."""
        for name, value in given.items():
            kind = known.get(name)
            if kind is None:
                raise InvalidRecordError(
                    "%(id)s: there is no property “%(name)s”.", id=record, name=shown(name)
                )
            if not self.fits(value, kind):
                raise InvalidRecordError(
                    "%(id)s: “%(name)s” cannot be %(value)s.",
                    id=record,
                    name=name,
                    value=shown(value),
                )
        for name, kind in known.items():
            if kind.required and name not in given:
                raise InvalidRecordError("%(id)s: “%(name)s” is missing.", id=record, name=name)

    def fits(self, value: object, kind: Property) -> bool:
        """Whether a value is one that the property may have."""
        check = self._checks[kind.type]
        if not kind.many:
            return check(value, kind)
        return _is_list(value) and all(check(each, kind) for each in value)

    def _is_choice(self, value: object, kind: Property) -> bool:
        values = self._vocabularies[kind.vocabulary or ""].values
        return isinstance(value, str) and value in values


def shown(value: object) -> str:
    """Return a value as an error may show it: short, on one line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def is_id(value: object) -> bool:
    """Whether it can name a record: 1 to 200 characters without spaces or control characters."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_day(value: object) -> bool:
    """Whether it is a day as ISO 8601 writes it: YYYY-MM-DD."""
    if not isinstance(value, str) or len(value) != len("2026-01-01"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return value[4] == value[7] == "-"


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_text(value: object, kind: Property) -> bool:
    if not isinstance(value, str) or len(value) > (kind.most or LONGEST):
        return False
    return _CONTROL.search(value) is None


def _is_integer(value: object, kind: Property) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    low = kind.least is None or value >= kind.least
    return low and (kind.most is None or value <= kind.most)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_point(value: object) -> bool:
    """Longitude and latitude in degrees, in that order."""
    if not _is_list(value) or len(value) != 2 or not all(map(_is_number, value)):
        return False
    lon, lat = (float(each) for each in value)
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _is_polygon(value: object) -> bool:
    """A GeoJSON Polygon or MultiPolygon."""
    if not isinstance(value, Mapping) or set(value) != {"type", "coordinates"}:
        return False
    parts = value["coordinates"]
    if value["type"] == "Polygon":
        parts = [parts]
    elif value["type"] != "MultiPolygon":
        return False
    return _is_list(parts) and all(_are_rings(rings) for rings in parts)


def _is_extra(value: object) -> bool:
    """A JSON object of bounded size, without texts that cannot be stored."""
    if not isinstance(value, Mapping):
        return False
    try:
        written = to_json(value)
    except (TypeError, ValueError):
        return False
    return len(written) <= LARGEST_EXTRA and _LONE_SURROGATE.search(written) is None


def _are_rings(rings: object) -> bool:
    return (
        _is_list(rings)
        and len(rings) > 0
        and all(_is_list(ring) and len(ring) >= 4 and all(map(_is_point, ring)) for ring in rings)
    )
