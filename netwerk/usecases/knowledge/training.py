"""The training plan of a team: from what is missing to who learns it, and whether they did."""

from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from netwerk.domain.access import Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import (
    AlreadyDoneError,
    ConflictError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import NeedId, NodeId, OperationId
from netwerk.domain.knowledge import CLARIFY, LEVELS
from netwerk.domain.records import Subgraph, text
from netwerk.domain.teams import teams_of
from netwerk.domain.training import TRAINING, Training
from netwerk.domain.upkeep import require_role
from netwerk.domain.visibility import colleagues
from netwerk.graph.knowledge import TeamKnowledge
from netwerk.graph.names import require_nameless, traces
from netwerk.ports.stores import DirectoryWork, GraphStore
from netwerk.usecases.knowledge import telling


class Ending(StrEnum):
    """What became of something to learn."""

    LEARNED = "learned"
    DROPPED = "dropped"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the team knows, and what was agreed to learn: open by day, ended the last first."""

    team: TeamKnowledge
    open: tuple[Training, ...]
    ended: tuple[Training, ...]

    def one(self, key: str) -> Training:
        """Return one of them. Raises NotVisibleError."""
        for each in (*self.open, *self.ended):
            if each.key == key:
                return each
        raise NotVisibleError

    def of(self, need: NeedId) -> bool:
        """Whether somebody is learning this."""
        return any(each.need == need for each in self.open)


def plan(store: GraphStore, scope: Scope) -> Plan:
    """Return the training plan of the viewer's teams."""
    team = telling.team(store, scope)
    every = _of_teams(store, scope)
    return Plan(
        team=team,
        open=tuple(sorted((t for t in every if t.is_open), key=lambda t: (t.by, t.key))),
        ended=tuple(
            sorted(
                (t for t in every if not t.is_open),
                key=lambda t: (t.ended_on, t.key),
                reverse=True,
            )
        ),
    )


def mine(store: GraphStore, scope: Scope) -> list[Training]:
    """Return what the viewer is to learn, the first day first."""
    every = _of_teams(store, scope)
    own = [each for each in every if each.who == scope.viewer and each.is_open]
    return sorted(own, key=lambda each: (each.by, each.key))


def agree(
    store: GraphStore,
    scope: Scope,
    operation: OperationId,
    wanted: Training,
    read: Training | None = None,
) -> None:
    """Agree on something to learn, or change it. Raises ConflictError if it changed since."""
    _require_sound(scope, wanted, read)
    _require_nameless(store, scope, wanted)
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        seen = _ours(work, scope)
        need = work.around([wanted.need]).nodes.get(wanted.need)
        ours = colleagues(seen, scope.viewer)
        if need is None or need.label != "Need" or wanted.who not in ours:
            raise NotVisibleError
        if wanted.from_whom and wanted.from_whom not in ours:
            raise NotVisibleError
        if read is None:
            key, team = f"training-{operation}", _team_of(seen, wanted.who)
            made = replace(wanted, key=key, team=team, version=0)
        else:
            stored = _stored(work, seen, scope, read.key)
            if stored.version != wanted.version:
                raise ConflictError(read.key, stored)
            made = replace(stored, **_agreed(wanted))
        work.put(TRAINING, made.key, made.written())
        work.audit(AuditEvent.within(scope, "agree-training", made.key))


def end(store: GraphStore, scope: Scope, operation: OperationId, key: str, how: Ending) -> Training:
    """Note that it was learned, let it be, or take that back; return it.

    What the colleague knows by now is theirs to tell: no level changes by it.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        stored = _stored(work, _ours(work, scope), scope, key)
        again = how is Ending.AGAIN
        ended = replace(
            stored,
            ended_on="" if again else scope.as_of.isoformat(),
            dropped=how is Ending.DROPPED,
        )
        work.put(TRAINING, key, ended.written())
        work.audit(AuditEvent.within(scope, f"training-{how}", key))
    return Training.read(key, store.peek(TRAINING, key) or {})


def _of_teams(store: GraphStore, scope: Scope) -> list[Training]:
    with store.directory(scope) as view:
        require_role(view, scope, Permission.KNOWLEDGE_EDIT)
        teams = teams_of(view.around([scope.viewer]), scope.viewer)
    with store.system() as work:
        found = [each for team in teams for each in work.find(TRAINING, team)]
    return [Training.read(key, facts) for key, facts in found]


def _agreed(wanted: Training) -> dict[str, Any]:
    """Return what is agreed on; of what ended, that it did is not taken back by a word."""
    names = ("who", "need", "level", "how", "by", "from_whom", "from_other")
    return {name: getattr(wanted, name) for name in names}


def _require_sound(scope: Scope, wanted: Training, read: Training | None) -> None:
    if wanted.level not in LEVELS[CLARIFY - 1 :]:
        raise InvalidInputError("Choose what the colleague is to be able to do.")
    if read is None and wanted.by < scope.as_of.isoformat():
        raise InvalidInputError("Choose a day from today on.")
    if wanted.from_whom == wanted.who:
        raise InvalidInputError("Nobody learns from themselves: choose somebody else.")


def _require_nameless(store: GraphStore, scope: Scope, wanted: Training) -> None:
    # The whole team reads it. It names partners and courses: only inhabitants are looked for.
    with store.directory(scope) as view:
        people = view.caseload().labelled("Person")
    names = [text(each.properties, key) or "" for each in people for key in ("name", "alias")]
    found = traces(f"{wanted.how}\n{wanted.from_other}", names)
    require_nameless(found, sure=True)


def _ours(work: DirectoryWork, scope: Scope) -> Subgraph:
    """Return the viewer's teams with their members."""
    require_role(work, scope, Permission.KNOWLEDGE_EDIT)
    return work.around(teams_of(work.around([scope.viewer]), scope.viewer))


def _team_of(seen: Subgraph, who: NodeId) -> NodeId:
    found = teams_of(seen, who)
    if not found:
        raise InvalidInputError("You are in no team yet. Ask the administrator.")
    return found[0]


def _stored(work: DirectoryWork, seen: Subgraph, scope: Scope, key: str) -> Training:
    facts = work.get(TRAINING, key)
    found = None if facts is None else Training.read(key, facts)
    if found is None or found.team not in teams_of(seen, scope.viewer):
        raise NotVisibleError
    return found
