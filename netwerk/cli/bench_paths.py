"""`netwerk bench paths`: the search at two sizes, against networkx and one Cypher statement."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import click
from neo4j import GraphDatabase

from netwerk.cli.bench_cypher import OneStatement
from netwerk.cli.bench_measure import (
    Seconds,
    compared,
    counted,
    machine,
    memory,
    one_of,
    timed,
    told,
)
from netwerk.cli.bench_networkx import Networkx
from netwerk.cli.bench_questions import Asked, Drawn
from netwerk.cli.bench_worlds import ON, ask, embedded, neo4j_at, records
from netwerk.cli.context import Context, as_json, watched
from netwerk.domain.records import integer
from netwerk.graph.question import Answer
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import network

_WARM: Final = 40
_SAME: Final = 1e-6
Result = tuple[Any, Iterable[str]]


@click.command("paths")
@click.option("--small", type=int, default=10_000, show_default=True, metavar="PERSONS")
@click.option("--large", type=int, default=1_000_000, show_default=True, metavar="PERSONS")
@click.option("--questions", type=int, default=300, show_default=True)
@click.option("--rounds", type=click.IntRange(1, 20), default=5, show_default=True)
@click.option("--networkx-persons", type=int, default=10_000, show_default=True)
@click.option("--neo4j", metavar="URL", help="A Neo4j that may be emptied; without it, none.")
@click.option("--neo4j-persons", type=int, default=100_000, show_default=True)
@click.option("--against", type=int, default=40, show_default=True, help="Questions to slow ones.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep the stores, and use them.")
@click.pass_obj
@as_json
def paths(_: Context, /, folder: Path | None, **asked: Any) -> Result:
    """Whom could we ask? The search at two sizes, against networkx and one Cypher statement."""
    with ExitStack() as opened:
        where = folder or Path(opened.enter_context(tempfile.TemporaryDirectory()))
        where.mkdir(parents=True, exist_ok=True)
        result = {"machine": machine(), "embedded": _sizes(where, asked)}
        result["networkx"] = _against_networkx(where, asked["networkx_persons"], asked["against"])
        if asked["neo4j"]:
            persons, questions = asked["neo4j_persons"], asked["questions"]
            result["neo4j"] = _against_cypher(asked["neo4j"], persons, questions, asked["against"])
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


def _against_networkx(where: Path, persons: int, count: int) -> dict[str, Any]:
    with embedded(where, persons) as (store, questions):
        loading, rival = timed(
            lambda: Networkx(watched(store.dump(), "networkx"), load_schema().priors, ON)
        )
        pair = _Pair()
        for asked in questions[:count]:
            file = network.open_file(store, asked.scope(ON))
            pair.add(partial(ask, store, asked), partial(rival.answer, asked, file))
        return pair.told() | {"persons": persons, "loading_s": round(loading, 1)}


def _against_cypher(url: str, persons: int, count: int, against: int) -> dict[str, Any]:
    """Fill a Neo4j twice: as the store has it, and as one would model it for one statement."""
    with GraphDatabase.driver(url) as driver:
        with driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        with closing(neo4j_at(url)) as store:
            drawn = Drawn()
            store.load(drawn.watch(watched(records(persons), "neo4j")))
            rival = OneStatement(driver, load_schema().priors, ON)
            rival.load(watched(records(persons), "one statement"))
            result = _asked_both(store, rival, drawn.questions(), count, against)
            return result | {"persons": persons}


def _asked_both(
    store: Store, rival: OneStatement, questions: Sequence[Asked], count: int, against: int
) -> dict[str, Any]:
    for asked in questions[-_WARM:]:
        ask(store, asked)
        rival.answer(asked, _birth_year(store, asked))
    own = [timed(partial(ask, store, asked))[0] for asked in questions[:count]]
    pair, most = _Pair(), 0
    for asked in questions[:against]:
        year = _birth_year(store, asked)
        with counted() as statements:
            ask(store, asked)
        most = max(most, statements[0])
        pair.add(partial(ask, store, asked), partial(rival.answer, asked, year))
    return pair.told() | {"netwerk_all": told(own), "statements_most": most}


class _Pair:
    """The same questions to both, in turn."""

    def __init__(self) -> None:
        self.times: tuple[Seconds, Seconds] = ([], [])
        self.same = 0
        self.given_up = 0

    def add(
        self, own: Callable[[], Answer], other: Callable[[], Mapping[str, float] | None]
    ) -> None:
        """Ask both, and see whether they agree."""
        seconds, answer = timed(own)
        rival_seconds, scores = timed(other)
        self.times[0].append(seconds)
        self.times[1].append(rival_seconds)
        self.given_up += scores is None
        self.same += scores is not None and _agree(answer, scores)

    def told(self) -> dict[str, Any]:
        """Return both, and how many times faster ours is."""
        return {
            "netwerk": told(self.times[0]),
            "other": told(self.times[1]),
            **compared([self.times]),
            "same_answers": f"{self.same} of {len(self.times[0])}",
            "given_up": self.given_up,
        }


def _birth_year(store: Store, asked: Asked) -> int | None:
    file = network.open_file(store, asked.scope(ON))
    return integer(file.node.properties, "birth_year")


def _agree(answer: Answer, scores: Mapping[str, float]) -> bool:
    """Whether the other finds our supporters too, at the same score.

    Of many that are equally good it may stop before one of ours.
    """
    last = min(scores.values(), default=0.0)
    return all(abs(scores.get(p.supporter, last) - p.score) < _SAME for p in answer.paths)
