"""A path that was tried: it must be open, and what came of it is kept once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import AskId, NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Record, Subgraph, text
from netwerk.domain.suggestions import FOLLOWED, Because, Suggested, followed
from netwerk.domain.ties import Approach
from netwerk.graph.question import Answer, Question, SupportPath
from netwerk.schema import load_schema
from netwerk.usecases import asks, network, support_paths
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, link, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
QUESTION = Question(
    person=PersonId(NodeId("annie")), need=NeedId(NodeId(street.NEED)), on=TODAY, k=50
)
NEW = asks.NewAsk(
    need=QUESTION.need,
    title="Wandelen, via Bo",
    first_step="vraag Bo",
    asked_by="Own",
    look_again_on=TODAY + timedelta(days=14),
    note="  belt na vijven  ",
)
WALK = ("annie", "bo", "walk")
COFFEE = ("annie", "church", "coffee")


def op(number: int) -> OperationId:
    return OperationId(str(number) * 32)


@pytest.fixture
def store() -> MemoryStore:
    sis: list[Record] = [
        node("Person", "sis", name="Sis", told_by="annie", willing_to_help=True),
        link("TIE", "annie", "sis", "annie-sis", owner="annie", kind="sibling", approach="may_ask"),
        link("ADDRESSES", "sis", street.NEED),
        link("TIE", "annie", "pastor", "annie-pastor", owner="annie", kind="friend"),
    ]
    return memory_store([*street.records(), *sis])


def answer(store: MemoryStore) -> Answer:
    return support_paths.find(store, ANNIE, QUESTION, load_schema().priors)


def path(store: MemoryStore, *nodes: str) -> SupportPath:
    return asks.path_of(answer(store), nodes)


def recorded(store: MemoryStore, number: int, *nodes: str) -> Ask:
    """Record that a path is tried; return it as the file has it."""
    return read(store, asks.record_ask(store, ANNIE, op(number), path(store, *nodes), NEW))


def read(store: MemoryStore, key: AskId) -> Ask:
    ask = network.open_file(store, ANNIE).ask(key)
    assert ask is not None
    return ask


def ask_again_from(store: MemoryStore, person: str) -> str | None:
    nodes = {each.id: each for each in store.dump() if not hasattr(each, "source")}
    return text(nodes[person].properties, "ask_again_from")  # type: ignore[index]


def test_another_s_question_is_not_answered(store: MemoryStore) -> None:
    zwaan = replace(ANNIE, subject=PersonId(NodeId("zwaan")))
    for scope in (zwaan, replace(ANNIE, subject=None)):
        with pytest.raises(NotVisibleError):
            support_paths.find(store, scope, QUESTION, load_schema().priors)


def test_an_ask_keeps_the_path_as_it_was(store: MemoryStore) -> None:
    ask = recorded(store, 1, *WALK)
    assert (ask.title, ask.outcome, ask.asked_on) == (NEW.title, Outcome.OPEN, TODAY)
    assert ask.step_kinds == ("tie.neighbour", "volunteers")
    assert ask.node.properties["note"] == "belt na vijven"
    again = asks.record_ask(store, ANNIE, op(1), path(store, *WALK), NEW)
    assert again == ask.id


@pytest.mark.parametrize(("at", "rank"), [(0, 1), (1, 2)])
def test_an_ask_keeps_which_suggestion_it_was_and_why_not_the_first(
    store: MemoryStore, at: int, rank: int
) -> None:
    found = answer(store)
    place = asks.suggested(found, found.paths[at], shown=5)
    assert place == Suggested(rank=rank, count=min(len(found.paths), 5))
    new = replace(NEW, suggested=place, because=Because.ENOUGH, because_note="  elke dag al ")
    facts = read(store, asks.record_ask(store, ANNIE, op(1), found.paths[at], new)).node.properties
    told = {key: facts.get(f"overruled_{key}") for key in ("because", "note")}
    # Who asks the first has nothing to explain, whatever was sent along.
    why = {"because": "enough", "note": "elke dag al"}
    assert told == (dict.fromkeys(why) if rank == 1 else why)
    assert (facts["suggested_rank"], facts["suggested_count"]) == (rank, place.count)


def test_no_reason_is_asked_of_anybody(store: MemoryStore) -> None:
    place = Suggested(rank=2, count=3)
    new = replace(NEW, suggested=place, because_note="  ")
    ask = read(store, asks.record_ask(store, ANNIE, op(1), path(store, *WALK), new))
    assert followed(ask.node) == "not_said"
    assert "overruled_note" not in ask.node.properties


def test_what_was_chosen_was_one_of_those_that_were_shown(store: MemoryStore) -> None:
    found = answer(store)
    last = asks.suggested(found, found.paths[-1], shown=1)
    assert last == Suggested(rank=len(found.paths), count=len(found.paths))
    assert asks.suggested(found, found.paths[0], shown=1) == Suggested(rank=1, count=1)


def own_idea(store: MemoryStore, tie: str) -> SupportPath:
    return asks.own_idea(answer(store), network.open_file(store, ANNIE), tie)


def own_idea_asked(store: MemoryStore, tie: str) -> Ask:
    idea = own_idea(store, tie)
    new = replace(NEW, suggested=asks.suggested(answer(store), idea, shown=5), because=Because.WISH)
    return read(store, asks.record_ask(store, ANNIE, op(1), idea, new))


@pytest.mark.parametrize(
    ("tie", "kinds", "supporter"),
    [("annie-bo", ("tie.neighbour", "talent"), "bo"), ("", ("direct",), None)],
)
def test_somebody_is_asked_whom_nobody_suggested(
    store: MemoryStore, tie: str, kinds: tuple[str, ...], supporter: str | None
) -> None:
    ask = own_idea_asked(store, tie)
    assert followed(ask.node) == "own"
    assert (ask.step_kinds, ask.node.properties.get("supporter")) == (kinds, supporter)
    assert ask.node.properties["suggested_count"] == min(len(answer(store).paths), 5)
    assert ask.node.properties["overruled_because"] == "wish"
    asks.set_result(store, ANNIE, op(2), ask, no(0))
    assert (ask_again_from(store, "bo") is not None) is (supporter == "bo")


def test_an_own_idea_that_was_suggested_has_its_place(store: MemoryStore) -> None:
    idea, found = own_idea(store, "annie-sis"), answer(store)
    place = asks.suggested(found, idea, shown=5)
    assert found.paths[place.rank - 1].nodes == idea.nodes


def test_whom_to_leave_alone_is_nobody_s_idea(store: MemoryStore) -> None:
    def may_be_asked() -> set[str]:
        return {tie.id for tie in asks.to_ask(network.open_file(store, ANNIE))}

    assert may_be_asked() == {"annie-bo", "annie-sis"}
    for tie in ("annie-pastor", "nobody"):
        with pytest.raises(NotVisibleError):
            own_idea(store, tie)
    asks.set_result(store, ANNIE, op(2), own_idea_asked(store, "annie-bo"), no(0))
    assert may_be_asked() == {"annie-sis"}, "who said no is not asked again by another way"


def test_in_danger_nobody_is_asked(store: MemoryStore) -> None:
    file, found = network.open_file(store, ANNIE), answer(store)
    case = file.graph.nodes[NodeId("case-annie")].with_properties(safety="acute")
    file.graph = Subgraph.of([*file.graph.nodes.values(), case, *file.graph.relationships.values()])
    with pytest.raises(NotVisibleError):
        asks.own_idea(found, file, "annie-bo")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "not_kept"),
        ({"overruled_because": "wish"}, "not_kept"),
        ({"suggested_rank": 0, "overruled_because": "wish"}, "own"),
        ({"suggested_rank": 1}, "first"),
        ({"suggested_rank": 2}, "not_said"),
        *(({"suggested_rank": 3, "overruled_because": why.value}, why.value) for why in Because),
    ],
)
def test_every_ask_is_one_thing(facts: dict[str, Any], told: str) -> None:
    assert followed(node("Ask", "a", **facts)) == told
    assert told in FOLLOWED


def test_the_reasons_are_those_of_the_vocabulary() -> None:
    schema = load_schema()
    assert set(schema.vocabularies["overruled_because"].values) == {why.value for why in Because}
    assert all(schema.label("report_part", f"suggested.{each}", "nl") for each in FOLLOWED)


def test_a_path_that_is_not_in_the_answer_is_not_there(store: MemoryStore) -> None:
    with pytest.raises(NotVisibleError):
        path(store, "annie", "xi", "walk")


def test_nobody_looks_again_yesterday(store: MemoryStore) -> None:
    late = replace(NEW, look_again_on=TODAY - timedelta(days=1))
    with pytest.raises(InvalidInputError, match="from today on"):
        asks.record_ask(store, ANNIE, op(1), path(store, *WALK), late)


@pytest.mark.parametrize("word", [w for w in Approach if w is not Approach.MAY_ASK])
def test_a_yes_taken_back_in_between_stops_the_ask(store: MemoryStore, word: Approach) -> None:
    shown = path(store, *WALK)
    network.set_approach(store, ANNIE, op(1), RelationshipId("annie-bo"), word)
    with pytest.raises(NotVisibleError):
        asks.record_ask(store, ANNIE, op(2), shown, NEW)


def test_whom_to_leave_alone_stops_every_path_there(store: MemoryStore) -> None:
    shown = path(store, *COFFEE)
    church = RelationshipId("annie-church")
    network.set_approach(store, ANNIE, op(1), church, Approach.DO_NOT_APPROACH)
    with pytest.raises(NotVisibleError):
        asks.record_ask(store, ANNIE, op(2), shown, NEW)


def test_about_nobody_nothing_is_asked(store: MemoryStore) -> None:
    shown = path(store, *WALK)
    with pytest.raises(NotVisibleError):
        asks.record_ask(store, replace(ANNIE, subject=None), op(1), shown, NEW)


def no(at: int | None = None, until: date | None = date(2027, 3, 1)) -> asks.Result:
    return asks.Result(
        outcome=Outcome.DECLINED, on=TODAY, declined_step=at, again_from=until, reason=" te druk "
    )


@pytest.mark.parametrize(
    ("nodes", "at", "who"),
    [
        (WALK, 0, "bo"),
        (WALK, 1, "bo"),
        (WALK, None, "bo"),
        (("annie", "sis"), 0, "sis"),
        (("annie", "sis"), 1, "sis"),
        (COFFEE, 0, None),
        (COFFEE, 1, None),
    ],
)
def test_who_said_no_is_left_alone_until_their_day(
    store: MemoryStore, nodes: tuple[str, ...], at: int | None, who: str | None
) -> None:
    ask = recorded(store, 1, *nodes)
    asks.set_result(store, ANNIE, op(2), ask, no(at))
    left = [key for key in ("bo", "sis", "pastor") if ask_again_from(store, key)]
    assert left == ([who] if who else [])
    if who:
        assert ask_again_from(store, who) == "2027-03-01"
        assert not any(who in each.nodes for each in answer(store).paths)


def test_a_no_without_a_day_leaves_nobody_alone(store: MemoryStore) -> None:
    ask = recorded(store, 1, *WALK)
    asks.set_result(store, ANNIE, op(2), ask, no(0, until=None))
    now = read(store, ask.id)
    assert (now.outcome, now.declined_step, now.reason) == (Outcome.DECLINED, 0, "te druk")
    assert ask_again_from(store, "bo") is None


@pytest.mark.parametrize("at", [-1, 2])
def test_the_one_who_said_no_is_in_the_path(store: MemoryStore, at: int) -> None:
    ask = recorded(store, 1, *WALK)
    with pytest.raises(InvalidInputError, match="who said no"):
        asks.set_result(store, ANNIE, op(2), ask, no(at))


def test_an_ask_without_a_path_has_nobody_to_leave_alone(store: MemoryStore) -> None:
    old = read(store, AskId(NodeId("ask-annie")))
    asks.set_result(store, ANNIE, op(1), old, no())
    assert read(store, old.id).outcome is Outcome.DECLINED


def test_a_result_is_of_today_at_the_latest_and_counts_once(store: MemoryStore) -> None:
    ask = recorded(store, 1, *WALK)
    yes = asks.Result(outcome=Outcome.ACCEPTED, on=TODAY, phase_out_on=date(2027, 2, 1))
    with pytest.raises(InvalidInputError, match="not come yet"):
        asks.set_result(store, ANNIE, op(2), ask, replace(yes, on=TODAY + timedelta(days=1)))
    for _ in range(2):
        asks.set_result(store, ANNIE, op(2), ask, yes)
    now = read(store, ask.id)
    assert (now.outcome, now.outcome_on, now.phase_out_on) == (
        Outcome.ACCEPTED,
        TODAY,
        date(2027, 2, 1),
    )
    with pytest.raises(ConflictError):
        asks.set_result(store, ANNIE, op(3), ask, no())


def test_opened_again_it_has_no_result(store: MemoryStore) -> None:
    ask = recorded(store, 1, *WALK)
    asks.set_result(store, ANNIE, op(2), ask, no(0))
    back = asks.Result(outcome=Outcome.OPEN, on=TODAY)
    asks.set_result(store, ANNIE, op(3), read(store, ask.id), back)
    now = read(store, ask.id)
    assert (now.outcome, now.outcome_on, now.declined_step) == (Outcome.OPEN, None, None)


def test_taken_back_it_never_counted(store: MemoryStore) -> None:
    ask = recorded(store, 1, *WALK)
    asks.take_back(store, ANNIE, op(2), ask)
    assert read(store, ask.id).outcome is Outcome.WITHDRAWN
