"""The order of support paths, and which of them are the answer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from netwerk.domain.ids import NodeId
from netwerk.graph.question import SupportPath

SAME = 1e-12
"""Scores that differ by no more are equal."""

CROWDED = 2
"""So many paths through one go-between are shown before others get their turn."""


def better(path: SupportPath, other: SupportPath) -> bool:
    """Whether `path` comes before `other`, both to the same supporter."""
    if abs(path.score - other.score) > SAME:
        return path.score > other.score
    return _order(path) < _order(other)


def ranked(paths: Iterable[SupportPath]) -> list[SupportPath]:
    """Order paths by score, then fewer steps, then supporter, then the nodes as text."""
    by_score = sorted(paths, key=lambda path: -path.score)
    return [
        path for _, group in groupby(by_score, key=_groups()) for path in sorted(group, key=_order)
    ]


def chosen(
    paths: Sequence[SupportPath], k: int, persons: Callable[[NodeId], bool]
) -> tuple[SupportPath, ...]:
    """Return the first `k` of ranked paths, those through a crowded go-between moved to the end.

    `persons` tells whether a node is a Person.
    """
    taken: list[SupportPath] = []
    moved: list[SupportPath] = []
    for path, crowded in _in_turn(paths, persons):
        (moved if crowded else taken).append(path)
    return (*taken, *moved)[:k]


def first_certain(
    paths: Sequence[SupportPath],
    k: int,
    persons: Callable[[NodeId], bool],
    certain: Callable[[SupportPath], bool],
) -> bool:
    """Whether the first `k` are found before the first path that may still change."""
    taken = 0
    for path, crowded in _in_turn(paths, persons):
        if taken >= k or not certain(path):
            break
        taken += not crowded
    return taken >= k


def _in_turn(
    paths: Sequence[SupportPath], persons: Callable[[NodeId], bool]
) -> Iterator[tuple[SupportPath, bool]]:
    uses: dict[NodeId, int] = {}
    for path in paths:
        between = [node for node in go_betweens(path) if persons(node)]
        crowded = any(uses.get(node, 0) >= CROWDED for node in between)
        if not crowded:
            for node in between:
                uses[node] = uses.get(node, 0) + 1
        yield path, crowded


def go_betweens(path: SupportPath) -> tuple[NodeId, ...]:
    """Return the nodes between the inhabitant and the supporter."""
    inner = path.nodes[1:] if path.is_talent else path.nodes[1:-1]
    return tuple(node for node in inner if node != path.supporter)


def _order(path: SupportPath) -> tuple[object, ...]:
    steps = tuple(step.order for step in path.steps)
    return len(path.steps), path.supporter, path.nodes, steps


def _groups() -> Callable[[SupportPath], int]:
    """Number the runs of equal scores, each measured from its first."""
    first: list[float] = []

    def group(path: SupportPath) -> int:
        if not first or first[-1] - path.score > SAME:
            first.append(path.score)
        return len(first)

    return group
