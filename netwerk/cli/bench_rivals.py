"""The same questions to Netwerk and to another way of answering them, in turn."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from neo4j import GraphDatabase

from netwerk.adapters.neo4j import Neo4jStore
from netwerk.cli.bench_hubs import Hubs
from netwerk.cli.bench_measure import Seconds, compared, counted, timed, told
from netwerk.cli.bench_networkx import Networkx
from netwerk.cli.bench_plain import OneStatement
from netwerk.cli.bench_questions import Asked, Drawn
from netwerk.cli.bench_worlds import ON, ask, embedded, neo4j_at, records
from netwerk.cli.context import watched
from netwerk.domain.records import Record, integer
from netwerk.graph.question import Answer
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import network

_WARM: Final = 100
_VERY_SLOW: Final = 10
"""Questions to a rival that may need its whole patience for each."""
_SAME: Final = 1e-6


def against_networkx(where: Path, persons: int, count: int) -> dict[str, Any]:
    """Ask networkx twice: over the graph as it is loaded, and with the view lent to it."""
    with embedded(where, persons) as (store, questions):
        loading, rival = timed(
            lambda: Networkx(watched(store.dump(), "networkx"), load_schema().priors, ON)
        )
        result: dict[str, Any] = {"persons": persons, "loading_s": round(loading, 1)}
        turns = (("loaded_graph", False, _VERY_SLOW), ("view_lent", True, count))
        for name, helped, most in turns:
            pair = _Pair()
            for asked in questions[:most]:
                file = network.open_file(store, asked.scope(ON))
                answer = partial(rival.answer, asked, file, helped=helped)
                pair.add(partial(ask, store, asked), answer)
            result[name] = pair.told()
        return result


def against_cypher(url: str, persons: int, count: int) -> dict[str, Any]:
    """Ask one statement, in a town as it is and in one with hubs; the server is filled twice."""
    hubs, drawn = Hubs(), Drawn()
    with _both_filled(url, drawn, lambda: records(persons)) as (store, rival):
        plain = _asked_both(store, rival, drawn.questions(), count) | {"persons": persons}
    at_hubs = Drawn()
    with _both_filled(url, at_hubs, hubs.records) as (store, rival):
        crowded = _asked_both(store, rival, hubs.about(at_hubs.questions()), count)
    return {"demo": plain, "hubs": crowded}


@contextmanager
def _both_filled(
    url: str, drawn: Drawn, made: Callable[[], Iterable[Record]]
) -> Iterator[tuple[Neo4jStore, OneStatement]]:
    """Fill a Neo4j twice: as the store has it, and as one would model it for Cypher by hand."""
    with GraphDatabase.driver(url) as driver:
        with driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        with closing(neo4j_at(url)) as store:
            store.load(drawn.watch(watched(made(), "neo4j")))
            rival = OneStatement(driver, load_schema().priors, ON)
            rival.load(watched(made(), "one statement"))
            yield store, rival


def _asked_both(
    store: Store, rival: OneStatement, questions: Sequence[Asked], count: int
) -> dict[str, Any]:
    years = {each.person: _birth_year(store, each) for each in questions[: count + _WARM]}
    for asked in questions[count : count + _WARM]:
        ask(store, asked)
        rival.answer(asked, years[asked.person])
    pair, most = _Pair(), 0
    for asked in questions[:count]:
        with counted() as statements:
            ask(store, asked)
        most = max(most, statements[0])
        pair.add(partial(ask, store, asked), partial(rival.answer, asked, years[asked.person]))
    return pair.told() | {"statements_most": most}


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
