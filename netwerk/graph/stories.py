"""A story in the file, and what others read of it: kept together, taken back in one place."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from netwerk.domain.cases import Case
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Node, Properties, Subgraph, text
from netwerk.domain.stories import SHARED, SharedStory
from netwerk.graph.anonymous import names_in
from netwerk.graph.casework import handled_by, kept_in
from netwerk.graph.file import PersonFile
from netwerk.graph.names import require_nameless, traces
from netwerk.ports.stores import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStory:
    """What helped, told with the inhabitant's yes. `teams` are those of who tells it."""

    key: NodeId
    text: str
    teams: Collection[NodeId]
    sure: bool = False


def tell(work: Work, file: PersonFile, case: Case, told: NewStory) -> None:
    """Keep a story in the file, and beside it what the team of the case reads of it.

    Raises NamesInTextError where it tells who it is about.
    """
    require_nameless(traces(told.text, names_in(file)), sure=told.sure)
    today = file.on.isoformat()
    facts: Properties = {
        "text": told.text.strip(),
        "needs": list(case.needs),
        "told_on": today,
        "agreed_on": today,
    }
    work.save(Node(label="Story", id=told.key, properties=facts))
    work.save(kept_in(case, told.key))
    shared = SharedStory(
        key=told.key,
        text=told.text.strip(),
        teams=handled_by(file, case, told.teams),
        told_on=file.on,
    )
    work.keep_beside(SHARED, shared.written(), told.key)


def as_they_stand(graph: Subgraph, peek: Callable[[str, str], Properties | None]) -> Subgraph:
    """Return a file whose stories tell whether they were taken back: that is kept beside it."""
    stories = [
        node.with_properties(withdrawn_on=back)
        for node in graph.labelled("Story")
        if (back := text(peek(SHARED, node.id) or {}, "withdrawn_on"))
    ]
    return graph | Subgraph.of(stories)


def in_any_order(stories: Collection[SharedStory]) -> list[SharedStory]:
    """Return stories, the newest month first.

    Within a month their order says nothing: which case was just closed is not to be read from it.
    """
    return sorted(stories, key=lambda each: (_month(each.told_on), each.key), reverse=True)


def _month(on: date) -> tuple[int, int]:
    return on.year, on.month
