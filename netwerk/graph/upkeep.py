"""What in the directory asks for attention: not asked after for long, never reached, overloaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Relationship, Subgraph, day, integer, text
from netwerk.domain.upkeep import (
    CERTIFICATE_MONTHS,
    NOTICE_MONTHS,
    Usage,
    is_over,
    is_stale,
    months_later,
)

_NEVER: Final = 3 * 365
"""Days: as old as this counts what was never asked after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """What one call answers: an organization (or a service of its own) with what is old of it."""

    node: Node
    services: tuple[Node, ...]
    oldest: date | None
    weight: float
    used: int | None

    @property
    def records(self) -> tuple[Node, ...]:
        """Everything that is right again after the call."""
        return (self.node, *self.services)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A service to which no ask ever led, and who offers it."""

    service: Node
    organization: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """A volunteer whose certificate ends on a day, or who helps as many as they can."""

    person: Node
    tasks: tuple[str, ...]
    ends: date | None = None
    load: int = 0
    capacity: int = 0


def stale(graph: Subgraph, usage: Usage, today: date) -> list[Stale]:
    """Return what is to be asked after, one row for each call: what is old and much used first."""
    givers = _givers(graph)
    offered: dict[NodeId, list[Node]] = {}
    alone: list[Node] = []
    for service in graph.labelled("Service"):
        if not is_stale(service, today):
            continue
        giver = givers.get(service.id)
        if giver is None:
            alone.append(service)
        elif not is_over(giver, today):
            offered.setdefault(giver.id, []).append(service)
    rows = [
        _stale(node, offered.get(node.id, ()), usage, today)
        for node in graph.labelled("Organization")
        if is_stale(node, today) or node.id in offered
    ]
    rows += [_stale(node, (), usage, today) for node in alone]
    return sorted(rows, key=lambda row: (-row.weight, row.node.id))


def unreached(graph: Subgraph, usage: Usage, today: date) -> list[Unreached]:
    """Return the services that were there all the time and to which no ask led, by name.

    Nothing is known before something was published.
    """
    if usage.published_on is None:
        return []
    givers = _givers(graph)
    found = [
        Unreached(service=service, organization=givers.get(service.id))
        for service in graph.labelled("Service")
        if service.id not in usage.counts and not is_over(service, today)
    ]
    return sorted(found, key=lambda each: (_name(each.service).casefold(), each.service.id))


def certificates(graph: Subgraph, today: date) -> list[Volunteer]:
    """Return the volunteers whose certificate of conduct is over, or nearly, earliest first."""
    found = []
    for person, tasks in _volunteers(graph):
        given = day(person.properties, "vog_on")
        if given is None:
            continue
        if today >= months_later(given, CERTIFICATE_MONTHS - NOTICE_MONTHS):
            ends = months_later(given, CERTIFICATE_MONTHS)
            found.append(Volunteer(person=person, tasks=_names(graph, tasks), ends=ends))
    return sorted(found, key=lambda each: (each.ends or today, each.person.id))


def overloaded(graph: Subgraph) -> list[Volunteer]:
    """Return the volunteers who help as many as they can, or more, at all or with one thing."""
    found = []
    for person, tasks in _volunteers(graph):
        limits = [_limit(task) for task in tasks]
        most = integer(person.properties, "capacity")
        if most is not None:
            limits.append((sum(load for load, _ in limits), most))
        full = [(load, most) for load, most in limits if 0 < load >= most]
        if full:
            load, most = max(full)
            names = _names(graph, tasks)
            found.append(Volunteer(person=person, tasks=names, load=load, capacity=most))
    return sorted(found, key=lambda each: (each.capacity - each.load, each.person.id))


def _stale(node: Node, services: Iterable[Node], usage: Usage, today: date) -> Stale:
    every = tuple(services)
    asked = [day(each.properties, "verified_on") for each in (node, *every)]
    old = [each for each in asked if each is not None]
    never = len(old) < len(asked)
    age = _NEVER if never else (today - min(old)).days
    ids = (node.id, *(each.id for each in every))
    return Stale(
        node=node,
        services=every,
        oldest=None if never else min(old),
        weight=age * (1 + max(usage.counts.get(key, 0) for key in ids) / 10),
        used=usage.shown(node.id),
    )


def _givers(graph: Subgraph) -> dict[NodeId, Node]:
    provided = graph.of_type("PROVIDES")
    return {r.target: graph.nodes[r.source] for r in reversed(provided) if r.source in graph.nodes}


def _volunteers(graph: Subgraph) -> list[tuple[Node, list[Relationship]]]:
    tasks: dict[NodeId, list[Relationship]] = {}
    for each in graph.of_type("VOLUNTEERS_FOR"):
        tasks.setdefault(each.source, []).append(each)
    return [(graph.nodes[person], tasks[person]) for person in sorted(tasks)]


def _limit(task: Relationship) -> tuple[int, int]:
    load, most = integer(task.properties, "load") or 0, integer(task.properties, "capacity")
    return load, load + 1 if most is None else most


def _names(graph: Subgraph, tasks: Iterable[Relationship]) -> tuple[str, ...]:
    return tuple(sorted(_name(graph.nodes[task.target]) for task in tasks))


def _name(node: Node) -> str:
    return text(node.properties, "name") or ""
