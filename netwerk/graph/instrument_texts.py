"""The texts of questionnaires, from a file of who has the licence; this program has none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from netwerk.domain.errors import InvalidInputError
from netwerk.graph.instruments import INSTRUMENTS, Instrument

LONGEST: Final = 1000
"""Characters of one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What an instrument asks, by the key of the question; what is not in it was not filled in.

    `licence`: under which licence the texts stand here, for below the sheet.
    `answers`: by question, what each number of points is called.
    """

    licence: str
    items: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def read(path: Path) -> Mapping[str, Texts]:
    """Return the texts of a file. Raises InvalidInputError with what is wrong in it."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = type(error).__name__
        raise _wrong(f"{path}: it cannot be read as YAML ({reason})") from error
    return {name: _texts(name, given) for name, given in _mapping("the file", content).items()}


def _texts(name: str, given: object) -> Texts:
    instrument = INSTRUMENTS.get(name)
    if instrument is None:
        raise _wrong(f"{name} is none of {', '.join(INSTRUMENTS)}")
    told = _mapping(name, given)
    licence = told.get("licence")
    if not licence:
        raise _wrong(f"{name} says no licence")
    items: dict[str, str] = {}
    answers: dict[str, Mapping[int, str]] = {}
    shared = told.get("answers", {})
    for key, item in _mapping(name, told.get("items", {})).items():
        where = f"{name}, {key}"
        if str(key) not in instrument.items:
            raise _wrong(f"{where}: there is no such question")
        parts = item if isinstance(item, Mapping) else {"text": item}
        if parts.get("text"):
            items[str(key)] = _text(where, parts["text"])
        answers[str(key)] = _answers(where, instrument, parts.get("answers", shared))
    return Texts(licence=_text(name, licence), items=items, answers=answers)


def _answers(where: str, instrument: Instrument, given: object) -> Mapping[int, str]:
    told = _mapping(where, given)
    right = range(instrument.least, instrument.most + 1)
    if any(type(points) is not int or points not in right for points in told):
        raise _wrong(f"{where}: answers have {instrument.least} to {instrument.most} points")
    return {points: _text(where, each) for points, each in told.items()}


def _mapping(where: str, given: object) -> Mapping[Any, Any]:
    if not isinstance(given, Mapping):
        raise _wrong(f"{where}: names with texts were expected")
    return given


def _text(where: str, given: object) -> str:
    if isinstance(given, str) and 0 < len(given.strip()) <= LONGEST:
        return given.strip()
    raise _wrong(f"{where}: a text of at most {LONGEST} characters was expected")


def _wrong(reason: str) -> InvalidInputError:
    return InvalidInputError("NETWERK_INSTRUMENTS: %(reason)s.", reason=reason)
