"""Stores, filled."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from netwerk.adapters.memory import MemoryStore
from netwerk.domain.access import Purpose, Scope
from netwerk.domain.directory import Formality
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.domain.records import Record
from netwerk.exchange import jsonlines
from netwerk.graph.question import Answer, Question, Step
from netwerk.ports.stores import GraphStore
from netwerk.schema import load_schema
from netwerk.usecases import support_paths
from tests.worlds import KEY, StoppedClock

EXAMPLES = Path(__file__).parent / "examples"


def memory_store(records: Iterable[Record] = ()) -> MemoryStore:
    """Return a memory store that holds these records."""
    store = MemoryStore(schema=load_schema(), audit_key=KEY, clock=StoppedClock())
    store.load(records)
    return store


@cache
def example_records() -> tuple[Record, ...]:
    """Return the graph of the example."""
    with (EXAMPLES / "wijk.jsonl").open(encoding="utf-8") as lines:
        return tuple(jsonlines.read(lines))


@cache
def example_items() -> tuple[Mapping[str, Any], ...]:
    """Return the questions of the example with the answers they must get."""
    return tuple(json.loads((EXAMPLES / "wijk.answers.json").read_text(encoding="utf-8")))


def ask_example(store: GraphStore, item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put one question of the example to a store; return the answer in the example's form."""
    asked = item["question"]
    on = date.fromisoformat(asked["date"])
    person = PersonId(NodeId(asked["person"]))
    viewer = WorkerId(NodeId(asked["viewer"]))
    question = Question(
        person=person,
        need=NeedId(NodeId(asked["need"])),
        on=on,
        k=asked["k"],
        max_steps=asked["max_steps"],
        radius=asked["radius"],
        formality=frozenset(map(Formality, asked.get("formality", ("informal", "general")))),
    )
    scope = Scope(viewer=viewer, purpose=Purpose.SUPPORT, as_of=on, subject=person)
    try:
        answer = support_paths.find(store, scope, question, load_schema().priors)
    except NotVisibleError:
        return {"refused": True}
    return told(answer)


def told(answer: Answer) -> Mapping[str, Any]:
    """Return an answer in the form of the example."""
    return {
        "safety": answer.safety.value,
        "paths": [
            {
                "supporter": path.supporter,
                "service": path.service,
                "score": path.score,
                "fit": path.fit,
                "proximity": path.proximity,
                "availability": path.availability,
                "distance_m": path.distance_m,
                "steps": [_step(step) for step in path.steps],
            }
            for path in answer.paths
        ],
        "left_out": dict(answer.left_out),
    }


def _step(step: Step) -> Mapping[str, Any]:
    facts = {
        "step": str(step.step),
        "from": step.source,
        "to": step.target,
        "kind": str(step.kind),
        "p": step.p,
        "via": step.via,
    }
    return {key: value for key, value in facts.items() if value is not None}
