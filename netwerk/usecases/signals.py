"""Signals from places where people are: what a team noticed there, and what it did about it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.records import Subgraph, text
from netwerk.domain.signals import SIGNAL, Signal, SignalOutcome
from netwerk.domain.teams import members_of, teams_of
from netwerk.domain.upkeep import require_role
from netwerk.graph.names import require_nameless, traces
from netwerk.ports.stores import DirectoryView, DirectoryWork, GraphStore

_NEAR: Final = ("PRESENT_AT", "ACQUAINTED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A signal with what its place and whoever noted it are called."""

    signal: Signal
    place: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a signal; `sure`: what looks like a name in it is none."""

    on: str
    noticed: str
    place: str = ""
    elsewhere: str = ""
    minutes: int = 0
    outcome: SignalOutcome = SignalOutcome.WAITING
    done: str = ""
    sure: bool = False


def listed(store: GraphStore, scope: Scope) -> list[Shown]:
    """Return the signals of the viewer's teams: what waits first, then the newest."""
    with store.directory(scope, "list-signals") as view:
        graph = _graph(view, scope)
    teams = teams_of(graph, scope.viewer)
    with store.system() as work:
        found = [Signal.read(key, f) for team in teams for key, f in work.find(SIGNAL, team)]
    with store.directory(scope) as view:
        places = view.around(sorted({NodeId(each.place) for each in found if each.place}))
    newest = sorted(found, key=lambda each: (each.on, each.key), reverse=True)
    return [_shown(each, graph | places) for each in sorted(newest, key=lambda s: not s.waits)]


def one(store: GraphStore, scope: Scope, key: str) -> Shown:
    """Return a signal of the viewer's teams. Raises NotVisibleError."""
    found = next((each for each in listed(store, scope) if each.signal.key == key), None)
    if found is None:
        raise NotVisibleError
    return found


def places(store: GraphStore, scope: Scope) -> list[tuple[NodeId, str]]:
    """Return where the team is to be found or knows somebody, by name."""
    with store.directory(scope) as view:
        graph = _graph(view, scope)
        seen = view.around(sorted(members_of(graph, teams_of(graph, scope.viewer))))
    near = {r.target for kind in _NEAR for r in seen.of_type(kind)}
    named = ((n.id, text(n.properties, "name") or "") for n in seen.labelled("Organization"))
    return sorted((each for each in named if each[0] in near), key=lambda each: each[1].casefold())


def note(store: GraphStore, scope: Scope, operation: OperationId, told: Told) -> str:
    """Note a signal for the viewer's team; return its key.

    Raises NamesInTextError where what was written tells who it is about.
    """
    key = f"signal-{operation}"
    _require_nameless(store, scope, told)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        teams = _teams(work, scope)
        if not teams:
            raise InvalidInputError("You are in no team yet. Ask the administrator.")
        _require_sound(work, scope, told)
        new = Signal(key=key, team=teams[0], by=scope.viewer, on=told.on, noticed=told.noticed)
        _put(work, new, told)
        work.audit(AuditEvent.within(scope, "note-signal", key))
    return key


def change(
    store: GraphStore, scope: Scope, operation: OperationId, read: tuple[str, int], told: Told
) -> None:
    """Note what was done, or put right what was told. `read`: the key and version it was read at.

    Raises ConflictError if a colleague changed it since.
    """
    key, version = read
    _require_nameless(store, scope, told)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        facts = work.get(SIGNAL, key)
        stored = None if facts is None else Signal.read(key, facts)
        if stored is None or stored.team not in _teams(work, scope):
            raise NotVisibleError
        if stored.version != version:
            raise ConflictError(key, stored)
        _require_sound(work, scope, told)
        _put(work, stored, told)
        work.audit(AuditEvent.within(scope, "change-signal", key))


def _put(work: DirectoryWork, signal: Signal, told: Told) -> None:
    changed = replace(
        signal,
        on=told.on,
        noticed=told.noticed.strip(),
        place=told.place,
        elsewhere="" if told.place else told.elsewhere.strip(),
        minutes=told.minutes,
        outcome=told.outcome,
        done=told.done.strip(),
    )
    work.put(SIGNAL, signal.key, changed.written())


def _require_sound(work: DirectoryWork, scope: Scope, told: Told) -> None:
    if not told.noticed.strip():
        raise InvalidInputError("Write what you noticed.")
    if told.on > scope.as_of.isoformat():
        raise InvalidInputError("This day is still to come.")
    if not told.place and not told.elsewhere.strip():
        raise InvalidInputError("Choose where it was, or write it down.")
    if told.place:
        found = work.around([NodeId(told.place)]).nodes.get(NodeId(told.place))
        if found is None or found.label != "Organization":
            raise NotVisibleError


def _require_nameless(store: GraphStore, scope: Scope, told: Told) -> None:
    # What the inhabitants of one's own caseload are called is known; else there is what stands out.
    with store.directory(scope) as view:
        people = view.caseload().labelled("Person")
    called = ("name", "alias")
    names = [text(person.properties, key) or "" for person in people for key in called]
    found = traces("\n".join((told.noticed, told.done)), names)
    # Where it was is mostly a name: only that of an inhabitant is one too many.
    at_home = traces(told.elsewhere, names).known
    found = replace(found, known=(*found.known, *at_home))
    require_nameless(found, sure=told.sure)


def _graph(view: DirectoryView, scope: Scope) -> Subgraph:
    require_role(view, scope, Permission.NETWORK_READ)
    return view.nodes("Worker", "Team")


def _teams(work: DirectoryWork, scope: Scope) -> list[NodeId]:
    require_role(work, scope, Permission.NETWORK_EDIT)
    return teams_of(work.around([scope.viewer]), scope.viewer)


def _shown(signal: Signal, graph: Subgraph) -> Shown:
    def name(key: str) -> str:
        node = graph.nodes.get(NodeId(key))
        return "" if node is None else text(node.properties, "name") or ""

    return Shown(signal=signal, place=name(signal.place) or signal.elsewhere, by=name(signal.by))
