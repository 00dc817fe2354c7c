"""A question in marks finds what the question itself finds, and no index can misread it."""

from hypothesis import given
from hypothesis import strategies as st

from netwerk.domain.ids import NodeId
from netwerk.domain.items import Item, ItemKind, items_of
from netwerk.domain.records import Subgraph
from netwerk.ports import marks
from netwerk.ports.finding import FindQuery, Group
from tests.contract.test_finding import queries, towns


def _has(item: Item, conditions: marks.Conditions) -> bool:
    there = marks.marks(item).split()

    def found(asked: str) -> bool:
        if asked.endswith("*"):
            return any(each.startswith(asked[:-1]) for each in there)
        return asked in there

    return all(any(map(found, each)) for each in conditions)


@given(towns(), queries())
def test_the_marks_of_an_item_say_whether_it_meets_a_question(
    town: Subgraph, query: FindQuery
) -> None:
    for item in items_of(town):
        assert _has(item, marks.asked(query.kinds, query.wanted)) is query.meets(item)


@given(towns(), queries())
def test_what_is_near_has_a_cell_that_is_looked_in(town: Subgraph, query: FindQuery) -> None:
    for item in items_of(town):
        group, _ = query.group_of(item) or (None, 0.0)
        if group is None or query.origin is None:
            continue
        reach = query.home_reach if group == Group.AT_HOME else query.radius
        assert _has(item, [marks.within(group, (query.origin, reach))])
        assert _has(item, [marks.within(group)])


@given(towns())
def test_the_words_are_read_back(town: Subgraph) -> None:
    for item in items_of(town):
        words = {key for key in item.keys if not key.startswith(":")}
        assert marks.words_in(marks.marks(item)) == words


@given(st.text())
def test_a_mark_is_letters_and_digits(key: str) -> None:
    assert marks.mark(key).isascii()
    assert marks.mark(key).isalnum()


def test_no_kind_is_nothing() -> None:
    assert not any(
        _has(Item(kind=k, id="x", node=NodeId("x")), marks.asked((), ())) for k in ItemKind
    )
