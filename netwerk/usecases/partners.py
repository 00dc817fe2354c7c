"""One partner, or one volunteer, as a colleague reads about them."""

from collections.abc import Collection, Iterable
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
class Contact:
    """Whom to ask for, in which role, and how to reach them in it."""

    name: str
    role: str | None
    email: str
    phone: str


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
    services = _ends(graph, "PROVIDES", key)
    return PartnerRead(
        organization=Organization.from_node(node),
        node=node,
        offers=tuple(sorted((_offered(graph, each) for each in services), key=_by_name)),
        places=_places(graph, key),
        contacts=_contacts(graph, key),
        known_by=_known_by(graph, key, team),
        present=_present(graph, key),
        part_of=_named(graph, _ends(graph, "PART_OF", key)),
    )


def volunteer(store: GraphStore, scope: Scope, key: NodeId) -> VolunteerRead:
    """Return what is known about a volunteer; that they were looked at is logged.

    Raises NotVisibleError for who is no volunteer, however else they may be known.
    """
    with store.directory(scope) as view:
        graph = view.around([key])
        node = graph.nodes.get(key)
        helped = _ends(graph, "VOLUNTEERS_FOR", key)
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
            (Service.from_node(graph.nodes[each]), _named(graph, _starts(graph, "PROVIDES", each)))
            for each in sorted(helped, key=lambda each: _name(graph, each))
        ),
        talents=_needs(graph, key) if person.willing_to_help else (),
        free=_free(graph, node),
        vog_on=day(node.properties, "vog_on"),
        rather_not=text(node.properties, "rather_not") or "",
        area=_area(graph, key),
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
        needs=_needs(graph, key),
        places=_places(graph, key),
        volunteers=_named(graph, _starts(graph, "VOLUNTEERS_FOR", key)),
    )


def _by_name(offered: Offered) -> tuple[str, str]:
    return offered.service.name.casefold(), offered.service.id


def _needs(graph: Subgraph, key: NodeId) -> tuple[Need, ...]:
    needs = (Need.from_node(graph.nodes[each]) for each in _ends(graph, "ADDRESSES", key))
    return tuple(sorted(needs, key=lambda need: need.id))


def _places(graph: Subgraph, key: NodeId) -> tuple[Place, ...]:
    return tuple(
        Place.from_node(graph.nodes[each], _area(graph, each))
        for each in _ends(graph, "LOCATED_AT", key)
    )


def _area(graph: Subgraph, key: NodeId) -> str:
    """Name the district in which something lies; the neighbourhood where no district is known."""
    inside = _ends(graph, "IN_AREA", key)
    districts = [
        up
        for each in inside
        for up in _ends(graph, "PART_OF", each)
        if text(graph.nodes[up].properties, "level") == "district"
    ]
    return ", ".join(sorted({_name(graph, each) for each in districts or inside}))


def _contacts(graph: Subgraph, key: NodeId) -> tuple[Contact, ...]:
    found = [
        Contact(
            name=_name(graph, r.source),
            role=text(r.properties, "role"),
            email=text(r.properties, "email") or "",
            phone=text(r.properties, "phone") or "",
        )
        for r in graph.of_type("CONTACT_FOR")
        if r.target == key and r.source in graph.nodes
    ]
    return tuple(sorted(found, key=lambda each: (each.role or "", each.name)))


def _known_by(graph: Subgraph, key: NodeId, team: Collection[NodeId]) -> tuple[Acquaintance, ...]:
    persons = {r.source for r in graph.of_type("CONTACT_FOR") if r.target == key}
    found = [
        _acquaintance(graph, r, team, "" if r.target == key else _name(graph, r.target))
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
            name=_name(graph, r.source),
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


def _ends(graph: Subgraph, kind: str, source: NodeId) -> list[NodeId]:
    return [r.target for r in graph.of_type(kind) if r.source == source and r.target in graph.nodes]


def _starts(graph: Subgraph, kind: str, target: NodeId) -> list[NodeId]:
    return [r.source for r in graph.of_type(kind) if r.target == target and r.source in graph.nodes]


def _named(graph: Subgraph, keys: Iterable[NodeId]) -> tuple[tuple[NodeId, str], ...]:
    named = ((_name(graph, each), each) for each in set(keys))
    return tuple((key, name) for name, key in sorted(named))


def _name(graph: Subgraph, key: NodeId) -> str:
    return text(graph.nodes[key].properties, "name") or ""
