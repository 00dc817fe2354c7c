"""Keeping somebody's network: each act does all its steps, or none, and never in another file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Scope
from netwerk.domain.errors import ConflictError, InvalidInputError, NotVisibleError
from netwerk.domain.ids import (
    NeedId,
    NodeId,
    OperationId,
    OrganizationId,
    PersonId,
    RelationshipId,
)
from netwerk.domain.ties import Approach
from netwerk.graph.file import PersonFile
from netwerk.usecases import network
from tests.builders import memory_store
from tests.web import street
from tests.worlds import SCOPE

ANNIE = replace(SCOPE, viewer=street.worker("own"), subject=PersonId(NodeId("annie")))
BO, CHURCH = RelationshipId("annie-bo"), RelationshipId("annie-church")
XI = RelationshipId("zwaan-xi")
FRIEND = network.TieFacts(kind="friend")
MEMBER = network.ParticipationFacts(
    organization=OrganizationId(NodeId("church")), how="visitor", approach=Approach.NOT_DISCUSSED
)
TALENTS = [NeedId(NodeId(street.NEED))]
Act = Callable[[MemoryStore, Scope, OperationId], object]


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(street.records())


def opened(store: MemoryStore) -> PersonFile:
    return network.open_file(store, ANNIE)


def one(number: int = 1) -> OperationId:
    return OperationId(str(number) * 32)


ACTS: dict[str, Act] = {
    "add-tie": lambda s, who, op: network.add_tie(s, who, op, "Cor", FRIEND),
    "end-tie": lambda s, who, op: network.end_tie(s, who, op, BO, date(2026, 11, 1)),
    "set-approach": lambda s, who, op: network.set_approach(
        s, who, op, BO, Approach.DO_NOT_APPROACH
    ),
    "add-participation": lambda s, who, op: network.add_participation(s, who, op, MEMBER),
    "end-participation": lambda s, who, op: network.end_participation(
        s, who, op, CHURCH, date(2026, 11, 1)
    ),
    "set-talents": lambda s, who, op: network.set_talents(s, who, op, TALENTS, willing=True),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_counts_once_and_stands_in_the_log(store: MemoryStore, name: str) -> None:
    before = list(store.dump())
    ACTS[name](store, ANNIE, one())
    after = list(store.dump())
    assert after != before
    ACTS[name](store, ANNIE, one())
    assert list(store.dump()) == after
    assert [(e.event.action, e.event.subject) for e in store.audit_entries()] == [(name, "annie")]


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["other", "coordinator", "officer"])
def test_who_may_not_open_the_file_changes_nothing(store: MemoryStore, name: str, who: str) -> None:
    before = list(store.dump())
    with pytest.raises(NotVisibleError):
        ACTS[name](store, replace(ANNIE, viewer=street.worker(who)), one())
    assert list(store.dump()) == before


@pytest.mark.parametrize("name", ACTS)
def test_about_nobody_nothing_can_be_changed(store: MemoryStore, name: str) -> None:
    before = list(store.dump())
    with pytest.raises(NotVisibleError):
        ACTS[name](store, replace(ANNIE, subject=None), one())
    assert list(store.dump()) == before


def test_about_nobody_there_is_no_file(store: MemoryStore) -> None:
    with pytest.raises(NotVisibleError):
        network.open_file(store, replace(ANNIE, subject=None))


def test_a_tie_of_another_file_is_not_there(store: MemoryStore) -> None:
    day = date(2026, 11, 1)
    with pytest.raises(NotVisibleError):
        network.end_tie(store, ANNIE, one(), XI, day)
    with pytest.raises(NotVisibleError):
        network.end_participation(store, ANNIE, one(), RelationshipId("zwaan-church"), day)
    with pytest.raises(NotVisibleError):
        network.set_approach(store, ANNIE, one(), XI, Approach.MAY_ASK)


def test_whom_to_add_must_have_a_name(store: MemoryStore) -> None:
    with pytest.raises(InvalidInputError, match="first name"):
        network.add_tie(store, ANNIE, one(), "  ", FRIEND)


def test_a_tie_does_not_end_before_it_began(store: MemoryStore) -> None:
    began = replace(FRIEND, valid_from=date(2026, 10, 1))
    key = network.add_tie(store, ANNIE, one(1), "Cor", began)
    with pytest.raises(InvalidInputError, match="2026-10-01"):
        network.end_tie(store, ANNIE, one(2), key, date(2026, 9, 30))
    network.end_tie(store, ANNIE, one(3), key, date(2026, 10, 1))
    assert key in {tie.id for tie in opened(store).past_ties}


def test_the_word_on_asking_keeps_who_wrote_it_and_when(store: MemoryStore) -> None:
    for number, key in enumerate((BO, CHURCH), 1):
        network.set_approach(store, ANNIE, one(number), key, Approach.SUPPORT_ONLY)
    file = opened(store)
    for account in (file.tie(BO), file.participation(CHURCH)):
        assert account is not None
        facts = account.record.properties
        assert (facts["approach"], facts["approach_by"]) == ("support_only", "w-own")
        assert facts["approach_on"] == "2026-11-02"


def test_another_change_leaves_the_word_and_its_day(store: MemoryStore) -> None:
    read = opened(store).tie(BO)
    assert read is not None
    same = replace(FRIEND, approach=Approach.MAY_ASK, support=("instrumental",))
    network.change_tie(store, ANNIE, one(1), read, same)
    told = opened(store).tie(BO)
    assert told is not None
    assert (told.kind, told.support) == ("friend", ("instrumental",))
    assert "approach_on" not in told.record.properties
    with pytest.raises(ConflictError):
        network.change_tie(store, ANNIE, one(2), read, FRIEND)
    network.change_tie(store, ANNIE, one(3), told, FRIEND)
    assert opened(store).gates.usable_ties() == []


def test_talents_come_and_go(store: MemoryStore) -> None:
    network.set_talents(store, ANNIE, one(1), TALENTS, willing=True)
    file = opened(store)
    assert (list(file.talents), file.person.willing_to_help) == (TALENTS, True)
    more = [*TALENTS, NeedId(NodeId("family"))]
    network.set_talents(store, ANNIE, one(4), more, willing=True)
    assert sorted(opened(store).talents) == sorted(more)
    network.set_talents(store, ANNIE, one(2), [NeedId(NodeId("family"))], willing=True)
    assert list(opened(store).talents) == ["family"]
    network.set_talents(store, ANNIE, one(3), [], willing=False)
    file = opened(store)
    assert (file.talents, file.person.willing_to_help) == ((), False)


def test_facts_about_the_inhabitant_change_once_and_only_as_read(store: MemoryStore) -> None:
    read = opened(store).node
    for _ in range(2):
        network.change_person(store, ANNIE, one(1), read, {"name": "Anna Bergman"})
    assert opened(store).person.name == "Anna Bergman"
    with pytest.raises(ConflictError):
        network.change_person(store, ANNIE, one(2), read, {"name": "Anja"})


def test_no_tie_begins_after_today_or_after_it_ended(store: MemoryStore) -> None:
    tomorrow = replace(FRIEND, valid_from=date(2026, 11, 3))
    with pytest.raises(InvalidInputError):
        network.add_tie(store, ANNIE, one(), "Cor", tomorrow)
    network.end_tie(store, ANNIE, one(2), BO, date(2026, 6, 1))
    ended = opened(store).tie(BO)
    assert ended is not None
    with pytest.raises(InvalidInputError):
        late = replace(FRIEND, valid_from=date(2026, 7, 1))
        network.change_tie(store, ANNIE, one(3), ended, late)
    network.change_tie(store, ANNIE, one(4), ended, replace(FRIEND, valid_from=date(2026, 1, 1)))
