"""The port's questions as plain functions over a graph: the definition, not a fast way."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from netwerk.domain.access import Scope
from netwerk.domain.cases import Case
from netwerk.domain.directory import Service, family_of
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.geometry import distance
from netwerk.domain.grants import granted
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.keeping import HUBS
from netwerk.domain.people import Worker
from netwerk.domain.records import (
    Properties,
    Record,
    Relationship,
    Subgraph,
    flag,
    point,
    text,
)
from netwerk.domain.visibility import (
    CASE_RECORDS,
    CASE_TYPES,
    OWNED_TYPES,
    PUBLIC_LABELS,
    PUBLIC_TYPES,
    may_open,
)
from netwerk.ports.stores import OfferGroup, OfferQuery, Offers

_Group = tuple[NeedId | None, bool, bool]
_Pair = tuple[NodeId, NodeId]


def has_access(world: Subgraph, scope: Scope) -> bool:
    """Whether the viewer may open the subject's file."""
    viewer, subject = world.nodes.get(scope.viewer), world.nodes.get(scope.subject or NodeId(""))
    if viewer is None or subject is None or (viewer.label, subject.label) != ("Worker", "Person"):
        return False
    about = {r.source for r in world.of_type("CONCERNS") if r.target == scope.subject}
    mine, ours = _my_cases(world, scope)
    return may_open(
        Worker.from_node(viewer),
        _cases(world, mine & about),
        _cases(world, ours & about),
        scope.as_of,
    )


def purpose_of(world: Subgraph, scope: Scope, facts: Properties | None, at: datetime) -> str | None:
    """Return for what purpose the file is opened; None if it is shut."""
    if has_access(world, scope):
        return scope.purpose
    viewer, subject = world.nodes.get(scope.viewer), world.nodes.get(scope.subject or NodeId(""))
    return granted(viewer, subject, scope, facts, at)


def touching(world: Subgraph, ids: Collection[NodeId]) -> Subgraph:
    """Return these nodes with everything that is joined to them."""
    at = {each for each in ids if each in world.nodes}
    return _closure(world, lambda r: bool({r.source, r.target} & at), at)


def owned(world: Subgraph, owner: NodeId) -> Subgraph:
    """Return what belongs to the file of somebody."""

    def is_theirs(r: Relationship) -> bool:
        return r.type in OWNED_TYPES and text(r.properties, "owner") == owner

    return _closure(world, is_theirs, ())


def caseload(world: Subgraph, scope: Scope, kinds: Collection[str]) -> Subgraph:
    """Return the viewer's open cases and those of their teams, with these kinds kept in them."""
    viewer = world.nodes.get(scope.viewer)
    if viewer is None or viewer.label != "Worker":
        return Subgraph()
    mine, ours = _my_cases(world, scope)
    shown = {
        case.id
        for case in _cases(world, mine | ours)
        if may_open(Worker.from_node(viewer), [case], (), scope.as_of)
    }

    def comes_with_it(r: Relationship) -> bool:
        labels = {world.nodes[end].label for end in (r.source, r.target)}
        return bool({r.source, r.target} & shown) and not labels & (CASE_RECORDS - set(kinds))

    return _closure(world, lambda r: r.type in CASE_TYPES and comes_with_it(r), shown)


def _my_cases(world: Subgraph, scope: Scope) -> tuple[set[NodeId], set[NodeId]]:
    teams = {r.target for r in world.of_type("MEMBER_OF") if r.source == scope.viewer}
    mine = {r.target for r in world.of_type("LEADS") if r.source == scope.viewer}
    return mine, {r.source for r in world.of_type("HANDLED_BY") if r.target in teams}


def _cases(world: Subgraph, ids: Iterable[NodeId]) -> list[Case]:
    return [Case.from_node(world.nodes[each]) for each in sorted(ids)]


def own_file(seen: Subgraph, scope: Scope) -> Subgraph:
    """Return the subject's own file, of what the scope shows."""
    subject = scope.subject or NodeId("")

    def in_file(r: Relationship) -> bool:
        if r.type == "TIE":
            return text(r.properties, "owner") == subject or subject in {r.source, r.target}
        if r.type in {"ADDRESSES", "CONTACT_FOR"}:
            return r.source == subject
        return r.type in CASE_TYPES | OWNED_TYPES

    return _closure(seen, in_file, {subject})


def around(seen: Subgraph, scope: Scope, query: OfferQuery) -> Offers:
    """Return the need's family, the team's acquaintances and the offers."""
    family = need_family(seen, query.need)
    if not family:
        raise InvalidInputError("The need %(need)s is not known.", need=query.need or "")
    teams = {r.target for r in seen.of_type("MEMBER_OF") if r.source == scope.viewer}
    members = [r for r in seen.of_type("MEMBER_OF") if r.target in teams]
    colleagues = {r.source for r in members}
    known = [r for r in seen.of_type("ACQUAINTED") if r.source in colleagues]
    wanted = {r.id for r in (*members, *known)}
    found = offers(seen, query)
    start = _closure(seen, lambda r: r.id in wanted, family)
    return Offers(subgraph=start | found.subgraph, cut=found.cut)


def need_family(seen: Subgraph, need: NeedId | None) -> set[NodeId]:
    """Return the need, all below it and its siblings; empty if it is not there."""
    needs = [(n.id, text(n.properties, "parent")) for n in seen.labelled("Need")]
    return family_of(needs, need)


