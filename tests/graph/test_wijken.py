"""In which wijk something is: told by the directory first, else by where it lies."""

from typing import Any

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Record, Subgraph
from netwerk.graph.wijken import Wijken
from tests.worlds import link, node


def _square(west: float) -> dict[str, Any]:
    ring = [[west, 51.4], [west + 0.1, 51.4], [west + 0.1, 51.5], [west, 51.5], [west, 51.4]]
    return {"type": "Polygon", "coordinates": [ring]}


def area(key: str, level: str, **facts: Any) -> Record:
    return node("Area", key, code=key, name=key.upper(), level=level, **facts)


def test_the_directory_goes_before_the_map_and_a_buurt_is_part_of_a_wijk() -> None:
    wijken = Wijken(
        Subgraph.of(
            [
                area("w0", "district", polygon=_square(5.6)),
                area("w1", "district", polygon=_square(5.7)),
                area("b1", "neighbourhood"),
                area("m", "municipality"),
                link("PART_OF", "b1", "w1"),
                link("PART_OF", "w1", "m"),
                node("Location", "told", point=[5.65, 51.45]),
                node("Location", "lies", point=[5.65, 51.45]),
                node("Location", "far", point=[4.0, 51.45]),
                node("Location", "nowhere"),
                node("Organization", "both", name="?"),
                node("Organization", "none", name="?"),
                link("IN_AREA", "told", "b1"),
                link("LOCATED_AT", "both", "told"),
                link("LOCATED_AT", "both", "lies"),
            ]
        )
    )
    assert [name for _, name in wijken.names] == ["W0", "W1"]
    found = {key: set(wijken.of(NodeId(key))) for key in ("told", "lies", "far", "nowhere", "both")}
    assert found == {
        "told": {"w1"},
        "lies": {"w0"},
        "far": set(),
        "nowhere": set(),
        "both": {"w0", "w1"},
    }
    assert wijken.of(NodeId("none")) == wijken.of(NodeId("unknown")) == frozenset()


def test_without_wijken_the_buurten_count_and_nothing_wrong_breaks_it() -> None:
    wijken = Wijken(
        Subgraph.of(
            [
                area("b0", "neighbourhood", polygon={"type": "Nonsense", "coordinates": []}),
                area("b", "neighbourhood"),
                area("b1", "neighbourhood", polygon=_square(5.6)),
                area("x", "municipality"),
                area("y", "municipality"),
                link("PART_OF", "x", "y"),
                link("PART_OF", "y", "x"),
                node("Location", "round"),
                link("IN_AREA", "round", "x"),
            ]
        )
    )
    assert wijken.at((5.65, 51.45)) == "b1"
    assert wijken.of(NodeId("round")) == frozenset()
