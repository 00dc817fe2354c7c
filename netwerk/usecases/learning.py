"""Outcomes of asks become chances: the published table is the one thing that crosses files.

Once a year people look what the chances were and have become, and decide what is to count.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from netwerk.domain.access import OPERATOR, Permission, Purpose, Scope
from netwerk.domain.audit import AuditEvent
from netwerk.domain.cases import Ask, Outcome
from netwerk.domain.chances import Chance, Chances, Priors, Tally
from netwerk.domain.doubles import MERGE, Merge, successors
from netwerk.domain.errors import AlreadyDoneError, ConflictError, NotVisibleError
from netwerk.domain.ids import OperationId
from netwerk.domain.learning import DECIDED, Act, Decided, Decision
from netwerk.domain.records import Node, Value, text
from netwerk.domain.upkeep import USED, Usage, require_role
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One step kind, looked at once a year: what the experts said, what came out, what counts."""

    default: Chance
    learnt: Chance
    counts: Chance
    decision: Decision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Every step kind, and all that was decided. `seen` is how much was decided by now."""

    kinds: tuple[Looked, ...]
    decisions: tuple[Decision, ...]
    published_on: str | None
    seen: int

    def of(self, kind: str) -> Looked:
        """Return one step kind. Raises NotVisibleError."""
        found = next((each for each in self.kinds if each.default.kind == kind), None)
        if found is None:
            raise NotVisibleError
        return found


def review(store: Store, scope: Scope, priors: Priors) -> Review:
    """Return what the chances were and what they have become; only what was published is read."""
    with store.directory(scope) as view:
        require_role(view, scope, Permission.REPORT_READ)
    publication = store.peek(*PUBLICATION)
    decided = Decided.read(store.peek(*DECIDED))
    chances = Chances.published(priors, publication)
    return Review(
        kinds=tuple(
            Looked(
                default=Chance(kind=kind, a=a, b=b, tally=None),
                learnt=chances.learnt(kind),
                counts=chances.of(kind),
                decision=decided.of(kind),
            )
            for kind, (a, b) in priors.beta.items()
        ),
        decisions=decided.decisions[::-1],
        published_on=chances.published_on,
        seen=len(decided.decisions),
    )


def decide(store: Store, scope: Scope, operation: OperationId, new: Decision, seen: int) -> None:
    """Fix the chance of a step kind, begin it anew, or let it be learnt again.

    It counts from the very next question. Raises ConflictError where more was decided than was
    seen.
    """
    with suppress(AlreadyDoneError), store.directory_work(scope, operation) as work:
        name = require_role(work, scope, Permission.LEARNING_EDIT)
        before = Decided.read(work.get(*DECIDED))
        if len(before.decisions) != seen:
            raise ConflictError(new.kind)
        signed = replace(new, by=name, on=scope.as_of.isoformat())
        after = Decided(decisions=(*before.decisions, signed))
        published = dict(work.get(*PUBLICATION) or {"published_on": signed.on})
        kinds = published.get("kinds")
        known = dict(kinds) if isinstance(kinds, Mapping) else {}
        if new.act is Act.RESET:
            known.pop(new.kind, None)
        work.put(*DECIDED, after.written())
        work.put(*PUBLICATION, {**published, "kinds": known, "fixed": after.fixed()})
        told = {"kind": new.kind, "act": new.act.value}
        work.audit(replace(AuditEvent.within(scope, "decide-chance"), details=told))


def learn(store: Store, clock: Clock) -> Mapping[str, Tally]:
    """Publish the table of outcomes, dated today, and return it.

    It holds only the step kinds with enough asks from enough files; the others keep their prior.
    An ask that was taken back counts no more, nor what came out before a kind was begun anew.
    """
    decided = Decided.read(store.peek(*DECIDED))
    tallies = tally(store.closed_asks(), decided.since())
    today = clock.now().date()
    directory = _directory(store, today)
    with store.system() as work:
        merges = [Merge.read(key, facts) for key, facts in work.find(MERGE)]
    used = use(store.closed_asks(), directory, successors(merges))
    with store.system() as work:
        kinds = {kind: asdict(each) for kind, each in tallies.items()}
        told: dict[str, Value] = {"published_on": today.isoformat(), "kinds": kinds}
        work.put(*PUBLICATION, {**told, "fixed": decided.fixed()})
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


def tally(
    asks: Iterable[tuple[str, Node]], since: Mapping[str, str] | None = None
) -> dict[str, Tally]:
    """Count closed asks per step kind, each kind once per ask; `asks` are (file, Ask) pairs.

    `since`: the day from which outcomes of a kind count, where they do not all count.
    """
    counts: dict[str, _Count] = defaultdict(_Count)
    for file, node in asks:
        ask = Ask.from_node(node)
        known = ask.outcome_on or ask.asked_on or date.min
        for kind, answer in answers(ask).items():
            if known.isoformat() < (since or {}).get(kind, ""):
                continue
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
