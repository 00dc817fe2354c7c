"""Who of us knows which partner, whom nobody knows yet, and where we can be found."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.directory import Need, Organization
from netwerk.domain.errors import (
    AlreadyDoneError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, RelationshipId, WorkerId
from netwerk.domain.introductions import INTRODUCTION, Introduction
from netwerk.domain.records import Relationship, Subgraph, Value, day, text
from netwerk.domain.schedule import Schedule
from netwerk.domain.teams import members_of, teams_of
from netwerk.domain.upkeep import is_over, require_role
from netwerk.graph.wijken import Wijken
from netwerk.ports.stores import DirectoryWork, GraphStore

COLD = "cold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A colleague who knows a partner, or somebody there."""

    name: str
    warmth: str
    last_met: date | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner, whom to ask for there, and who of us knows them: who met them last first."""

    organization: Organization
    contact: str
    role: str
    wijken: frozenset[NodeId]
    domains: frozenset[NodeId]
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A colleague who can be found somewhere."""

    name: str
    organization: str
    organization_id: NodeId
    schedule: Schedule
    note: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page about acquaintance shows; of the viewer's teams, or of all colleagues."""

    partners: tuple[Partner, ...]
    planned: tuple[tuple[Introduction, str], ...]
    present: tuple[Present, ...]
    wijken: tuple[tuple[NodeId, str], ...]
    domains: tuple[Need, ...]
    colleagues: tuple[tuple[str, str], ...]


def overview(store: GraphStore, scope: Scope) -> Overview:
    """Return who knows whom. Of a worker the own teams count, of a coordinator everybody."""
    with store.system() as work:
        planned = [Introduction.read(key, facts) for key, facts in work.find(INTRODUCTION)]
    with store.directory(scope) as view:
        require_role(view, scope, Permission.ACQUAINTANCE_EDIT)
        graph = view.nodes(
            *("Organization", "Service", "Location", "Area", "Need", "Worker", "Team")
        )
        graph |= view.around([node.id for node in graph.labelled("Organization")])
        # Some know the pastor, not the parish.
        graph |= view.around(sorted({r.source for r in graph.of_type("CONTACT_FOR")}))
    team = _team(graph, scope.viewer)
    named = {n.id: text(n.properties, "name") or n.id for n in graph.labelled("Organization")}
    return Overview(
        partners=tuple(_partners(graph, scope, team)),
        planned=tuple(
            (each, named[each.organization])
            for each in sorted(planned, key=lambda each: (each.on, each.key))
            if each.organization in named and each.who in team
        ),
        present=tuple(_present(graph, scope, team, named)),
        wijken=tuple(Wijken(graph).names),
        domains=tuple(n for n in map(Need.from_node, graph.labelled("Need")) if n.parent is None),
        colleagues=tuple(
            (n.id, text(n.properties, "name") or n.id)
            for n in graph.labelled("Worker")
            if n.id in team
        ),
    )


def spoke(
    store: GraphStore, scope: Scope, operation: OperationId, organization: NodeId, warmth: str = ""
) -> None:
    """Note that the viewer spoke a partner today; how well they know each other stays, or is told.

    A partner who is met for the first time is known a little.
    """
    with suppress(AlreadyDoneError), _ours(store, scope, operation) as work:
        _met(work, scope, operation, (organization, scope.viewer), warmth)
        work.audit(AuditEvent.within(scope, "met-partner", organization))


def plan(store: GraphStore, scope: Scope, operation: OperationId, new: Introduction) -> None:
    """Plan that a colleague meets a partner, from today on."""
    if new.on < scope.as_of.isoformat():
        raise InvalidInputError("Choose a day from today on.")
    with suppress(AlreadyDoneError), _ours(store, scope, operation) as work:
        seen = work.around([new.organization, new.who])
        _require(seen, new.organization)
        colleague = seen.nodes.get(new.who)
        if colleague is None or colleague.label != "Worker":
            raise NotVisibleError
        work.put(INTRODUCTION, new.key, new.written())
        work.audit(AuditEvent.within(scope, "plan-introduction", new.organization))


def met(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Note that a planned introduction took place: from now on they know each other.

    By who was to go, or by a coordinator. What is gone already was noted before.
    """
    with suppress(AlreadyDoneError), _ours(store, scope, operation) as work:
        planned = _planned(work, scope, key)
        if planned is not None:
            _met(work, scope, operation, (planned.organization, planned.who), "")
            work.delete(INTRODUCTION, key)
            work.audit(AuditEvent.within(scope, "met-partner", planned.organization))


def drop(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Let a planned introduction be."""
    with suppress(AlreadyDoneError), _ours(store, scope, operation) as work:
        if _planned(work, scope, key) is not None:
            work.delete(INTRODUCTION, key)


def be_present(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    organization: NodeId,
    told: tuple[Sequence[str], str],
) -> None:
    """Note when the viewer can be found at a partner: lines of hours, and a note; none: no more."""
    lines, note = told
    hours: list[Value] = list(Schedule.parse(lines).written())
    with suppress(AlreadyDoneError), _ours(store, scope, operation) as work:
        seen = work.around([organization])
        _require(seen, organization)
        mine = _own(seen, "PRESENT_AT", scope.viewer, organization)
        facts = {"hours": hours, "note": note or None}
        if not hours:
            work.remove(*mine[:1])
        elif mine:
            work.save(mine[0].with_properties(**facts))
        else:
            made = _new("PRESENT_AT", operation, scope.viewer, organization)
            work.save(made.with_properties(**facts))
        work.audit(AuditEvent.within(scope, "present-at-partner", organization))


@contextmanager
def _ours(store: GraphStore, scope: Scope, operation: OperationId) -> Iterator[DirectoryWork]:
    """Open a unit of work for whoever keeps their own acquaintances."""
    with store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.ACQUAINTANCE_EDIT)
        yield work


