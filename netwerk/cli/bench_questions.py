"""Questions for the benchmark, drawn from a demo while it is loaded."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from netwerk.domain.access import Purpose, Scope
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.domain.records import Node, Record, words
from netwerk.graph.question import Question

_MOST: Final = 5_000
"""Open cases that are remembered; questions are drawn from these."""
MAX_STEPS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks what about whom."""

    viewer: str
    person: str
    need: str

    def question(self, on: date) -> Question:
        """Return the question, as wide as it can be asked."""
        return Question(
            person=PersonId(NodeId(self.person)),
            need=NeedId(NodeId(self.need)),
            on=on,
            max_steps=MAX_STEPS,
        )

    def scope(self, on: date) -> Scope:
        """Return who looks."""
        return Scope(
            viewer=WorkerId(NodeId(self.viewer)),
            purpose=Purpose.SUPPORT,
            as_of=on,
            subject=PersonId(NodeId(self.person)),
        )


class Drawn:
    """Remembers the led, open cases of a stream of records, evenly over the whole of it."""

    def __init__(self) -> None:
        """Start with none."""
        self._needs: dict[str, str] = {}
        self._person: dict[str, str] = {}
        self._viewer: dict[str, str] = {}

    def watch(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records as they come."""
        for record in records:
            if isinstance(record, Node):
                if record.label == "Case" and "closed_on" not in record.properties:
                    for need in words(record.properties, "needs")[:1]:
                        self._needs[record.id] = need
            elif record.type == "CONCERNS" and record.source in self._needs:
                self._person[record.source] = record.target
            elif record.type == "LEADS" and record.target in self._needs:
                self._viewer[record.target] = record.source
            yield record

    def questions(self, seed: int = 1) -> list[Asked]:
        """Return the questions in an order that the seed decides."""
        cases = sorted(self._viewer.keys() & self._person.keys())
        random.Random(seed).shuffle(cases)  # noqa: S311 -- a draw, not a secret
        return [
            Asked(viewer=self._viewer[case], person=self._person[case], need=self._needs[case])
            for case in cases[:_MOST]
        ]


def keep(questions: list[Asked], file: Path) -> None:
    """Keep questions beside the store they are about."""
    file.write_text(json.dumps([asdict(each) for each in questions]), encoding="utf-8")


def kept(file: Path) -> list[Asked]:
    """Return the questions that were kept."""
    return [Asked(**each) for each in json.loads(file.read_text(encoding="utf-8"))]
