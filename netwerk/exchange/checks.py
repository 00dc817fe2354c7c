"""What may stand in one cell, and what is said of what may not."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from netwerk.domain.comparing import plain
from netwerk.domain.records import Value
from netwerk.exchange.cells import FORMULA
from netwerk.exchange.words import Terms, Words

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_POSTCODE: Final = re.compile(r"([1-9][0-9]{3})\s*([A-Z]{2})")
_NEVER: Final = frozenset({"SA", "SD", "SS"})
"""Letters that no postcode has."""
_PHONE: Final = re.compile(r"\+?[0-9 ()./-]{3,39}")
_EMAIL: Final = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]{2,}")
_URL: Final = re.compile(
    r"(?:https?://)?[^\s/:@<>\"']+\.[^\s/:@<>\"'.]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I
)
_CODE: Final = re.compile(r"[a-z]{2,3}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,7}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,7}(?:[.,][0-9]+)?")
_DAY: Final = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_NINE: Final = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_PARTS: Final = re.compile(r"[;\n|]+")
_LOOSE: Final = re.compile(r"[;,\n|]+")
_YES: Final = frozenset({"ja", "yes", "j", "y", "x", "1", "waar", "true"})
_NO: Final = frozenset({"nee", "no", "n", "0", "onwaar", "false", "neen"})


class Wrong(Exception):  # noqa: N818 -- it is said of a cell, and no failure of the program
    """What is said of a cell that cannot be what its column says; `kept`: what is used of it."""

    def __init__(self, reason: str, *, suggestion: str = "", kept: Value | None = None) -> None:
        """Take the sentence, what may be meant, and what of the cell is used after all."""
        self.reason = reason
        self.suggestion = suggestion
        self.kept = kept
        super().__init__(reason)


_Wrong = Wrong


@dataclass(frozen=True, slots=True)
class Checks:
    """Reads cells: what each column may hold. `most` is how long a text may be."""

    words: Words
    most: Mapping[str, int]
    _by_key: dict[str, Callable[[str], Value]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        terms = self.words.vocabularies
        self._by_key.update(
            kind=_one_of(terms["organization_kind"]),
            contact_role=_one_of(terms["contact_role"]),
            formality=_one_of(terms["formality"]),
            delivery=_one_of(terms["delivery"]),
            payment=_one_of(terms["payment"]),
            needs=_some_of(self.words.needs),
            languages=_languages(self.words.languages),
            postcode=_postcode,
            phone=_phone,
            contact_phone=_phone,
            email=_email,
            contact_email=_email,
            url=_url,
            alternate_names=_list,
            hours=_list,
            masked=_flag,
            wheelchair=_flag,
            verified_on=_day,
            valid_to=_day,
            lat=_decimal,
            lon=_decimal,
            age_min=_within(130),
            age_max=_within(130),
            capacity=_within(100_000),
            load=_within(100_000),
        )

    def read(self, key: str, cell: str) -> Value:
        """Return what a cell says. Raises Wrong."""
        if cell.startswith(FORMULA):
            return self._calculated(key, cell.removeprefix(FORMULA))
        said = _CONTROL.sub("", cell).strip()
        if key not in _NUMBERS and any(map(_is_bsn, _NINE.findall(said))):
            raise _Wrong("This looks like a citizen service number (BSN). It was left out.")
        longest = self.most.get(key, 8000)
        value = self._by_key.get(key, str)(said)
        if isinstance(value, str) and len(value) > longest:
            raise _Wrong("This is too long. Only the first part was taken.", kept=value[:longest])
        return value

    def _calculated(self, key: str, cell: str) -> Value:
        """Read what was last made of a formula; nothing is ever calculated here."""
        if not cell.strip() or cell.startswith("#"):
            raise _Wrong("This is a formula, and its result is not in the file. It was left out.")
        kept = self.read(key, cell)
        raise _Wrong(
            "This is a formula. The result that was kept in the file was taken.", kept=kept
        )


_NUMBERS: Final = frozenset({"phone", "contact_phone", "source_id", "lat", "lon", "id"})
"""Columns in which nine digits are nobody's number."""


def _is_bsn(digits: str) -> bool:
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def _postcode(said: str) -> str:
    found = _POSTCODE.fullmatch(said.upper())
    if found is None or found[2] in _NEVER:
        raise _Wrong("This is not a postcode (write it as 5701 AB).")
    return found[1] + found[2]


def _phone(said: str) -> str:
    if not _PHONE.fullmatch(said):
        raise _Wrong("This is not a phone number.")
    digits = re.sub("[^0-9]", "", said)
    if len(digits) == 9 and digits[0] != "0" and not said.startswith("+"):
        raise _Wrong("The first 0 was missing. It was put before it.", kept="0" + said)
    return said


def _email(said: str) -> str:
    if not _EMAIL.fullmatch(said):
        raise _Wrong("This is not an e-mail address.")
    return said


def _url(said: str) -> str:
    if not _URL.fullmatch(said):
        raise _Wrong("This is not the address of a website.")
    return said


def _flag(said: str) -> bool:
    word = plain(said)
    if word not in _YES | _NO:
        raise _Wrong("Write yes or no.")
    return word in _YES


def _day(said: str) -> str:
    turned = _DAY.fullmatch(said)
    written = f"{turned[3]}-{turned[2]:0>2}-{turned[1]:0>2}" if turned else said[:10]
    with suppress(ValueError):
        if len(written) == len("2026-11-30"):
            return date.fromisoformat(written).isoformat()
    raise _Wrong("This is not a day (write it as 30-11-2026).")


def _decimal(said: str) -> float:
    if not _DECIMAL.fullmatch(said):
        raise _Wrong("This is not a number.")
    return float(said.replace(",", "."))


def _within(most: int) -> Callable[[str], int]:
    def whole(said: str) -> int:
        if not _NUMBER.fullmatch(said) or not 0 <= int(said) <= most:
            raise _Wrong("This is not a whole number that can be meant here.")
        return int(said)

    return whole


def _one_of(terms: Terms) -> Callable[[str], str]:
    def one(said: str) -> str:
        value, meant = terms.find(said)
        if value is None:
            raise _Wrong("We do not know this word.", suggestion=meant)
        return value

    return one


def _some_of(terms: Terms) -> Callable[[str], list[str]]:
    def some(said: str) -> list[str]:
        whole, _ = terms.find(said)
        parts = [said] if whole else [each.strip() for each in _LOOSE.split(said)]
        found = [terms.find(each) for each in parts if each]
        known = list(dict.fromkeys(value for value, _ in found if value is not None))
        if len(known) < len({plain(each) for each in parts if each}) and None in [
            v for v, _ in found
        ]:
            meant = next((suggestion for value, suggestion in found if value is None), "")
            raise _Wrong("We do not know every word here.", suggestion=meant, kept=known or None)
        return known

    return some


def _languages(terms: Terms) -> Callable[[str], list[str]]:
    """Read languages by name, or by their ISO 639 code, which is taken as it is."""
    by_name = _some_of(terms)

    def several(said: str) -> list[str]:
        parts = [each.strip() for each in _LOOSE.split(said) if each.strip()]
        if parts and all(map(_CODE.fullmatch, parts)):
            return parts
        return by_name(said)

    return several


def _list(said: str) -> Sequence[str]:
    return [each.strip() for each in _PARTS.split(said) if each.strip()]