def _planned(work: DirectoryWork, scope: Scope, key: str) -> Introduction | None:
    facts = work.get(INTRODUCTION, key)
    if facts is None:
        return None
    found = Introduction.read(key, facts)
    if found.who != scope.viewer:
        require_role(work, scope, Permission.DIRECTORY_EDIT)
    return found


def _met(
    work: DirectoryWork,
    scope: Scope,
    operation: OperationId,
    pair: tuple[NodeId, WorkerId],
    warmth: str,
) -> None:
    organization, who = pair
    seen = work.around([organization])
    _require(seen, organization)
    there = _own(seen, "ACQUAINTED", who, organization)
    today = scope.as_of.isoformat()
    if there:
        told = {"last_met": today} | ({"warmth": warmth} if warmth else {})
        work.save(there[0].with_properties(**told))
        return
    made = _new("ACQUAINTED", operation, who, organization)
    work.save(made.with_properties(warmth=warmth or COLD, first_met=today, last_met=today))


def _require(seen: Subgraph, organization: NodeId) -> None:
    found = seen.nodes.get(organization)
    if found is None or found.label != "Organization":
        raise NotVisibleError


def _own(seen: Subgraph, kind: str, who: str, organization: str) -> list[Relationship]:
    return [r for r in seen.of_type(kind) if (r.source, r.target) == (who, organization)]


def _new(kind: str, operation: OperationId, who: NodeId, organization: NodeId) -> Relationship:
    key = RelationshipId(f"{kind.lower()}-{operation}")
    return Relationship(type=kind, id=key, source=who, target=organization)


def _team(graph: Subgraph, viewer: WorkerId) -> frozenset[NodeId]:
    """Return the viewer's teams' workers; all colleagues for who is in no team."""
    teams = teams_of(graph, viewer)
    if not teams:
        return frozenset(node.id for node in graph.labelled("Worker"))
    return members_of(graph, teams)


def _partners(graph: Subgraph, scope: Scope, team: frozenset[NodeId]) -> list[Partner]:
    wijken, contacts = Wijken(graph), _contacts(graph)
    at = {r.source: r.target for r in graph.of_type("CONTACT_FOR")}
    known: dict[NodeId, list[Known]] = {}
    for each in graph.of_type("ACQUAINTED"):
        organization = at.get(each.target, each.target)
        if each.source in team:
            known.setdefault(organization, []).append(_known(graph, each, scope))
    domains = _domains(graph)
    found = []
    for node in graph.labelled("Organization"):
        if is_over(node, scope.as_of):
            continue
        name, role = contacts.get(node.id, ("", ""))
        found.append(
            Partner(
                organization=Organization.from_node(node),
                contact=name,
                role=role,
                wijken=wijken.of(node.id),
                domains=domains.get(node.id, frozenset()),
                known=tuple(sorted(known.get(node.id, ()), key=_last_first)),
            )
        )
    return sorted(found, key=lambda p: (p.organization.name.casefold(), p.organization.id))


def _known(graph: Subgraph, each: Relationship, scope: Scope) -> Known:
    return Known(
        name=text(graph.nodes[each.source].properties, "name") or "",
        warmth=text(each.properties, "warmth") or COLD,
        last_met=day(each.properties, "last_met"),
        mine=each.source == scope.viewer,
    )


def _last_first(known: Known) -> tuple[bool, int, str]:
    met_on = known.last_met.toordinal() if known.last_met is not None else 0
    return not known.mine, -met_on, known.name


def _contacts(graph: Subgraph) -> dict[NodeId, tuple[str, str]]:
    return {
        r.target: (
            text(graph.nodes[r.source].properties, "name") or "",
            text(r.properties, "role") or "",
        )
        for r in reversed(graph.of_type("CONTACT_FOR"))
    }


def _domains(graph: Subgraph) -> dict[NodeId, frozenset[NodeId]]:
    """Return the life domains that each organization's services are about."""
    parents = {n.id: Need.from_node(n).parent for n in graph.labelled("Need")}
    about: dict[NodeId, set[NodeId]] = {}
    for each in graph.of_type("ADDRESSES"):
        about.setdefault(each.source, set()).add(parents.get(each.target) or each.target)
    found: dict[NodeId, frozenset[NodeId]] = {}
    for each in graph.of_type("PROVIDES"):
        found[each.source] = found.get(each.source, frozenset()) | about.get(each.target, set())
    return found


def _present(
    graph: Subgraph, scope: Scope, team: frozenset[NodeId], named: dict[NodeId, str]
) -> list[Present]:
    return [
        Present(
            name=text(graph.nodes[each.source].properties, "name") or "",
            organization=named[each.target],
            organization_id=each.target,
            schedule=Schedule.read(each.properties),
            note=text(each.properties, "note") or "",
            mine=each.source == scope.viewer,
        )
        for each in graph.of_type("PRESENT_AT")
        if each.source in team and each.target in named
    ]
