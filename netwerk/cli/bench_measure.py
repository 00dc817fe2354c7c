"""Measuring: the clock, the middle and the slow end, memory, and statements to a server."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, TypeVar
from unittest.mock import patch

from neo4j import ManagedTransaction, Session, Transaction

Seconds = list[float]
T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[float, T]:
    """Return how long it took, and what came of it."""
    began = perf_counter()
    result = act()
    return perf_counter() - began, result


def told(seconds: Seconds) -> dict[str, float]:
    """Return the middle and the slow end, in milliseconds."""
    cuts = quantiles(seconds, n=20, method="inclusive")
    return {
        "times": len(seconds),
        "p50_ms": round(cuts[9] * 1000, 2),
        "p95_ms": round(cuts[18] * 1000, 2),
    }


def compared(rounds: Sequence[tuple[Seconds, Seconds]]) -> dict[str, Any]:
    """Return how many times slower the second is, in each round and in the middle of all.

    A round asks both in turn, so that what else the machine does slows down both.
    """
    pairs = [(told(one), told(other)) for one, other in rounds]
    slow = [round(other["p95_ms"] / one["p95_ms"], 2) for one, other in pairs]
    usual = [round(other["p50_ms"] / one["p50_ms"], 2) for one, other in pairs]
    return {
        "ratio_p50": round(median(usual), 2),
        "ratio_p95": round(median(slow), 2),
        "ratio_p95_of_each_round": slow,
    }


def one_of(rounds: Sequence[tuple[Seconds, Seconds]], side: int) -> dict[str, float]:
    """Return one side of all rounds together."""
    return told([seconds for both in rounds for seconds in both[side]])


def memory() -> int:
    """Return what this process holds, in MB."""
    return memory_of(os.getpid())


def memory_of(process: int) -> int:
    """Return what a process holds, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def machine() -> Mapping[str, Any]:
    """Return what is measured on."""
    return {"cores": os.cpu_count()}


@contextmanager
def counted() -> Iterator[list[int]]:
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
