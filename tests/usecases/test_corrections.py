"""A correction by the inhabitant: noted, answered, kept with the file and gone with it."""

from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.corrections import ANSWER_WITHIN, Correction, CorrectionOutcome, corrections
from netwerk.domain.errors import ConflictError, InvalidInputError, LookOnlyError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.graph.file import PersonFile
from netwerk.graph.subject import records_of
from netwerk.schema import load_schema
from netwerk.usecases import cases, emergency, erasing, network, own_file, subjects
from netwerk.usecases import corrections as usecase
from netwerk.usecases.cases import AttentionKind
from netwerk.usecases.corrections import Answer, NotRight
from netwerk.usecases.emergency import Emergency
from tests.builders import memory_store
from tests.web import street
from tests.web.street import worker
from tests.worlds import TODAY, StoppedClock, link, node

ANNIE = PersonId(NodeId("annie"))
OWN = Scope(viewer=worker("own"), purpose=Purpose.SUPPORT, as_of=TODAY, subject=ANNIE)
OFFICER = replace(OWN, viewer=worker("officer"), purpose=Purpose.DATA_SUBJECT)
TOLD = NotRight(record="annie-bo", about="De mensen om u heen: Bo", said="Bo is mijn zus.")
WHY = "Verzoek om inzage van 1 november."
NOTED = "correction-one"
ONE, TWO, THREE = (OperationId(each) for each in ("one", "two", "three"))


@pytest.fixture
def store() -> MemoryStore:
    other = link("TIE", "zwaan", "annie", "zwaan-annie", owner="zwaan", kind="friend")
    records = [r for r in street.records() if "correction" not in r.id]
    return memory_store([*records, other])


def opened(store: MemoryStore) -> PersonFile:
    return network.open_file(store, OWN)


def noted(store: MemoryStore) -> Correction:
    usecase.note(store, OWN, ONE, TOLD)
    return usecase.correction(opened(store), NOTED)


def test_what_is_not_right_is_noted_once_and_waits_in_the_list_of_cases(
    store: MemoryStore,
) -> None:
    noted(store)
    usecase.note(store, OWN, ONE, TOLD)
    (read,) = corrections(opened(store).graph)
    assert (read.about, read.said, read.noted_by) == (TOLD.about, TOLD.said, OWN.viewer)
    assert (read.record, read.asked_on, read.is_open) == (TOLD.record, TODAY, True)
    waiting = [
        (each.kind, each.due)
        for case in cases.caseload(store, OWN)
        for each in case.attention
        if each.kind is AttentionKind.CORRECTION
    ]
    assert waiting == [(AttentionKind.CORRECTION, TODAY + ANSWER_WITHIN)]


def test_an_answer_says_what_was_done_and_can_be_given_otherwise(store: MemoryStore) -> None:
    read = noted(store)
    with pytest.raises(InvalidInputError):
        usecase.answer(store, OWN, TWO, read, Answer(outcome=CorrectionOutcome.NOT_DONE))
    usecase.answer(store, OWN, TWO, read, Answer(outcome=CorrectionOutcome.DONE))
    done = usecase.correction(opened(store), NOTED)
    assert (done.outcome, done.answer, done.answered_on) == (CorrectionOutcome.DONE, "", TODAY)
    assert (done.is_open, done.answered_by) == (False, OWN.viewer)
    kinds = {each.kind for case in cases.caseload(store, OWN) for each in case.attention}
    assert AttentionKind.CORRECTION not in kinds
    other = Answer(outcome=CorrectionOutcome.BESIDE, words="U heeft twee zussen.")
    with pytest.raises(ConflictError):
        usecase.answer(store, OWN, THREE, read, other)
    usecase.answer(store, OWN, THREE, done, other)
    assert usecase.correction(opened(store), NOTED).answer == "U heeft twee zussen."


