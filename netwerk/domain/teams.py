"""Who is in a team with whom."""

from collections.abc import Collection

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Subgraph


def teams_of(graph: Subgraph, worker: NodeId) -> list[NodeId]:
    """Return the teams of which somebody is a member."""
    return [r.target for r in graph.of_type("MEMBER_OF") if r.source == worker]


def members_of(graph: Subgraph, teams: Collection[NodeId]) -> frozenset[NodeId]:
    """Return who is a member of one of these teams."""
    return frozenset(r.source for r in graph.of_type("MEMBER_OF") if r.target in teams)