def expand(seen: Subgraph, reached: Collection[NodeId], needs: Collection[NeedId]) -> Subgraph:
    """Return what lies one step beyond the reached persons and organizations."""
    at = {n for n in reached if n in seen.nodes}
    meets = {r.source for r in seen.of_type("ADDRESSES") if r.target in needs}
    services = {
        r.target
        for r in seen.of_type("PROVIDES", "VOLUNTEERS_FOR")
        if r.source in at and r.target in meets
    }

    def beyond(r: Relationship) -> bool:
        match r.type:
            case "CONTACT_FOR":
                return bool({r.source, r.target} & at)
            case "TIE":
                return _is_shared(seen, r) and bool({r.source, r.target} & at)
            case "PROVIDES" | "VOLUNTEERS_FOR":
                return r.source in at and r.target in services
            case "ADDRESSES":
                willing = r.source in at and _is_willing(seen, r.source)
                return r.target in needs and (r.source in services or willing)
            case "LOCATED_AT":
                return r.source in services
            case _:
                return False

    return _closure(seen, beyond, at).without("Need")


def _is_shared(seen: Subgraph, tie: Relationship) -> bool:
    ends = (seen.nodes[tie.source], seen.nodes[tie.target])
    return flag(tie.properties, "shared") is True and all(
        flag(end.properties, "connector") is True for end in ends
    )


def _is_willing(seen: Subgraph, node: NodeId) -> bool:
    return flag(seen.nodes[node].properties, "willing_to_help") is True


def offers(seen: Subgraph, query: OfferQuery) -> Offers:
    """Return the offers that need no acquaintance, cut off per group at the limit."""
    family = None if query.need is None else need_family(seen, query.need)
    usable = {n.id: s for n in seen.labelled("Service") if query.accepts(s := Service.from_node(n))}
    groups: dict[_Group, set[_Pair]] = {}
    near: set[NodeId] = set()
    for pair, service, needs in _provided(seen, usable, family):
        metres = _nearest(seen, service.id, query)
        if not service.comes_to_you and metres is not None:
            near |= {service.id} if metres <= query.radius else set()
            continue
        for need in needs:
            key = (need, service.capacity is not None, service.comes_to_you)
            groups.setdefault(key, set()).add(pair)
    first = {key: sorted(pairs)[: query.limit] for key, pairs in groups.items()}
    cut = [
        OfferGroup(need=key[0], room_known=key[1], comes_to_you=key[2], last=first[key][-1])
        for key, pairs in sorted(groups.items(), key=lambda item: str(item[0]))
        if len(pairs) > query.limit
    ]
    shown = near | {service for pairs in first.values() for _, service in pairs}
    return Offers(subgraph=_offered(seen, shown, family), cut=tuple(cut))


def _provided(
    seen: Subgraph, usable: dict[NodeId, Service], family: set[NodeId] | None
) -> Iterable[tuple[_Pair, Service, set[NeedId | None]]]:
    addressed: dict[NodeId, set[NeedId | None]] = {}
    for r in seen.of_type("ADDRESSES"):
        if family is None or r.target in family:
            need = None if family is None else NeedId(r.target)
            addressed.setdefault(r.source, set()).add(need)
    for r in seen.of_type("PROVIDES"):
        needs: set[NeedId | None] = addressed.get(r.target, {None} if family is None else set())
        if r.target in usable and needs:
            yield (r.source, r.target), usable[r.target], needs


def _offered(seen: Subgraph, services: set[NodeId], family: set[NodeId] | None) -> Subgraph:
    def belongs(r: Relationship) -> bool:
        if r.type == "PROVIDES":
            return r.target in services
        if r.type == "ADDRESSES":
            return r.source in services and (family is None or r.target in family)
        return r.type == "LOCATED_AT" and r.source in services

    found = _closure(seen, belongs, services)
    return found if family is None else found.without("Need")


def _nearest(seen: Subgraph, service: NodeId, query: OfferQuery) -> float | None:
    places = (
        point(seen.nodes[r.target].properties)
        for r in seen.of_type("LOCATED_AT")
        if r.source == service
    )
    origin = query.origin
    if origin is None:
        return None
    return min((distance(origin, place) for place in places if place is not None), default=None)


def public_nodes(seen: Subgraph, labels: Collection[str]) -> Subgraph:
    """Return the nodes with these labels and the relationships among them."""
    asked = PUBLIC_LABELS & set(labels)
    nodes = {key: node for key, node in seen.nodes.items() if node.label in asked}
    return Subgraph(
        nodes=nodes,
        relationships={
            r.id: r for r in seen.relationships.values() if r.source in nodes and r.target in nodes
        },
    )


def around_ids(seen: Subgraph, ids: Collection[NodeId]) -> Subgraph:
    """Return these nodes with the public relationships that touch them."""
    at = {each for each in ids if each in seen.nodes}

    def touches(r: Relationship) -> bool:
        if r.type not in PUBLIC_TYPES:
            return False
        return r.source in at or (r.target in at and seen.nodes[r.target].label not in HUBS)

    return _closure(seen, touches, at)


def _closure(
    graph: Subgraph, wanted: Callable[[Relationship], bool], nodes: Iterable[NodeId]
) -> Subgraph:
    """Return the wanted relationships with their ends, and these nodes."""
    kept = [r for r in graph.relationships.values() if wanted(r)]
    ends = {end for r in kept for end in (r.source, r.target)} | set(nodes)
    records: list[Record] = [graph.nodes[end] for end in ends if end in graph.nodes]
    return Subgraph.of([*records, *kept])
