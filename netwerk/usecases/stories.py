"""What helped: told without names, with the inhabitant's yes, and gone when that is taken back."""

from contextlib import suppress
from dataclasses import dataclass

from netwerk.domain.access import Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.errors import AlreadyDoneError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.records import Node
from netwerk.domain.stories import Story
from netwerk.domain.teams import teams_of
from netwerk.graph.anonymous import names_in
from netwerk.graph.casework import is_of_team, kept, kept_in
from netwerk.graph.file import PersonFile
from netwerk.graph.names import names_error, traces
from netwerk.ports.stores import GraphStore, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told. `agreed`: the inhabitant said yes; `sure`: what stands out is no name."""

    text: str
    agreed: bool
    sure: bool = False


def of_file(file: PersonFile) -> list[Story]:
    """Return the stories of a file, newest first."""
    every = [Story.from_node(node) for node in kept(file, "Story")]
    return sorted(every, key=lambda each: (each.told_on, each.id), reverse=True)


def shared(store: GraphStore, scope: Scope) -> list[Story]:
    """Return the stories of the viewer's caseload that others may read, newest first."""
    with store.directory(scope, "read-stories") as view:
        graph = view.caseload("Story")
    every = [Story.from_node(node) for node in graph.labelled("Story")]
    told = [each for each in every if each.is_shared]
    return sorted(told, key=lambda each: (each.told_on, each.id), reverse=True)


def tell(store: GraphStore, scope: Scope, operation: OperationId, told: Telling) -> None:
    """Keep a story. Raises NamesInTextError where it tells who it is about."""
    if not told.text.strip():
        raise InvalidInputError("Write down what helped.")
    if not told.agreed:
        raise InvalidInputError("Only with the inhabitant's yes others may read it.")
    with store.directory(scope) as view:
        teams = teams_of(view.nodes("Worker", "Team"), scope.viewer)
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        file = _file(work, scope)
        case = file.case
        # Who opened another team's file by way of exception tells nothing of it to others.
        if case is None or not is_of_team(file, case, scope.viewer, teams):
            raise InvalidInputError("Only the team that helps somebody tells what helped.")
        found = traces(told.text, names_in(file))
        if found.known or (found.suspected and not told.sure):
            raise names_error(found)
        today = scope.as_of.isoformat()
        facts = {"text": told.text.strip(), "told_on": today, "agreed_on": today}
        story = Node(label="Story", id=NodeId(f"story-{operation}"), properties=facts)
        work.save(story)
        work.save(kept_in(case, story.id))
        work.audit(AuditEvent.within(scope, "tell-story"))


def take_back(store: GraphStore, scope: Scope, operation: OperationId, key: str) -> None:
    """Take a story back: from now on nobody else reads it. Raises NotVisibleError."""
    with suppress(AlreadyDoneError), store.work(scope, operation) as work:
        story = next((each for each in of_file(_file(work, scope)) if each.id == key), None)
        if story is None:
            raise NotVisibleError
        work.save(story.node.with_properties(withdrawn_on=scope.as_of.isoformat()))
        work.audit(AuditEvent.within(scope, "take-story-back", story.id))


def _file(work: Work, scope: Scope) -> PersonFile:
    if scope.subject is None:
        raise NotVisibleError
    return PersonFile(work.own_file(), PersonId(scope.subject), scope.as_of)
