"""White spots: where in the municipality there is nothing for a need, and where it was asked for.

What is asked for comes out of files. It is counted once for each half year that is over, and
published as a table of which no small count can be worked out; no page reads a file for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from netwerk.domain.access import OPERATOR, Permission, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Ask, Case, Outcome
from netwerk.domain.directory import Need, Service
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.periods import half_year
from netwerk.domain.records import Node, Record, Relationship, Subgraph, text
from netwerk.domain.upkeep import is_over, require_role
from netwerk.graph.answers import SAID_NO, SAID_YES
from netwerk.graph.suppression import Table
from netwerk.graph.wijken import Wijken
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store

PUBLICATION = ("publication", "white-spots")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What there is for a need in a wijk: offers, volunteers, and free places where known."""

    services: int = 0
    volunteers: int = 0
    free: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhiteSpots:
    """Supply by need and wijk, with what was asked for in vain as it was published last."""

    needs: tuple[Need, ...]
    domain: Need | None
    wijken: tuple[tuple[NodeId, str], ...]
    supply: Mapping[tuple[NodeId, NodeId], Supply]
    areas: Mapping[NodeId, Node]
    demand: Table | None
    period: tuple[date, date] | None

    def at(self, need: NodeId, wijk: NodeId) -> Supply:
        """Return what there is for a need in a wijk."""
        return self.supply.get((need, wijk), Supply())


def white_spots(store: Store, scope: Scope, domain: str = "") -> WhiteSpots:
    """Return supply and demand by life domain, or by the needs of one domain."""
    with store.system() as work:
        published = work.get(*PUBLICATION)
    with store.directory(scope) as view:
        require_role(view, scope, Permission.DIRECTORY_EDIT)
        graph = view.nodes("Organization", "Service", "Location", "Area", "Need")
        graph |= view.around([node.id for node in graph.labelled("Service")])
    needs = {node.id: Need.from_node(node) for node in graph.labelled("Need")}
    chosen = needs.get(NodeId(domain))
    opened = chosen if chosen is not None and chosen.parent is None else None
    wijken = Wijken(graph)
    starts = None if published is None else text(published, "period")
    return WhiteSpots(
        needs=tuple(n for n in needs.values() if n.parent == (opened.id if opened else None)),
        domain=opened,
        wijken=tuple(wijken.names),
        supply=_supply(graph, wijken, needs, scope.as_of),
        areas=wijken.areas,
        demand=None if published is None else Table.read(published),
        period=None if starts is None else half_year(date.fromisoformat(starts)),
    )


def publish(store: Store, clock: Clock) -> bool:
    """Publish what was asked for in vain in the half year that is over; once, and never again.

    Return whether it was published: a table that changed since would tell about what changed.
    """
    today = clock.now().date()
    first = half_year(half_year(today)[0] - timedelta(days=1))[0]
    with store.system() as work:
        known = work.get(*PUBLICATION)
        if known is not None and text(known, "period") == first.isoformat():
            return False
    scope = Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=today)
    with store.directory(scope) as view:
        graph = view.nodes("Area", "Need")
    table = Table.of(counted(store.dump(), graph, half_year(first)))
    with store.system() as work:
        told = {"period": first.isoformat(), "published_on": today.isoformat()}
        work.put(*PUBLICATION, {**table.written(), **told})
        work.audit(AuditEvent(action="publish-white-spots", actor="netwerk", purpose="learning"))
    return True


@dataclass(slots=True)
class _Files:
    """What is read of all files, for as long as it is counted."""

    places: dict[str, Node] = field(default_factory=dict)
    areas: list[Relationship] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    asked_in: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Keep what a count needs of a record."""
        if isinstance(record, Relationship):
            if record.type == "CONCERNS":
                self.about[record.source] = record.target
            elif record.type == "ASKED_IN":
                self.asked_in[record.source] = record.target
            elif record.type == "IN_AREA":
                self.areas.append(record)
        elif record.label == "Person":
            self.places[record.id] = record
        elif record.label == "Case":
            self.cases[record.id] = Case.from_node(record)
        elif record.label == "Ask":
            self.asks[record.id] = Ask.from_node(record)


def counted(
    records: Iterable[Record], graph: Subgraph, period: tuple[date, date]
) -> dict[str, dict[str, int]]:
    """Count by life domain and wijk the inhabitants who asked in vain within a period.

    In vain: somebody said no or nothing and nobody yes, or nobody could be asked at all.
    """
    files = _Files()
    for record in records:
        files.add(record)
    parents = {n.id: Need.from_node(n).parent or n.id for n in graph.labelled("Need")}
    wijken = Wijken(graph | Subgraph.of([*files.places.values(), *files.areas]))
    found: dict[str, dict[str, set[str]]] = {
        domain: {key: set() for key, _ in wijken.names} for domain in set(parents.values())
    }
    for person, need in _in_vain(files, period):
        for wijk in wijken.of(NodeId(person)):
            if need in parents:
                found[parents[need]][wijk].add(person)
    return {d: {w: len(persons) for w, persons in by.items()} for d, by in found.items()}


def _in_vain(files: _Files, period: tuple[date, date]) -> set[tuple[str, NeedId]]:
    """Return who asked for what without finding it."""
    start, end = period
    answers: dict[tuple[str, NeedId], set[Outcome]] = defaultdict(set)
    asked: dict[tuple[str, NeedId], bool] = defaultdict(bool)
    for key, ask in files.asks.items():
        person = files.about.get(files.asked_in.get(key, ""))
        if person is not None and ask.outcome is not Outcome.WITHDRAWN:
            answers[person, ask.need].add(ask.outcome)
            asked[person, ask.need] |= ask.asked_on is not None and start <= ask.asked_on < end
    vain = {
        pair
        for pair, told in answers.items()
        if asked[pair] and told & SAID_NO and not told & (SAID_YES | {Outcome.OPEN})
    }
    for key, case in files.cases.items():
        person = files.about.get(key)
        if person is not None and case.opened_on is not None and start <= case.opened_on < end:
            vain |= {(person, need) for need in case.needs if (person, need) not in answers}
    return vain


def _supply(
    graph: Subgraph, wijken: Wijken, needs: Mapping[NodeId, Need], today: date
) -> dict[tuple[NodeId, NodeId], Supply]:
    givers = {r.target: r.source for r in graph.of_type("PROVIDES")}
    helpers: dict[NodeId, int] = defaultdict(int)
    for each in graph.of_type("VOLUNTEERS_FOR"):
        helpers[each.target] += 1
    about: dict[NodeId, set[NodeId]] = defaultdict(set)
    for each in graph.of_type("ADDRESSES"):
        need = needs[each.target]
        about[each.source] |= {need.id, need.parent or need.id}
    found: dict[tuple[NodeId, NodeId], Supply] = {}
    for node in graph.labelled("Service"):
        if is_over(node, today):
            continue
        service = Service.from_node(node)
        free = 0 if service.capacity is None else max(0, service.capacity - service.load)
        where = wijken.of(node.id) or wijken.of(givers.get(node.id, node.id))
        for pair in ((need, wijk) for need in about[node.id] for wijk in where):
            known = found.get(pair, Supply())
            found[pair] = Supply(
                services=known.services + 1,
                volunteers=known.volunteers + helpers[node.id],
                free=known.free + free,
            )
    return found
