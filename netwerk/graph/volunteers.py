"""Registered volunteers as those who may be asked, read from what the directory shows."""

from collections.abc import Iterable, Mapping
from datetime import date

from netwerk.domain.directory import Service
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.domain.people import Person
from netwerk.domain.records import Node, Relationship, Subgraph, integer
from netwerk.domain.requests import VolunteerRequest
from netwerk.graph.ends import Family
from netwerk.graph.matching import Helper, Offer, Request


def asked(request: VolunteerRequest, needs: Subgraph) -> Request:
    """Return what is wanted, with the needs that meet it; `needs` is the taxonomy."""
    family = Family(request.need, needs)
    return Request(
        key=request.key,
        met=frozenset(NeedId(each) for each in family.met),
        siblings=frozenset(family.siblings),
        point=request.point,
        languages=request.languages,
        never=frozenset(request.never),
    )


def helpers(graph: Subgraph, busy: Mapping[PersonId | None, int], on: date) -> list[Helper]:
    """Return the volunteers of the directory who may be asked on this day."""
    people = {r.source for r in graph.of_type("VOLUNTEERS_FOR")}
    every = (graph.nodes[each] for each in sorted(people) if each in graph.nodes)
    return [
        _helper(graph, node, person, busy[person.id])
        for node in every
        if not (person := Person.from_node(node)).declined_on(on)
        and person.willing_to_help is not False
    ]


def _helper(graph: Subgraph, node: Node, person: Person, more: int) -> Helper:
    works = [r for r in graph.of_type("VOLUNTEERS_FOR") if r.source == node.id]
    load = sum(integer(r.properties, "load") or 0 for r in works) + more
    most = integer(node.properties, "capacity")
    known = [n for r in works if (n := integer(r.properties, "capacity")) is not None]
    if most is None:
        most = sum(known) if known else load + 1
    return Helper(
        person=person.id,
        offers=tuple(_offers(graph, node.id, works)),
        load=load,
        room=most - load,
        point=person.point,
        languages=person.languages,
    )


def _offers(graph: Subgraph, person: NodeId, works: Iterable[Relationship]) -> Iterable[Offer]:
    talents = frozenset(NeedId(r.target) for r in graph.of_type("ADDRESSES") if r.source == person)
    if talents:
        yield Offer(service=None, needs=talents)
    for each in works:
        node = graph.nodes[each.target]
        needs = frozenset(
            NeedId(r.target) for r in graph.of_type("ADDRESSES") if r.source == each.target
        )
        online = Service.from_node(node).delivery == "online"
        yield Offer(service=each.target, needs=needs, comes_from_afar=online)
