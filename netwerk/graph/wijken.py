"""In which wijk something is: told by the directory, or by where it lies."""

from collections.abc import Mapping
from functools import cached_property

from shapely.errors import ShapelyError
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Point, Subgraph, point, text


class Wijken:
    """The wijken (districts) of the municipality, and what is in them.

    Where there are no districts, the neighbourhoods are taken for them.
    """

    def __init__(self, graph: Subgraph) -> None:
        """Take a graph with the Areas, PART_OF, IN_AREA and LOCATED_AT with the Locations."""
        areas = graph.labelled("Area")
        districts = [each for each in areas if _level(each) == "district"]
        smallest = [each for each in areas if _level(each) == "neighbourhood"]
        self._graph = graph
        self.areas: Mapping[NodeId, Node] = {each.id: each for each in districts or smallest}
        self._parents = {r.source: r.target for r in graph.of_type("PART_OF")}
        self._areas_of = {r.source: r.target for r in graph.of_type("IN_AREA")}
        self._places: dict[NodeId, list[NodeId]] = {}
        for each in graph.of_type("LOCATED_AT"):
            self._places.setdefault(each.source, []).append(each.target)

    @property
    def names(self) -> list[tuple[NodeId, str]]:
        """Ids and names, by name."""
        named = [(key, text(node.properties, "name") or key) for key, node in self.areas.items()]
        return sorted(named, key=lambda each: (each[1].casefold(), each[0]))

    def of(self, node: NodeId) -> frozenset[NodeId]:
        """Return the wijken in which a record, or a place of it, is; empty where nobody knows."""
        found = {self._one(each) for each in (node, *self._places.get(node, ()))}
        return frozenset(each for each in found if each is not None)

    def at(self, spot: Point) -> NodeId | None:
        """Return the wijk in which a point lies; None outside all of them."""
        where = Spot(spot)
        return next((key for key, border in self._borders if border.covers(where)), None)

    def _one(self, node: NodeId) -> NodeId | None:
        told = self.above(self._areas_of.get(node))
        if told is not None:
            return told
        found = self._graph.nodes.get(node)
        spot = point(found.properties) if found is not None else None
        return None if spot is None else self.at(spot)

    def above(self, area: NodeId | None) -> NodeId | None:
        """Return the wijk that an area is, or is part of."""
        passed: set[NodeId] = set()
        while area is not None and area not in self.areas and area not in passed:
            passed.add(area)
            area = self._parents.get(area)
        return area if area in self.areas else None

    @cached_property
    def _borders(self) -> list[tuple[NodeId, BaseGeometry]]:
        drawn = [(key, _drawn(node)) for key, node in sorted(self.areas.items())]
        return [(key, border) for key, border in drawn if border is not None]


def _level(node: Node) -> str | None:
    return text(node.properties, "level")


def _drawn(node: Node) -> BaseGeometry | None:
    geometry = node.properties.get("polygon")
    if not isinstance(geometry, Mapping):
        return None
    try:
        return shape(dict(geometry))
    except (ShapelyError, ValueError):
        return None
