"""What is told of all of life: kept with its day, never overwritten."""

from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.cases import Case
from netwerk.domain.directory import Need
from netwerk.domain.errors import ConflictError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, PersonId
from netwerk.graph.file import PersonFile
from netwerk.usecases import clarify, needs, network
from netwerk.usecases.clarify import Told
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
FAMILY = NeedId(NodeId("family"))


def op(number: int) -> OperationId:
    return OperationId(str(number) * 32)


def opened(store: MemoryStore) -> PersonFile:
    return network.open_file(store, ANNIE)


def case(store: MemoryStore) -> Case:
    found = opened(store).case
    assert found is not None
    return found


def domain(store: MemoryStore) -> clarify.Domain:
    (found,) = clarify.domains(opened(store), needs.taxonomy(store, ANNIE))
    return found


def tell(store: MemoryStore, number: int, told: Told, **facts: str) -> None:
    clarify.save(store, ANNIE, op(number), (case(store), facts), [told])


def told(text: str = "", goes: str = "", was: str = "") -> Told:
    return Told(domain=FAMILY, was=was, goes=goes, text=text)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def test_the_last_told_is_shown_and_the_earlier_stays(store: MemoryStore) -> None:
    assert domain(store).now is None
    tell(store, 1, told("Belt elke week.", "well"), wants="Koken", can="Veel")
    first = domain(store).now
    assert first is not None
    later = replace(ANNIE, as_of=ANNIE.as_of.replace(day=ANNIE.as_of.day + 1))
    clarify.save(
        store, later, op(2), (case(store), {}), [told("Belt niet meer.", "badly", first.id)]
    )
    assert [each.text for each in domain(store).told] == ["Belt niet meer.", "Belt elke week."]
    assert case(store).node.properties["wants"] == "Koken"


def test_not_wanting_to_talk_about_it_is_an_answer(store: MemoryStore) -> None:
    tell(store, 1, told(goes="not_told"))
    now = domain(store).now
    assert now is not None
    assert (now.goes, now.text, now.told_to) == ("not_told", "", ANNIE.viewer)


def test_nothing_told_and_nothing_new_leave_no_note(store: MemoryStore) -> None:
    tell(store, 1, told())
    assert domain(store).told == ()
    tell(store, 2, told("Goed."))
    tell(store, 3, told("Goed."))
    tell(store, 2, told("Anders."))  # the same submit again
    assert [each.text for each in domain(store).told] == ["Goed."]


def test_what_a_colleague_wrote_meanwhile_is_not_put_behind(store: MemoryStore) -> None:
    tell(store, 1, told("Van de collega."))
    with pytest.raises(ConflictError):
        tell(store, 2, told("Van mij."), question="Anders?")
    assert [each.text for each in domain(store).told] == ["Van de collega."]
    assert case(store).question != "Anders?"


def test_a_case_that_changed_is_not_overwritten(store: MemoryStore) -> None:
    read = case(store)
    tell(store, 1, told(), question="Eerst?")
    with pytest.raises(ConflictError):
        clarify.save(store, ANNIE, op(2), (read, {"question": "Later?"}), [])
    assert case(store).question == "Eerst?"


def test_about_nobody_nothing_is_told(store: MemoryStore) -> None:
    for subject in (None, PersonId(NodeId("zwaan"))):
        with pytest.raises(NotVisibleError):
            clarify.save(
                store, replace(ANNIE, subject=subject), op(1), (case(store), {}), [told("Goed.")]
            )


def test_one_begins_with_daily_life_and_ends_with_what_is_tender(store: MemoryStore) -> None:
    codes = ("safety", "addiction", "money", "meaning", "care", "social", "daily")
    wanted = [Need(id=NeedId(NodeId(c)), label_nl=c, label_en=c, parent=None) for c in codes]
    found = [each.need.id for each in clarify.domains(opened(store), wanted)]
    assert found == ["daily", "social", "care", "meaning", "money", "addiction", "safety"]
