"""The neighbourhoods: their borders and a point inside, whatever the drawing is like."""

from typing import Any

import pytest

from netwerk.domain.errors import InvalidInputError, InvalidRecordError
from netwerk.usecases import areas
from tests.builders import memory_store
from tests.worlds import SCOPE, node

SQUARE = [[[5.0, 51.0], [5.2, 51.0], [5.2, 51.2], [5.0, 51.2], [5.0, 51.0]]]
SMALL = [[[6.0, 52.0], [6.01, 52.0], [6.01, 52.01], [6.0, 52.01], [6.0, 52.0]]]
OPEN = [[[5.0, 51.0]]]


def drawn(geometry: dict[str, Any] | None) -> areas.Neighbourhood:
    """Return the one neighbourhood of a municipality, drawn like this."""
    store = memory_store(
        [
            node("Area", "town", code="GM1", name="Town", level="municipality"),
            node("Area", "here", code="BU1", name="Here", level="neighbourhood", polygon=geometry),
        ]
    )
    (found,) = areas.neighbourhoods(store, SCOPE)
    return found


def test_a_neighbourhood_has_a_border_and_a_middle() -> None:
    found = drawn({"type": "Polygon", "coordinates": SQUARE})
    assert (found.id, found.name, len(found.borders)) == ("here", "Here", 1)
    assert found.middle == (5.1, 51.1)


def test_of_two_pieces_the_middle_is_in_the_larger() -> None:
    found = drawn({"type": "MultiPolygon", "coordinates": [SMALL, SQUARE]})
    assert len(found.borders) == 2
    assert found.middle == (5.1, 51.1)


@pytest.mark.parametrize("geometry", [None, {"type": "MultiPolygon", "coordinates": []}])
def test_without_a_border_there_is_a_name(geometry: dict[str, Any] | None) -> None:
    found = drawn(geometry)
    assert (found.name, found.borders, found.middle) == ("Here", (), None)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": OPEN},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "Point", "coordinates": [5.0, 51.0]},
    ],
)
def test_a_border_that_is_none_does_not_come_in(geometry: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecordError):
        drawn(geometry)


def test_they_come_by_name() -> None:
    every = [
        node("Area", key, code=key, name=name, level="neighbourhood")
        for key, name in (("a", "zuid"), ("b", "Noord"), ("c", "noord"))
    ]
    found = areas.neighbourhoods(memory_store(every), SCOPE)
    assert [each.id for each in found] == ["b", "c", "a"]


def test_an_area_is_looked_around_from_its_middle() -> None:
    here = drawn({"type": "Polygon", "coordinates": SQUARE})
    bare = drawn(None)
    assert areas.middle_of({"neighbourhood": [here]}, "here") == (5.1, 51.1)
    assert areas.middle_of({"neighbourhood": [here]}, "") is None
    for every in ([], [bare]):
        with pytest.raises(InvalidInputError, match="here"):
            areas.middle_of({"neighbourhood": every}, "here")


def test_a_point_lies_in_the_neighbourhood_whose_border_is_around_it() -> None:
    here = drawn({"type": "Polygon", "coordinates": SQUARE})
    assert areas.holding([drawn(None), here], (5.1, 51.1)) == here
    assert areas.holding([here], (5.3, 51.1)) is None
