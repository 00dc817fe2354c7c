"""Which suggestion was asked, and why not the first, is kept alike in every store."""

from dataclasses import replace
from datetime import timedelta

from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId
from netwerk.domain.suggestions import Because, followed
from netwerk.graph.question import Question
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import asks, network, support_paths
from tests.builders import memory_store
from tests.contract.conftest import Fresh
from tests.web import street
from tests.worlds import SCOPE, TODAY

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
NEED = NeedId(NodeId(street.NEED))
QUESTION = Question(person=PersonId(NodeId("annie")), need=NEED, on=TODAY, k=50)


def asked(store: Store) -> list[tuple[str, dict[str, object]]]:
    """Ask the last suggestion and somebody of one's own; return what is kept of both."""
    answer = support_paths.find(store, ANNIE, QUESTION, load_schema().priors)
    idea = asks.own_idea(answer, network.open_file(store, ANNIE), "annie-bo")
    for number, path in enumerate((answer.paths[-1], idea), 1):
        new = asks.NewAsk(
            need=NEED,
            title="Samen wandelen",
            first_step="Vraag Bo",
            asked_by="Own",
            look_again_on=TODAY + timedelta(days=14),
            suggested=asks.suggested(answer, path, shown=5),
            because=Because.ASKED_BEFORE,
            because_note="in de zomer",
        )
        asks.record_ask(store, ANNIE, OperationId(f"{number:032x}"), path, new)
    file = network.open_file(store, ANNIE)
    every = [each.ask.node for each in file.asks if "suggested_rank" in each.ask.node.properties]
    return [(followed(node), dict(node.properties)) for node in every]


def test_what_was_suggested_is_kept_alike(fresh: Fresh) -> None:
    kept = asked(fresh(street.records()))
    assert kept == asked(memory_store(street.records()))
    assert {told for told, _ in kept} == {"asked_before", "own"}
