"""Taking the directory out: for a reason, noted, marked with who and when; secrets stay so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.keeping import require_permission
from netwerk.domain.people import Worker
from netwerk.domain.records import Node, Subgraph, flag, text
from netwerk.exchange import areas, partner_rows
from netwerk.ports.clock import Clock
from netwerk.ports.stores import GraphStore

SHORTEST: Final = 5
LONGEST: Final = 300
_TOGETHER: Final = 400
_SHOWN: Final = frozenset({"address", "postcode", "city", "point"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to take out, and why; `kind` is csv, xlsx or geojson."""

    kind: str
    reason: str
    language: str = "nl"


def partners(store: GraphStore, scope: Scope, clock: Clock, wish: Wish) -> Iterator[list[str]]:
    """Return all organizations as rows, the headings first. Raises InvalidInputError."""
    graph, who = _taken(store, scope, wish)
    mark = f"{who}, {clock.now():%Y-%m-%d %H:%M} UTC"
    return partner_rows.rows(graph, wish.language, mark)


def places(store: GraphStore, scope: Scope, wish: Wish) -> str:
    """Return the areas, and where partners are if that may be known, as GeoJSON."""
    graph, _ = _taken(store, scope, wish)
    parents = {str(r.source): str(r.target) for r in graph.of_type("PART_OF")}
    located = {r.target for r in graph.of_type("LOCATED_AT")}
    shown = [
        node
        for node in graph.labelled("Location")
        if node.id in located
        and "point" in node.properties
        and flag(node.properties, "masked") is not True
    ]
    named = [_named(graph, node) for node in shown]
    return areas.write(graph.labelled("Area"), parents, named)


def _taken(store: GraphStore, scope: Scope, wish: Wish) -> tuple[Subgraph, str]:
    """Return what may be taken out, and who takes it; it is noted first."""
    if not SHORTEST <= len(wish.reason.strip()) <= LONGEST:
        raise InvalidInputError("Say in a few words what you need this for.")
    with store.directory(scope) as view:
        colleagues = view.nodes("Worker")
        require_permission(colleagues, scope, Permission.DIRECTORY_EXPORT)
        whole = view.nodes("Organization", "Location", "Area")
        keys = [node.id for node in whole.labelled("Organization")]
        for several in _batches(keys):
            whole |= view.around(several)
        services = [node.id for node in whole.labelled("Service")]
        for several in _batches(services):
            whole |= view.around(several)
    details = {"kind": wish.kind, "reason": wish.reason.strip()}
    with store.system() as work:
        work.audit(replace(AuditEvent.within(scope, "export-directory"), details=details))
    keeper = colleagues.nodes.get(scope.viewer)
    return whole, scope.viewer if keeper is None else Worker.from_node(keeper).name


def _batches(keys: Sequence[NodeId]) -> Iterator[Sequence[NodeId]]:
    yield from (keys[at : at + _TOGETHER] for at in range(0, len(keys), _TOGETHER))


def _named(graph: Subgraph, place: Node) -> Node:
    """Return a place with the names of who is there, and nothing else of them."""
    there = (r.source for r in graph.of_type("LOCATED_AT") if r.target == place.id)
    names = {text(graph.nodes[key].properties, "name") or "" for key in there if key in graph.nodes}
    told = {k: v for k, v in place.properties.items() if k in _SHOWN}
    return replace(place, properties={**told, "names": sorted(names)})
