"""The order of an answer: nobody is asked for everything."""

from netwerk.domain.ids import NodeId, ServiceId
from netwerk.graph import ranking
from netwerk.graph.question import Step, SupportPath


def path(between: str, supporter: str, score: float) -> SupportPath:
    """Return a path of an inhabitant through somebody to a supporter and its offer."""
    nodes = [NodeId(each) for each in ("me", between, supporter, f"offer-{supporter}")]
    steps = tuple(
        Step(step=step, source=source, target=target, kind=step, p=score)
        for step, source, target in zip(("tie", "role", "provides"), nodes, nodes[1:], strict=False)
    )
    return SupportPath(
        supporter=nodes[2],
        service=ServiceId(nodes[3]),
        steps=steps,
        fit=1.0,
        proximity=1.0,
        availability=1.0,
        distance_m=None,
        score=score,
    )


PATHS = [
    path("ans", "a", 0.9),
    path("ans", "b", 0.8),
    path("ans", "c", 0.7),
    path("bo", "d", 0.6),
    path("ans", "e", 0.5),
]


def certain_until(score: float, k: int, *, all_persons: bool = True) -> bool:
    return ranking.first_certain(PATHS, k, lambda _: all_persons, lambda each: each.score >= score)


def test_the_first_are_certain_once_crowded_ones_are_passed_over() -> None:
    # Of the first four only three count: the third goes through Ans for the third time.
    assert certain_until(0.6, 3)
    assert not certain_until(0.6, 4)
    assert certain_until(0.6, 4, all_persons=False)


def test_a_path_that_may_still_change_ends_what_is_certain() -> None:
    assert certain_until(0.8, 2)
    assert not certain_until(0.8, 3)
    assert not certain_until(1.0, 1)
