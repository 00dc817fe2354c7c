"""Who knows about the question of an inhabitant: myself, with a colleague, or someone else."""

from dataclasses import replace

import pytest

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.domain.records import Record
from netwerk.graph.room import Room
from netwerk.usecases import who_knows
from netwerk.usecases.who_knows import ForNeed, Way
from tests.builders import memory_store
from tests.usecases.test_knowledge import DEBTS, DEEP, MONEY, TAX, WORK, records
from tests.worlds import TODAY, link, node

SAM = Scope(
    viewer=WorkerId(NodeId("sam")),
    purpose=Purpose.SUPPORT,
    as_of=TODAY,
    subject=PersonId(NodeId("p")),
)
Levels = dict[str, dict[NeedId, int]]


def specialist(key: str, need: str, formality: str = "specialist") -> list[Record]:
    return [
        node("Organization", key, name=key.title()),
        node("Service", f"{key}-s", name=f"Hulp {key}", formality=formality),
        link("PROVIDES", key, f"{key}-s"),
        link("ADDRESSES", f"{key}-s", need),
    ]


def asked(levels: Levels, *more: Record) -> dict[str, ForNeed]:
    found = who_knows.for_case(memory_store([*records(levels), *more]), SAM)
    assert found.file.person.id == "p"
    return {each.need.id: each for each in found.needs}


def names(found: ForNeed) -> list[tuple[str, int]]:
    return [(each.worker.name, each.level) for each in found.colleagues]


def test_who_can_do_it_comes_first_of_those_who_has_room() -> None:
    levels = {"mo": {DEBTS: 4}, "bea": {DEBTS: 3, WORK: 1}, "far": {DEBTS: 4}}
    found = asked(levels, link("LEADS", "mo", "c"))[DEBTS]
    assert names(found) == [("Bea", 3), ("Mo", 4)]
    assert [each.load.room for each in found.colleagues] == [Room.AS_OTHERS, Room.BUSY]
    assert names(asked({"mo": {DEBTS: 2}, "bea": {DEBTS: 3}})[DEBTS]) == [("Bea", 3), ("Mo", 2)]


@pytest.mark.parametrize(
    ("levels", "way"),
    [
        ({"sam": {DEBTS: 3}, "mo": {DEBTS: 4}}, Way.MYSELF),
        ({"sam": {DEBTS: 2}, "mo": {DEBTS: 3}}, Way.WITH_COLLEAGUE),
        ({"sam": {DEBTS: 2}, "mo": {DEBTS: 2}}, Way.SOMEONE_ELSE),
        ({}, Way.SOMEONE_ELSE),
    ],
)
def test_where_to_begin_follows_from_what_is_known(levels: Levels, way: Way) -> None:
    found = asked(levels)[DEBTS]
    assert found.way is way
    assert found.mine == levels.get("sam", {}).get(DEBTS, 0)


def test_who_knows_what_is_above_or_below_knows_something_of_it() -> None:
    assert names(asked({"mo": {DEEP: 3}, "bea": {MONEY: 2}})[DEBTS]) == [("Mo", 3), ("Bea", 2)]
    assert names(asked({"mo": {TAX: 4}})[DEBTS]) == []


def test_specialists_for_this_need_are_named_those_we_know_first() -> None:
    found = asked(
        {},
        *specialist("anker", DEBTS),
        *specialist("brug", DEBTS),
        *specialist("baken", DEEP),
        *specialist("tax", TAX),
        *specialist("kerk", DEBTS, "informal"),
        node("Person", "chair", name="Chair"),
        link("CONTACT_FOR", "chair", "brug", role="chair"),
        link("ACQUAINTED", "mo", "chair", warmth="warm"),
        link("ACQUAINTED", "far", "anker", warmth="warm"),
    )[DEBTS]
    assert [(o.organization.name, o.offers, o.known_by) for o in found.outside] == [
        ("Brug", ("Hulp brug",), ("Mo",)),
        ("Anker", ("Hulp anker",), ()),
        ("Baken", ("Hulp baken",), ()),
    ]


def test_whom_the_inhabitant_wants_left_alone_is_nobody_to_consult() -> None:
    alone = link("TAKES_PART", "p", "anker", owner="p", how="member", approach="do_not_approach")
    assert asked({}, *specialist("anker", DEBTS), alone)[DEBTS].outside == ()


def test_a_case_without_needs_or_with_one_that_is_gone_asks_nothing() -> None:
    def needs(*told: str) -> list[Record]:
        case = node("Case", "c", question="?", needs=list(told))
        return [case if each.id == "c" else each for each in records()]

    for told in ((), ("gone",)):
        assert who_knows.for_case(memory_store(needs(*told)), SAM).needs == ()


def test_another_team_and_nobody_in_particular_find_nothing() -> None:
    store = memory_store(records())
    for scope in (replace(SAM, viewer=WorkerId(NodeId("far"))), replace(SAM, subject=None)):
        with pytest.raises(NotVisibleError):
            who_knows.for_case(store, scope)
    assert NeedId(NodeId(WORK)) in [each.need.id for each in who_knows.for_case(store, SAM).needs]
