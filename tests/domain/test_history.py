"""The steps of an entry stand in the order in which they were, and each can be undone."""

from dataclasses import replace

from netwerk.domain.history import Turn, reverted, steps, turned
from netwerk.domain.keeping import Change, comes_back
from netwerk.domain.records import Record
from tests.worlds import link, node

NIGHT, MORNING, NOON = "2026-11-02T03:00", "2026-11-02T09:00", "2026-11-02T12:00"


def change(record: str, number: int, operation: str, at: str, before: Record | None) -> Change:
    return Change(
        record=record,
        number=number,
        before=before,
        removed=False,
        by="co",
        at=at,
        operation=operation,
    )


def turn(record: str, number: int, operation: str, at: str) -> Turn:
    return Turn(change=change(record, number, operation, at, None), after=None)


def test_the_record_itself_sets_the_order_and_not_the_clock() -> None:
    told = [turn("o", 1, "second", NIGHT), turn("o", 0, "first", NOON), turn("l", 0, "first", NOON)]
    found = steps("o", told)
    assert [each.operation for each in found] == ["first", "second"]
    assert [t.change.record for t in found[0].turns] == ["o", "l"]


def test_what_did_not_touch_the_record_stands_where_its_time_says() -> None:
    told = [
        turn("o", 0, "first", MORNING),
        turn("l", 7, "other", NOON),
        turn("l", 6, "early", NIGHT),
    ]
    assert [each.operation for each in steps("o", told)] == ["early", "first", "other"]


def test_what_others_changed_since_stays() -> None:
    first = node("Organization", "o", name="A", phone="1")
    second = first.with_properties(name="B", phone=None)
    third = second.with_properties(email="x@y.nl")
    turns = turned([change("o", 0, "a", NIGHT, first), change("o", 1, "b", NOON, second)], third)
    assert turns[0].after == second
    assert reverted(turns[:1], third) == third.with_properties(name="A", phone="1")
    assert reverted(turns, third) == first
    assert turned([], third) == []


def test_what_is_gone_comes_back_whole_and_what_was_not_goes() -> None:
    made = node("Organization", "o", name="A")
    gone = Turn(change=change("o", 1, "b", NOON, replace(made, version=4)), after=None)
    assert reverted([gone], None) == made
    came = Turn(change=change("o", 0, "a", NIGHT, None), after=made)
    assert reverted([came, gone], None) is None
    assert (came.record, gone.record) == (made, replace(made, version=4))


def test_only_a_role_can_bring_somebody_back() -> None:
    role = link("CONTACT_FOR", "v", "o", "r")
    removed = replace(change("r", 3, "a", NIGHT, role), removed=True)
    older = change("r", 2, "b", NIGHT, None)
    assert comes_back(role, [removed, older])
    assert not comes_back(role, [])
    assert not comes_back(role, [replace(removed, removed=False)])
    assert not comes_back(node("Person", "r"), [removed])
    assert not comes_back(replace(role, target=role.source), [removed])
