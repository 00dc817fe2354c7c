"""One partner, or one volunteer, as a colleague reads about them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.directory import Need, Organization, Service
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.people import Person, Worker
from netwerk.domain.places import Place
from netwerk.domain.records import Node, Relationship, Subgraph, day, integer, text, words
from netwerk.graph import partner as facts
from netwerk.graph.partner import Contact
from netwerk.ports.stores import DirectoryView, GraphStore

_FURTHER: Final = {"Service", "Location", "Person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """A colleague who knows the partner; `through` is the contact person whom they know."""

    name: str
    warmth: str | None
    last_met: date | None
    of_team: bool
    through: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A colleague who can be found at the partner's place."""

    name: str
    hours: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a partner offers: for which needs, where, and who of its volunteers helps with it."""

    service: Service
    needs: tuple[Need, ...]
    places: tuple[Place, ...]
    volunteers: tuple[tuple[NodeId, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRead:
    """All that a colleague reads about an organization."""

    organization: Organization
    node: Node
    offers: tuple[Offered, ...]
    places: tuple[Place, ...]
    contacts: tuple[Contact, ...]
    known_by: tuple[Acquaintance, ...]
    present: tuple[Present, ...]
    part_of: tuple[tuple[NodeId, str], ...]

    def stopped_on(self, today: date) -> date | None:
        """Return since when the organization is no longer there, if it is not."""
        stopped = day(self.node.properties, "valid_to")
        return stopped if stopped is not None and stopped <= today else None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerRead:
    """All that a colleague reads about a volunteer: never where they live.

    `free` is how many more they can help at once; None where that is not known.
    """

    person: Person
    node: Node
    helps_with: tuple[tuple[Service, tuple[tuple[NodeId, str], ...]], ...]
    talents: tuple[Need, ...]
    free: int | None
    vog_on: date | None
    rather_not: str
    area: str


def partner(store: GraphStore, scope: Scope, key: NodeId) -> PartnerRead:
    """Return what is known about an organization. Raises NotVisibleError."""
    with store.directory(scope) as view:
        graph = view.around([key])
        node = graph.nodes.get(key)
        if node is None or node.label != "Organization":
            raise NotVisibleError
        first = {n.id for n in graph.nodes.values() if n.label in _FURTHER}
        graph |= view.around(first)
        graph |= view.around({n.id for n in graph.labelled("Location")} - first)
        graph |= _areas(view, graph)
        team = _team(view, scope)
    services = facts.ends(graph, "PROVIDES", key)
    return PartnerRead(
        organization=Organization.from_node(node),
        node=node,
        offers=tuple(sorted((_offered(graph, each) for each in services), key=_by_name)),
        places=facts.places(graph, key),
        contacts=facts.contacts(graph, key),
        known_by=_known_by(graph, key, team),
        present=_present(graph, key),
        part_of=facts.named(graph, facts.ends(graph, "PART_OF", key)),
    )


def volunteer(store: GraphStore, scope: Scope, key: NodeId) -> VolunteerRead:
    """Return what is known about a volunteer; that they were looked at is logged.

    Raises NotVisibleError for who is no volunteer, however else they may be known.
    """
    with store.directory(scope) as view:
        graph = view.around([key])
        node = graph.nodes.get(key)
        helped = facts.ends(graph, "VOLUNTEERS_FOR", key)
        if node is None or node.label != "Person" or not helped:
            raise NotVisibleError
        graph |= view.around(helped)
        graph |= _areas(view, graph)
    with store.system() as work:
        about = replace(scope, subject=PersonId(key))
        work.audit(AuditEvent.within(about, "read-volunteer"))
    person = Person.from_node(node)
    return VolunteerRead(
        person=person,
        node=node,
        helps_with=tuple(
            (
                Service.from_node(graph.nodes[each]),
                facts.named(graph, facts.starts(graph, "PROVIDES", each)),
            )
            for each in sorted(helped, key=lambda each: facts.name(graph, each))
        ),
        talents=facts.needs_met(graph, key) if person.willing_to_help else (),
        free=_free(graph, node),
        vog_on=day(node.properties, "vog_on"),
        rather_not=text(node.properties, "rather_not") or "",
        area=facts.area(graph, key),
    )


def _areas(view: DirectoryView, graph: Subgraph) -> Subgraph:
    """Return the areas in which something lies, with what they are part of."""
    return view.around({r.target for r in graph.of_type("IN_AREA")})


def _team(view: DirectoryView, scope: Scope) -> set[NodeId]:
    """Return the colleagues who share a team with the viewer, and the viewer."""
    members = view.nodes("Worker", "Team").of_type("MEMBER_OF")
    teams = {r.target for r in members if r.source == scope.viewer}
    return {r.source for r in members if r.target in teams} | {scope.viewer}


def _offered(graph: Subgraph, key: NodeId) -> Offered:
    return Offered(
        service=Service.from_node(graph.nodes[key]),
        needs=facts.needs_met(graph, key),
        places=facts.places(graph, key),
        volunteers=facts.named(graph, facts.starts(graph, "VOLUNTEERS_FOR", key)),
    )


def _by_name(offered: Offered) -> tuple[str, str]:
    return offered.service.name.casefold(), offered.service.id


def _known_by(graph: Subgraph, key: NodeId, team: Collection[NodeId]) -> tuple[Acquaintance, ...]:
    persons = {r.source for r in graph.of_type("CONTACT_FOR") if r.target == key}
    found = [
        _acquaintance(graph, r, team, "" if r.target == key else facts.name(graph, r.target))
        for r in graph.of_type("ACQUAINTED")
        if r.target in {key, *persons} and r.source in graph.nodes
    ]
    return tuple(sorted(found, key=_closest))


def _acquaintance(
    graph: Subgraph, met: Relationship, team: Collection[NodeId], through: str
) -> Acquaintance:
    return Acquaintance(
        name=Worker.from_node(graph.nodes[met.source]).name,
        warmth=text(met.properties, "warmth"),
        last_met=day(met.properties, "last_met"),
        of_team=met.source in team,
        through=through,
    )


def _closest(each: Acquaintance) -> tuple[object, ...]:
    lately = (each.last_met or date.min).toordinal()
    return not each.of_team, each.warmth != "warm", -lately, each.name, each.through


def _present(graph: Subgraph, key: NodeId) -> tuple[Present, ...]:
    return tuple(
        Present(
            name=facts.name(graph, r.source),
            hours=words(r.properties, "hours"),
            note=text(r.properties, "note") or "",
        )
        for r in graph.of_type("PRESENT_AT")
        if r.target == key and r.source in graph.nodes
    )


def _free(graph: Subgraph, node: Node) -> int | None:
    capacity = integer(node.properties, "capacity")
    if capacity is None:
        return None
    helped = [
        integer(r.properties, "load") or 0
        for r in graph.of_type("VOLUNTEERS_FOR")
        if r.source == node.id
    ]
    return max(0, capacity - sum(helped))
