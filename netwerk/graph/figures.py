"""What there is to count of a half year: needs that are met, cases that come and go, asks.

What is counted comes out of files: it is for `protected` (`netwerk.graph.protection`), and for
nothing else. Cases without a team are of nobody's report and are not counted.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import prod
from typing import Final, Self

from netwerk.domain.advice import DECISIONS, Advice, AdviceStatus
from netwerk.domain.cases import Ask, Case, ClosingReason, Outcome
from netwerk.domain.directory import Formality, Need
from netwerk.domain.effort import Effort
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.periods import Period, within
from netwerk.domain.records import (
    Node,
    Record,
    Relationship,
    Subgraph,
    day,
    integer,
    parse_day,
    text,
    words,
)
from netwerk.domain.report import ELSEWHERE, Figure, Load
from netwerk.domain.signals import Signal, SignalOutcome
from netwerk.domain.suggestions import FOLLOWED, followed
from netwerk.domain.ties import GROUPS, group_of
from netwerk.graph import steps_back
from netwerk.graph.answers import SAID_NO, SAID_YES
from netwerk.graph.burden import busiest_tenth
from netwerk.graph.needs_met import MetBy, needs_met
from netwerk.graph.protection import Unit, Universe
from netwerk.graph.wijken import Wijken

_UNKNOWN: Final = "unknown"
_FIRST: Final = ("takes_part", "acquainted", "direct")
_PROPOSED: Final = {"talent", "volunteers"}
FIRST_STEPS: Final = (*GROUPS, *_FIRST, _UNKNOWN)
"""Through whom an ask began."""
WAITING: Final = {"week": 7, "two_weeks": 14, "month": 31}
"""Within so many days somebody did something; else `longer`."""
LENGTH: Final = {"three_months": 92, "half_year": 183, "year": 366}
"""Within so many days a case was closed; else `longer`."""
_LONGER: Final = "longer"
LIKELY: Final = {"below_30": 0.3, "below_45": 0.45, "below_60": 0.6}
"""Below which chance it was said to be; else `most`."""
_MOST_LIKELY: Final = "most"
_STARTED: Final = {
    "Ask": "asked_on",
    "Goal": "set_on",
    "Action": "agreed_on",
    "DomainNote": "told_on",
    "Effort": "valid_from",
    "ReferralAdvice": "advised_on",
}
"""By what it shows that somebody set to work, and since when."""
_KEPT: Final = {"ASKED_IN", "ADVISES", "KEPT_IN"}
_PLACED: Final = {"IN_AREA", "PART_OF"}


@dataclass(frozen=True, slots=True)
class _Tie:
    """Somebody in a network: how many kinds of support they give, since when and until when."""

    other: NodeId
    support: int
    start: date | None
    end: date | None

    @classmethod
    def of(cls, record: Relationship, owner: str) -> Self:
        facts = record.properties
        other = record.target if record.source == owner else record.source
        support = len(words(facts, "support"))
        return cls(other, support, day(facts, "valid_from"), day(facts, "valid_to"))

    def held_on(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(slots=True, kw_only=True)
class Files:
    """What is read of all files, for as long as it is counted."""

    nodes: dict[NodeId, Node] = field(default_factory=dict)
    places: list[Relationship] = field(default_factory=list)
    teams: dict[NodeId, NodeId] = field(default_factory=dict)
    about: dict[NodeId, NodeId] = field(default_factory=dict)
    ties: dict[str, list[_Tie]] = field(default_factory=lambda: defaultdict(list))
    """Of whoever told them."""
    volunteers: Counter[NodeId] = field(default_factory=Counter)
    kept: dict[NodeId, list[Node]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, records: Iterable[Record]) -> Self:
        """Read all records, nodes before what joins them."""
        files = cls()
        for record in records:
            if isinstance(record, Node):
                if record.label in _READ:
                    files.nodes[record.id] = record
            elif record.type in _PLACED:
                files.places.append(record)
            elif record.type in _KEPT and record.source in files.nodes:
                files.kept[record.target].append(files.nodes[record.source])
            else:
                files._joined(record)
        return files

    def _joined(self, record: Relationship) -> None:
        owner = text(record.properties, "owner")
        if record.type == "TIE" and owner in {record.source, record.target}:
            self.ties[owner or ""].append(_Tie.of(record, owner or ""))
        elif record.type == "VOLUNTEERS_FOR":
            load = integer(record.properties, "load")
            if load is not None:
                self.volunteers[record.source] += load
        # Of two the first by id counts: a case is of one team, and of one household.
        if record.type == "HANDLED_BY":
            self.teams[record.source] = min(
                self.teams.get(record.source, record.target), record.target
            )
        elif record.type == "CONCERNS":
            self.about[record.source] = min(
                self.about.get(record.source, record.target), record.target
            )

    def labelled(self, label: str) -> Iterator[Node]:
        """Yield the nodes of a label, by id."""
        return (node for _, node in sorted(self.nodes.items()) if node.label == label)


_READ: Final = {*_STARTED, "Case", "Person", "Service", "Need", "Area", "Team"}


class Counting:
    """What is counted of files."""

    def __init__(self, files: Files, signals: Iterable[Signal] = ()) -> None:
        """Take the files, read whole; and what teams noticed where people are."""
        self._files = files
        self._signals = list(signals)
        self._cases = [Case.from_node(node) for node in files.labelled("Case")]
        self._cases = [case for case in self._cases if case.id in files.teams]
        self._parents = {
            NeedId(node.id): Need.from_node(node).parent or node.id
            for node in files.labelled("Need")
        }
        self._formality = {
            node.id: Formality(text(node.properties, "formality") or Formality.GENERAL)
            for node in files.labelled("Service")
        }
        placed: list[Record] = [*files.labelled("Person"), *files.labelled("Area")]
        placed += files.places
        self._wijken = Wijken(Subgraph.of(placed))

    @cached_property
    def universe(self) -> Universe:
        """What there could be, of each team."""
        teams = tuple(node.id for node in self._files.labelled("Team"))
        every: Mapping[str, Sequence[str]] = {
            "domain": sorted(set(self._parents.values())),
            "met_by": [MetBy.OWN, MetBy.INFORMAL, MetBy.GENERAL],
            "waiting": [*WAITING, _LONGER],
            "length": [*LENGTH, _LONGER],
            "closed": [*ClosingReason, _UNKNOWN],
            "came_of_yes": sorted(SAID_YES),
            "came_of_no": sorted(SAID_NO),
            "first_step": FIRST_STEPS,
            "suggested": FOLLOWED,
            "predicted": [_UNKNOWN, *LIKELY, _MOST_LIKELY],
            "did": list(SignalOutcome),
            "tried": ["asked", "passed_over", "nobody"],
            "growth": ["grew", "same", "shrank", "not_drawn"],
        }
        ways: dict[str, Mapping[str, Sequence[str]]] = {
            way: dict.fromkeys(teams, tuple(map(str, keys))) for way, keys in every.items()
        }
        ways["wijk"] = {team: self._of_team[team] for team in teams}
        return Universe(teams=teams, ways=ways)

    @cached_property
    def _of_team(self) -> Mapping[NodeId, tuple[str, ...]]:
        """The wijken of each team; all of them where nobody told which."""
        own: dict[NodeId, set[str]] = defaultdict(set)
        for record in self._files.places:
            wijk = self._wijken.above(record.target)
            if record.type == "IN_AREA" and wijk is not None:
                own[record.source].add(wijk)
        every = set(self._wijken.areas)
        return {
            node.id: (*sorted(own[node.id] or every), ELSEWHERE + node.id)
            for node in self._files.labelled("Team")
        }

    def units(self, figure: Figure, period: Period) -> Iterator[Unit]:
        """Yield what a figure counts in a period."""
        if figure is Figure.SIGNALS:
            yield from self._noticed(period)
            return
        counted = {
            Figure.NEEDS: self._needs,
            Figure.FLOW: self._flow,
            Figure.ASKS: self._asks,
            Figure.STEPPING: self._stepping,
            Figure.PHASING: self._phasing,
            Figure.ADVICE: self._advices,
        }[figure]
        for case in self._cases:
            team = self._files.teams[NodeId(case.id)]
            yield from counted(case, team, period)

    def _needs(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        start, end = period
        if not (_open_before(case, end) and not _closed_before(case, start)):
            return
        last = end if case.closed_on is None else min(end, case.closed_on)
        on = last - timedelta(days=1)
        asks = [ask for ask in self._asked(case) if (_helps_since(ask) or date.min) < last]
        advices = map(Advice.from_node, self._kept(case, "ReferralAdvice"))
        wijk = self._wijk(case, team)
        for need, by in sorted(needs_met(asks, advices, self._formality, on).items()):
            if need in self._parents:
                of = {"domain": str(self._parents[need]), "wijk": wijk, "met_by": str(by)}
                side = "specialist" if by is MetBy.SPECIALIST else "without"
                yield Unit(team=team, side=side, of=of)

    def _flow(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        start, end = period
        if case.opened_on is None or case.opened_on < start:
            if not _closed_before(case, start):
                yield Unit(team=team, side="start")
        elif case.opened_on < end:
            yield Unit(team=team, side="in", of={"waiting": self._waited(case, end)})
        if within(case.closed_on, period) and case.closed_on is not None:
            took = None if case.opened_on is None else (case.closed_on - case.opened_on).days
            because = str(case.closed_because or _UNKNOWN)
            yield Unit(team=team, side="out", of={"length": _band(took, LENGTH), "closed": because})
        if _open_before(case, end) and not _closed_before(case, end):
            yield Unit(team=team, side="end", of={"growth": self._grown(case, period)})

    def _asks(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        for ask in self._asked(case):
            if within(_known(ask), period) and ask.outcome in SAID_YES | SAID_NO:
                side = "yes" if ask.outcome in SAID_YES else "no"
                chance = predicted(ask)
                of = {
                    "first_step": _first(ask),
                    "predicted": _likely(chance),
                    "suggested": followed(ask.node),
                    f"came_of_{side}": str(ask.outcome),
                }
                yield Unit(team=team, side=side, of=of, chance=chance)

    def _phasing(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        for in_time in steps_back.of_others(self._asked(case), period):
            yield Unit(team=team, side="on_time" if in_time else "late")

    def _stepping(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        efforts = map(Effort.from_node, self._kept(case, "Effort"))
        for in_time in steps_back.of_team(case, efforts, period):
            yield Unit(team=team, side="on_time" if in_time else "late")

    def _advices(self, case: Case, team: NodeId, period: Period) -> Iterator[Unit]:
        for advice in map(Advice.from_node, self._kept(case, "ReferralAdvice")):
            if within(advice.decided_on, period) and advice.status in DECISIONS:
                followed = advice.status is AdviceStatus.GRANTED
                yield Unit(
                    team=team,
                    side="followed" if followed else "overruled",
                    of={"tried": _tried(advice)},
                )

    def _noticed(self, period: Period) -> Iterator[Unit]:
        for signal in self._signals:
            if within(parse_day(signal.on), period) and signal.team in self._of_team:
                yield Unit(team=signal.team, side="noticed", of={"did": signal.outcome.value})

    def loads(self, on: date) -> Mapping[str, Load]:
        """Return how much the busiest tenth of volunteers and of those around somebody does."""
        helped: Counter[NodeId] = Counter()
        for case in self._cases:
            if case.open_on(on):
                for tie in self._files.ties.get(self._files.about.get(NodeId(case.id), ""), ()):
                    if tie.held_on(on) and tie.support:
                        helped[tie.other] += tie.support
        found = {
            "volunteers": busiest_tenth(self._files.volunteers.values()),
            "carers": busiest_tenth(helped.values()),
        }
        return {who: load for who, load in found.items() if load is not None}

    def _grown(self, case: Case, period: Period) -> str:
        """Return whether somebody's network grew, as far as it is known since when ties are."""
        person = self._files.about.get(NodeId(case.id))
        ties = self._files.ties.get(person or "", ())
        came = sum(within(tie.start, period) for tie in ties)
        went = sum(within(tie.end, period) for tie in ties)
        if not ties:
            return "not_drawn"
        return "same" if came == went else "grew" if came > went else "shrank"

    def _asked(self, case: Case) -> list[Ask]:
        return [Ask.from_node(node) for node in self._kept(case, "Ask")]

    def _kept(self, case: Case, label: str) -> list[Node]:
        return [node for node in self._files.kept.get(NodeId(case.id), ()) if node.label == label]

    def _wijk(self, case: Case, team: NodeId) -> str:
        person = self._files.about.get(NodeId(case.id))
        found = sorted(self._wijken.of(person)) if person is not None else []
        return next((each for each in found if each in self._of_team[team]), ELSEWHERE + team)

    def _waited(self, case: Case, end: date) -> str:
        """Return how long it took until somebody set to work, as far as known by the end."""
        kept = self._files.kept.get(NodeId(case.id), ())
        days = [
            found
            for node in kept
            if (found := day(node.properties, _STARTED[node.label])) is not None and found < end
        ]
        first = min(days, default=None)
        opened = case.opened_on or end
        return _band(None if first is None else max(0, (first - opened).days), WAITING)


