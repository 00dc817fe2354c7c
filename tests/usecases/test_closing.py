"""Closing a case: why, what helped, and that nobody is in the file any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose
from netwerk.domain.cases import Case, ClosingReason
from netwerk.domain.errors import ConflictError, InvalidInputError, LookOnlyError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.records import Node, Relationship
from netwerk.domain.requests import REQUEST, RequestStatus
from netwerk.graph.names import MaybeNamesError, NamesInTextError
from netwerk.graph.retaining import Terms, needed
from netwerk.schema import load_schema
from netwerk.usecases import closing, emergency, network, subjects
from netwerk.usecases.closing import Closing
from netwerk.usecases.emergency import Emergency
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, StoppedClock, link, node

OWN = street.worker("own")
ANNIE = replace(SCOPE, viewer=OWN, subject=PersonId(NodeId("annie")))
DONE = Closing(
    because=ClosingReason.INFORMAL_HELP,
    on=TODAY,
    version=1,
    helped="De eettafel bij de kerk. Ze kookt er nu zelf.",
    note=" Belt als het niet gaat. ",
)


def op(number: int) -> OperationId:
    return OperationId(f"{number:032x}")


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(
        [
            *street.records(),
            *street.advices(),
            node("Effort", "new", worker=OWN, minutes_a_week=60, valid_from=TODAY.isoformat()),
            link("KEPT_IN", "new", "case-annie"),
        ]
    )


def kept(store: MemoryStore) -> dict[str, Node]:
    return {each.id: each for each in store.dump() if isinstance(each, Node)}


def test_a_closed_case_says_why_and_is_shut_at_once(store: MemoryStore) -> None:
    closing.close(store, ANNIE, op(1), DONE)
    closing.close(store, ANNIE, op(1), DONE)
    case = Case.from_node(kept(store)["case-annie"])
    assert (case.closed_on, case.closed_because) == (TODAY, ClosingReason.INFORMAL_HELP)
    facts = case.node.properties
    assert (facts["closed_by"], facts["closing_note"]) == (OWN, "Belt als het niet gaat.")
    for who in ("own", "mate"):
        with pytest.raises(NotVisibleError):
            network.open_file(store, replace(ANNIE, viewer=street.worker(who)))
    with pytest.raises(NotVisibleError):
        closing.close(store, ANNIE, op(2), DONE)


def test_the_hours_end_with_it(store: MemoryStore) -> None:
    closing.close(store, ANNIE, op(1), DONE)
    after = kept(store)
    assert after["effort-annie"].properties["valid_to"] == TODAY.isoformat()
    assert after["step-annie"].properties["dropped_on"] == TODAY.isoformat()
    assert "valid_to" not in after["new"].properties
    assert "valid_to" not in after["effort-zwaan"].properties


def test_what_helped_is_told_on_only_with_a_yes_and_without_names(store: MemoryStore) -> None:
    told = replace(DONE, told_on=True)
    for wrong, error in (
        (replace(told, helped="Mevrouw Daalder kwam elke week."), NamesInTextError),
        (replace(told, helped="Het was Karel die hielp."), MaybeNamesError),
        (replace(told, helped=" "), InvalidInputError),
    ):
        with pytest.raises(error):
            closing.close(store, ANNIE, op(1), wrong)
    sure = replace(told, helped="Samen op de Markt gegeten.", sure=True)
    closing.close(store, ANNIE, op(2), sure)
    story = kept(store)[f"story-{op(2)}"].properties
    assert (story["text"], story["needs"]) == ("Samen op de Markt gegeten.", [street.NEED])
    assert story["agreed_on"] == TODAY.isoformat()
    links = [each for each in store.dump() if isinstance(each, Relationship)]
    assert [r.target for r in links if r.source == f"story-{op(2)}"] == ["case-annie"]


def test_without_a_yes_names_may_stand_and_no_story_is_kept(store: MemoryStore) -> None:
    closing.close(store, ANNIE, op(1), replace(DONE, helped="Bo kwam elke week."))
    assert f"story-{op(1)}" not in kept(store)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (replace(DONE, on=TODAY + timedelta(days=1)), "still to come"),
        (replace(DONE, on=TODAY - timedelta(days=900)), "before the file"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_closed(
    store: MemoryStore, wrong: Closing, why: str
) -> None:
    with pytest.raises(InvalidInputError, match=why):
        closing.close(store, ANNIE, op(1), wrong)
    with pytest.raises(ConflictError):
        closing.close(store, ANNIE, op(2), replace(DONE, version=7))
    assert network.open_file(store, ANNIE).case is not None


def test_who_opened_it_by_way_of_exception_does_not_close_it(store: MemoryStore) -> None:
    other = replace(ANNIE, viewer=street.worker("other"))
    told = Emergency(name="Annie Bergman", birth_year=1948, reason="Ze belde in paniek.")
    emergency.break_glass(store, StoppedClock(), replace(other, subject=None), op(1), told)
    with pytest.raises(LookOnlyError):
        closing.close(store, other, op(2), DONE)
    officer = replace(ANNIE, viewer=street.worker("officer"), purpose=Purpose.DATA_SUBJECT)
    why = "Verzoek om inzage van 1 november."
    subjects.open_request(store, StoppedClock(), officer, op(3), why)
    with pytest.raises(InvalidInputError, match="Only the team"):
        closing.close(store, officer, op(4), DONE)


@pytest.mark.parametrize("more", [True, False])
def test_no_volunteer_is_looked_for_once_no_case_is_open(store: MemoryStore, more: bool) -> None:
    theirs, waits = street.requests()[1], street.requests()[0]
    done = replace(waits, key="done", status=RequestStatus.ACCEPTED)
    with store.system() as work:
        for each in (theirs, waits, done):
            work.put(REQUEST, each.key, each.written())
    if more:
        second = node("Case", "second", question="Nog iets.", opened_on="2026-01-01")
        leads = [
            link("LEADS", street.worker("other"), "second"),
            link("CONCERNS", "second", "annie"),
        ]
        store.load([second, *leads])
    closing.close(store, ANNIE, op(1), DONE)
    closing.close(store, ANNIE, op(1), DONE)
    left = {key: store.peek(REQUEST, key) or {} for key in (theirs.key, waits.key, "done")}
    states = [facts["status"] for facts in left.values()]
    assert states == ["proposed", "proposed" if more else "withdrawn", "accepted"]


def test_the_team_closes_too(store: MemoryStore) -> None:
    closing.close(store, replace(ANNIE, viewer=street.worker("mate")), op(1), DONE)
    assert kept(store)["case-annie"].properties["closed_by"] == street.worker("mate")


def test_another_s_case_is_not_there(store: MemoryStore) -> None:
    for subject in (None, PersonId(NodeId("zwaan"))):
        with pytest.raises(NotVisibleError):
            closing.close(store, replace(ANNIE, subject=subject), op(1), DONE)


def test_what_is_not_finished_is_counted(store: MemoryStore) -> None:
    found = closing.left(network.open_file(store, ANNIE))
    assert (found.actions, found.asks, found.colleagues, found.drafts) == (1, 1, 1, 1)


def test_the_terms_count_from_the_day_of_closing(store: MemoryStore) -> None:
    closing.close(store, ANNIE, op(1), replace(DONE, told_on=True))
    graph = needed(store.dump(), load_schema())
    assert Terms(graph, load_schema(), TODAY).closed[NodeId("annie")] == TODAY


def family(store: MemoryStore) -> None:
    """Let the case of Annie be that of Kim and Lou too; Lou has another case of the team."""
    store.load([node("Person", each, name=each.title()) for each in ("lou", "kim")])
    store.load([node("Case", "of-lou", question="Werk.", opened_on="2026-01-01")])
    about = [link("CONCERNS", "case-annie", each) for each in ("lou", "kim")]
    store.load([*about, link("CONCERNS", "of-lou", "lou"), link("LEADS", OWN, "of-lou")])


def test_for_whom_it_closes_as_well_is_told_by_name(store: MemoryStore) -> None:
    assert closing.also(store, ANNIE, network.open_file(store, ANNIE)) == []
    family(store)
    found = closing.also(store, ANNIE, network.open_file(store, ANNIE))
    assert [each.name for each in found] == ["Kim", "Lou"]


def test_for_a_family_no_volunteer_is_looked_for_where_the_file_is_shut(store: MemoryStore) -> None:
    family(store)
    waits = replace(street.requests()[0], status=RequestStatus.OPEN)
    every = [
        replace(waits, key=f"{who}-{by}", person=PersonId(NodeId(who)), worker=street.worker(by))
        for who in ("annie", "kim", "lou")
        for by in ("mate", "other")
    ]
    with store.system() as work:
        for each in every:
            work.put(REQUEST, each.key, each.written())
    closing.close(store, ANNIE, op(1), DONE)
    back = [e.key for e in every if (store.peek(REQUEST, e.key) or {})["status"] == "withdrawn"]
    assert back == ["annie-mate", "annie-other", "kim-mate"]
    for who in ("kim", "annie"):
        with pytest.raises(NotVisibleError):
            network.open_file(store, replace(ANNIE, subject=PersonId(NodeId(who))))
    assert network.open_file(store, replace(ANNIE, subject=PersonId(NodeId("lou")))).case
