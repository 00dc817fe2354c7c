"""Sessions as those see them who sit in one, or whose team holds it."""

from collections.abc import Collection
from dataclasses import dataclass

from netwerk.domain.access import PERMISSIONS, Permission, Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.people import Worker
from netwerk.domain.records import Properties, Subgraph, text
from netwerk.domain.reviewing import REVIEW_ITEM, SESSION, ItemState, ReviewItem, Session
from netwerk.domain.teams import members_of, teams_of
from netwerk.domain.upkeep import require_role
from netwerk.graph.anonymous import Sheet
from netwerk.ports.stores import DirectoryWork, GraphStore, SystemWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who can sit in a session."""

    id: WorkerId
    name: str
    own_team: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked:
    """A case of a session as it is shown: without whose it is.

    `mine`: the viewer may open the file, so that they can be led to it. `sheet` is None when the
    inhabitant took the case back.
    """

    item: ReviewItem
    sheet: Sheet | None
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session with its cases, and what everybody is called.

    `may_edit`: the viewer plans it and takes notes; it is not closed.
    """

    session: Session
    talked: tuple[Talked, ...]
    names: dict[NodeId, str]
    team: str
    may_edit: bool

    def one(self, key: str) -> Talked:
        """Return one of its cases. Raises NotVisibleError."""
        for each in self.talked:
            if each.item.key == key:
                return each
        raise NotVisibleError


def sessions(store: GraphStore, scope: Scope) -> list[Session]:
    """Return the sessions of the viewer's teams and those they sit in, the newest first."""
    with store.directory(scope) as view:
        teams = set(teams_of(view.nodes("Worker", "Team"), scope.viewer))
    with store.system() as work:
        every = [Session.read(key, facts) for key, facts in work.find(SESSION)]
    seen = [each for each in every if each.team in teams or each.seats(scope.viewer)]
    return sorted(seen, key=lambda each: (each.on, each.begins, each.key), reverse=True)


def colleagues(store: GraphStore, scope: Scope) -> list[Colleague]:
    """Return who can sit in a session: those of the own team first, then by name."""
    with store.directory(scope) as view:
        graph = view.nodes("Worker", "Team")
    own = members_of(graph, teams_of(graph, scope.viewer))
    workers = [Worker.from_node(node) for node in graph.labelled("Worker")]
    able = [w for w in workers if Permission.REVIEW_READ in PERMISSIONS[w.role]]
    every = [Colleague(id=w.id, name=w.name, own_team=w.id in own) for w in able]
    return sorted(every, key=lambda each: (not each.own_team, each.name.casefold(), each.id))


def room(store: GraphStore, scope: Scope, key: str, action: str = "open-review") -> Room:
    """Return a session as the viewer may see it; that it was opened is logged.

    Raises NotVisibleError for who is neither of its team nor in it.
    """
    session = session_of(store.peek(SESSION, key), key)
    with store.directory(scope, action) as view:
        graph = view.nodes("Worker", "Team")
        own_cases = {r.source for r in view.caseload().of_type("CONCERNS")}
    of_team = session.team in teams_of(graph, scope.viewer)
    if not of_team and not session.seats(scope.viewer):
        raise NotVisibleError
    with store.system() as work:
        items = items_of(work, key)
    names = {n.id: text(n.properties, "name") or "" for n in graph.nodes.values()}
    return Room(
        session=session,
        talked=tuple(_talked(item, own_cases) for item in items),
        names=names,
        team=names.get(session.team, ""),
        may_edit=of_team and not session.closed_on and _may_edit(graph, scope.viewer),
    )


def session_of(facts: Properties | None, key: str) -> Session:
    """Return a stored session. Raises NotVisibleError where there is none."""
    if facts is None:
        raise NotVisibleError
    return Session.read(key, facts)


def items_of(work: SystemWork, session: str) -> list[ReviewItem]:
    """Return the cases of a session by their letter."""
    found = [ReviewItem.read(key, facts) for key, facts in work.find(REVIEW_ITEM, session)]
    return sorted(found, key=lambda each: (each.letter, each.key))


def own_session(work: DirectoryWork, scope: Scope, key: str) -> Session:
    """Return a session of the viewer's own team, locked. Raises NotVisibleError."""
    require_role(work, scope, Permission.REVIEW_EDIT)
    session = session_of(work.get(SESSION, key), key)
    if session.team not in teams_of(work.around([scope.viewer]), scope.viewer):
        raise NotVisibleError
    return session


def _may_edit(graph: Subgraph, viewer: WorkerId) -> bool:
    role = Worker.from_node(graph.nodes[viewer]).role
    return Permission.REVIEW_EDIT in PERMISSIONS[role]


def _talked(item: ReviewItem, mine: Collection[NodeId]) -> Talked:
    there = item.state is ItemState.BROUGHT
    return Talked(
        item=item, sheet=Sheet.read(item.sheet) if there else None, mine=item.case in mine
    )