def _tried(advice: Advice) -> str:
    """Return whether somebody was asked first; if not, whether the search had somebody to ask."""
    if any(each.counts for each in advice.asked):
        return "asked"
    return "passed_over" if advice.suggested else "nobody"


def _first(ask: Ask) -> str:
    step, _, kind = (ask.step_kinds[0] if ask.step_kinds else "").partition(".")
    if step == "tie":
        return group_of(kind)
    # Nobody known was asked where a volunteer was proposed. It does not stand apart: it would then
    # follow from what was suggested, and one table minus the other would tell of a few.
    return step if step in _FIRST else "direct" if step in _PROPOSED else _UNKNOWN


def predicted(ask: Ask) -> float | None:
    """Return how likely an ask was said to be when it was asked; None where that was not kept."""
    try:
        chances = [float(step["p"]) for step in json.loads(text(ask.node.properties, "path") or "")]
    except (ValueError, KeyError, TypeError):
        return None
    return prod(chances) if chances else None


def _likely(chance: float | None) -> str:
    if chance is None:
        return _UNKNOWN
    return next((band for band, most in LIKELY.items() if chance < most), _MOST_LIKELY)


def _helps_since(ask: Ask) -> date | None:
    """Return since when an ask that was answered with yes helps.

    Of one that was phased out since then, only the day on which it ended was kept.
    """
    return _known(ask) if ask.outcome is Outcome.ACCEPTED else ask.asked_on


def _known(ask: Ask) -> date | None:
    """Return since when it is known what came of an ask."""
    return None if ask.outcome is Outcome.OPEN else ask.outcome_on or ask.asked_on


def _open_before(case: Case, on: date) -> bool:
    return case.opened_on is None or case.opened_on < on


def _closed_before(case: Case, on: date) -> bool:
    return case.closed_on is not None and case.closed_on < on


def _band(days: int | None, bands: Mapping[str, int]) -> str:
    if days is None:
        return _LONGER
    return next((band for band, most in bands.items() if days <= most), _LONGER)
