"""What the team knows: told by everybody for themselves, gaps, and what hangs on one."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.errors import InvalidInputError, NotAllowedError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, OperationId, WorkerId
from netwerk.domain.records import Record
from netwerk.ports.stores import Store
from netwerk.usecases import knowledge
from tests.builders import memory_store
from tests.worlds import TODAY, link, node

SAM = Scope(viewer=WorkerId(NodeId("sam")), purpose=Purpose.DIRECTORY, as_of=TODAY)
CO = replace(SAM, viewer=WorkerId(NodeId("co")))
ONE = OperationId("one")


def need(code: str) -> NeedId:
    return NeedId(NodeId(code))


DEBTS, TAX, WORK, MONEY, DEEP = (
    need(each) for each in ("money.debts", "money.tax", "work", "money", "money.debts.old")
)


def records(levels: Mapping[str, Mapping[NeedId, int]] | None = None) -> list[Record]:
    """Return a team of three, one of another team, and a case that asks for help with debts."""
    return [
        node("Need", MONEY, label_nl="geld", label_en="money"),
        node("Need", DEBTS, label_nl="schulden", label_en="debts", parent=MONEY),
        node("Need", DEEP, label_nl="oude schulden", label_en="old debts", parent=DEBTS),
        node("Need", TAX, label_nl="belasting", label_en="tax", parent=MONEY),
        node("Need", WORK, label_nl="werk", label_en="work"),
        node("Team", "t0", name="Noord"),
        node("Team", "t1", name="Oost"),
        node("Worker", "sam", name="Sam", role="worker"),
        node("Worker", "mo", name="Mo", role="worker"),
        node("Worker", "bea", name="Bea", role="worker"),
        node("Worker", "far", name="Far", role="worker"),
        node("Worker", "co", name="Co", role="coordinator"),
        *(link("MEMBER_OF", who, "t0") for who in ("sam", "mo", "bea")),
        link("MEMBER_OF", "far", "t1"),
        node("Person", "p", name="P"),
        node("Case", "c", question="?", needs=[DEBTS, WORK], opened_on="2026-01-01"),
        link("CONCERNS", "c", "p"),
        link("HANDLED_BY", "c", "t0"),
        *(
            link("KNOWS_ABOUT", who, code, level=level)
            for who, told in (levels or {}).items()
            for code, level in told.items()
        ),
    ]


def levels(store: Store, scope: Scope = SAM) -> dict[tuple[str, str], int]:
    team = knowledge.team(store, scope)
    return {key: known.level for key, known in team.levels.items()}


def test_a_team_sees_its_own_colleagues_who_looks_first() -> None:
    store = memory_store(records({"mo": {DEBTS: 3}, "far": {DEBTS: 4}}))
    team = knowledge.team(store, SAM)
    assert [who.name for who in team.colleagues] == ["Sam", "Bea", "Mo"]
    assert levels(store) == {("mo", DEBTS): 3}
    assert (team.level(WorkerId(NodeId("mo")), DEBTS), team.told(WorkerId(NodeId("mo")))) == (3, 1)
    assert team.level(SAM.viewer, DEBTS) == 0


def test_who_is_in_no_team_has_their_own_knowledge_and_a_coordinator_has_none() -> None:
    alone = node("Worker", "lone", name="Lone", role="worker")
    store = memory_store([*records(), alone])
    lone = replace(SAM, viewer=WorkerId(NodeId("lone")))
    knowledge.tell(store, lone, ONE, {DEBTS: 2})
    assert levels(store, lone) == {("lone", DEBTS): 2}
    assert levels(store) == {}
    with pytest.raises(NotAllowedError):
        knowledge.team(store, CO)
    with pytest.raises(NotAllowedError):
        knowledge.tell(store, CO, OperationId("two"), {DEBTS: 2})


def test_blocks_are_the_needs_below_a_domain_or_a_domain_without_any() -> None:
    def blocks(*told: Record) -> dict[str, list[str]]:
        team = knowledge.team(memory_store([*records(), *told]), SAM)
        return {d.need.id: [block.id for block in d.blocks] for d in team.domains}

    assert blocks() == {MONEY: [DEBTS, DEEP, TAX], WORK: [WORK]}
    # What somebody told of a domain as a whole is not hidden.
    told = link("KNOWS_ABOUT", "mo", MONEY, level=2)
    assert blocks(told) == {MONEY: [MONEY, DEBTS, DEEP, TAX], WORK: [WORK]}


def test_gaps_are_what_nobody_or_one_alone_can_do_what_is_asked_first() -> None:
    store = memory_store(
        records({"mo": {DEBTS: 4, TAX: 2, DEEP: 3}, "bea": {DEBTS: 3, TAX: 3, WORK: 2}})
    )
    team = knowledge.team(store, SAM)
    found = [(g.block.id, g.only.name if g.only else None, g.asked) for g in team.gaps()]
    assert found == [(WORK, None, 1), (DEEP, "Mo", 0), (TAX, "Bea", 0)]
    assert [who.name for who in team.who_can(DEBTS)] == ["Mo", "Bea"]
    assert [who.name for who in team.who_can(DEBTS, 4)] == ["Mo"]


def test_levels_are_told_changed_and_taken_back_by_oneself() -> None:
    store = memory_store(records({"sam": {TAX: 1}}))
    knowledge.tell(store, SAM, ONE, {DEBTS: 3, TAX: 2, WORK: 0})
    knowledge.tell(store, SAM, ONE, {DEBTS: 1})  # it came twice
    assert levels(store) == {("sam", DEBTS): 3, ("sam", TAX): 2}
    known = knowledge.team(store, SAM).levels[SAM.viewer, DEBTS]
    assert (known.told_on, known.noted_by) == (TODAY, "")
    before = list(store.dump())
    knowledge.tell(store, SAM, OperationId("same"), {DEBTS: 3})
    assert list(store.dump()) == before
    knowledge.tell(store, SAM, OperationId("none"), {DEBTS: 0})
    assert levels(store) == {("sam", TAX): 2}
    actions = [entry.event.action for entry in store.audit_entries()]
    assert actions.count("tell-knowledge") == 3
    assert "look-at-knowledge" in actions


def test_what_was_told_twice_becomes_one() -> None:
    twice = [
        link("KNOWS_ABOUT", "sam", DEBTS, "k1", level=1),
        link("KNOWS_ABOUT", "sam", DEBTS, "k2", level=4),
    ]
    store = memory_store([*records(), *twice])
    assert levels(store) == {("sam", DEBTS): 4}
    knowledge.tell(store, SAM, ONE, {DEBTS: 2})
    assert [r.id for r in store.dump() if r.id.startswith("k")] == ["k1"]
    assert levels(store) == {("sam", DEBTS): 2}


def test_without_a_level_somebody_heard_of_it() -> None:
    store = memory_store([*records(), link("KNOWS_ABOUT", "mo", DEBTS)])
    assert levels(store) == {("mo", DEBTS): 1}


@pytest.mark.parametrize("told", [{DEBTS: 5}, {DEBTS: -1}])
def test_what_is_no_level_is_refused(told: dict[NeedId, int]) -> None:
    store = memory_store(records())
    with pytest.raises(InvalidInputError):
        knowledge.tell(store, SAM, ONE, told)
    assert levels(store) == {}


@pytest.mark.parametrize("code", ["nowhere", "mo", "p"])
def test_what_is_no_need_is_not_there(code: str) -> None:
    store = memory_store(records())
    with pytest.raises(NotVisibleError):
        knowledge.tell(store, SAM, ONE, {TAX: 1, need(code): 2})
    assert levels(store) == {}


def test_a_colleague_of_the_own_team_can_be_looked_at_and_nobody_else() -> None:
    team = knowledge.team(memory_store(records()), SAM)
    assert knowledge.colleague(team, NodeId("mo")).name == "Mo"
    for who in ("far", "co", "nobody"):
        with pytest.raises(NotVisibleError):
            knowledge.colleague(team, NodeId(who))
