"""A closed case is opened again by who helped, and by nobody else; until then nobody reads it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from netwerk import demo
from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.cases import Case, ClosingReason
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import CaseId, NodeId, OperationId, PersonId
from netwerk.domain.records import Node
from netwerk.domain.reopening import CLOSED, ClosedCase
from netwerk.domain.upkeep import months_later
from netwerk.schema import load_schema
from netwerk.usecases import closing, erasing, network, reopening, retaining
from netwerk.usecases.closing import Closing
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, link, node

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
LOOK = replace(ANNIE, subject=None)
DONE = Closing(because=ClosingReason.MOVED, on=TODAY, version=1, note="Naar Deurne.")


def op(number: int) -> OperationId:
    return OperationId(f"{number:032x}")


def of(who: str) -> Scope:
    return replace(LOOK, viewer=street.worker(who))


@pytest.fixture
def store() -> MemoryStore:
    made = memory_store(street.records())
    closing.close(made, ANNIE, op(1), DONE)
    return made


def case(store: MemoryStore) -> Node:
    return next(e for e in store.dump() if isinstance(e, Node) and e.id == "case-annie")


def test_the_team_finds_it_back(store: MemoryStore) -> None:
    for who in ("own", "mate"):
        (found,) = reopening.lately(store, of(who), op(2 if who == "own" else 3))
        assert (found.case, found.names) == ("case-annie", ("Annie Bergman",))
        assert (found.closed_on, found.because) == (TODAY, ClosingReason.MOVED)
        assert reopening.one(store, of(who), op(4 if who == "own" else 5), "case-annie") == found
    assert reopening.search(store, LOOK, op(6), " annie bergman ")[0].person == "annie"
    assert reopening.search(store, LOOK, op(7), "Annie") == []
    with pytest.raises(InvalidInputError):
        reopening.search(store, LOOK, op(8), " ")


def test_another_team_finds_nothing_and_opens_nothing(store: MemoryStore) -> None:
    other = of("other")
    assert reopening.lately(store, other, op(2)) == []
    assert reopening.search(store, other, op(3), "Annie Bergman") == []
    for case in ("case-annie", "case-of-nobody", "annie"):
        with pytest.raises(NotVisibleError):
            reopening.one(store, other, op(4), case)
        with pytest.raises(NotVisibleError):
            reopening.reopen(store, other, op(5), case, "Ze belde weer.")
    assert case_is_shut(store)
    for who in ("coordinator", "officer", "reviewer", "administrator"):
        with pytest.raises(NotAllowedError):
            reopening.lately(store, of(who), op(6))
    with pytest.raises(NotVisibleError):
        reopening.lately(store, of("nobody"), op(7))


def case_is_shut(store: MemoryStore) -> bool:
    return Case.from_node(case(store)).closed_on is not None


def test_it_opens_again_as_it_was_with_a_reason(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError):
        reopening.reopen(store, LOOK, op(2), "case-annie", "  ")
    assert case_is_shut(store)
    for _ in range(2):
        reopening.reopen(store, of("mate"), op(3), "case-annie", " Ze belde weer. ")
    file = network.open_file(store, ANNIE)
    assert file.case is not None
    facts = file.case.node.properties
    assert (facts["reopened_on"], facts["reopened_because"]) == (
        TODAY.isoformat(),
        "Ze belde weer.",
    )
    assert facts["closing_note"] == "Naar Deurne."
    assert not {"closed_on", "closed_because", "closed_by"} & facts.keys()
    event = [e.event for e in store.audit_entries() if e.event.action == "reopen-case"][-1]
    assert (event.action, event.actor, event.details["record"]) == (
        "reopen-case",
        street.worker("mate"),
        "case-annie",
    )
    assert event.subject == "annie"
    assert reopening.lately(store, LOOK, op(4)) == []
    with pytest.raises(NotVisibleError):
        reopening.reopen(store, LOOK, op(5), "case-annie", "Nog eens.")


def test_it_can_be_closed_and_opened_more_than_once(store: MemoryStore) -> None:
    reopening.reopen(store, LOOK, op(2), "case-annie", "Vergissing.")
    closing.close(store, ANNIE, op(3), replace(DONE, version=case(store).version))
    assert [each.case for each in reopening.lately(store, LOOK, op(4))] == ["case-annie"]


def test_what_was_closed_longer_ago_is_found_by_the_whole_name_alone(store: MemoryStore) -> None:
    for days, shown in ((90, 1), (91, 0)):
        later = replace(LOOK, as_of=TODAY + timedelta(days=days))
        assert len(reopening.lately(store, later, op(days))) == shown
        assert len(reopening.search(store, later, op(days + 900), "Annie Bergman")) == 1


def test_who_led_it_finds_it_back_in_another_team() -> None:
    store = memory_store(
        [each for each in street.records() if each.id != f"MEMBER_OF.{ANNIE.viewer}.team-own"]
    )
    closing.close(store, ANNIE, op(1), DONE)
    assert len(reopening.lately(store, LOOK, op(2))) == 1


def test_a_family_is_told_with_all_its_names() -> None:
    store = memory_store(street.records())
    store.load([node("Person", "kim", name="Kim"), link("CONCERNS", "case-annie", "kim")])
    closing.close(store, ANNIE, op(1), DONE)
    assert reopening.search(store, LOOK, op(2), "Kim")[0].names == ("Annie Bergman", "Kim")


def test_who_is_erased_is_not_found_back(store: MemoryStore) -> None:
    officer = replace(ANNIE, viewer=street.worker("officer"), purpose=Purpose.DATA_SUBJECT)
    erasing.erase(store, officer, op(2), load_schema(), "Brief van 1 november.")
    assert [kind for kind, _, _ in store.system_records() if kind == CLOSED] == []
    assert reopening.lately(store, LOOK, op(3)) == []


def test_after_its_term_it_is_not_found_back(store: MemoryStore) -> None:
    later = replace(LOOK, viewer=OPERATOR, as_of=months_later(TODAY, 180))
    retaining.retain(store, later, op(2), load_schema())
    assert [kind for kind, _, _ in store.system_records() if kind == CLOSED] == []


def test_what_is_gone_from_the_files_is_not_told(store: MemoryStore) -> None:
    annie = PersonId(NodeId("annie"))
    team, went = NodeId("team-own"), CaseId(NodeId("case-that-went"))
    gone = ClosedCase(case=went, person=annie, closed_on=TODAY, ours=(team,))
    with store.system() as work:
        work.put(CLOSED, went, {**gone.written(), "owner": "annie"})
    assert [each.case for each in reopening.lately(store, LOOK, op(2))] == ["case-annie"]


def test_the_demo_has_closed_files() -> None:
    records = list(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    every = [ClosedCase.read(key, facts) for key, facts in demo.closed(records)]
    assert len(every) > 100
    assert all(each.ours and each.person and each.closed_on < demo.REFERENCE_DAY for each in every)
