"""What helped is told without names, with a yes, and only for as long as that stands."""

from dataclasses import replace
from datetime import date

import pytest

from netwerk import demo
from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import OPERATOR, Purpose
from netwerk.domain.cases import ClosingReason
from netwerk.domain.errors import (
    InvalidInputError,
    LookOnlyError,
    NotAllowedError,
    NotVisibleError,
)
from netwerk.domain.ids import NodeId, OperationId, PersonId
from netwerk.domain.stories import SHARED, SharedStory
from netwerk.domain.upkeep import months_later
from netwerk.graph.names import MaybeNamesError, NamesInTextError
from netwerk.schema import load_schema
from netwerk.usecases import (
    closing,
    emergency,
    erasing,
    network,
    own_file,
    retaining,
    stories,
    subjects,
)
from netwerk.usecases.closing import Closing
from netwerk.usecases.emergency import Emergency
from netwerk.usecases.stories import Telling
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE, TODAY, StoppedClock, link, node

OWN = street.worker("own")
ANNIE = replace(SCOPE, viewer=OWN, subject=PersonId(NodeId("annie")))
LOOK = replace(ANNIE, subject=None)


@pytest.fixture
def store() -> MemoryStore:
    made = memory_store(street.records())
    street.share(made)
    return made


def tell(
    store: MemoryStore, number: int, text: str, *, agreed: bool = True, sure: bool = False
) -> None:
    told = Telling(text=text, agreed=agreed, sure=sure)
    stories.tell(store, ANNIE, OperationId(f"s{number}"), told)


def read(store: MemoryStore, who: str = "own") -> list[str]:
    return sorted(
        (each.text for each in stories.shared(store, replace(LOOK, viewer=street.worker(who)))),
        reverse=True,
    )


def close(store: MemoryStore, helped: str) -> str:
    """Close the case of Annie, with what helped; return the key of the story."""
    done = Closing(
        because=ClosingReason.INFORMAL_HELP, on=TODAY, version=1, helped=helped, told_on=True
    )
    closing.close(store, ANNIE, OperationId("c"), done)
    return "story-c"


def test_a_story_is_read_by_the_team_until_it_is_taken_back(store: MemoryStore) -> None:
    tell(store, 1, "De buurvrouw liep mee naar de koffie.")
    tell(store, 1, "De buurvrouw liep mee naar de koffie.")
    assert read(store) == ["Koffie.", "De buurvrouw liep mee naar de koffie."]
    assert read(store, "other") == ["Koffie."]
    told = stories.of_file(store, network.open_file(store, ANNIE))[0]
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
    assert "Toen kwam Willemien langs." in read(store)
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
    with pytest.raises(LookOnlyError):
        stories.tell(store, other, OperationId("s"), told)
    officer = replace(ANNIE, viewer=street.worker("officer"), purpose=Purpose.DATA_SUBJECT)
    asked = "Verzoek om inzage van 1 november."
    subjects.open_request(store, StoppedClock(), officer, OperationId("o"), asked)
    with pytest.raises(InvalidInputError, match="Only the team"):
        stories.tell(store, officer, OperationId("t"), told)
    assert "Koffie hielp." not in read(store)


def test_the_whole_team_tells(store: MemoryStore) -> None:
    mate = replace(ANNIE, viewer=street.worker("mate"))
    stories.tell(store, mate, OperationId("s"), Telling(text="Koffie hielp.", agreed=True))
    assert "Koffie hielp." in read(store)


@pytest.mark.parametrize("who", ["own", "mate"])
def test_what_is_told_at_closing_is_read_by_the_team_after_it(store: MemoryStore, who: str) -> None:
    close(store, "De eettafel bij de kerk.")
    assert read(store, who) == ["Koffie.", "De eettafel bij de kerk."]
    assert read(store, "other") == ["Koffie."]
    assert read(store, "reviewer") == read(store, "administrator") == read(store, "nobody") == []


def test_a_reader_learns_nothing_of_whom_it_is_about(store: MemoryStore) -> None:
    key = close(store, "De eettafel bij de kerk.")
    for told in (repr(each) for each in stories.shared(store, LOOK) if each.key == key):
        assert not [word for word in ("annie", "Annie", "case", "2026-01-05") if word in told]


def test_within_a_month_the_order_does_not_tell_which_was_just_closed(store: MemoryStore) -> None:
    days = [date(2026, 11, 1), date(2026, 11, 30), date(2026, 10, 31), date(2025, 12, 1)]
    keys = ["b", "a", "z", "y"]
    with store.system() as work:
        for key, on in zip(keys, days, strict=True):
            told = SharedStory(key=NodeId(key), text=key, teams=(NodeId("team-own"),), told_on=on)
            work.put(SHARED, key, told.written())
    every = [each.text for each in stories.shared(store, LOOK)]
    assert every == ["b", "a", "z", "Koffie.", "y"]


