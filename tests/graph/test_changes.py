"""What came, went and changed between two days, and how sure a measure is."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Record, to_json
from netwerk.graph.certainty import Certainty, Ground, certainty
from netwerk.graph.changes import Change, Told, changes
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import SUPPORT, strength
from tests.graph.test_strength import file, knows, somebody
from tests.worlds import INHABITANT, TODAY

THEN = date(2026, 3, 1)
CAME = "2026-06-01"


def who(key: str) -> PersonId:
    return PersonId(NodeId(key))


def sure(read: PersonFile, key: str) -> tuple[Ground, int, int]:
    found: Certainty = certainty(read, strength(read))[key]
    return found.ground, found.known, found.every


def test_who_came_who_went_and_of_whom_something_else_is_told() -> None:
    was = to_json({"closeness": 2, "contact": "monthly", "until": CAME})
    known: dict[str, Any] = {"closeness": 4, "contact": "daily", "earlier": [was]}
    records = [
        *somebody("an", "emotional", **known),
        *somebody("bo", valid_from=CAME),
        *somebody("ed", valid_to="2026-05-01"),
        *somebody("li", "emotional"),
    ]
    found = changes(file(*records, on=THEN), file(*records))
    assert (found.came, found.went) == ((who("bo"),), (who("ed"),))
    before = Told(closeness=2, contact=("monthly",), support=())
    after = Told(closeness=4, contact=("daily",), support=("emotional",))
    assert found.changed == (Change(person=who("an"), before=before, after=after),)


def test_parallel_ties_are_told_as_one() -> None:
    second = somebody("an", "companionship", tie="second", closeness=5)
    read = file(*somebody("an", "emotional", closeness=2), second[1])
    without = file(*somebody("an", "emotional", closeness=2))
    (change,) = changes(without, read).changed
    assert change.after == Told(closeness=5, contact=(), support=("emotional", "companionship"))


def test_a_measure_says_on_what_it_rests() -> None:
    at = [5.65, 51.48]
    people = [
        *somebody("an", "emotional", closeness=4, support_given=["emotional"], point=at),
        *somebody("bo", "emotional"),
        *somebody("ed"),
    ]
    told = file(*people, knows("an", "bo"), point=at)
    assert sure(told, "size") == (Ground.PEOPLE, 3, 3)
    assert sure(told, "density") == (Ground.PAIRS, 1, 3)
    assert sure(told, "constraint_weighted") == (Ground.CLOSENESS, 1, 3)
    assert sure(told, "close_by") == (Ground.HOMES, 1, 3)
    assert sure(told, "reciprocity") == (Ground.GIVERS, 1, 2)
    silent = file(*people)
    assert sure(silent, "density") == (Ground.NOT_ASKED, 0, 3)
    assert sure(silent, "constraint_weighted") == (Ground.NOT_ASKED, 0, 3)
    assert sure(silent, "close_by") == (Ground.HOMES, 0, 3)


@st.composite
def _people(draw: st.DrawFn) -> list[dict[str, Any]]:
    some = st.fixed_dictionaries(
        {
            "support": st.lists(st.sampled_from(SUPPORT), unique=True),
            "closeness": st.none() | st.integers(1, 5),
            "valid_from": st.sampled_from([None, CAME]),
            "valid_to": st.sampled_from([None, "2026-05-01", "2026-12-01"]),
            "earlier": st.sampled_from([None, [to_json({"closeness": 1, "until": CAME})]]),
            "point": st.sampled_from([None, [5.65, 51.48]]),
            "support_given": st.sampled_from([None, ["emotional"]]),
        }
    )
    return draw(st.lists(some, max_size=5))


def _named(people: list[dict[str, Any]], names: list[str]) -> list[Record]:
    made: list[Record] = []
    for name, facts in zip(names, people, strict=False):
        rest = {key: value for key, value in facts.items() if key != "support"}
        made += somebody(name, *facts["support"], **rest)
    if len(people) > 1:
        made.append(knows(names[0], names[1]))
    return made


@given(_people(), st.permutations(["a", "b", "c", "d", "e"]))
def test_other_names_change_nothing_and_what_is_known_is_never_more_than_all(
    people: list[dict[str, Any]], names: list[str]
) -> None:
    plain = ["a", "b", "c", "d", "e"]
    called = dict(zip(map(who, plain), map(who, names), strict=True))
    one, other = _named(people, plain), _named(people, names)
    first = changes(file(*one, on=THEN), file(*one))
    second = changes(file(*other, on=THEN), file(*other))
    assert {called[each] for each in first.came} == set(second.came)
    assert {called[each] for each in first.went} == set(second.went)
    told = {called[each.person]: (each.before, each.after) for each in first.changed}
    assert told == {each.person: (each.before, each.after) for each in second.changed}
    mine, theirs = (certainty(file(*each), strength(file(*each))) for each in (one, other))
    assert mine == theirs
    assert all(0 <= each.known <= each.every for each in mine.values())


@given(_people())
def test_a_day_beside_itself_shows_no_change_and_back_is_the_mirror(
    people: list[dict[str, Any]],
) -> None:
    records = _named(people, ["a", "b", "c", "d", "e"])
    then, now = file(*records, on=THEN), PersonFile(file(*records).graph, INHABITANT, TODAY)
    same = changes(now, now)
    assert (same.came, same.went, same.changed) == ((), (), ())
    there, back = changes(then, now), changes(now, then)
    assert (there.came, there.went) == (back.went, back.came)
    assert [(c.before, c.after) for c in there.changed] == [
        (c.after, c.before) for c in back.changed
    ]
