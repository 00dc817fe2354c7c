"""The partners of the neighbourhood, as every colleague may see them."""

from dataclasses import dataclass

from netwerk.domain.access import Scope
from netwerk.domain.directory import Organization, Service
from netwerk.ports.stores import GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organization with what it offers."""

    organization: Organization
    services: tuple[Service, ...]


def partners(store: GraphStore, scope: Scope) -> list[Partner]:
    """Return all organizations by name, each with its services by name."""
    with store.directory(scope) as view:
        graph = view.nodes("Organization", "Service")
    offered: dict[str, list[Service]] = {}
    for provides in graph.of_type("PROVIDES"):
        service = Service.from_node(graph.nodes[provides.target])
        offered.setdefault(provides.source, []).append(service)
    every = [
        Partner(
            organization=Organization.from_node(node),
            services=tuple(sorted(offered.get(node.id, ()), key=lambda s: s.name)),
        )
        for node in graph.labelled("Organization")
    ]
    return sorted(every, key=lambda each: (each.organization.name.casefold(), each.organization.id))
