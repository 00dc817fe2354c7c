"""Referral advice: it blocks nothing, is fixed once given, and names nobody left alone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.advice import Advice, AdviceStatus, Mentioned, Takeover
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId, RelationshipId
from netwerk.domain.records import Record
from netwerk.domain.ties import Approach
from netwerk.graph.advice import SOMEBODY, unnamed
from netwerk.graph.question import Answer, Question
from netwerk.schema import load_schema
from netwerk.usecases import advice, asks, network, support_paths
from netwerk.usecases.advice import Decision, Followed, Written
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, link, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
NEED = NeedId(NodeId(street.NEED))
WALK = ("annie", "bo", "walk")
ALL = Written(
    needs=(NEED,),
    product="household_help",
    months=6,
    reason="Bo Daalder kan het niet meer. Ook bo's knie niet.",
    keeps_doing="Bo drinkt koffie. Zus ook.",
)


def op(number: int) -> OperationId:
    return OperationId(f"{number:032x}")


def made(*more: Record, safety: str = "none") -> MemoryStore:
    records = [
        each.with_properties(safety=safety) if each.id == "case-annie" else each
        for each in street.records()
    ]
    return memory_store([*records, *more])


@pytest.fixture
def store() -> MemoryStore:
    return made()


def answer(store: MemoryStore) -> Answer:
    question = Question(person=PersonId(NodeId("annie")), need=NEED, on=TODAY)
    return support_paths.find(store, ANNIE, question, load_schema().priors)


def suggested(store: MemoryStore) -> tuple[Mentioned, ...]:
    return tuple(
        advice.suggestion(NEED, path, ">".join(path.nodes), "vraag") for path in answer(store).paths
    )


def read(store: MemoryStore, key: str) -> Advice:
    return advice.opened(store, ANNIE, key).advice


def drafted(store: MemoryStore, written: Written = ALL) -> Advice:
    key = advice.start(store, ANNIE, op(1), "Own")
    told = replace(written, suggested=suggested(store))
    advice.save_draft(store, ANNIE, op(2), read(store, key), told)
    return read(store, key)


def given(store: MemoryStore) -> Advice:
    draft = drafted(store)
    advice.give(store, ANNIE, op(3), draft, "Own")
    return read(store, draft.id)


def ask_bo(store: MemoryStore) -> None:
    new = asks.NewAsk(
        need=NEED, title="Wandelen, via Bo", first_step="vraag Bo", asked_by="Own",
        look_again_on=TODAY,
    )  # fmt: skip
    asks.record_ask(store, ANNIE, op(90), asks.path_of(answer(store), WALK), new)


def titles(paths: tuple[Mentioned, ...]) -> list[str]:
    return [each.title for each in paths]


def test_a_draft_begins_with_the_case_once_and_keeps_what_is_written(store: MemoryStore) -> None:
    draft = drafted(store)
    assert (draft.needs, draft.product, draft.months) == ((NEED,), "household_help", 6)
    assert (draft.suggested_on, draft.cannot_wait) == (TODAY, False)
    assert "annie>bo>walk" in titles(draft.suggested)
    for number in (1, 7):
        assert advice.start(store, ANNIE, op(number), "Own") in {draft.id}
    _, listed = advice.listed(store, ANNIE)
    assert [each.advice.id for each in listed] == [draft.id]
    with pytest.raises(ConflictError):
        stale = replace(draft, node=replace(draft.node, version=1))
        advice.save_draft(store, ANNIE, op(8), stale, ALL)


def test_the_words_are_fixed_once_given_and_a_new_version_replaces_them(store: MemoryStore) -> None:
    ask_bo(store)
    first = given(store)
    assert (first.status, first.advised_on, first.advised_by) == (AdviceStatus.GIVEN, TODAY, "Own")
    assert [(each.title, each.outcome) for each in first.asked] == [("Wandelen, via Bo", "open")]
    with pytest.raises(InvalidInputError):
        advice.save_draft(store, ANNIE, op(4), first, ALL)
    # What comes of the ask later changes nothing in what was given.
    ask = network.open_file(store, ANNIE).asks[0].ask
    asks.take_back(store, ANNIE, op(5), ask)
    assert titles(read(store, first.id).asked) == ["Wandelen, via Bo"]
    second = read(store, advice.renew(store, ANNIE, op(6), first, "Mate"))
    assert advice.renew(store, ANNIE, op(6), first, "Mate") == second.id
    assert (second.edition, second.reason, second.is_draft) == (2, first.reason, True)
    assert second.asked == ()
    advice.give(store, ANNIE, op(7), second, "Mate")
    assert read(store, first.id).status is AdviceStatus.REPLACED
    assert read(store, second.id).status is AdviceStatus.GIVEN


def test_nothing_tried_blocks_nothing(store: MemoryStore) -> None:
    assert given(store).asked == ()


@pytest.mark.parametrize("missing", [{"needs": ()}, {"product": ""}, {"reason": " "}])
def test_what_is_advised_and_why_is_needed(store: MemoryStore, missing: dict[str, Any]) -> None:
    draft = drafted(store, replace(ALL, **missing))
    with pytest.raises(InvalidInputError):
        advice.give(store, ANNIE, op(3), draft, "Own")


def test_who_is_acutely_unsafe_waits_for_nobody() -> None:
    store = made(safety="acute")
    assert read(store, advice.start(store, ANNIE, op(1), "Own")).cannot_wait
    assert drafted(store, replace(ALL, cannot_wait=True)).suggested == ()
    draft = read(store, advice.start(store, ANNIE, op(1), "Own"))
    advice.give(store, ANNIE, op(3), draft, "Own")
    assert read(store, draft.id).cannot_wait


@pytest.mark.parametrize("word", [w for w in Approach if w is not Approach.MAY_ASK])
@pytest.mark.parametrize("fixed", [False, True])
def test_a_yes_taken_back_takes_them_out_of_the_draft_and_of_what_was_given(
    store: MemoryStore, word: Approach, fixed: bool
) -> None:
    ask_bo(store)
    before = given(store) if fixed else drafted(store)
    assert "bo" in str([each.nodes for each in (*before.suggested, *before.asked)])
    network.set_approach(store, ANNIE, op(50), RelationshipId("annie-bo"), word)
    opened = advice.opened(store, ANNIE, before.id)
    after = opened.advice
    assert "bo" not in str([each.nodes for each in (*after.suggested, *after.asked)])
    assert opened.shown.left_out > 0
    assert opened.shown.unnamed
    assert after.reason == f"{SOMEBODY} kan het niet meer. Ook bo's knie niet."
    assert after.keeps_doing == f"{SOMEBODY} drinkt koffie. Zus ook."
    if not fixed:
        advice.give(store, ANNIE, op(51), before, "Own")
        assert "bo" not in str([each.nodes for each in read(store, before.id).suggested])


def test_only_a_name_that_is_theirs_is_taken_out() -> None:
    alone: list[Record] = [
        node("Person", "ans", name="buurvrouw Ans de Wit-Bergman", told_by="annie"),
        node("Person", "far", name="Piet", told_by="annie"),
        node("Person", "mute", name=" ", told_by="annie"),
        link("TIE", "annie", "ans", "t1", owner="annie", kind="other", approach="support_only"),
        link("TIE", "annie", "mute", "t2", owner="annie", kind="other", approach="support_only"),
        link("TIE", "ans", "far", "t3", owner="annie", kind="friend", approach="may_ask"),
    ]
    store = made(*alone)
    key = RelationshipId("annie-church")
    network.set_approach(store, ANNIE, op(60), key, Approach.DO_NOT_APPROACH)
    file = network.open_file(store, ANNIE)
    for name in ("Ans", "Buurvrouw ans de wit-bergman", "Piet", "De Lichtkring"):
        assert unnamed(file, f"Vraag {name}.") == f"Vraag {SOMEBODY}."
    for kept in ("Hans en Bo", "Annie Bergman", "een buurvrouw", "de lichtkrant"):
        assert unnamed(file, kept) == kept


def test_in_a_family_each_file_has_its_own_advice_and_its_own_people() -> None:
    family: list[Record] = [
        node("Person", "kim", name="Kim Bergman"),
        link("CONCERNS", "case-annie", "kim"),
    ]
    store = made(*family)
    ask_bo(store)
    first = given(store)
    kim = replace(ANNIE, subject=PersonId(NodeId("kim")))
    assert advice.listed(store, kim)[1] == []
    with pytest.raises(NotVisibleError):
        advice.opened(store, kim, first.id)
    own = advice.start(store, kim, op(70), "Own")
    advice.save_draft(
        store, kim, op(71), advice.opened(store, kim, own).advice,
        replace(ALL, suggested=first.suggested),
    )  # fmt: skip
    shown = advice.opened(store, kim, own)
    assert (shown.advice.asked, shown.advice.suggested, shown.shown.left_out) == ((), (), 0)


def test_a_decision_comes_back_and_is_followed(store: MemoryStore) -> None:
    first = given(store)
    assert first.due_on() == TODAY + timedelta(weeks=8)
    granted = Decision(
        status=AdviceStatus.GRANTED,
        on=TODAY,
        granted_from=TODAY,
        granted_to=date(2027, 5, 2),
        note=" zes uur ",
    )
    advice.decide(store, ANNIE, op(10), first, granted)
    now = read(store, first.id)
    assert (now.status, now.decision_note, now.due_on()) == (
        AdviceStatus.GRANTED,
        "zes uur",
        date(2027, 3, 7),
    )
    assert now.runs_on(TODAY)
    assert not now.runs_on(date(2027, 5, 2))
    assert not now.runs_on(TODAY - timedelta(days=1))
    later = Followed(takeover=Takeover.IN_PART, note="koffie", look_again_on=TODAY)
    advice.follow(store, ANNIE, op(11), now, later)
    now = read(store, first.id)
    assert (now.due_on(), now.is_due(TODAY), now.takeover_note) == (TODAY, True, "koffie")
    advice.follow(store, ANNIE, op(12), now, Followed(takeover=Takeover.WHOLE))
    now = read(store, first.id)
    assert (now.due_on(), now.is_due(TODAY), now.runs_on(TODAY)) == (None, False, False)
    refused = Decision(status=AdviceStatus.REFUSED, on=TODAY, granted_to=TODAY)
    advice.decide(store, ANNIE, op(13), now, refused)
    now = read(store, first.id)
    assert (now.granted_to, now.due_on(), now.is_granted) == (None, None, False)
    with pytest.raises(InvalidInputError):
        advice.follow(store, ANNIE, op(14), now, later)


def test_a_grant_without_an_end_reminds_of_nothing(store: MemoryStore) -> None:
    first = given(store)
    advice.decide(store, ANNIE, op(10), first, Decision(status=AdviceStatus.GRANTED, on=TODAY))
    now = read(store, first.id)
    assert (now.due_on(), now.runs_on(TODAY)) == (None, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": AdviceStatus.DRAFT},
        {"on": TODAY + timedelta(days=1)},
        {"granted_from": TODAY, "granted_to": TODAY},
    ],
)
def test_a_decision_that_cannot_be_is_refused(store: MemoryStore, wrong: dict[str, Any]) -> None:
    decision = replace(Decision(status=AdviceStatus.GRANTED, on=TODAY), **wrong)
    first = given(store)
    with pytest.raises(InvalidInputError):
        advice.decide(store, ANNIE, op(10), first, decision)
    with pytest.raises(InvalidInputError):
        advice.follow(
            store,
            ANNIE,
            op(11),
            replace(first, status=AdviceStatus.GRANTED),
            Followed(takeover=Takeover.WHOLE, look_again_on=TODAY - timedelta(days=1)),
        )


def test_an_advice_is_withdrawn_and_stays(store: MemoryStore) -> None:
    first = given(store)
    advice.withdraw(store, ANNIE, op(10), first)
    assert read(store, first.id).status is AdviceStatus.WITHDRAWN
    with pytest.raises(InvalidInputError):
        advice.withdraw(store, ANNIE, op(11), read(store, first.id))


def test_who_may_not_open_the_file_finds_nothing(store: MemoryStore) -> None:
    first = given(store)
    strangers = [
        replace(ANNIE, viewer=street.worker("other")),
        replace(ANNIE, subject=None),
    ]
    for scope in strangers:
        for act in (
            lambda s: advice.listed(store, s),
            lambda s: advice.opened(store, s, first.id),
            lambda s: advice.start(store, s, op(40), "X"),
            lambda s: advice.renew(store, s, op(41), first, "X"),
            lambda s: advice.withdraw(store, s, op(42), first),
        ):
            with pytest.raises(NotVisibleError):
                act(scope)


def test_without_an_open_case_no_advice_begins(store: MemoryStore) -> None:
    # An hour of emergency access opens a file in which every case is closed by now.
    file = network.open_file(store, ANNIE)
    file.on = date(2020, 1, 1)
    with pytest.raises(NotVisibleError):
        advice._case(file)


def test_reading_printing_and_exporting_are_told_apart(store: MemoryStore) -> None:
    first = given(store)
    for action in ("print-advice", "export-advice"):
        advice.opened(store, ANNIE, first.id, action)
    told = [
        (each.event.action, each.event.subject, each.event.details.get("record"))
        for each in store.audit_entries()
    ]
    for action in ("start-advice", "write-advice", "give-advice", "print-advice", "export-advice"):
        assert (action, "annie", first.id) in told
