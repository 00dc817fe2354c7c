"""`netwerk bench`: the project's own measurements, paired and as ratios."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any, Final, TypeVar
from unittest.mock import patch

import click
from neo4j import GraphDatabase, ManagedTransaction, Session, Transaction

from netwerk import demo
from netwerk.adapters.embedded import EmbeddedStore
from netwerk.adapters.neo4j import Neo4jStore
from netwerk.cli.bench_cypher import OneStatement
from netwerk.cli.bench_networkx import Networkx
from netwerk.cli.bench_questions import Asked, Drawn, keep, kept
from netwerk.cli.context import Context, as_json, watched
from netwerk.clock import SystemClock
from netwerk.domain.records import Record, integer
from netwerk.graph.question import Answer
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import network, support_paths

ON: Final = demo.REFERENCE_DAY
_KEY: Final = b"of a store that is thrown away"
_WARM: Final = 20
_SAME: Final = 1e-6
Result = tuple[Any, Iterable[str]]
Seconds = list[float]
T = TypeVar("T")


@click.group("bench")
def bench() -> None:
    """Measure this program, on this machine, against others."""


@bench.command("paths")
@click.option("--small", type=int, default=10_000, show_default=True, metavar="PERSONS")
@click.option("--large", type=int, default=1_000_000, show_default=True, metavar="PERSONS")
@click.option("--questions", type=int, default=300, show_default=True)
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
        result = {
            "machine": {"cores": os.cpu_count()},
            "embedded": _sizes(where, asked["small"], asked["large"], asked["questions"]),
            "networkx": _against_networkx(where, asked["networkx_persons"], asked["against"]),
        }
        if asked["neo4j"]:
            persons, questions = asked["neo4j_persons"], asked["questions"]
            result["neo4j"] = _against_cypher(asked["neo4j"], persons, questions, asked["against"])
    return result, [f"{name}: {each}" for name, each in result.items()]


def _sizes(where: Path, small: int, large: int, count: int) -> Mapping[str, Any]:
    """Ask the embedded store at two sizes, in turn."""
    with _embedded(where, small) as (one, few), _embedded(where, large) as (other, many):
        times: tuple[Seconds, Seconds] = ([], [])
        for at in range(_WARM):
            _ask(one, few[-1 - at])
            _ask(other, many[-1 - at])
        for mine, theirs in zip(few[:count], many[:count], strict=False):
            times[0].append(_timed(partial(_ask, one, mine))[0])
            times[1].append(_timed(partial(_ask, other, theirs))[0])
        first, second = map(_told, times)
        return {
            f"{small}": first,
            f"{large}": second,
            "ratio_p95": round(second["p95_ms"] / first["p95_ms"], 2),
            "memory_mb": _memory(),
            "file_mb": round((where / f"{large}.db").stat().st_size / 1e6),
        }


def _against_networkx(where: Path, persons: int, count: int) -> Mapping[str, Any]:
    with _embedded(where, persons) as (store, questions):
        began = perf_counter()
        rival = Networkx(watched(store.dump(), "networkx"), load_schema().priors, ON)
        loading = perf_counter() - began
        pair = _Pair()
        for asked in questions[:count]:
            file = network.open_file(store, asked.scope(ON))
            pair.add(partial(_ask, store, asked), partial(rival.answer, asked, file))
        return pair.told() | {"persons": persons, "loading_s": round(loading, 1)}


def _against_cypher(url: str, persons: int, count: int, against: int) -> Mapping[str, Any]:
    """Fill a Neo4j twice: as the store has it, and as one would model it for one statement."""
    with GraphDatabase.driver(url) as driver:
        with driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()
        store = Neo4jStore(
            url, schema=load_schema(), audit_key=_KEY, clock=SystemClock(), deadline_seconds=120
        )
        with closing(store):
            store.migrate()
            drawn = Drawn()
            store.load(drawn.watch(watched(_demo(persons), "neo4j")))
            rival = OneStatement(driver, load_schema().priors, ON)
            rival.load(watched(_demo(persons), "one statement"))
            return _asked_both(store, rival, drawn.questions(), count, against) | {
                "persons": persons
            }


def _asked_both(
    store: Store, rival: OneStatement, questions: Sequence[Asked], count: int, against: int
) -> dict[str, Any]:
    for asked in questions[-_WARM:]:
        _ask(store, asked)
        rival.answer(asked, _birth_year(store, asked))
    own = [_timed(partial(_ask, store, asked))[0] for asked in questions[:count]]
    pair, most = _Pair(), 0
    for asked in questions[:against]:
        year = _birth_year(store, asked)
        with _counted() as statements:
            _ask(store, asked)
        most = max(most, statements[0])
        pair.add(partial(_ask, store, asked), partial(rival.answer, asked, year))
    return pair.told() | {"netwerk_all": _told(own), "statements_most": most}


@contextmanager
def _embedded(where: Path, persons: int) -> Iterator[tuple[Store, Sequence[Asked]]]:
    """Open the demo of a size, made the first time; with questions about it."""
    file, questions = where / f"{persons}.db", where / f"{persons}.json"
    store = EmbeddedStore(file, schema=load_schema(), audit_key=_KEY, clock=SystemClock())
    with closing(store):
        store.migrate()
        if not questions.exists():
            drawn = Drawn()
            records = _demo(persons)
            store.load(drawn.watch(watched(records, f"{persons} persons")))
            keep(drawn.questions(), questions)
        yield store, kept(questions)


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
        seconds, answer = _timed(own)
        rival_seconds, scores = _timed(other)
        self.times[0].append(seconds)
        self.times[1].append(rival_seconds)
        self.given_up += scores is None
        self.same += scores is not None and _agree(answer, scores)

    def told(self) -> dict[str, Any]:
        """Return both, and how many times faster ours is."""
        own, other = map(_told, self.times)
        return {
            "netwerk": own,
            "other": other,
            "ratio_p50": round(other["p50_ms"] / own["p50_ms"], 1),
            "ratio_p95": round(other["p95_ms"] / own["p95_ms"], 1),
            "same_answers": f"{self.same} of {len(self.times[0])}",
            "given_up": self.given_up,
        }


def _demo(persons: int) -> Iterable[Record]:
    return demo.records(seed=1, persons=persons, today=ON)


def _ask(store: Store, asked: Asked) -> Answer:
    priors = load_schema().priors
    return support_paths.find(store, asked.scope(ON), asked.question(ON), priors)


def _birth_year(store: Store, asked: Asked) -> int | None:
    file = network.open_file(store, asked.scope(ON))
    return integer(file.node.properties, "birth_year")


def _agree(answer: Answer, scores: Mapping[str, float]) -> bool:
    """Whether the other finds our supporters too, at the same score.

    Of many that are equally good it may stop before one of ours.
    """
    last = min(scores.values(), default=0.0)
    return all(abs(scores.get(p.supporter, last) - p.score) < _SAME for p in answer.paths)


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    result = act()
    return perf_counter() - began, result


def _told(seconds: Seconds) -> dict[str, float]:
    """Return the middle and the slow end, in milliseconds."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    return {
        "questions": len(seconds),
        "p50_ms": round(cuts[9] * 1000, 2),
        "p95_ms": round(cuts[18] * 1000, 2),
    }


@contextmanager
def _counted() -> Iterator[list[int]]:
    """Count the statements that go to Neo4j."""
    count = [0]

    def counting(run: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            count[0] += 1
            return run(*arguments, **options)

        return counted

    with ExitStack() as patched:
        for kind in (Session, Transaction, ManagedTransaction):
            patched.enter_context(patch.object(kind, "run", counting(kind.run)))
        yield count


def _memory() -> int:
    """Return what this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


COMMANDS = (bench,)
