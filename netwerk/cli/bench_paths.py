"""`netwerk bench paths`: the search at two sizes, against networkx and one Cypher statement."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from netwerk.cli.bench_measure import Seconds, compared, machine, memory, one_of, timed
from netwerk.cli.bench_questions import Asked
from netwerk.cli.bench_rivals import against_cypher, against_networkx
from netwerk.cli.bench_worlds import ask, embedded
from netwerk.cli.context import Context, as_json
from netwerk.ports.stores import Store

_WARM: Final = 40
Result = tuple[Any, Iterable[str]]


@click.command("paths")
@click.option("--small", type=int, default=10_000, show_default=True, metavar="PERSONS")
@click.option("--large", type=int, default=1_000_000, show_default=True, metavar="PERSONS")
@click.option("--questions", type=int, default=300, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 20), default=5, show_default=True)
@click.option("--networkx-persons", type=int, default=10_000, show_default=True)
@click.option("--neo4j", metavar="URL", help="A Neo4j that may be emptied; without it, none.")
@click.option("--neo4j-persons", type=int, default=100_000, show_default=True)
@click.option("--against", type=int, default=100, show_default=True, help="Questions to others.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the stores, and use them.")
@click.pass_obj
@as_json
def paths(_: Context, /, folder: Path | None, **asked: Any) -> Result:
    """Whom could we ask? The search at two sizes, against networkx and one Cypher statement."""
    with ExitStack() as opened:
        where = folder or Path(opened.enter_context(tempfile.TemporaryDirectory()))
        where.mkdir(parents=True, exist_ok=True)
        result = {"machine": machine(), "embedded": _sizes(where, asked)}
        result["networkx"] = against_networkx(where, asked["networkx_persons"], asked["against"])
        if asked["neo4j"]:
            sizes = asked["neo4j_persons"], asked["against"]
            result["neo4j"] = against_cypher(asked["neo4j"], *sizes)
    return result, [f"{name}: {each}" for name, each in result.items()]


def _sizes(where: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Ask the embedded store at two sizes, in turn: about the same people, and about anybody."""
    small, large, count, rounds = (asked[k] for k in ("small", "large", "questions", "rounds"))
    with embedded(where, small) as (one, few), embedded(where, large) as (other, many):
        for at in range(_WARM):
            _pair(one, few[-1 - at], other, many[-1 - at])
            _pair(one, few[-1 - at], other, few[-1 - at])
        alike: list[tuple[Seconds, Seconds]] = []
        anybody: list[tuple[Seconds, Seconds]] = []
        for at in range(rounds):
            mine = _turn(few, at, count)
            alike.append(_asked_in_turn(one, mine, other, mine))
            anybody.append(_asked_in_turn(one, mine, other, _turn(many, at, count)))
        return {
            f"{small}": one_of(anybody, 0),
            f"{large}": one_of(anybody, 1),
            "anybody": compared(anybody),
            "the_same_people": compared(alike),
            "memory_mb": memory(),
            "file_mb": round((where / f"{large}.db").stat().st_size / 1e6),
        }


def _turn(questions: Sequence[Asked], turn: int, count: int) -> list[Asked]:
    """Return the questions of a round: others each time, as long as there are."""
    return [questions[(turn * count + at) % len(questions)] for at in range(count)]


def _asked_in_turn(
    one: Store, few: Sequence[Asked], other: Store, many: Sequence[Asked]
) -> tuple[Seconds, Seconds]:
    pairs = [_pair(one, mine, other, theirs) for mine, theirs in zip(few, many, strict=True)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _pair(one: Store, mine: Asked, other: Store, theirs: Asked) -> tuple[float, float]:
    return timed(partial(ask, one, mine))[0], timed(partial(ask, other, theirs))[0]
