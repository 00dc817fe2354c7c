"""Opening a file, and what is due in the files of a worker and their team."""

from dataclasses import replace
from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.cases import Safety
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId
from netwerk.domain.records import Record
from netwerk.usecases import cases, network
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, link, node

ONCE, TWICE = OperationId("1" * 32), OperationId("2" * 32)
OWN = replace(SCOPE, viewer=street.worker("own"), subject=None)
NEW = cases.NewCase(
    name=" Dee ",
    question="Wie kan mij leren fietsen?",
    birth_year=1950,
    point=(5.65, 51.48),
    question_behind=" Ik kom nergens meer. ",
    needs=(NeedId(NodeId(street.NEED)),),
    safety=Safety.CONCERN,
)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def test_a_new_file_holds_what_was_told_and_is_open_to_its_maker(store: MemoryStore) -> None:
    person = cases.open_case(store, OWN, ONCE, NEW)
    file = network.open_file(store, replace(OWN, subject=person))
    assert (file.person.name, file.person.birth_year, file.person.point) == (
        "Dee",
        1950,
        (5.65, 51.48),
    )
    assert file.case is not None
    assert file.case.question_behind == "Ik kom nergens meer."
    assert (file.case.safety, file.case.needs) == (Safety.CONCERN, NEW.needs)
    assert [each.event.action for each in store.audit_entries()] == ["open-case", "open-file"]


def test_least_that_is_needed_is_a_name_and_a_question(store: MemoryStore) -> None:
    least = cases.NewCase(name="Dee", question="Hoe nu?")
    person = cases.open_case(store, OWN, ONCE, least)
    file = network.open_file(store, replace(OWN, subject=person))
    assert (file.person.birth_year, file.person.point, file.safety) == (None, None, Safety.NONE)
    for empty in (replace(least, name=" "), replace(least, question="\t")):
        with pytest.raises(InvalidInputError):
            cases.open_case(store, OWN, TWICE, empty)


def test_sent_twice_it_is_one_file(store: MemoryStore) -> None:
    assert cases.open_case(store, OWN, ONCE, NEW) == cases.open_case(store, OWN, ONCE, NEW)


@pytest.mark.parametrize(
    ("who", "refused"), [("coordinator", NotAllowedError), ("nobody", NotVisibleError)]
)
def test_who_opens_no_files_begins_none(
    store: MemoryStore, who: str, refused: type[Exception]
) -> None:
    before = list(store.dump())
    with pytest.raises(refused):
        cases.open_case(store, replace(OWN, viewer=street.worker(who)), ONCE, NEW)
    assert list(store.dump()) == before
    assert list(store.audit_entries()) == []


def test_a_case_changes_once_and_only_as_it_was_read(store: MemoryStore) -> None:
    annie = replace(OWN, subject=PersonId(NodeId("annie")))
    read = network.open_file(store, annie).case
    assert read is not None
    for _ in range(2):
        cases.change_case(store, annie, ONCE, read, {"question": "Wie loopt mee?"})
    with pytest.raises(ConflictError):
        cases.change_case(store, annie, TWICE, read, {"question": "Iets anders"})
    now = network.open_file(store, annie).case
    assert now is not None
    assert now.question == "Wie loopt mee?"


def asked(key: str, **facts: str) -> list[Record]:
    """Return an ask in Annie's case."""
    told = {"need": street.NEED, "title": key, "asked_on": "2026-10-01"} | facts
    return [node("Ask", key, **told), link("ASKED_IN", key, "case-annie")]


def test_what_is_due_within_a_week_asks_for_attention() -> None:
    records = [each for each in street.records() if each.id not in {"ask-annie", "asked"}]
    records = [each for each in records if not each.id.startswith("ASKED_IN.ask-annie")]
    more = [
        *asked("answer-late", outcome="open", look_again_on="2026-10-10"),
        *asked("answer-soon", outcome="open", look_again_on="2026-11-09"),
        *asked("answer-later", outcome="open", look_again_on="2026-11-10"),
        *asked("no-day", outcome="open"),
        *asked("phase-out", outcome="accepted", phase_out_on="2026-11-05"),
        *asked("runs-on", outcome="accepted"),
        *asked("over", outcome="ended", look_again_on="2026-10-01"),
    ]
    kept = {
        "act": node("Action", "act", text="Belt", by_whom="inhabitant", due_on="2026-10-20"),
        "did": node("Action", "did", text="Belt", by_whom="inhabitant", done_on="2026-10-20"),
        "some-day": node("Action", "some-day", text="Belt", by_whom="inhabitant"),
        "goal": node("Goal", "goal", text="Koken", look_back_on="2026-11-08"),
        "reached": node("Goal", "reached", text="Koken", ended_on="2026-11-01"),
    }
    plan: list[Record] = [*kept.values(), *(link("KEPT_IN", key, "case-annie") for key in kept)]
    (annie,) = cases.caseload(memory_store([*records, *more, *plan]), OWN)
    due = [(each.record.id, each.kind.name) for each in annie.attention]
    assert due == [
        ("no-day", "ASK_WITHOUT_ANSWER"),
        ("answer-late", "ASK_WITHOUT_ANSWER"),
        ("act", "ACTION"),
        ("phase-out", "PHASING_OUT"),
        ("goal", "LOOK_BACK"),
        ("answer-soon", "ASK_WITHOUT_ANSWER"),
    ]
    assert annie.attention[0].due == date(2026, 10, 1)


def test_the_own_and_the_team_s_files_are_listed_and_no_other(store: MemoryStore) -> None:
    cases.open_case(store, replace(OWN, viewer=street.worker("mate")), ONCE, NEW)
    own = cases.caseload(store, OWN)
    assert [(each.person.name, each.mine) for each in own] == [("Annie Bergman", True)]
    mate = cases.caseload(store, replace(OWN, viewer=street.worker("mate")))
    # Annie's ask waits for an answer, so she comes first.
    assert [(each.person.name, each.mine) for each in mate] == [
        ("Annie Bergman", False),
        ("Dee", True),
    ]
    assert [each.lead.name if each.lead else None for each in mate] == ["Own", "Mate"]
    assert cases.caseload(store, replace(OWN, viewer=street.worker("coordinator"))) == []


def test_what_is_acutely_unsafe_comes_before_all_else(store: MemoryStore) -> None:
    acute = replace(NEW, name="Zus", safety=Safety.ACUTE)
    cases.open_case(store, OWN, ONCE, acute)
    assert [each.person.name for each in cases.caseload(store, OWN)] == ["Zus", "Annie Bergman"]


def test_a_case_that_nobody_leads_is_the_team_s() -> None:
    records = [each for each in street.records() if each.id != "LEADS.w-own.case-annie"]
    (annie,) = cases.caseload(memory_store(records), OWN)
    assert annie.lead is None
    assert not annie.mine


def test_all_words_must_be_in_name_or_question(store: MemoryStore) -> None:
    every = cases.caseload(store, OWN)
    assert cases.search(every, "ANNIE alleen") == every
    assert cases.search(every, "") == every
    assert cases.search(every, "annie fiets") == []
