"""Areas from GeoJSON: in degrees or on the grid, whole or refused by name."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from netwerk import demo
from netwerk.domain.drafts import Draft
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.records import Relationship
from netwerk.exchange import areas
from netwerk.exchange.places import Neighbourhoods

CASTRICUM = Path(__file__).parent / "castricum" / "buurten.geojson"
HELMOND = Path(demo.__file__).parent / "data" / "areas.geojson"
SQUARE = [[[4.66, 52.54], [4.67, 52.54], [4.67, 52.55], [4.66, 52.55], [4.66, 52.54]]]
BOW = [[[4.66, 52.54], [4.67, 52.55], [4.67, 52.54], [4.66, 52.55], [4.66, 52.54]]]
SPIKE = [[*SQUARE[0][:2], [4.675, 52.54], [4.67, 52.54], *SQUARE[0][2:]]]
"""A line out and back: it crosses itself, and has no surface."""


def feature(rings: Any = SQUARE, kind: str = "Polygon", **facts: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": "BU03830001", "naam": "Centrum", **facts},
        "geometry": {"type": kind, "coordinates": rings},
    }


def read(*features: Any, **more: Any) -> list[Draft]:
    whole = {"type": "FeatureCollection", "features": list(features), **more}
    return areas.read(io.BytesIO(json.dumps(whole).encode()))


def facts(draft: Draft) -> dict[str, Any]:
    return {**draft.defaults.get(draft.key, {}), **draft.records[0].properties}


def on_grid(rings: Any) -> Any:
    turn = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
    return [[list(turn.transform(*pair)) for pair in ring] for ring in rings]


def test_buurten_bring_their_wijken_and_gemeente() -> None:
    with CASTRICUM.open("rb") as file:
        found = areas.read(file)
    by_code = {draft.key: draft for draft in found}
    assert facts(by_code["GM0383"])["name"] == "Castricum"  # type: ignore[index]
    assert facts(by_code["WK038300"])["level"] == "district"  # type: ignore[index]
    levels = [facts(draft)["level"] for draft in found]
    assert levels == sorted(levels, key=["municipality", "district", "neighbourhood"].index)
    links = [r for draft in found for r in draft.records if isinstance(r, Relationship)]
    above = {link.source: link.target for link in links}
    assert above["BU03830001"] == "WK038300"  # type: ignore[index]
    assert above["WK038300"] == "GM0383"  # type: ignore[index]
    assert not any(draft.problems for draft in found)


def test_what_the_file_does_not_have_takes_the_place_of_nothing() -> None:
    whole, district, own = read(feature())
    assert (
        set(whole.records[0].properties)
        == set(district.records[0].properties)
        == {
            "code",
            "level",
        }
    )
    assert "polygon" in own.records[0].properties
    assert not own.defaults


def test_the_grid_is_turned_into_degrees_whatever_the_file_says_of_it() -> None:
    rd = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    for more in ({}, {"crs": rd}):
        own = read(feature(on_grid(SQUARE)), **more)[-1]
        ring = facts(own)["polygon"]["coordinates"][0]
        for turned, expected in zip(sorted(ring), sorted(SQUARE[0]), strict=True):
            assert turned == pytest.approx(expected, abs=2e-5)


def test_another_system_is_refused_by_name() -> None:
    mercator = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(InvalidInputError) as refused:
        read(feature(), crs=mercator)
    assert "3857" in str(refused.value)
    assert read(feature([[[p[0] * 1e6, p[1] * 1e6] for p in SQUARE[0]]]))[-1].is_wrong


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "BU03830001"}, "BU03830001"),
        ({"code": None, "buurtcode": "bu03830001", "gemeentecode": "GM0383"}, "BU03830001"),
        ({"code": None, "statcode": "WK038301"}, "WK038301"),
        ({"code": "03830001"}, "BU03830001"),
        ({"code": "0383"}, "GM0383"),
    ],
)
def test_the_code_is_found_under_many_names(given: dict[str, Any], code: str) -> None:
    assert read(feature(**given))[-1].key == code


def test_an_area_without_a_code_is_named_and_the_others_come() -> None:
    found = read(feature(code="x"), feature(), feature(BOW, code="BU03830002", naam="Vlinder"))
    wrong = [draft for draft in found if draft.is_wrong]
    assert [(each.row, each.title) for each in wrong] == [(1, "Centrum"), (3, "Vlinder")]
    assert "cross" in wrong[1].problems[0].reason
    assert [draft.key for draft in found if not draft.is_wrong] == [
        "GM0383",
        "WK038300",
        "BU03830001",
    ]


def test_a_harmless_crossing_is_mended() -> None:
    own = read(feature(SPIKE))[-1]
    assert not own.is_wrong
    ring = facts(own)["polygon"]["coordinates"][0]
    assert {tuple(pair) for pair in ring} == {tuple(pair) for pair in SQUARE[0]}


@pytest.mark.parametrize(
    "rings",
    [[], [[]], [[[1]]], [[["a", "b"]] * 5], None, 5, [SQUARE[0][:2]], [[[1e308, 1e308]] * 5]],
)
def test_a_border_that_is_none_is_refused(rings: Any) -> None:
    assert all(draft.is_wrong for draft in read(feature(rings)))


def test_water_and_points_are_no_areas() -> None:
    point = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    found = read(feature(code="BU03830003", water="JA"), point, feature(), {"type": "Feature"})
    assert [draft.key for draft in found][-1] == "BU03830001"
    with pytest.raises(InvalidInputError):
        read(point)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"features": 5}', b'{"features": [5]}', b"[" * 100_000, b"\xff"]
)
def test_what_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        areas.read(io.BytesIO(content))


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(areas, "MOST_FEATURES", 2)
    with pytest.raises(InvalidInputError):
        read(feature(), feature(), feature())
    monkeypatch.setattr(areas, "_MOST_POINTS", 3)
    assert read(feature())[-1].is_wrong
    monkeypatch.setattr(areas, "LARGEST", 10)
    with pytest.raises(InvalidInputError):
        read(feature())


def test_a_point_is_found_in_its_neighbourhood() -> None:
    with HELMOND.open("rb") as file:
        nodes = [draft.records[0] for draft in areas.read(file)]
    found = Neighbourhoods(nodes)  # type: ignore[arg-type]
    assert found.at(5.6612, 51.4815) is not None
    assert str(found.at(5.6612, 51.4815)).startswith("BU0794")
    assert found.at(4.66, 52.54) is None