def test_what_waits_comes_first_and_the_newest_answer_after_it(store: MemoryStore) -> None:
    for number, record in enumerate(("annie-bo", "goal-annie", "annie", "case-annie")):
        usecase.note(store, OWN, OperationId(f"n{number}"), replace(TOLD, record=record))
    file = opened(store)
    for number, day in ((0, 1), (1, 0)):
        read = usecase.correction(file, f"correction-n{number}")
        scope = replace(OWN, as_of=TODAY.replace(day=TODAY.day + day))
        done = Answer(outcome=CorrectionOutcome.DONE)
        usecase.answer(store, scope, OperationId(f"a{number}"), read, done)
    ids = [each.id.removeprefix("correction-") for each in corrections(opened(store).graph)]
    assert ids == ["n2", "n3", "n0", "n1"]


@pytest.mark.parametrize("record", ["zwaan-annie", "goal-zwaan", "nothing", ""])
def test_only_what_the_inhabitant_may_read_can_be_not_right(
    store: MemoryStore, record: str
) -> None:
    with pytest.raises(NotVisibleError):
        usecase.note(store, OWN, ONE, replace(TOLD, record=record))


def test_it_takes_words_and_a_file_that_is_ones_own(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError):
        usecase.note(store, OWN, ONE, replace(TOLD, said="  "))
    for scope in (replace(OWN, subject=None), replace(OWN, viewer=worker("other"))):
        with pytest.raises(NotVisibleError):
            usecase.note(store, scope, ONE, TOLD)
    read = noted(store)
    with pytest.raises(NotVisibleError):
        usecase.correction(opened(store), "correction-of-somebody-else")
    done = Answer(outcome=CorrectionOutcome.DONE)
    for scope in (replace(OWN, subject=None), replace(OWN, viewer=worker("other"))):
        with pytest.raises(NotVisibleError):
            usecase.answer(store, scope, TWO, read, done)


def test_by_way_of_exception_nothing_is_noted_where_no_case_is_open() -> None:
    closed = [
        each.with_properties(closed_on="2026-10-01") if each.id == "case-annie" else each
        for each in street.records()
    ]
    store, other = memory_store(closed), replace(OWN, viewer=worker("other"), subject=None)
    told = Emergency(name="Annie Bergman", birth_year=None, reason="Ze belde in paniek.")
    emergency.break_glass(store, StoppedClock(), other, TWO, told)
    with pytest.raises(LookOnlyError):
        usecase.note(store, replace(other, subject=ANNIE), ONE, TOLD)
    subjects.open_request(store, StoppedClock(), OFFICER, THREE, WHY)
    with pytest.raises(NotVisibleError):
        usecase.note(store, OFFICER, ONE, TOLD)


def test_it_is_in_the_file_to_read_and_to_take_along_and_goes_with_it(store: MemoryStore) -> None:
    noted(store)
    assert NOTED in {r.id for r in records_of(own_file.own_file(store, OWN).graph)}
    subjects.open_request(store, StoppedClock(), OFFICER, TWO, WHY)
    file, _ = own_file.export(store, StoppedClock(), OFFICER, OperationId("export"), WHY)
    assert NOTED in {r.id for r in records_of(file.graph)}
    found = erasing.erase(store, OFFICER, THREE, load_schema(), WHY)
    assert found is not None
    assert NOTED in found.gone
    assert not any(r.id == NOTED for r in store.dump())


def test_a_name_in_it_goes_when_that_person_is_erased(store: MemoryStore) -> None:
    usecase.note(store, OWN, ONE, replace(TOLD, said="Bo Daalder is mijn zus."))
    bo = replace(OFFICER, subject=PersonId(NodeId("bo")))
    erasing.erase(store, bo, THREE, load_schema(), WHY)
    said = next(r for r in store.dump() if r.id == NOTED)
    assert said.properties["said"] == "iemand is mijn zus."


def test_an_old_record_without_a_day_is_read() -> None:
    read = Correction.from_node(node("Correction", "c", about="Iets", said="Nee"))
    assert (read.record, read.noted_by, read.answer) == ("", "", "")
