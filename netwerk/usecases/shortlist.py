"""The short list for an inhabitant: what they could go to, on paper, in plain words."""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.directory import Need, Service
from netwerk.domain.errors import AlreadyDoneError, ConflictError, NotVisibleError
from netwerk.domain.geometry import distance
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.people import Person
from netwerk.domain.places import Place
from netwerk.domain.records import Point, Properties, Subgraph, held_on
from netwerk.domain.shortlist import SHORTLIST, Item, Shortlist, first_name
from netwerk.graph import partner as facts
from netwerk.graph.partner import Contact
from netwerk.ports.stores import DirectoryView, GraphStore


class Act(StrEnum):
    """What is done to the list."""

    ADD = "add-to"
    REMOVE = "take-off"
    UP = "move-up"
    DOWN = "move-down"
    SAY = "write-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is done with which record; for SAY, the sentence and the version that was read."""

    act: Act
    record: NodeId
    sentence: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands on the list, as the directory has it today.

    `by` are who offers it. Of a volunteer there is a first name and nothing else. `gone`: it is
    no longer in the directory. `distance_m` is from the inhabitant's home to a place that may be
    shown.
    """

    item: Item
    name: str
    service: Service | None = None
    organization: Properties | None = None
    by: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    places: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    distance_m: float | None = None
    volunteer: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The list of an inhabitant with all that it needs to be read."""

    person: Person
    shortlist: Shortlist
    entries: tuple[Entry, ...]
    worker: str
    team: str


def opened(store: GraphStore, scope: Scope, action: str = "open-shortlist") -> Listed:
    """Return the list of the scope's subject; that it was looked at, or printed, is logged.

    Raises NotVisibleError without access to the file.
    """
    person = _person(store, scope, action)
    kept = Shortlist.read(person.id, store.peek(SHORTLIST, person.id))
    with store.directory(scope) as view:
        graph = _around(view, [item.record for item in kept.items])
        worker, team = _signed_by(view, scope)
    return Listed(
        person=person,
        shortlist=kept,
        entries=tuple(_entry(graph, item, person.point, scope) for item in kept.items),
        worker=worker,
        team=team,
    )


def listed(store: GraphStore, scope: Scope) -> frozenset[NodeId]:
    """Return what stands on the list of the scope's subject, whose file was opened before."""
    key = PersonId(scope.subject or NodeId(""))
    return frozenset(item.record for item in Shortlist.read(key, store.peek(SHORTLIST, key)).items)


def change(store: GraphStore, scope: Scope, operation: OperationId, wanted: Change) -> None:
    """Change the list of the scope's subject.

    Raises NotVisibleError without access to the file, or where the directory does not show what is
    to be put on it; ConflictError where somebody else changed the list since a sentence was read.
    """
    person = _person(store, scope, "open-shortlist")
    if wanted.act is Act.ADD:
        _require_listable(store, scope, wanted.record)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        kept = Shortlist.read(person.id, work.get(SHORTLIST, person.id))
        work.put(SHORTLIST, person.id, _changed(kept, wanted).written())
        work.audit(AuditEvent.within(scope, f"{wanted.act}-shortlist", wanted.record))


def _changed(kept: Shortlist, wanted: Change) -> Shortlist:
    match wanted.act:
        case Act.ADD:
            return kept.with_record(wanted.record)
        case Act.REMOVE:
            return kept.without(wanted.record)
        case Act.UP:
            return kept.moved(wanted.record, -1)
        case Act.DOWN:
            return kept.moved(wanted.record, 1)
        case _:  # Act.SAY
            if kept.version != wanted.version:
                raise ConflictError(wanted.record, kept)
            return kept.said(wanted.record, wanted.sentence)


def _person(store: GraphStore, scope: Scope, action: str) -> Person:
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, action) as view:
        return Person.from_node(view.own_file().nodes[scope.subject])


def _require_listable(store: GraphStore, scope: Scope, record: NodeId) -> None:
    """Refuse, as if it were not there, what is no service, organization or volunteer."""
    with store.directory(scope) as view:
        graph = view.around([record])
    node = graph.nodes.get(record)
    label = None if node is None else node.label
    volunteers = label == "Person" and bool(facts.ends(graph, "VOLUNTEERS_FOR", record))
    if label not in {"Service", "Organization"} and not volunteers:
        raise NotVisibleError


def _around(view: DirectoryView, records: list[NodeId]) -> Subgraph:
    graph = view.around(records)
    further = {n.id for n in graph.nodes.values() if n.label in {"Organization", "Location"}}
    graph |= view.around(further | set(_helped_by(graph, records)))
    graph |= view.around({n.id for n in graph.labelled("Location")} - further)
    return graph | view.around({r.target for r in graph.of_type("IN_AREA")})


def _helped_by(graph: Subgraph, records: list[NodeId]) -> list[NodeId]:
    return [each for record in records for each in facts.ends(graph, "VOLUNTEERS_FOR", record)]


def _signed_by(view: DirectoryView, scope: Scope) -> tuple[str, str]:
    graph = view.nodes("Worker", "Team")
    if scope.viewer not in graph.nodes:
        return "", ""
    teams = facts.named(graph, facts.ends(graph, "MEMBER_OF", scope.viewer))
    return facts.name(graph, scope.viewer), ", ".join(name for _, name in teams)


def _entry(graph: Subgraph, item: Item, home: Point | None, scope: Scope) -> Entry:
    node = graph.nodes.get(item.record)
    if node is not None and node.label == "Service":
        return _of_service(graph, item, home, scope)
    if node is not None and node.label == "Organization":
        return _of_organization(graph, item, home, scope)
    helped = facts.ends(graph, "VOLUNTEERS_FOR", item.record)
    if node is None or not helped:
        return Entry(item=item, name="", gone=True)
    services = facts.named(graph, helped)
    return Entry(
        item=item,
        name=first_name(facts.name(graph, item.record)),
        by=tuple(name for _, name in services),
        volunteer=True,
    )


def _of_service(graph: Subgraph, item: Item, home: Point | None, scope: Scope) -> Entry:
    service = Service.from_node(graph.nodes[item.record])
    givers = facts.named(graph, facts.starts(graph, "PROVIDES", service.id))
    places = facts.places(graph, service.id)
    return Entry(
        item=item,
        name=service.name,
        service=service,
        organization=graph.nodes[givers[0][0]].properties if givers else None,
        by=tuple(name for _, name in givers),
        needs=facts.needs_met(graph, service.id),
        places=places,
        contacts=tuple(each for key, _ in givers for each in facts.contacts(graph, key)),
        distance_m=None if service.comes_to_you else _nearest(places, home),
        gone=not service.held_on(scope.as_of),
    )


def _of_organization(graph: Subgraph, item: Item, home: Point | None, scope: Scope) -> Entry:
    node = graph.nodes[item.record]
    places = facts.places(graph, node.id)
    return Entry(
        item=item,
        name=facts.name(graph, node.id),
        organization=node.properties,
        places=places,
        contacts=facts.contacts(graph, node.id),
        distance_m=_nearest(places, home),
        gone=not held_on(node.properties, scope.as_of),
    )


def _nearest(places: tuple[Place, ...], home: Point | None) -> float | None:
    metres = [distance(home, p.point) for p in places if home is not None and p.point is not None]
    return min(metres, default=None)