def test_a_case_of_no_team_is_told_to_that_of_who_tells_it() -> None:
    alone = [each for each in street.records() if not each.id.startswith("HANDLED_BY")]
    store = memory_store(alone)
    tell(store, 1, "Koffie hielp.")
    assert read(store, "mate") == ["Koffie hielp."]


def test_after_closing_the_coordinator_takes_it_back(store: MemoryStore) -> None:
    key, keeper = close(store, "De eettafel bij de kerk."), street.worker("coordinator")
    with pytest.raises(NotVisibleError):
        stories.take_back(store, ANNIE, OperationId("x"), key)
    for who in ("own", "officer"):
        scope = replace(LOOK, viewer=street.worker(who))
        with pytest.raises(NotAllowedError):
            stories.take_back_shared(store, scope, OperationId("y"), key)
    look = replace(LOOK, viewer=keeper)
    assert "De eettafel bij de kerk." in read(store, "coordinator")
    for _ in range(2):
        stories.take_back_shared(store, look, OperationId("b"), key)
    assert read(store) == ["Koffie."]
    assert (store.peek(SHARED, key) or {})["text"] == ""
    with pytest.raises(NotVisibleError):
        stories.take_back_shared(store, look, OperationId("z"), "story-of-nobody")


def test_the_coordinator_of_a_team_is_not_there_for_another(store: MemoryStore) -> None:
    keeper = street.worker("coordinator")
    store.load([link("MEMBER_OF", keeper, "team-other")])
    assert read(store, "coordinator") == ["Koffie."]
    look = replace(LOOK, viewer=keeper)
    with pytest.raises(NotVisibleError):
        stories.take_back_shared(store, look, OperationId("b"), "story-annie")
    stories.take_back_shared(store, look, OperationId("c"), "story-zwaan")
    assert read(store, "coordinator") == []


def test_the_officer_takes_it_back_at_the_request_and_the_own_file_tells_it(
    store: MemoryStore,
) -> None:
    key = close(store, "De eettafel bij de kerk.")
    asked = replace(ANNIE, viewer=street.worker("officer"), purpose=Purpose.DATA_SUBJECT)
    with pytest.raises(NotVisibleError):
        stories.take_back(store, asked, OperationId("x"), key)
    subjects.open_request(store, StoppedClock(), asked, OperationId("r"), "Brief van 1 november.")
    file = own_file.requested_file(store, asked, OperationId("f"))
    assert "withdrawn_on" not in file.graph.nodes[NodeId(key)].properties
    stories.take_back(store, asked, OperationId("b"), key)
    assert read(store) == ["Koffie."]
    file = own_file.requested_file(store, asked, OperationId("g"))
    assert file.graph.nodes[NodeId(key)].properties["withdrawn_on"] == TODAY.isoformat()
    taken, _ = own_file.export(
        store,
        StoppedClock(),
        replace(ANNIE, viewer=OPERATOR),
        OperationId("h"),
        "Brief van 1 november.",
    )
    assert taken.graph.nodes[NodeId(key)].properties["withdrawn_on"] == TODAY.isoformat()


def test_a_story_that_nobody_reads_cannot_be_taken_back() -> None:
    store = memory_store(street.records())
    with pytest.raises(NotVisibleError):
        stories.take_back(store, ANNIE, OperationId("x"), "story-annie")
    with pytest.raises(NotVisibleError):
        stories.take_back(store, ANNIE, OperationId("y"), "annie")


def test_who_is_erased_is_told_of_no_more(store: MemoryStore) -> None:
    key = close(store, "De eettafel bij de kerk.")
    asked = replace(ANNIE, viewer=street.worker("officer"), purpose=Purpose.DATA_SUBJECT)
    erasing.erase(store, asked, OperationId("e"), load_schema(), "Brief van 1 november.")
    assert [each for each, _, _ in store.system_records() if each == SHARED] == [SHARED]
    assert store.peek(SHARED, key) is None
    assert read(store, "other") == ["Koffie."]


@pytest.mark.parametrize(("months", "left"), [(59, True), (60, False)])
def test_it_goes_when_its_term_is_over(store: MemoryStore, months: int, *, left: bool) -> None:
    key = close(store, "De eettafel bij de kerk.")
    later = replace(LOOK, viewer=OPERATOR, as_of=months_later(TODAY, months))
    retaining.retain(store, later, OperationId("t"), load_schema())
    assert (store.peek(SHARED, key) is not None) is left
    assert store.peek(SHARED, "story-zwaan") is not None


def test_the_demo_has_stories_of_open_and_of_closed_cases() -> None:
    records = list(demo.records(seed=1, persons=None, today=demo.REFERENCE_DAY))
    told = dict(demo.shared(records))
    closed = {each for each in told if "closed" in each}
    assert closed
    assert set(told) - closed
    assert all(SharedStory.read(key, facts).teams for key, facts in told.items())


def test_a_worker_of_no_team_reads_none(store: MemoryStore) -> None:
    store.load([node("Worker", "w-loose", role="worker", name="Los")])
    assert read(store, "loose") == []
