"""Casuïstiek: who sees what of a session, two who take notes, and a case that is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    LookOnlyError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.grants import GRANT, Grant
from netwerk.domain.ids import NodeId, OperationId, PersonId, WorkerId
from netwerk.domain.records import Node, Record, text
from netwerk.domain.reviewing import Decision, Session, Task
from netwerk.graph.anonymous import Told
from netwerk.graph.names import NamesInTextError
from netwerk.usecases import case_review
from netwerk.usecases.case_review import (
    Bringing,
    Noting,
    Reason,
    Room,
)
from tests.builders import memory_store
from tests.web import street
from tests.web.street import NEED, worker
from tests.worlds import TODAY, StoppedClock, link, node

OWN = Scope(viewer=worker("own"), purpose=Purpose.SUPPORT, as_of=TODAY)
MATE, OTHER, REVIEWER = (replace(OWN, viewer=worker(who)) for who in ("mate", "other", "reviewer"))
ANNIE = replace(OWN, subject=PersonId(NodeId("annie")))
TOMORROW = (TODAY + timedelta(days=1)).isoformat()
NEW = Session(
    key="",
    team=NodeId(""),
    on=TOMORROW,
    begins="13:30",
    place="Wijkhuis",
    chair=worker("own"),
    participants=(worker("mate"), worker("reviewer")),
    guests=("GGZ",),
)
QUESTION = Told(question="Zit veel alleen. Wie weet iets?")
_OPERATIONS = iter(range(10_000))


def once() -> OperationId:
    return OperationId(f"op{next(_OPERATIONS)}")


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def planned(store: MemoryStore, new: Session = NEW) -> str:
    return case_review.plan(store, OWN, once(), new)


def brought(store: MemoryStore, session: str, told: Told = QUESTION, **options: object) -> str:
    wanted = Bringing(session=session, told=told, minutes=20)
    return case_review.bring(store, ANNIE, once(), replace(wanted, **options))  # type: ignore[arg-type]


def seen(store: MemoryStore, session: str, scope: Scope = OWN) -> Room:
    return case_review.room(store, scope, session)


def noted(store: MemoryStore, item: str, version: int = 1, **said: object) -> None:
    decided = Decision(**said)  # type: ignore[arg-type]
    case_review.note(store, OWN, once(), item, Noting(decided=decided, version=version))


def file_nodes(store: MemoryStore, label: str) -> list[Node]:
    return [each for each in store.dump() if isinstance(each, Node) and each.label == label]


# --- planning


def test_a_session_is_seen_by_its_team_and_by_who_sits_in_it(store: MemoryStore) -> None:
    key = planned(store)
    for scope in (OWN, MATE, REVIEWER):
        assert [each.key for each in case_review.sessions(store, scope)] == [key]
        assert seen(store, key, scope).session.on == TOMORROW
    assert case_review.sessions(store, OTHER) == []
    for scope in (OTHER, replace(OWN, viewer=worker("administrator"))):
        with pytest.raises(NotVisibleError):
            seen(store, key, scope)
    with pytest.raises(NotVisibleError):
        seen(store, "nothing")
    assert (seen(store, key).may_edit, seen(store, key, REVIEWER).may_edit) == (True, False)


def test_who_can_sit_in_it_are_colleagues_of_that_role_the_own_team_first(
    store: MemoryStore,
) -> None:
    found = case_review.colleagues(store, OWN)
    assert [(each.id, each.own_team) for each in found] == [
        (worker("mate"), True),
        (worker("own"), True),
        (worker("other"), False),
        (worker("reviewer"), False),
    ]


def test_it_is_planned_by_a_team_for_a_day_to_come(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError, match="from today"):
        planned(store, replace(NEW, on="2026-01-01"))
    with pytest.raises(InvalidInputError, match="people at most"):
        planned(store, replace(NEW, guests=("x",) * 20))
    with pytest.raises(NotAllowedError):
        case_review.plan(store, REVIEWER, once(), NEW)
    alone = memory_store([node("Worker", "w", name="W", role="worker")])
    with pytest.raises(InvalidInputError, match="no team"):
        case_review.plan(alone, replace(OWN, viewer=WorkerId(NodeId("w"))), once(), NEW)


def test_planned_twice_with_one_operation_is_planned_once(store: MemoryStore) -> None:
    operation = once()
    keys = {case_review.plan(store, OWN, operation, NEW) for _ in range(2)}
    assert [each.key for each in case_review.sessions(store, OWN)] == list(keys)


def test_a_participant_who_is_taken_out_sees_nothing_any_more(store: MemoryStore) -> None:
    key = planned(store)
    brought(store, key)
    assert seen(store, key, REVIEWER).talked
    stored = seen(store, key).session
    case_review.change(store, OWN, once(), replace(stored, participants=()))
    with pytest.raises(NotVisibleError):
        seen(store, key, REVIEWER)
    with pytest.raises(ConflictError):
        case_review.change(store, MATE, once(), stored)
    with pytest.raises(NotVisibleError):
        case_review.change(store, OTHER, once(), replace(stored, version=2))


# --- bringing


def test_what_is_brought_has_roles_for_names(store: MemoryStore) -> None:
    key = planned(store)
    prepared = case_review.prepare(store, ANNIE)
    assert [each.key for each in prepared.sessions] == [key]
    assert "Annie Bergman" in prepared.sheet.question  # the worker's own words, to be rewritten
    item = brought(store, key)
    (talked,) = seen(store, key, REVIEWER).talked
    assert talked.item.key == item
    assert (talked.item.letter, talked.mine) == ("A", False)
    assert seen(store, key).one(item).mine
    assert talked.sheet is not None
    assert [each.kind for each in talked.sheet.people] == ["neighbour"]


def test_a_text_that_tells_who_it_is_about_is_refused(store: MemoryStore) -> None:
    key = planned(store)
    for wrong, sure in (("Annie zit alleen.", True), ("Ze belt Karel elke dag.", False)):
        with pytest.raises(NamesInTextError) as refused:
            brought(store, key, Told(question=wrong), sure=sure)
        assert refused.value.suspected is not sure
    with pytest.raises(InvalidInputError, match="what you want to ask"):
        brought(store, key, Told(question=""))
    brought(store, key, Told(question="Ze gaat naar Netwerk op woensdag."), sure=True)
    with pytest.raises(InvalidInputError, match="already"):
        brought(store, key)


def test_only_who_may_open_the_file_brings_its_case(store: MemoryStore) -> None:
    key = planned(store)
    wanted = Bringing(session=key, told=QUESTION, minutes=20)
    for scope in (replace(ANNIE, viewer=worker("other")), OWN):
        with pytest.raises(NotVisibleError):
            case_review.bring(store, scope, once(), wanted)
    theirs = replace(OTHER, subject=PersonId(NodeId("zwaan")))
    with pytest.raises(NotVisibleError):  # not a session of their team
        case_review.bring(store, theirs, once(), wanted)


def test_a_session_has_room_for_a_dozen(store: MemoryStore) -> None:
    key = planned(store)
    for _ in range(12):
        case_review.withdraw(store, OWN, once(), brought(store, key))
    with pytest.raises(InvalidInputError, match="Choose another day"):
        brought(store, key)


def test_a_case_that_is_taken_back_is_gone_from_the_session(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    noted(store, item, decision="We vragen de buurvrouw.")
    for scope in (OTHER, REVIEWER):
        with pytest.raises(NotVisibleError):
            case_review.withdraw(store, scope, once(), item)
    assert case_review.withdraw(store, MATE, once(), item) == key
    (talked,) = seen(store, key).talked
    assert (talked.sheet, talked.item.sheet, talked.item.decided) == (None, {}, Decision())
    with pytest.raises(InvalidInputError, match="took this case back"):
        noted(store, item, version=talked.item.version, decision="Toch wel.")
    with pytest.raises(NotVisibleError):
        case_review.withdraw(store, OWN, once(), "nothing")
    brought(store, key)
    assert [each.item.letter for each in seen(store, key).talked] == ["A", "B"]


# --- noting and closing


def test_two_who_take_notes_see_each_other(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    noted(store, item, decision="We wachten.")
    with pytest.raises(ConflictError) as met:
        noted(store, item, decision="We wachten niet.")
    assert getattr(met.value.stored, "decided", None) == Decision(decision="We wachten.")
    assert seen(store, key).one(item).item.noted_by == worker("own")
    with pytest.raises(NotVisibleError):
        noted(store, "nothing")
    with pytest.raises(NotVisibleError):
        seen(store, key).one("nothing")


def test_the_minutes_hold_no_names_and_name_only_who_sits_there(store: MemoryStore) -> None:
    item = brought(store, planned(store))
    with pytest.raises(NamesInTextError):
        noted(store, item, decision="We bellen morgen met Karel.")
    with pytest.raises(InvalidInputError, match="sits in this session"):
        noted(store, item, taken_up_by=worker("other"))
    with pytest.raises(InvalidInputError, match="sits in this session"):
        noted(store, item, tasks=(Task(what="Bellen", who="stranger"),))


def test_closing_puts_decisions_and_tasks_in_the_file_once(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    tasks = (Task(what="De buurvrouw bellen", who=worker("mate"), due_on="2026-12-01"),)
    noted(store, item, decision="We vragen de buurvrouw.", taken_up_by=worker("mate"), tasks=tasks)
    with pytest.raises(ConflictError):
        case_review.close(store, OWN, once(), key, 7)
    for _ in range(2):
        assert case_review.close(store, OWN, once(), key, 1) == ()
    (review,) = file_nodes(store, "CaseReview")
    (action,) = (each for each in file_nodes(store, "Action") if "review" in each.properties)
    assert text(review.properties, "decision") == "We vragen de buurvrouw."
    assert text(action.properties, "review") == review.id
    assert text(action.properties, "due_on") == "2026-12-01"
    assert seen(store, key).may_edit is False
    for change in (
        lambda: noted(store, item, version=3, decision="Anders."),
        lambda: case_review.withdraw(store, OWN, once(), item),
        lambda: case_review.change(store, OWN, once(), seen(store, key).session),
        lambda: brought(store, key),
    ):
        with pytest.raises(InvalidInputError, match="closed"):
            change()


def test_a_case_that_left_the_team_keeps_its_decision_in_the_session(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    noted(store, item, decision="We wachten.")
    with store.work(ANNIE, once()) as work:
        file = work.own_file()
        work.save(file.nodes[NodeId("case-annie")].with_properties(closed_on=TODAY.isoformat()))
    assert case_review.close(store, OWN, once(), key, 1) == ("A",)
    assert file_nodes(store, "CaseReview") == []
    assert seen(store, key).one(item).item.decided.decision == "We wachten."


def test_a_person_of_a_new_case_does_not_get_the_decision_of_the_old(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    noted(store, item, decision="We wachten.")
    with store.work(ANNIE, once()) as work:
        file = work.own_file()
        concerns = next(r for r in file.of_type("CONCERNS") if r.source == "case-annie")
        work.save(Node(label="Case", id=NodeId("case-new"), properties={"question": "?"}))
        work.save(link("CONCERNS", "case-new", "annie"))
        work.save(link("HANDLED_BY", "case-new", "team-own"))
        work.remove(concerns)
    assert case_review.close(store, OWN, once(), key, 1) == ("A",)


def test_closing_that_was_broken_off_goes_on_where_it_was(store: MemoryStore) -> None:
    key = planned(store)
    item = brought(store, key)
    noted(store, item, decision="We wachten.")
    with store.work(ANNIE, OperationId(f"{item}-recorded")):
        pass  # the file had its decision when the rest was lost
    assert case_review.close(store, OWN, once(), key, 1) == ()
    assert seen(store, key).one(item).item.recorded


def test_who_broke_the_glass_brings_no_case_that_is_not_there(store: MemoryStore) -> None:
    key = planned(store)
    bo = replace(OWN, subject=PersonId(NodeId("bo")))
    grant = Grant(
        viewer=OWN.viewer,
        person=PersonId(NodeId("bo")),
        purpose=Purpose.EMERGENCY,
        reason="Ze belde.",
        begun=StoppedClock().now(),
    )
    with store.system() as work:
        work.put(GRANT, grant.key, grant.written())
    wanted = Bringing(session=key, told=QUESTION, minutes=20)
    with pytest.raises(NotVisibleError):
        case_review.bring(store, bo, once(), wanted)


def test_who_broke_the_glass_does_not_talk_it_over_with_their_own(store: MemoryStore) -> None:
    grant = Grant(
        viewer=OWN.viewer,
        person=PersonId(NodeId("zwaan")),
        purpose=Purpose.EMERGENCY,
        reason="Ze belde in paniek.",
        begun=StoppedClock().now(),
    )
    with store.system() as work:
        work.put(GRANT, grant.key, grant.written())
    session, zwaan = planned(store), replace(OWN, subject=grant.person)
    wanted = Bringing(session=session, told=QUESTION, minutes=20)
    with pytest.raises(LookOnlyError):
        case_review.bring(store, zwaan, once(), wanted)
    assert seen(store, session).talked == ()
    theirs = replace(zwaan, viewer=OTHER.viewer)
    elsewhere = case_review.plan(store, OTHER, once(), replace(NEW, chair=worker("other")))
    assert case_review.bring(store, theirs, once(), replace(wanted, session=elsewhere))


def test_who_is_in_two_teams_brings_a_case_to_the_team_that_helps() -> None:
    both = link("MEMBER_OF", worker("mate"), "team-other")
    store = memory_store([*street.records(), both])
    mate = replace(ANNIE, viewer=worker("mate"))
    elsewhere = case_review.plan(store, OTHER, once(), replace(NEW, chair=worker("other")))
    wanted = Bringing(session=elsewhere, told=QUESTION, minutes=20)
    with pytest.raises(InvalidInputError, match="Only the team"):
        case_review.bring(store, mate, once(), wanted)


def test_nothing_decided_is_nothing_written(store: MemoryStore) -> None:
    key = planned(store)
    brought(store, key)
    assert case_review.close(store, OWN, once(), key, 1) == ()
    assert file_nodes(store, "CaseReview") == []


# --- proposing


def effort(**facts: object) -> list[Record]:
    return [
        node("Effort", "e", worker="w-own", valid_from="2026-01-05", **facts),
        link("KEPT_IN", "e", "case-annie"),
    ]


def ask(key: str, **facts: object) -> list[Record]:
    told = {"need": NEED, "asked_on": "2026-09-01", **facts}
    return [node("Ask", key, **told), link("ASKED_IN", key, "case-annie")]


def gone(count: int) -> list[Record]:
    return [
        record
        for n in range(count)
        for record in (
            node("Person", f"gone{n}", name=f"Weg {n}", told_by="annie"),
            link(
                "TIE",
                "annie",
                f"gone{n}",
                f"tie-gone{n}",
                owner="annie",
                kind="friend",
                support=["companionship"],
                valid_to="2026-10-01",
            ),
        )
    ]


def support(givers: dict[str, list[str]]) -> list[Record]:
    return [
        record
        for key, kinds in givers.items()
        for record in (
            node("Person", key, name=key, told_by="annie"),
            link("TIE", "annie", key, f"tie-{key}", owner="annie", kind="child", support=kinds),
        )
    ]


@pytest.mark.parametrize(
    ("more", "reasons"),
    [
        ([], ()),
        (ask("a1", outcome="open", look_again_on="2026-09-15"), (Reason.STUCK,)),
        ([*ask("a1", outcome="declined"), *ask("a2", outcome="no_answer")], ()),
        (effort(minutes_a_week=180), (Reason.LONG_EFFORT,)),
        (effort(minutes_a_week=180, planned=True), ()),
        (effort(minutes_a_week=60), ()),
        (
            [
                node("ReferralAdvice", "ra", advised_on="2026-10-01"),
                link("ADVISES", "ra", "case-annie"),
            ],
            (Reason.REFERRAL,),
        ),
        (gone(2), (Reason.SHRINKING,)),
        (gone(1), ()),
        (
            support({"one": ["emotional", "instrumental", "appraisal"], "two": ["companionship"]}),
            (Reason.LEANS_ON_ONE,),
        ),
    ],
)
def test_a_case_is_proposed_for_a_reason(more: list[Record], reasons: tuple[Reason, ...]) -> None:
    store = memory_store([*street.records(), *more])
    found = case_review.proposed(store, OWN)
    assert [each.reasons for each in found] == ([reasons] if reasons else [])
    assert case_review.proposed(store, MATE) == []
