"""What happened to something in the directory, step by step, and what it takes to go back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from netwerk.domain.keeping import PUBLIC_ROLES, Change
from netwerk.domain.records import Node, Record, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One change of one record, with what the record was after it (None: not there)."""

    change: Change
    after: Record | None

    @property
    def before(self) -> Record | None:
        """What the record was; None: it was not there."""
        return self.change.before

    @property
    def record(self) -> Record | None:
        """The record, as it was or became."""
        return self.after or self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """All that somebody changed at once."""

    operation: str
    by: str
    at: str
    turns: tuple[Turn, ...]


def turned(changes: Iterable[Change], now: Record | None) -> list[Turn]:
    """Return the changes of one record, the oldest first, with what each led to."""
    ordered = sorted(changes, key=lambda change: change.number)
    found = [Turn(change=one, after=other.before) for one, other in pairwise(ordered)]
    return [*found, *(Turn(change=last, after=now) for last in ordered[-1:])]


def steps(main: str, turns: Iterable[Turn]) -> list[Step]:
    """Return the turns by what was done at once, the oldest first.

    The changes of the `main` record set the order, for clocks are put right; what did not touch it
    stands where its time says.
    """
    together: dict[str, list[Turn]] = {}
    for turn in turns:
        together.setdefault(turn.change.operation, []).append(turn)
    found = [_step(each) for each in together.values()]
    numbers = {s.operation: n for s in found if (n := _number(s, main)) is not None}
    at = {numbers[s.operation]: s.at for s in found if s.operation in numbers}

    def order(step: Step) -> tuple[int, int, str]:
        if step.operation in numbers:
            return numbers[step.operation], 0, step.at
        return max((n for n, when in at.items() if when <= step.at), default=-1), 1, step.at

    return sorted(found, key=order)


def reverted(turns: Sequence[Turn], now: Record | None) -> Record | None:
    """Return what a record is without these changes of it; None: it is not there.

    What others changed of it since stays, property by property.
    """
    ordered = sorted(turns, key=lambda turn: turn.change.number)
    first = ordered[0].before
    if first is None or now is None:
        return None if first is None else replace(first, version=0)
    changed: dict[str, Value | None] = {}
    for turn in reversed(ordered):
        changed |= _undone(turn)
    return now.with_properties(**changed)


def returning(records: Iterable[Record]) -> list[Record]:
    """Return records in the order in which they can come back.

    A role comes before the person in it, for without it the person is nobody's to keep; any other
    relationship comes after the nodes.
    """

    def rank(record: Record) -> tuple[int, str]:
        if isinstance(record, Node):
            return 1, record.id
        return (0 if record.type in PUBLIC_ROLES else 2), record.id

    return sorted(records, key=rank)


def _step(turns: list[Turn]) -> Step:
    first = turns[0].change
    return Step(operation=first.operation, by=first.by, at=first.at, turns=tuple(turns))


def _number(step: Step, main: str) -> int | None:
    return min((t.change.number for t in step.turns if t.change.record == main), default=None)


def _undone(turn: Turn) -> dict[str, Value | None]:
    before = {} if turn.before is None else turn.before.properties
    after = {} if turn.after is None else turn.after.properties
    names = {*before, *after}
    return {name: before.get(name) for name in names if before.get(name) != after.get(name)}
