"""The needs taxonomy, and who knows about which need."""

from collections.abc import Collection, Iterable

from netwerk.domain.access import Scope
from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import integer, text
from netwerk.domain.teams import members_of, teams_of
from netwerk.graph.needs import NeedMatch, line, match, meant
from netwerk.ports.stores import GraphStore

__all__ = ["NeedMatch", "experts", "match", "meant", "taxonomy"]


def taxonomy(store: GraphStore, scope: Scope) -> list[Need]:
    """Return all needs of the store, by code."""
    with store.directory(scope) as view:
        return [Need.from_node(node) for node in view.nodes("Need").labelled("Need")]


def experts(store: GraphStore, scope: Scope, codes: Collection[NeedId], most: int = 3) -> list[str]:
    """Return the names of the viewer's team who know most about these needs.

    Who knows the need itself, or one above or below it, comes before who knows its life domain.
    """
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team", "Need")
    mine = members_of(graph, teams_of(graph, scope.viewer))
    nearness = _nearness([Need.from_node(node) for node in graph.labelled("Need")], codes)
    known = {
        (nearness[r.target], -(integer(r.properties, "level") or 0), name)
        for r in graph.of_type("KNOWS_ABOUT")
        if r.source in mine - {scope.viewer}
        and r.target in nearness
        and (name := text(graph.nodes[r.source].properties, "name"))
    }
    return list(dict.fromkeys(name for _, _, name in sorted(known)))[:most]


def _nearness(every: Iterable[Need], codes: Collection[NeedId]) -> dict[NodeId, int]:
    """Return the needs that have to do with these: 0 for themselves, 1 for the same domain."""
    parents: dict[NodeId, NodeId | None] = {need.id: need.parent for need in every}
    domains = {line(code, parents)[-1] for code in codes}
    found: dict[NodeId, int] = {}
    for need in parents:
        above = line(need, parents)
        related = any(need in line(code, parents) or code in above for code in codes)
        if above[-1] in domains:
            found[need] = 0 if related else 1
    return found
