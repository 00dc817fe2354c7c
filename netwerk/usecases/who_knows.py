"""Who knows about the question of an inhabitant: myself, with a colleague, or someone else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.directory import Need, Organization
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.knowledge import DO
from netwerk.domain.people import Worker
from netwerk.domain.records import Subgraph, text
from netwerk.domain.upkeep import require_role
from netwerk.graph.file import PersonFile
from netwerk.graph.knowledge import TeamKnowledge, team_knowledge
from netwerk.graph.needs import line
from netwerk.graph.room import Load, Room, loads
from netwerk.ports.stores import DirectoryView, GraphStore, OfferQuery

MOST: Final = 8
"""Specialists that are named for one need."""
SPECIALIST: Final = "specialist"
Parents = Mapping[NodeId, NodeId | None]
_ROOMY: Final = (Room.ROOM, Room.AS_OTHERS, Room.BUSY)


class Way(StrEnum):
    """What a worker can do with a question."""

    MYSELF = "myself"
    WITH_COLLEAGUE = "with_colleague"
    SOMEONE_ELSE = "someone_else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """A colleague who knows something about a need, and what they carry now."""

    worker: Worker
    level: int
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A specialist partner for a need, with what they offer and who of us knows them."""

    organization: Organization
    offers: tuple[str, ...]
    known_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForNeed:
    """Who knows about one need; `way` is where to begin, by what is known: the worker decides."""

    need: Need
    mine: int
    colleagues: tuple[Knowing, ...]
    outside: tuple[Outside, ...]
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoKnows:
    """The file, and for each need of its case who knows about it."""

    file: PersonFile
    needs: tuple[ForNeed, ...]


def for_case(store: GraphStore, scope: Scope) -> WhoKnows:
    """Return who knows about the needs of the case of the scope's subject; that is logged.

    Whom the inhabitant wants left alone is not named as somebody to consult.
    """
    if scope.subject is None:
        raise NotVisibleError
    with store.view(scope, "who-knows") as view:
        file = PersonFile(view.own_file(), scope.subject, scope.as_of)
    codes = () if file.case is None else file.case.needs
    with store.directory(scope, "look-at-knowledge") as directory:
        require_role(directory, scope, Permission.KNOWLEDGE_EDIT)
        graph = directory.nodes("Need", "Worker", "Team")
        caseload = directory.caseload("Effort")
        outside = {code: _outside(directory, scope, code) for code in codes if code in graph.nodes}
    team = team_knowledge(graph, scope.viewer, ())
    carried = loads(caseload, [who.id for who in team.colleagues], scope.as_of)
    return WhoKnows(
        file=file,
        needs=tuple(
            _for_need(graph, team, carried, (code, found, file.gates.barred))
            for code, found in outside.items()
        ),
    )


def _for_need(
    graph: Subgraph,
    team: TeamKnowledge,
    carried: Mapping[WorkerId, Load],
    about: tuple[NeedId, Subgraph, set[NodeId]],
) -> ForNeed:
    code, found, barred = about
    parents = {node.id: Need.from_node(node).parent for node in graph.labelled("Need")}
    levels = _levels(parents, team, code)
    me = team.colleagues[0].id
    knowing = [
        Knowing(worker=who, level=levels[who.id], load=carried[who.id])
        for who in team.colleagues[1:]
        if levels[who.id]
    ]
    knowing.sort(key=lambda each: (each.level < DO, _ROOMY.index(each.load.room), -each.level))
    names = {who.id: who.name for who in team.colleagues}
    return ForNeed(
        need=Need.from_node(graph.nodes[code]),
        mine=levels[me],
        colleagues=tuple(knowing),
        outside=tuple(_named(_only(found, code, parents), names, barred))[:MOST],
        way=_way(levels[me], knowing),
    )


def _levels(parents: Parents, team: TeamKnowledge, code: NeedId) -> Mapping[WorkerId, int]:
    """Return what each knows of a need, or of what is above or below it."""
    above = line(code, parents)
    found = {who.id: 0 for who in team.colleagues}
    for (who, need), known in team.levels.items():
        if need in above or code in line(need, parents):
            found[who] = max(found[who], known.level)
    return found


def _way(mine: int, knowing: Iterable[Knowing]) -> Way:
    if mine >= DO:
        return Way.MYSELF
    able = any(each.level >= DO for each in knowing)
    return Way.WITH_COLLEAGUE if able else Way.SOMEONE_ELSE


def _outside(view: DirectoryView, scope: Scope, need: NeedId) -> Subgraph:
    """Return the specialist offers for a need, with who knows those who give them."""
    query = OfferQuery(
        need=need,
        formalities=frozenset({SPECIALIST}),
        on=scope.as_of.isoformat(),
        age=None,
        origin=None,
        radius=0.0,
        limit=MOST,
    )
    offered = view.offers(query).subgraph
    around = view.around(sorted({r.source for r in offered.of_type("PROVIDES")}))
    contacts = view.around(sorted({r.source for r in around.of_type("CONTACT_FOR")}))
    return offered | around | contacts


def _only(found: Subgraph, need: NeedId, parents: Parents) -> Subgraph:
    """Leave out what is about a sibling of the need."""
    kept = [
        link
        for link in found.relationships.values()
        if link.type != "ADDRESSES" or need in line(link.target, parents)
    ]
    return Subgraph.of([*found.nodes.values(), *kept])


def _named(
    found: Subgraph, names: Mapping[WorkerId, str], barred: set[NodeId]
) -> Iterable[Outside]:
    at = {r.source: r.target for r in found.of_type("CONTACT_FOR")}
    known: dict[NodeId, set[str]] = {}
    for link in found.of_type("ACQUAINTED"):
        if link.source in names:
            where = at.get(link.target, link.target)
            known.setdefault(where, set()).add(names[WorkerId(link.source)])
    addressed = {r.source for r in found.of_type("ADDRESSES")}
    offers: dict[NodeId, list[str]] = {}
    for link in found.of_type("PROVIDES"):
        if link.target in addressed and link.source not in barred:
            service = text(found.nodes[link.target].properties, "name") or ""
            offers.setdefault(link.source, []).append(service)
    every = [
        Outside(
            organization=Organization.from_node(found.nodes[key]),
            offers=tuple(sorted(filter(None, names_of))),
            known_by=tuple(sorted(known.get(key, ()))),
        )
        for key, names_of in offers.items()
    ]
    return sorted(every, key=lambda o: (not o.known_by, o.organization.name.casefold()))
