"""The demo at any size, in stores that may be thrown away, and the question that is asked of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from netwerk import demo
from netwerk.adapters.embedded import EmbeddedStore
from netwerk.adapters.neo4j import Neo4jStore
from netwerk.cli.bench_questions import Asked, Drawn, keep, kept
from netwerk.cli.context import watched
from netwerk.clock import SystemClock
from netwerk.domain.records import Record
from netwerk.graph.question import Answer
from netwerk.ports.stores import Store
from netwerk.schema import load_schema
from netwerk.usecases import support_paths

ON: Final = demo.REFERENCE_DAY
KEY: Final = b"of a store that is thrown away"
_PATIENT: Final = 120.0


def records(persons: int) -> Iterable[Record]:
    """Return the demo: the same for the same number."""
    return demo.records(seed=1, persons=persons, today=ON)


def embedded_at(file: Path) -> EmbeddedStore:
    """Return a store in a file, ready to be filled."""
    store = EmbeddedStore(file, schema=load_schema(), audit_key=KEY, clock=SystemClock())
    store.migrate()
    return store


def neo4j_at(url: str) -> Neo4jStore:
    """Return a store on a server, ready to be filled."""
    store = Neo4jStore(
        url, schema=load_schema(), audit_key=KEY, clock=SystemClock(), deadline_seconds=_PATIENT
    )
    store.migrate()
    return store


@contextmanager
def embedded(where: Path, persons: int) -> Iterator[tuple[EmbeddedStore, Sequence[Asked]]]:
    """Open the demo of a size, made the first time; with questions about it."""
    questions = where / f"{persons}.json"
    with closing(embedded_at(where / f"{persons}.db")) as store:
        if not questions.exists():
            drawn = Drawn()
            store.load(drawn.watch(watched(records(persons), f"{persons} persons")))
            keep(drawn.questions(), questions)
        yield store, kept(questions)


def ask(store: Store, asked: Asked) -> Answer:
    """Ask as a page does: access is checked and the look is logged."""
    priors = load_schema().priors
    return support_paths.find(store, asked.scope(ON), asked.question(ON), priors)
