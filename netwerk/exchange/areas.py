"""GeoJSON of areas: any municipality, in degrees or on the Dutch grid, with its CBS codes."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, cast

import shapely
from shapely import GEOSException, make_valid, transform, unary_union
from shapely.geometry import MultiPolygon, Polygon, mapping, shape

from netwerk.domain.drafts import Draft, Problem, join
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Value
from netwerk.exchange.checks import Wrong as _Wrong
from netwerk.exchange.places import degrees, on_grid, polygonal

MOST_FEATURES: Final = 20_000
LARGEST: Final = 64_000_000
"""Bytes: a file is parsed as a whole."""
_MOST_POINTS: Final = 1_000_000
_HARMLESS: Final = 0.01
"""How much of its surface an area may gain or lose where crossing lines are mended."""
_DECIMALS: Final = 6
_CODE: Final = re.compile(r"GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}")
_PREFIX: Final = {4: "GM", 6: "WK", 8: "BU"}
_LEVELS: Final = {"GM": "municipality", "WK": "district", "BU": "neighbourhood"}
_CODES: Final = ("code", "statcode", "buurtcode", "bu_code", "wijkcode", "wk_code", "gemeentecode")
_NAMES: Final = {
    "BU": ("name", "naam", "statnaam", "buurtnaam", "bu_naam"),
    "WK": ("name", "naam", "statnaam", "wijknaam", "wk_naam"),
    "GM": ("name", "naam", "statnaam", "gemeentenaam", "gm_naam", "gemeente"),
}
_ABOVE: Final = {"WK": ("wijknaam", "wk_naam"), "GM": ("gemeentenaam", "gm_naam", "gemeente")}
_WATER: Final = frozenset({"ja", "b"})
_SOURCE: Final = "CBS / Kadaster (PDOK)"
_Shape = Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class _Area:
    row: int
    code: str
    name: str
    shape: _Shape
    above: Mapping[str, str]


def read(file: IO[bytes]) -> list[Draft]:
    """Return a draft for every area of a file, and for each wijk and gemeente above them.

    What the file does not have of those follows from the code, and never takes the place of what
    is stored. Raises InvalidInputError for what is no GeoJSON of areas.
    """
    features = _features(file)
    on_the_grid = _is_on_grid(features)
    found: dict[str, _Area] = {}
    wrong: list[Draft] = []
    for row, feature in enumerate(features, 1):
        try:
            area = _area(row, feature, on_the_grid=on_the_grid)
        except _Wrong as error:
            wrong.append(_refused(row, feature, error))
            continue
        if area is not None:
            found.setdefault(area.code, area)
    if not found and not wrong:
        raise InvalidInputError("There are no areas with a CBS code in this file.")
    return [*_above(found), *map(_draft, _ordered(found.values())), *wrong]


def write(nodes: Iterable[Node], parents: Mapping[str, str], points: Iterable[Node]) -> str:
    """Return areas, each with what it is part of, and places as one GeoJSON text."""
    features = [
        {
            "type": "Feature",
            "id": node.id,
            "properties": {
                **{
                    k: node.properties[k] for k in ("code", "name", "level") if k in node.properties
                },
                **({"part_of": parents[node.id]} if node.id in parents else {}),
            },
            "geometry": node.properties.get("polygon"),
        }
        for node in nodes
    ]
    places = [
        {
            "type": "Feature",
            "id": node.id,
            "properties": {k: v for k, v in node.properties.items() if k != "point"},
            "geometry": {"type": "Point", "coordinates": node.properties["point"]},
        }
        for node in points
    ]
    whole = {"type": "FeatureCollection", "features": [*features, *places]}
    return json.dumps(whole, ensure_ascii=False)


def _features(file: IO[bytes]) -> Sequence[Mapping[str, Any]]:
    raw = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise InvalidInputError("The file is too large. Take one municipality out of it.")
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError("This is not GeoJSON.") from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise InvalidInputError("This is not GeoJSON with a list of features.")
    if len(features) > MOST_FEATURES:
        raise InvalidInputError("The file is too large. Take one municipality out of it.")
    _require_known_system(whole)
    return cast("Sequence[Mapping[str, Any]]", features)


def _require_known_system(whole: Mapping[str, Any]) -> None:
    """Refuse coordinates of a system that is neither degrees nor the Dutch grid."""
    crs = whole.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name and not re.search(r"(28992|4326|4258|CRS84)$", name, re.IGNORECASE):
        raise InvalidInputError(
            "We cannot read the coordinates of this file (%(system)s). Save it in WGS 84 or RD.",
            system=name[:60],
        )


def _is_on_grid(features: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the coordinates are metres: a crs that says otherwise does not make them degrees."""
    first = next((pair for each in features for pair in _pairs(each.get("geometry"))), None)
    return first is not None and on_grid(*first)


def _pairs(geometry: object) -> Iterator[tuple[float, float]]:
    part = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(part, list) and part and isinstance(part[0], list):
        part = part[0]
    if isinstance(part, list) and len(part) >= 2 and all(isinstance(n, int | float) for n in part):
        yield float(part[0]), float(part[1])


