"""Reads the data files of the demo."""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("netwerk.demo") / "data"


@cache
def _json(name: str) -> Any:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def areas() -> Sequence[Mapping[str, Any]]:
    """Return the GeoJSON features of the municipality, its wijken and its buurten."""
    found: Sequence[Mapping[str, Any]] = _json("areas.geojson")["features"]
    return found


@cache
def schools() -> Sequence[Mapping[str, str]]:
    """Return the real schools, one row per site."""
    text = (_DATA / "schools.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def partners() -> Mapping[str, Any]:
    """Return the invented organizations, roles of contact persons, and teams."""
    found: Mapping[str, Any] = _json("partners.json")
    return found


def services() -> list[dict[str, Any]]:
    """Return what organizations offer, one row per kind of offer."""
    table = _json("services.json")
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def stories() -> Sequence[Mapping[str, Any]]:
    """Return the life stories that were written by hand."""
    found: Sequence[Mapping[str, Any]] = _json("stories.json")
    return found


def worked() -> Mapping[str, Any]:
    """Return what was worked on in De Wit's case, and sentences for the others."""
    found: Mapping[str, Any] = _json("worked.json")
    return found


def questions() -> Mapping[str, Any]:
    """Return questions in people's own words, and shapes of networks."""
    found: Mapping[str, Any] = _json("questions.json")
    return found


def names() -> Mapping[str, Any]:
    """Return first and last names by culture."""
    found: Mapping[str, Any] = _json("names.json")
    return found
