"""Whom could we ask? What the page says of each path, to whom."""

from collections.abc import Callable

import pytest
from flask import Flask
from shapely.geometry import box

from netwerk.domain.ids import NodeId
from netwerk.usecases.areas import Neighbourhood
from netwerk.web.presenters.map import drawn
from tests.web import street
from tests.web.conftest import Visitor

SignIn = Callable[[str], Visitor]
PATHS = f"/inhabitants/annie/paths/?need={street.NEED}"


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("own", "je belt De Lichtkring zelf"),
        ("mate", "je collega Own belt De Lichtkring"),
    ],
)
def test_the_first_move_is_mine_or_my_colleague_s(signed_in: SignIn, who: str, said: str) -> None:
    page = signed_in(who).get(PATHS).text
    assert said in page
    assert "Ze kennen elkaar: warm contact." in page


def test_a_path_says_who_somebody_is_and_what_they_do_there(signed_in: SignIn) -> None:
    page = signed_in("own").get(PATHS).text
    assert "vraag Bo Daalder of Annie Bergman een keer mee mag naar Wandelen in het park" in page
    assert "Bo Daalder (buur) doet daar vrijwilligerswerk." in page


HOME = (5.65, 51.48)


def around(name: str, x: float, y: float) -> Neighbourhood:
    """Return a neighbourhood of a few hundred metres around a point."""
    return Neighbourhood(
        id=NodeId(name), name=name, polygons=(box(x - 0.002, y - 0.002, x + 0.002, y + 0.002),)
    )


def rings(app: Flask, radius: float, place: tuple[float, float]) -> list[tuple[str, bool]]:
    """Return what is written on the circles of a map, and which is as far as was asked."""
    with app.test_request_context():
        found = drawn([], HOME, radius, [(1, "Koffie", place)])
    assert found is not None
    return [(ring.label, ring.reach) for ring in found.rings]


def test_a_map_says_how_far_things_are(app: Flask) -> None:
    near, far = (5.651, 51.481), (5.70, 51.48)
    assert rings(app, 1000, near) == [("500 m", False), ("1 km", True)]
    assert rings(app, 5000, near) == [("500 m", False), ("1 km", False)]
    assert rings(app, 5000, far) == [("1 km", False), ("2 km", False)]


def test_the_names_of_a_map_cover_nothing(app: Flask) -> None:
    with app.test_request_context():
        found = drawn(
            [around("Hier", *HOME), *[around("Oost", 5.656, 51.485)] * 2, around("Ver", 5.9, 51.4)],
            HOME,
            5000,
            [(1, "Koffie", (5.652, 51.48))],
        )
        assert drawn([], None, 5000, []) is None
    assert found is not None
    assert [name.text for name in found.names] == ["Oost"]
