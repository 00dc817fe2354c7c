"""Support paths as cards: a sentence, a chain, the facts, and on demand the reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from flask_babel import gettext

from netwerk.domain.directory import Need, Service
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Point, point, text
from netwerk.domain.records import day as day_of
from netwerk.graph.question import Answer, Step, SupportPath
from netwerk.graph.wording import Wording
from netwerk.web.context import account, schema, schema_label
from netwerk.web.language import ago, language, metres
from netwerk.web.presenters.first_steps import FirstSteps

_LEVELS: Final = ((0.45, 5), (0.3, 4), (0.15, 3), (0.0, 2))
"""The least score of a level: a chain of two likely steps near by stands at about 0.5."""
_HOME_ROUNDED: Final = 500
_PER_CENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Somebody or something in the chain."""

    name: str
    detail: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """What joins two boxes: the words above and below it."""

    above: str
    below: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One factor of the score: what it is, its value, where it comes from."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCard:
    """A path as it is shown."""

    number: int
    title: str
    level: int
    words: str
    first_step: str
    about: str
    chain: tuple[tuple[Arrow | None, Box], ...]
    spoken: tuple[str, ...]
    facts: tuple[str, ...]
    factors: tuple[Factor, ...]
    score: str
    nodes: str
    offer: str
    direct: bool
    need: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A path with the answer that holds it, and all the needs that it meets."""

    answer: Answer
    path: SupportPath
    needs: tuple[NeedId, ...]

    @property
    def place(self) -> Point | None:
        """Where the offer is given, if one has to go there and it is known."""
        graph = self.answer.graph
        if self.path.service is None or self.path.distance_m is None:
            return None
        if Service.from_node(graph.nodes[self.path.service]).comes_to_you:
            return None
        places = (
            point(graph.nodes[r.target].properties)
            for r in graph.of_type("LOCATED_AT")
            if r.source == self.path.service
        )
        return next((place for place in places if place is not None), None)


MOST_CARDS: Final = 8


def together(
    answers: Iterable[Answer], needs: Mapping[NeedId, Need], today: date
) -> list[tuple[PathCard, Found]]:
    """Return the paths of one or more answers as one list, the most likely first.

    The same path for two needs is one card. One answer keeps the order it has.
    """
    best: dict[tuple[NodeId, ...], Found] = {}
    for answer in answers:
        need = answer.question.need
        for path in answer.paths:
            known = best.get(path.nodes)
            met = (*(known.needs if known else ()), need)
            if known is not None and known.path.score >= path.score:
                best[path.nodes] = replace(known, needs=met)
            else:
                best[path.nodes] = Found(answer=answer, path=path, needs=met)
    found = list(best.values())
    if len({each.answer.question.need for each in found}) > 1:
        found.sort(key=lambda each: (-each.path.score, each.path.nodes))
    return [
        (Cards(each.answer, needs, today).card(number, each.path, each.needs), each)
        for number, each in enumerate(found[:MOST_CARDS], 1)
    ]


class Cards:
    """Makes the cards of one answer."""

    def __init__(self, answer: Answer, needs: Mapping[NeedId, Need], today: date) -> None:
        """Name things as the answer's graph has them."""
        self._answer = answer
        self._graph = answer.graph
        self._wording = Wording(answer.graph, schema(), language())
        self._needs = needs
        self._need = needs[answer.question.need]
        self._today = today
        self._inhabitant = self._name(answer.question.person)
        need = self._need.label(language()).lower()
        self._first = FirstSteps(self._graph, self._wording, account().worker, need, today)

    def card(self, number: int, path: SupportPath, met: Iterable[NeedId] = ()) -> PathCard:
        """Return the card of a path; `met` are all the needs it was found for."""
        level = 2 if path.is_direct else next(n for least, n in _LEVELS if path.score >= least)
        return PathCard(
            number=number,
            title=self.title(path),
            level=level,
            words=_words(level, direct=path.is_direct),
            first_step=self.first_step(path),
            about=self._first.about(path),
            chain=tuple(self._chain(path)),
            spoken=tuple(self._wording.step(step) for step in path.steps),
            facts=tuple(fact for fact in self._facts(path) if fact),
            factors=tuple(self._factors(path)),
            score=f"{path.score * _PER_CENT:.0f} %",
            nodes=",".join(path.nodes),
            offer=path.service or "",
            direct=path.is_direct,
            need=self._need.id,
            needs=tuple(self._needs[code].label(language()) for code in met),
        )

    def title(self, path: SupportPath) -> str:
        """Return what a path is called: the offer, and through whom."""
        goal = self._goal(path)
        first = path.steps[0]
        if path.is_direct or (first.target is None or first.target == path.service):
            return goal
        if path.is_talent and first.target == path.supporter:
            return goal
        return gettext("%(goal)s, via %(who)s", goal=goal, who=self._name(first.target))

    def first_step(self, path: SupportPath) -> str:
        """Return who makes the first move, and which."""
        return self._first.move(path)

    def _goal(self, path: SupportPath) -> str:
        return self._name(path.supporter if path.service is None else path.service)

    def _name(self, node: NodeId | None) -> str:
        return self._wording.name(node)

    def _chain(self, path: SupportPath) -> list[tuple[Arrow | None, Box]]:
        inhabitant = Box(name=self._inhabitant, detail=gettext("inhabitant"), tone="start")
        chain: list[tuple[Arrow | None, Box]] = [(None, inhabitant)]
        for step in path.steps:
            if step.target is None:
                # A talent: the person who was reached last is the goal.
                arrow, box = chain.pop()
                help_with = self._need.label(language())
                chain.append((arrow, Box(name=box.name, detail=help_with, tone="goal")))
                continue
            goal = step is path.steps[-1]
            arrow = self._arrow(step)
            if step.step == "provides" and len(chain) > 1:
                # The offer names its organization: one box for both.
                arrow, _ = chain.pop()
            chain.append((arrow, self._box(step.target, goal=goal, path=path)))
        return chain

    def _box(self, node: NodeId, *, goal: bool, path: SupportPath) -> Box:
        found = self._graph.nodes[node]
        detail = ""
        if found.label == "Organization":
            detail = schema_label("organization_kind", text(found.properties, "kind"))
        elif found.label == "Service":
            detail = f"{self._name(path.supporter)} · {_room(Service.from_node(found))}"
        elif found.label == "Person":
            detail = self._role(node)
        return Box(name=self._name(node), detail=detail, tone="goal" if goal else "via")

    def _role(self, person: NodeId) -> str:
        for tie in self._graph.of_type("TIE"):
            if {tie.source, tie.target} == {person, self._answer.question.person}:
                return schema_label("tie_kind", text(tie.properties, "kind"))
        for contact in self._graph.of_type("CONTACT_FOR"):
            if contact.source == person:
                return schema_label("contact_role", text(contact.properties, "role"))
        return ""

    def _arrow(self, step: Step) -> Arrow:
        record = self._graph.relationships.get(step.record) if step.record else None
        facts = {} if record is None else record.properties
        asked = schema_label("approach", text(facts, "approach"))
        match step.step:
            case "tie":
                above = schema_label("contact", text(facts, "contact"))
                kind = schema_label("tie_kind", step.kind)
                return Arrow(above=above or kind, below=asked, tone="strong")
            case "acquainted":
                colleague = gettext("colleague %(who)s", who=self._name(step.via))
                warmth = schema_label("warmth", step.kind)
                return Arrow(above=colleague, below=warmth, tone="strong")
            case "takes_part":
                how = schema_label("participation", step.kind)
                return Arrow(above=how, below=asked, tone="strong")
            case "direct":
                return Arrow(above=gettext("nobody known yet"), below="", tone="weak")
            case _:
                return Arrow(above=_ENDS[step.step](), below="", tone="plain")

    def _facts(self, path: SupportPath) -> list[str]:
        facts = [self._distance(path)]
        if path.service is not None:
            service = Service.from_node(self._graph.nodes[path.service])
            facts += [
                text(service.properties, "schedule") or "",
                text(service.properties, "cost") or "",
                self._verified(path, service),
            ]
        return facts

    def _distance(self, path: SupportPath) -> str:
        if path.service is not None:
            service = Service.from_node(self._graph.nodes[path.service])
            if service.comes_to_you:
                return schema_label("delivery", service.delivery)
        if path.distance_m is None:
            return gettext("how far is not known")
        if path.is_talent:
            most = -(-path.distance_m // _HOME_ROUNDED) * _HOME_ROUNDED or _HOME_ROUNDED
            return gettext("lives within %(distance)s", distance=metres(most))
        return gettext("%(distance)s from home", distance=metres(path.distance_m))

    def _verified(self, path: SupportPath, service: Service) -> str:
        found = self._graph.nodes.get(path.supporter)
        on = service.verified_on
        if on is None and found is not None:
            on = day_of(found.properties, "verified_on")
        if on is None:
            return gettext("not checked yet")
        return gettext("checked %(when)s", when=ago(on, self._today))

    def _factors(self, path: SupportPath) -> list[Factor]:
        return [
            *(self._of_step(step) for step in path.steps),
            Factor(
                name=gettext("Does it fit the question?"),
                value=_share(path.fit),
                source=gettext("meant for exactly this")
                if path.fit == 1
                else gettext("meant for something close to it"),
            ),
            Factor(
                name=gettext("Is it near?"),
                value=_share(path.proximity),
                source=self._distance(path),
            ),
            Factor(
                name=gettext("Is there room?"),
                value=_share(path.availability),
                source=gettext("there is room")
                if path.availability == 1
                else gettext("not known; we count on it in most cases"),
            ),
        ]

    def _of_step(self, step: Step) -> Factor:
        chance = self._answer.chances.of(step.chance_kind)
        low, high = (round(each * _PER_CENT) for each in chance.interval)
        if chance.is_fixed:
            source = gettext("fixed by people who looked at the outcomes")
        elif chance.tally is None:
            source = gettext("an estimate by experts; too few outcomes yet")
        else:
            source = gettext(
                "of %(asked)s asks like this, %(accepted)s said yes",
                asked=chance.tally.asked,
                accepted=chance.tally.accepted,
            )
        between = gettext("probably %(low)s to %(high)s %%", low=low, high=high)
        parts = [source, between]
        if step.strength != 1:
            weak = _share(step.strength)
            parts.append(gettext("times %(share)s for how close the contact is", share=weak))
        return Factor(name=self._wording.step(step), value=_share(step.p), source="; ".join(parts))


_ENDS: Final = {
    "role": lambda: gettext("is contact of"),
    "contact": lambda: gettext("has as contact"),
    "provides": lambda: gettext("offers"),
    "volunteers": lambda: gettext("volunteers at"),
}


def _words(level: int, *, direct: bool) -> str:
    if direct:
        return gettext("nobody known there")
    return {
        5: gettext("very likely"),
        4: gettext("likely"),
        3: gettext("well possible"),
        2: gettext("worth a try"),
    }[level]


def _room(service: Service) -> str:
    if service.capacity is None:
        return gettext("places not known")
    free = service.capacity - service.load
    return gettext("1 place free") if free == 1 else gettext("%(n)s places free", n=free)


def _share(value: float) -> str:
    return f"{value * _PER_CENT:.0f} %"