def _area(row: int, feature: Mapping[str, Any], *, on_the_grid: bool) -> _Area | None:
    """Return the area of a feature; None for what is none, or water. Raises _Wrong."""
    facts = _facts(feature)
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"} or facts.get("water", "").casefold() in _WATER:
        return None
    code = _code(facts, str(feature.get("id", "")))
    name = next((facts[key] for key in _NAMES[code[:2]] if facts.get(key)), code)
    above = {
        level: next((facts[key] for key in keys if facts.get(key)), "")
        for level, keys in _ABOVE.items()
    }
    return _Area(row, code, name[:200], _shape(geometry, on_the_grid=on_the_grid), above)


def _facts(feature: Mapping[str, Any]) -> dict[str, str]:
    given = feature.get("properties")
    facts = given if isinstance(given, dict) else {}
    return {
        str(key).casefold(): " ".join(str(v).split()) for key, v in facts.items() if v is not None
    }


def _code(facts: Mapping[str, str], key: str) -> str:
    for value in (*(facts.get(each, "") for each in _CODES), key):
        code = value.upper()
        code = _PREFIX.get(len(code), "") + code if code.isascii() and code.isdigit() else code
        if _CODE.fullmatch(code):
            return code
    raise _Wrong("This area has no CBS code (GM0794, WK079401 or BU07940101).")


def _shape(geometry: Any, *, on_the_grid: bool) -> _Shape:
    try:
        found = shape(geometry)
        if shapely.get_num_coordinates(found) > _MOST_POINTS:
            raise _Wrong("The border has far too many points.")
        found = shapely.force_2d(found)
        found = transform(found, _turned) if on_the_grid else found
        mended = polygonal(found if found.is_valid else make_valid(found))
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise _Wrong("The border of this area cannot be read.") from error
    if mended is None or abs(mended.area - found.area) > _HARMLESS * mended.area:
        raise _Wrong("The lines of this border cross each other. Draw it anew.")
    west, south, east, north = mended.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise _Wrong("This border is not on the earth: its coordinates are in an unknown system.")
    return mended


def _turned(pairs: Any) -> Any:
    for pair in pairs:
        pair[0], pair[1] = degrees(pair[0], pair[1])
    return pairs


def _above(found: Mapping[str, _Area]) -> list[Draft]:
    """Return drafts of the gemeenten and wijken that the file does not have itself."""
    made: dict[str, list[_Area]] = {}
    for area in found.values():
        for code in _parents(area.code):
            if code not in found:
                made.setdefault(code, []).append(area)
    drafts: list[Draft] = []
    for code, parts in sorted(made.items(), key=lambda each: (len(each[0]), each[0])):
        name = next((a.above[code[:2]] for a in parts if a.above[code[:2]]), "")
        whole = polygonal(unary_union([area.shape for area in parts]))
        defaults: dict[str, Value] = {"name": name or _plain_name(code), "source": _SOURCE}
        if whole is not None:
            defaults["polygon"] = _written(whole)
        about = {"code": code, "level": _LEVELS[code[:2]]}
        drafts.append(_of(0, code, defaults["name"], about, defaults))
    return drafts


def _plain_name(code: str) -> str:
    return f"Wijk {code[-2:]}" if code.startswith("WK") else code


def _parents(code: str) -> list[str]:
    """Return the codes of what an area is part of, the largest first."""
    digits = code[2:]
    every = [f"GM{digits[:4]}", f"WK{digits[:6]}"]
    return [each for each in every if len(each) < len(code)]


def _ordered(areas: Iterable[_Area]) -> list[_Area]:
    return sorted(areas, key=lambda area: (len(area.code), area.row))


def _draft(area: _Area) -> Draft:
    about: dict[str, Value] = {
        "code": area.code,
        "name": area.name,
        "level": _LEVELS[area.code[:2]],
        "polygon": _written(area.shape),
        "source": _SOURCE,
    }
    return _of(area.row, area.code, area.name, about, {})


def _of(
    row: int, code: str, name: Value, about: Mapping[str, Value], defaults: Mapping[str, Value]
) -> Draft:
    key = NodeId(code)
    parents = _parents(code)
    links = [join("PART_OF", key, NodeId(parents[-1]))] if parents else []
    return Draft(
        key=key,
        row=row,
        title=f"{name} ({code})",
        records=(Node(label="Area", id=key, properties=about), *links),
        defaults={code: defaults} if defaults else {},
    )


def _refused(row: int, feature: Mapping[str, Any], wrong: _Wrong) -> Draft:
    facts = _facts(feature)
    told = [facts.get(key, "") for key in ("name", "naam", "buurtnaam", "wijknaam", *_CODES)]
    title = next((each for each in (*told, str(feature.get("id", ""))) if each), str(row))
    problem = Problem(row=row, column=title[:80], reason=wrong.reason, fatal=True)
    return Draft(
        key=NodeId(f"feature-{row}"), row=row, title=title[:80], records=(), problems=(problem,)
    )


def _written(found: _Shape) -> Value:
    """Return a shape as GeoJSON, in lists, rounded to what a border is drawn with."""
    told = mapping(shapely.set_precision(found, 10**-_DECIMALS, mode="pointwise"))
    return {"type": told["type"], "coordinates": _lists(told["coordinates"])}


def _lists(part: Any) -> Any:
    if isinstance(part, float | int):
        return round(part, _DECIMALS)
    return [_lists(each) for each in part]
