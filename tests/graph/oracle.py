"""Every simple path, enumerated and sorted: the definition of the answer, for small graphs.

Written from the definition alone, over plain records, so that it shares no code with the search.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from netwerk.domain.chances import Priors
from netwerk.domain.records import Node, Relationship, Subgraph
from netwerk.graph.question import Question

EQUAL = 1e-12


@dataclass(frozen=True)
class Found:
    """One path: enough to compare and to order."""

    score: float
    steps: int
    supporter: str
    nodes: tuple[str, ...]
    detail: tuple[tuple[str, str, str, str], ...]
    betweens: tuple[str, ...]
    service: str | None


def enumerate_paths(
    graph: Subgraph, viewer: str, question: Question, priors: Priors
) -> list[Found]:
    """Return the first k paths of the definition, without outcomes."""
    return _Enumeration(graph, viewer, question, priors).answer()


class _Enumeration:
    def __init__(self, graph: Subgraph, viewer: str, question: Question, priors: Priors) -> None:
        self.graph, self.q, self.priors = graph, question, priors
        self.today = question.on.isoformat()
        self.nodes: dict[str, Node] = {str(n.id): n for n in graph.nodes.values()}
        self.me = self.nodes[question.person]
        teams = {r.target for r in self._all("MEMBER_OF") if r.source == viewer}
        self.team = {r.source for r in self._all("MEMBER_OF") if r.target in teams}
        self.in_role = {r.source for r in self._all("CONTACT_FOR")}
        self.barred = self._barred()

    def _all(self, *types: str) -> list[Relationship]:
        return [r for r in self.graph.relationships.values() if r.type in types]

    def _valid(self, properties: object) -> bool:
        facts = dict(properties)  # type: ignore[call-overload]
        return (facts.get("valid_from") or "") <= self.today < (facts.get("valid_to") or "9999")

    def _own(self, r: Relationship) -> bool:
        return r.properties.get("owner") == self.q.person

    def _barred(self) -> set[str]:
        barred: set[str] = set()
        for r in self._all("TIE"):
            if self._own(r) and self.q.person in (r.source, r.target) and self._valid(r.properties):
                said = r.properties.get("approach", "not_discussed")
                if said in ("do_not_approach", "support_only") or (
                    r.properties.get("valence") == "stressful"
                ):
                    barred.add(r.target if r.source == self.q.person else r.source)
        for r in self._all("TAKES_PART"):
            mine = self._own(r) and r.source == self.q.person and self._valid(r.properties)
            if mine and r.properties.get("approach") == "do_not_approach":
                barred.add(r.target)
        return barred

    def _p(self, kind: str, strength: float = 1.0) -> float:
        a, b = self.priors.beta[kind]
        return min(0.99, max(0.01, a / (a + b) * strength))

    def _strength(self, r: Relationship) -> float:
        if "closeness" in r.properties:
            return self.priors.by_closeness[int(str(r.properties["closeness"]))]
        if "contact" in r.properties:
            return self.priors.by_contact[str(r.properties["contact"])]
        return self.priors.strength_unknown

    def _tie_usable(self, r: Relationship) -> bool:
        if not self._valid(r.properties):
            return False
        if self._own(r):
            return r.properties.get("approach") == "may_ask" and (
                r.properties.get("valence") != "stressful"
            )
        ends = (self.nodes[r.source], self.nodes[r.target])
        return r.properties.get("shared") is True and all(
            end.properties.get("connector") is True for end in ends
        )

    def _steps(self, at: str) -> Iterator[tuple[str, float, tuple[str, str, str, str]]]:
        for r in self.graph.relationships.values():
            if r.type == "TIE" and at in (r.source, r.target) and self._tie_usable(r):
                kind = str(r.properties["kind"])
                other = r.target if r.source == at else r.source
                yield other, self._p(f"tie.{kind}", self._strength(r)), ("tie", kind, "", r.id)
            elif r.type == "TAKES_PART" and r.source == at and self._own(r):
                if r.properties.get("approach") == "may_ask" and self._valid(r.properties):
                    how = str(r.properties["how"])
                    yield r.target, self._p(f"takes_part.{how}"), ("takes_part", how, "", r.id)
            elif r.type == "CONTACT_FOR" and r.source == at:
                yield r.target, self._p("role"), ("role", "role", "", r.id)
            elif r.type == "CONTACT_FOR" and r.target == at:
                yield r.source, self._p("contact"), ("contact", "contact", "", r.id)
        if at == self.q.person:
            yield from self._acquainted()

    def _acquainted(self) -> Iterator[tuple[str, float, tuple[str, str, str, str]]]:
        for r in self._all("ACQUAINTED"):
            public = self.nodes[r.target].label != "Person" or r.target in self.in_role
            if r.source in self.team and public:
                warmth = str(r.properties["warmth"])
                yield (
                    r.target,
                    self._p(f"acquainted.{warmth}"),
                    ("acquainted", warmth, r.source, r.id),
                )

    def _usable(self, node: str) -> bool:
        if node in self.barred or node == self.q.person:
            return False
        return str(self.nodes[node].properties.get("ask_again_from", "")) <= self.today

    def _chains(
        self,
        at: str,
        p: float,
        nodes: tuple[str, ...],
        detail: tuple[tuple[str, str, str, str], ...],
    ) -> Iterator[tuple[str, float, tuple[str, ...], tuple[tuple[str, str, str, str], ...]]]:
        yield at, p, nodes, detail
        if len(detail) < self.q.max_steps:
            for other, chance, told in self._steps(at):
                if other not in nodes and self._usable(other):
                    yield from self._chains(other, p * chance, (*nodes, other), (*detail, told))

    def _need(self, addressed: set[str]) -> float | None:
        asked = self.q.need
        parent = self.nodes[asked].properties.get("parent")
        below: set[str] = {asked}
        while True:
            more = {n for n, node in self.nodes.items() if node.properties.get("parent") in below}
            if more <= below:
                break
            below |= more
        if addressed & below:
            return 1.0
        siblings = {
            n
            for n, node in self.nodes.items()
            if node.label == "Need"
            and parent is not None
            and node.properties.get("parent") == parent
        }
        return 0.7 if addressed & siblings else None

    def _addressed(self, node: str) -> set[str]:
        return {r.target for r in self._all("ADDRESSES") if r.source == node}

    def _metres(self, place: Node) -> float | None:
        a, b = self.me.properties.get("point"), place.properties.get("point")
        if a is None or b is None:
            return None
        (x1, y1), (x2, y2) = (map(math.radians, each) for each in (a, b))  # type: ignore[arg-type]
        h = math.sin((y2 - y1) / 2) ** 2
        h += math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
        return 2 * 6371008.8 * math.asin(math.sqrt(h))

    def _offer(self, service: Node) -> float | None:
        facts = service.properties
        fit = self._need(self._addressed(service.id))
        capacity = facts.get("capacity")
        full = isinstance(capacity, int) and capacity - int(str(facts.get("load", 0))) <= 0
        if fit is None or full or facts["formality"] not in self.q.formality:
            return None
        if not self._valid(facts) or not self._age_fits(facts):
            return None
        places = [self.nodes[r.target] for r in self._all("LOCATED_AT") if r.source == service.id]
        metres = [m for m in map(self._metres, places) if m is not None]
        near = 1.0 if facts.get("delivery") in ("at_home", "online") else 0.5
        if near == 0.5 and metres:
            if min(metres) > self.q.radius:
                return None
            near = math.exp(-min(metres) / 2000)
        return fit * near * (0.8 if capacity is None else 1.0)

    def _age_fits(self, facts: object) -> bool:
        known = dict(facts)  # type: ignore[call-overload]
        born = self.me.properties.get("birth_year")
        if born is None:
            return True
        age = self.q.on.year - int(str(born))
        return bool(known.get("age_min", -1) <= age <= known.get("age_max", 999))

    def _every(self) -> Iterator[Found]:
        for at, p, nodes, detail in self._chains(self.q.person, 1.0, (self.q.person,), ()):
            if at != self.q.person:
                yield from self._ended(at, p, nodes, detail)
        for r in self._all("PROVIDES"):
            worth = None if r.source in self.barred else self._offer(self.nodes[r.target])
            if worth is not None:
                told = (("direct", "direct", "", ""),)
                score = self._p("direct") * worth
                yield Found(score, 1, r.source, (self.q.person, r.target), told, (), r.target)

    def _ended(
        self,
        at: str,
        p: float,
        nodes: tuple[str, ...],
        detail: tuple[tuple[str, str, str, str], ...],
    ) -> Iterator[Found]:
        person = self.nodes[at].label == "Person"
        willing = self.nodes[at].properties.get("willing_to_help")
        kind, end = ("VOLUNTEERS_FOR", "volunteers") if person else ("PROVIDES", "provides")
        between = tuple(n for n in nodes[1:-1] if self.nodes[n].label == "Person")
        for r in self._all(kind):
            worth = None if r.source != at else self._offer(self.nodes[r.target])
            if worth is not None and not (person and willing is False):
                told = (*detail, (end, end, "", ""))
                score = p * self._p(end) * worth
                yield Found(score, len(told), at, (*nodes, r.target), told, between, r.target)
        fit = self._need(self._addressed(at)) if person and willing is True else None
        metres = self._metres(self.nodes[at])
        if fit is not None and (metres is None or metres <= self.q.radius):
            near = 0.5 if metres is None else math.exp(-metres / 2000)
            told = (*detail, ("talent", "talent", "", ""))
            score = p * self._p("talent") * fit * near * 0.8
            yield Found(score, len(told), at, nodes, told, between, None)

    def answer(self) -> list[Found]:
        best: dict[str, list[Found]] = {}
        for found in self._every():
            best.setdefault(found.supporter, []).append(found)
        ordered = _ordered([_first(paths) for paths in best.values()])
        taken: list[Found] = []
        behind: list[Found] = []
        for found in ordered:
            crowded = any(sum(b in t.betweens for t in taken) >= 2 for b in found.betweens)
            (behind if crowded else taken).append(found)
        return (taken + behind)[: self.q.k]


def _first(paths: list[Found]) -> Found:
    top = max(path.score for path in paths)
    return min((p for p in paths if top - p.score <= EQUAL), key=_within)


def _ordered(paths: list[Found]) -> list[Found]:
    left = sorted(paths, key=lambda path: -path.score)
    ordered: list[Found] = []
    while left:
        equal = [path for path in left if left[0].score - path.score <= EQUAL]
        ordered += sorted(equal, key=_within)
        left = left[len(equal) :]
    return ordered


def _within(path: Found) -> tuple[object, ...]:
    return path.steps, path.supporter, path.nodes, path.detail


def today() -> date:
    """Return the day that the examples are asked on."""
    return date(2026, 11, 1)
