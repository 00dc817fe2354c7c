"""What helped, as the demo's inhabitants let their team tell it, and what was closed."""

from collections.abc import Iterable, Iterator
from typing import Final

from netwerk.demo.draft import Draft
from netwerk.domain.cases import Case
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Properties, Record, Subgraph
from netwerk.domain.reopening import ClosedCase
from netwerk.domain.stories import SharedStory, Story

_TOLD: Final = (
    "Ze durfde niet alleen naar de eettafel. De buurvrouw liep twee keer mee. De derde keer ging "
    "ze zelf, en nu haalt zij een ander op.",
    "Hij had geen hulp nodig, zei hij. Wel wilde hij iets doen. Hij repareert nu fietsen in het "
    "wijkhuis, en daar kwam het gesprek over zijn brieven.",
    "We dachten aan een cursus. Het werd haar nicht, die op zondag de formulieren meeleest. "
    "Niemand had het haar nog gevraagd.",
)

_AT_CLOSING: Final = (
    "Eerst wilde hij er met niemand over praten. Een man van de wandelclub had hetzelfde "
    "meegemaakt. Samen lopen was genoeg om te beginnen.",
    "Haar zus dacht dat ze niets mocht doen. Toen zij het zelf vroeg, kookte haar zus op dinsdag, "
    "en haar zwager nam de papieren mee.",
)
_BECAUSE: Final = {"own_network", "informal_help"}


def add_stories(draft: Draft) -> None:
    """Add a story to a few of the open cases of each team; De Wit has yet to tell one."""
    for cluster in draft.workers:
        files = [f for f in draft.files if f.cluster == cluster and f.opened > 60]
        files = [f for f in files if f.person != draft.town.id("p-dewit")]
        for number, (file, text) in enumerate(zip(files, _TOLD, strict=False)):
            on = draft.town.ago(10 + 9 * number)
            key = f"story-{cluster.lower()}-{number}"
            story = draft.node("Story", key, text=text, told_on=on, agreed_on=on)
            draft.link("KEPT_IN", story, file.case)


def add_stories_at_closing(draft: Draft) -> None:
    """Add what was told when a case was closed, to the last ones of each team."""
    for cluster in draft.workers:
        team = draft.town.id(f"team-{cluster.lower()}")
        handled = {link.source for link in draft.links.values() if link.target == team}
        closed = [
            node
            for node in draft.nodes.values()
            if node.id in handled and node.properties.get("closed_because") in _BECAUSE
        ]
        closed.sort(key=lambda case: (f"{case.properties['closed_on']}", case.id), reverse=True)
        for number, (case, text) in enumerate(zip(closed, _AT_CLOSING, strict=False)):
            on = case.properties["closed_on"]
            key = f"story-closed-{cluster.lower()}-{number}"
            story = draft.node("Story", key, text=text, told_on=on, agreed_on=on)
            draft.link("KEPT_IN", story, case.id)


def closed(records: Iterable[Record]) -> Iterator[tuple[NodeId, Properties]]:
    """Yield, by key, which of these cases their team may open again."""
    graph = Subgraph.of(records)
    about = {r.source: r.target for r in graph.of_type("CONCERNS")}
    ours = {r.source: r.target for r in graph.of_type("HANDLED_BY")}
    for case in (Case.from_node(node) for node in graph.labelled("Case")):
        if case.closed_on is not None:
            told = ClosedCase(
                case=case.id,
                person=PersonId(about[case.id]),
                closed_on=case.closed_on,
                ours=(ours[case.id],),
            )
            yield case.id, {**told.written(), "owner": told.person}


def shared(records: Iterable[Record]) -> Iterator[tuple[NodeId, Properties]]:
    """Yield, by key, what the teams read of the stories in these files."""
    graph = Subgraph.of(records)
    kept = {r.source: r.target for r in graph.of_type("KEPT_IN")}
    about = {r.source: r.target for r in graph.of_type("CONCERNS")}
    teams = {r.source: r.target for r in graph.of_type("HANDLED_BY")}
    for node in graph.labelled("Story"):
        story, case = Story.from_node(node), kept[node.id]
        told = SharedStory(
            key=story.id, text=story.text, teams=(teams[case],), told_on=story.told_on
        )
        yield story.id, {**told.written(), "owner": about[case]}
