"""What helped: told without names, with the inhabitant's yes, and gone when that is taken back."""

from contextlib import suppress
from dataclasses import dataclass

from netwerk.domain.access import PERMISSIONS, Permission, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.people import Worker
from netwerk.domain.records import Subgraph
from netwerk.domain.stories import SHARED, SharedStory, Story, taken_back
from netwerk.domain.teams import teams_of
from netwerk.domain.upkeep import require_role
from netwerk.graph.casework import is_of_team
from netwerk.graph.file import PersonFile
from netwerk.graph.stories import NewStory, as_they_stand, in_any_order
from netwerk.graph.stories import tell as told_in
from netwerk.ports.stores import DirectoryWork, GraphStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told. `agreed`: the inhabitant said yes; `sure`: what stands out is no name."""

    text: str
    agreed: bool
    sure: bool = False


def of_file(store: GraphStore, file: PersonFile) -> list[Story]:
    """Return the stories of a file, newest first; those that were told at closing too."""
    graph = as_they_stand(file.graph, store.peek)
    every = [Story.from_node(node) for node in graph.labelled("Story")]
    return sorted(every, key=lambda each: (each.told_on, each.id), reverse=True)


def shared(store: GraphStore, scope: Scope) -> list[SharedStory]:
    """Return the stories that the viewer's teams may read, of open and of closed cases."""
    with store.directory(scope, "read-stories") as view:
        graph = view.nodes("Worker", "Team")
    with store.system() as work:
        every = [SharedStory.read(key, facts) for key, facts in work.find(SHARED)]
    return in_any_order([s for s in every if s.stands and _reads(graph, scope, s)])


def tell(store: GraphStore, scope: Scope, operation: OperationId, told: Telling) -> None:
    """Keep a story. Raises NamesInTextError where it tells who it is about."""
    if not told.text.strip():
        raise InvalidInputError("Write down what helped.")
    if not told.agreed:
        raise InvalidInputError("Only with the inhabitant's yes others may read it.")
    with store.directory(scope) as view:
        teams = teams_of(view.nodes("Worker", "Team"), scope.viewer)
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = PersonFile.in_work(work, scope)
        case = file.case
        # Who opened another team's file by way of exception tells nothing of it to others.
        if case is None or not is_of_team(file, case, scope.viewer, teams):
            raise InvalidInputError("Only the team that helps somebody tells what helped.")
        key = NodeId(f"story-{operation}")
        told_in(work, file, case, NewStory(key=key, text=told.text, teams=teams, sure=told.sure))
        work.audit(AuditEvent.within(scope, "tell-story"))


def take_back(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Take a story of a file back: from now on nobody else reads it. Raises NotVisibleError.

    For whoever may open the file: the team, and who has the inhabitant's request.
    """
    with store.view(scope, "open-stories") as view:
        node = view.own_file().nodes.get(NodeId(key))
    if node is None or node.label != "Story":
        raise NotVisibleError
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        _take_back(work, scope, key)


def take_back_shared(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Take back, for the coordinator, a story that their teams read; nobody's file is opened."""
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        require_role(work, scope, Permission.STORY_WITHDRAW)
        facts = work.get(SHARED, key)
        graph = work.around([scope.viewer])
        if facts is None or not _reads(graph, scope, SharedStory.read(key, facts)):
            raise NotVisibleError
        _take_back(work, scope, key)


def _take_back(work: DirectoryWork, scope: Scope, key: str) -> None:
    facts = work.get(SHARED, key)
    if facts is None:
        raise NotVisibleError
    work.put(SHARED, key, taken_back(facts, scope.as_of))
    work.audit(AuditEvent.within(scope, "take-story-back", key))


def _reads(graph: Subgraph, scope: Scope, story: SharedStory) -> bool:
    """Whether a story is of a team of the viewer; a coordinator of no team is there for all."""
    teams = teams_of(graph, scope.viewer)
    viewer = graph.nodes.get(scope.viewer)
    if viewer is None:
        return False
    may = PERMISSIONS[Worker.from_node(viewer).role]
    if Permission.STORY_READ not in may:
        return False
    return bool(set(teams) & set(story.teams)) or (not teams and Permission.STORY_WITHDRAW in may)
