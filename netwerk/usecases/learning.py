"""Outcomes of asks become chances: the published table is the one thing that crosses files."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from netwerk.domain.access import OPERATOR, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.chances import Tally
from netwerk.domain.doubles import MERGE, Merge, successors
from netwerk.domain.records import Node, text
from netwerk.domain.upkeep import USED, Usage
from netwerk.graph.answers import answers
from netwerk.ports.clock import Clock
from netwerk.ports.stores import Store

PUBLICATION = ("publication", "outcomes")


@dataclass(slots=True)
class _Count:
    asked: int = 0
    accepted: int = 0
    declined: int = 0
    files: set[str] = field(default_factory=set)


def learn(store: Store, clock: Clock) -> Mapping[str, Tally]:
    """Publish the table of outcomes, dated today, and return it.

    It holds only the step kinds with enough asks from enough files; the others keep their prior.
    An ask that was taken back counts no more.
    """
    tallies = tally(store.closed_asks())
    today = clock.now().date()
    directory = _directory(store, today)
    with store.system() as work:
        merges = [Merge.read(key, facts) for key, facts in work.find(MERGE)]
    used = use(store.closed_asks(), directory, successors(merges))
    with store.system() as work:
        kinds = {kind: asdict(each) for kind, each in tallies.items()}
        work.put(*PUBLICATION, {"published_on": today.isoformat(), "kinds": kinds})
        work.put(*USED, Usage.of(used, today.isoformat()).written())
        work.audit(
            AuditEvent(
                action="publish-outcomes",
                actor="netwerk",
                purpose="learning",
                details={"kinds": str(len(kinds))},
            )
        )
    return tallies


def tally(asks: Iterable[tuple[str, Node]]) -> dict[str, Tally]:
    """Count closed asks per step kind, each kind once per ask; `asks` are (file, Ask) pairs."""
    counts: dict[str, _Count] = defaultdict(_Count)
    for file, node in asks:
        for kind, answer in answers(Ask.from_node(node)).items():
            count = counts[kind]
            count.asked += 1
            count.accepted += answer is Outcome.ACCEPTED
            count.declined += answer is Outcome.DECLINED
            count.files.add(file)
    tallies = {
        kind: Tally(asked=c.asked, accepted=c.accepted, declined=c.declined, files=len(c.files))
        for kind, c in sorted(counts.items())
    }
    return {kind: each for kind, each in tallies.items() if each.enough}


def use(
    asks: Iterable[tuple[str, Node]], directory: Container[str], now: Mapping[str, str]
) -> Counter[str]:
    """Count for each organization and service the asks that led to it.

    `now`: what was put together with another counts for that one. Who helped as a person is not
    counted: only what is in the directory.
    """
    counts: Counter[str] = Counter()
    for _, node in asks:
        if Ask.from_node(node).outcome is not Outcome.WITHDRAWN:
            named = (text(node.properties, name) or "" for name in ("supporter", "service"))
            counts.update({end for each in named if (end := now.get(each, each)) in directory})
    return counts


def _directory(store: Store, today: date) -> Container[str]:
    scope = Scope(viewer=OPERATOR, purpose=Purpose.DIRECTORY, as_of=today)
    with store.directory(scope) as view:
        return frozenset(view.nodes("Organization", "Service").nodes)
