"""What a node of a graph is joined to, looked up by the type of relationship."""

from collections.abc import Callable, Iterable, Sequence

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Relationship, Subgraph


class Neighbours:
    """Looks up what surrounds a node; an end that is missing from the graph is left out."""

    def __init__(self, graph: Subgraph) -> None:
        """Sort all relationships by their ends."""
        self.nodes = graph.nodes
        self._out: dict[tuple[str, NodeId], list[Relationship]] = {}
        self._in: dict[tuple[str, NodeId], list[Relationship]] = {}
        for each in graph.relationships.values():
            self._out.setdefault((each.type, each.source), []).append(each)
            self._in.setdefault((each.type, each.target), []).append(each)

    def leaving(self, kind: str, key: NodeId) -> Sequence[Relationship]:
        """Return the relationships of a type from a node."""
        return self._out.get((kind, key), ())

    def reaching(self, kind: str, key: NodeId) -> Sequence[Relationship]:
        """Return the relationships of a type to a node."""
        return self._in.get((kind, key), ())

    def targets(self, kind: str, key: NodeId) -> list[Node]:
        """Return the nodes that it leads to."""
        return self._ends(self.leaving(kind, key), lambda r: r.target)

    def sources(self, kind: str, key: NodeId) -> list[Node]:
        """Return the nodes that lead to it."""
        return self._ends(self.reaching(kind, key), lambda r: r.source)

    def _ends(
        self, links: Iterable[Relationship], end: Callable[[Relationship], NodeId]
    ) -> list[Node]:
        return [self.nodes[end(r)] for r in links if end(r) in self.nodes]
