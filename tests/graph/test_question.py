"""A question: what cannot be asked is refused before anything is read."""

import pytest

from netwerk.domain.errors import InvalidInputError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.graph.question import Question, Step, SupportPath
from tests.worlds import INHABITANT, TODAY


def question(**facts: float) -> Question:
    return Question(person=INHABITANT, need=NeedId(NodeId("n")), on=TODAY, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"k": 0}, "1 to 50 paths"),
        ({"k": 51}, "1 to 50 paths"),
        ({"max_steps": -1}, "0 to 4 steps"),
        ({"max_steps": 5}, "0 to 4 steps"),
        ({"radius": 0}, "distance"),
        ({"radius": float("inf")}, "distance"),
        ({"radius": float("nan")}, "distance"),
    ],
)
def test_what_cannot_be_asked_is_refused(facts: dict[str, float], told: str) -> None:
    with pytest.raises(InvalidInputError, match=told):
        question(**facts)


@pytest.mark.parametrize("facts", [{"k": 1}, {"k": 50}, {"max_steps": 0}, {"max_steps": 4}])
def test_the_most_and_the_least_may_be_asked(facts: dict[str, float]) -> None:
    assert question(**facts).person == INHABITANT


@pytest.mark.parametrize(("first", "direct"), [("direct", True), ("role", False)])
def test_a_path_without_an_acquaintance_is_direct(first: str, direct: bool) -> None:
    step = Step(step=first, source=INHABITANT, target=NodeId("o"), kind=first, p=0.5)
    path = SupportPath(
        supporter=NodeId("o"),
        service=None,
        steps=(step,),
        fit=1,
        proximity=1,
        availability=1,
        distance_m=None,
        score=0.5,
    )
    assert path.is_direct is direct
