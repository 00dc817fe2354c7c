"""All that is kept of a kind, to reach it without knowing what to search for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Subgraph, text
from netwerk.domain.sheets import SHEETS
from netwerk.ports.stores import DirectoryView, GraphStore
from netwerk.usecases.keeping.entries import Place, name_of, require_keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in a list: what it is called, what tells it apart, and when it was asked after."""

    place: Place
    name: str
    near: str
    node: Node
    stopped: bool


def listed(store: GraphStore, scope: Scope, kind: str) -> list[Row]:
    """Return all entries of a kind by name, for who keeps them."""
    people = kind == "volunteers"
    with store.directory(scope, "list-volunteers" if people else None) as view:
        label = SHEETS[kind].label
        require_keeper(view, scope, Node(label=label, id=scope.viewer))
        seen = _volunteers(view) if people else view.nodes(label, _LABELS.get(kind, label))
    near = _near(kind, seen)
    found = [_row(kind, node, near.get(node.id, ""), scope) for node in seen.labelled(label)]
    return sorted(found, key=lambda row: (row.name.casefold(), row.near.casefold(), row.place.key))


def terms(store: GraphStore, scope: Scope) -> Mapping[NodeId, Node]:
    """Return the needs and areas, for who reads of them by id."""
    with store.directory(scope) as view:
        return view.nodes("Need", "Area").nodes


def searched(rows: Iterable[Row], typed: str) -> list[Row]:
    """Return the rows in which all these words are."""
    wanted = typed.casefold().split()
    return [
        row for row in rows if all(word in f"{row.name} {row.near}".casefold() for word in wanted)
    ]


_BESIDE: Final[Mapping[str, Mapping[str, str]]] = {
    "services": {"PROVIDES": "target"},
    "locations": {"IN_AREA": "source"},
}
"""Relationships that tell entries apart that are called the same, and at which end those are."""
_LABELS: Final = {"services": "Organization", "locations": "Area"}


def _volunteers(view: DirectoryView) -> Subgraph:
    services = [each.id for each in view.nodes("Service").labelled("Service")]
    around = view.around(services)
    registered = {r.source for r in around.of_type("VOLUNTEERS_FOR")}
    nodes = {key: node for key, node in around.nodes.items() if key in registered}
    return Subgraph(nodes=nodes)


def _near(kind: str, seen: Subgraph) -> dict[NodeId, str]:
    """Return by node what tells it apart from others that are called the same."""
    if kind == "needs":
        above = {n.id: text(n.properties, "parent") for n in seen.nodes.values()}
        every = {key: NodeId(parent or "") for key, parent in above.items()}
        return {key: name_of(seen.nodes[up]) for key, up in every.items() if up in seen.nodes}
    found: dict[NodeId, str] = {}
    for each in seen.of_type(*_BESIDE.get(kind, {})):
        own, other = _BESIDE[kind][each.type], (each.source, each.target)
        key, end = other if own == "source" else other[::-1]
        found[key] = name_of(seen.nodes[end])
    return found


def _row(kind: str, node: Node, near: str, scope: Scope) -> Row:
    end = text(node.properties, "valid_to")
    return Row(
        place=Place(kind=kind, key=node.id),
        name=name_of(node),
        near=near,
        node=node,
        stopped=end is not None and end <= scope.as_of.isoformat(),
    )
