"""What helped is told without names, with a yes, and only for as long as that stands."""

from dataclasses import replace

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.graph.names import MaybeNamesError, NamesInTextError
from netwerk.usecases import emergency, network, stories
from netwerk.usecases.emergency import Emergency
from netwerk.usecases.stories import Telling
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, StoppedClock

OWN = street.worker("own")
ANNIE = replace(SCOPE, viewer=OWN, subject=PersonId(NodeId("annie")))
LOOK = replace(ANNIE, subject=None)


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def tell(
    store: MemoryStore, number: int, text: str, *, agreed: bool = True, sure: bool = False
) -> None:
    told = Telling(text=text, agreed=agreed, sure=sure)
    stories.tell(store, ANNIE, OperationId(f"s{number}"), told)


def read(store: MemoryStore) -> list[str]:
    return [each.text for each in stories.shared(store, LOOK)]


def test_a_story_is_read_by_the_team_until_it_is_taken_back(store: MemoryStore) -> None:
    tell(store, 1, "De buurvrouw liep mee naar de koffie.")
    tell(store, 1, "De buurvrouw liep mee naar de koffie.")
    assert read(store) == ["De buurvrouw liep mee naar de koffie.", "Koffie."]
    assert stories.shared(store, replace(LOOK, viewer=street.worker("other")))[0].text == "Koffie."
    told = stories.of_file(network.open_file(store, ANNIE))[0]
    assert (told.told_on, told.agreed_on, told.is_shared) == (TODAY, TODAY, True)
    stories.take_back(store, ANNIE, OperationId("b"), told.id)
    assert read(store) == ["Koffie."]
    with pytest.raises(NotVisibleError):
        stories.take_back(store, ANNIE, OperationId("n"), "story-zwaan")


def test_a_story_needs_a_yes_and_no_name(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError, match="yes"):
        tell(store, 1, "Koffie hielp.", agreed=False)
    with pytest.raises(InvalidInputError):
        tell(store, 2, "  ")
    with pytest.raises(NamesInTextError):
        tell(store, 3, "Toen kwam Daalder langs.", sure=True)
    with pytest.raises(MaybeNamesError):
        tell(store, 4, "Toen kwam Willemien langs.")
    tell(store, 5, "Toen kwam Willemien langs.", sure=True)
    assert read(store)[0] == "Toen kwam Willemien langs."
    with pytest.raises(NotVisibleError):
        stories.take_back(store, LOOK, OperationId("x"), "story-annie")


@pytest.mark.parametrize("closed", [False, True])
def test_who_opened_it_by_way_of_exception_tells_no_story_of_it(*, closed: bool) -> None:
    store = memory_store(
        [
            each.with_properties(closed_on="2026-10-01" if closed else None)
            if each.id == "case-annie"
            else each
            for each in street.records()
        ]
    )
    other = replace(ANNIE, viewer=street.worker("other"))
    why = Emergency(name="Annie Bergman", birth_year=1948, reason="Ze belde in paniek.")
    emergency.break_glass(
        store, StoppedClock(), replace(other, subject=None), OperationId("e"), why
    )
    told = Telling(text="Koffie hielp.", agreed=True)
    with pytest.raises(InvalidInputError, match="Only the team"):
        stories.tell(store, other, OperationId("s"), told)
    assert "Koffie hielp." not in {each.text for each in stories.shared(store, LOOK)}


def test_the_whole_team_tells(store: MemoryStore) -> None:
    mate = replace(ANNIE, viewer=street.worker("mate"))
    stories.tell(store, mate, OperationId("s"), Telling(text="Koffie hielp.", agreed=True))
    assert "Koffie hielp." in read(store)
