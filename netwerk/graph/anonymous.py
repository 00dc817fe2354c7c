"""A case as a session of casuïstiek sees it: roles instead of names, bands instead of years.

Everything in it is a word of a vocabulary, a count or a band; what people typed comes beside it
after it was looked at for names (`netwerk.graph.names`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from netwerk.domain.cases import Outcome
from netwerk.domain.ids import NodeId, PersonId
from netwerk.domain.records import Properties, Value, integer, text, words
from netwerk.domain.ties import Participation, Tie
from netwerk.domain.upkeep import months_later
from netwerk.graph.file import PersonFile
from netwerk.graph.strength import Strength, strength

THEN_MONTHS: Final = 6
"""How long ago the network is shown beside that of now."""
MOST_ASKS: Final = 12
_ADULT: Final = 18
_OLDEST: Final = 90
_CLOSE: Final = 4
_WEEKS_A_MONTH: Final = 30.4


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleInNetwork:
    """Somebody around the inhabitant, by what they are: the second neighbour is number 2.

    `number` is 0 where there is one of a kind. An organization is there by its kind, with `how`.
    """

    kind: str
    number: int
    closeness: int | None = None
    contact: str = ""
    support: tuple[str, ...] = ()
    valence: str = ""
    approach: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The strength of a network in a few figures; None where it was not asked or is not defined."""

    size: int
    close: int
    groups: int | None
    missing: tuple[str, ...]
    single_giver: tuple[str, ...]
    max_share: int | None
    stressful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An ask as kinds of steps: nobody in it can be told from it."""

    need: str
    steps: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a session sees of a case. `pairs` are those of `people` who know each other."""

    question: str
    question_behind: str
    hoped: str
    age_from: int | None
    needs: tuple[str, ...]
    safety: str
    months_open: int
    people: tuple[RoleInNetwork, ...]
    organizations: tuple[RoleInNetwork, ...]
    pairs: tuple[tuple[int, int], ...]
    now: Figures
    then: Figures | None
    tried: tuple[Tried, ...]
    prepared_on: str

    def written(self) -> Properties:
        """Return it as it is stored."""
        return {
            "question": self.question,
            "question_behind": self.question_behind,
            "hoped": self.hoped,
            "needs": list(self.needs),
            "safety": self.safety,
            "months_open": self.months_open,
            "people": [_role_written(each) for each in self.people],
            "organizations": [_role_written(each) for each in self.organizations],
            "pairs": [f"{one}-{other}" for one, other in self.pairs],
            "now": _figures_written(self.now),
            "tried": [
                {"need": t.need, "steps": list(t.steps), "outcome": t.outcome} for t in self.tried
            ],
            "prepared_on": self.prepared_on,
            **({} if self.age_from is None else {"age_from": self.age_from}),
            **({} if self.then is None else {"then": _figures_written(self.then)}),
        }

    @classmethod
    def read(cls, facts: Properties) -> Self:
        """Read what `written` returned."""
        then = facts.get("then")
        now = facts.get("now")
        return cls(
            question=text(facts, "question") or "",
            question_behind=text(facts, "question_behind") or "",
            hoped=text(facts, "hoped") or "",
            age_from=integer(facts, "age_from"),
            needs=words(facts, "needs"),
            safety=text(facts, "safety") or "none",
            months_open=integer(facts, "months_open") or 0,
            people=tuple(_role(each) for each in _rows(facts, "people")),
            organizations=tuple(_role(each) for each in _rows(facts, "organizations")),
            pairs=tuple(_pair(each) for each in words(facts, "pairs")),
            now=_figures(now if isinstance(now, Mapping) else {}),
            then=_figures(then) if isinstance(then, Mapping) else None,
            tried=tuple(
                Tried(
                    need=text(each, "need") or "",
                    steps=words(each, "steps"),
                    outcome=text(each, "outcome") or "",
                )
                for each in _rows(facts, "tried")
            ),
            prepared_on=text(facts, "prepared_on") or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the worker writes for the session, looked at for names."""

    question: str
    question_behind: str = ""
    hoped: str = ""


def sheet(file: PersonFile, told: Told) -> Sheet:
    """Return the case of a file without anything by which somebody can be known."""
    case = file.case
    people, order = _people(file)
    return Sheet(
        question=told.question,
        question_behind=told.question_behind,
        hoped=told.hoped,
        age_from=age_from(file.person.age_on(file.on)),
        needs=() if case is None else case.needs,
        safety=file.safety.value,
        months_open=0 if case is None else _months(case.opened_on, file.on),
        people=people,
        organizations=_organizations(file),
        pairs=_pairs(file, order),
        now=figures(file, strength(file)),
        then=_then(file),
        tried=_tried(file),
        prepared_on=file.on.isoformat(),
    )


def names_in(file: PersonFile) -> list[str]:
    """Return what the persons and colleagues of a file are called, those of earlier too."""
    people = [*file.graph.labelled("Person"), *file.graph.labelled("Worker")]
    told = [text(each.properties, key) for each in people for key in ("name", "alias")]
    return [name for name in told if name]


def age_from(age: int | None) -> int | None:
    """Return where the band of an age begins: 0, 18, 30, 40, … 90; None where it is unknown."""
    if age is None:
        return None
    if age < _ADULT:
        return 0
    return _ADULT if age < 30 else min(age // 10 * 10, _OLDEST)


def figures(file: PersonFile, found: Strength) -> Figures:
    """Return the few figures of a network that a session compares."""
    person = file.person.id
    close = {t.other(person) for t in file.ties if t.joins(person) and (t.closeness or 0) >= _CLOSE}
    share, groups = found.load.max_share, found.measures["components"]
    return Figures(
        size=int(found.measures["size"] or 0),
        close=len(close),
        groups=None if groups is None else int(groups),
        missing=tuple(found.support.missing),
        single_giver=tuple(found.support.single_giver),
        max_share=None if share is None else round(100 * share),
        stressful=found.stressful,
    )


def _then(file: PersonFile) -> Figures | None:
    """Return the figures of some months ago; None where nobody was told of yet."""
    earlier = PersonFile(file.graph, file.person.id, months_later(file.on, -THEN_MONTHS))
    found = figures(earlier, strength(earlier))
    return found if found.size else None


def _people(file: PersonFile) -> tuple[tuple[RoleInNetwork, ...], Mapping[PersonId, int]]:
    """Return who is around, in an order that tells nothing of names, and where each stands."""
    person, seen = file.person.id, dict[PersonId, Tie]()
    own = (tie for tie in file.ties if tie.joins(person))
    for tie in sorted(own, key=lambda t: (t.kind, -(t.closeness or 0), t.id)):
        seen.setdefault(tie.other(person), tie)
    numbers = _numbers(tie.kind for tie in seen.values())
    people = tuple(
        RoleInNetwork(
            kind=tie.kind,
            number=number,
            closeness=tie.closeness,
            contact=tie.contact or "",
            support=tie.support,
            valence=tie.valence or "",
            approach=tie.approach.value,
        )
        for tie, number in zip(seen.values(), numbers, strict=True)
    )
    return people, {alter: at for at, alter in enumerate(seen)}


def _organizations(file: PersonFile) -> tuple[RoleInNetwork, ...]:
    def kind(part: Participation) -> str:
        found = file.graph.nodes.get(NodeId(part.organization))
        return "" if found is None else text(found.properties, "kind") or ""

    parts = sorted(file.participations, key=lambda part: (kind(part), part.how, part.id))
    numbers = _numbers(kind(part) for part in parts)
    return tuple(
        RoleInNetwork(kind=kind(part), number=number, how=part.how, approach=part.approach.value)
        for part, number in zip(parts, numbers, strict=True)
    )


def _numbers(kinds: Iterable[str]) -> list[int]:
    every = list(kinds)
    many, used = Counter(every), Counter[str]()
    numbers = []
    for kind in every:
        used[kind] += 1
        numbers.append(used[kind] if many[kind] > 1 else 0)
    return numbers


def _pairs(file: PersonFile, order: Mapping[PersonId, int]) -> tuple[tuple[int, int], ...]:
    found = {
        (min(order[t.source], order[t.target]), max(order[t.source], order[t.target]))
        for t in file.ties
        if t.source in order and t.target in order
    }
    return tuple(sorted(found))


def _tried(file: PersonFile) -> tuple[Tried, ...]:
    """Return what was asked, newest first; also what may not be shown whole any more."""
    counted = (each.ask for each in file.asks if each.ask.outcome is not Outcome.WITHDRAWN)
    return tuple(
        Tried(need=ask.need, steps=ask.step_kinds, outcome=ask.outcome.value) for ask in counted
    )[:MOST_ASKS]


def _months(since: date | None, on: date) -> int:
    return 0 if since is None else max(round((on - since).days / _WEEKS_A_MONTH), 0)


def _role_written(role: RoleInNetwork) -> Properties:
    facts: dict[str, Value] = {
        "kind": role.kind,
        "number": role.number,
        "contact": role.contact,
        "support": list(role.support),
        "valence": role.valence,
        "approach": role.approach,
        "how": role.how,
    }
    return facts if role.closeness is None else {**facts, "closeness": role.closeness}


def _role(facts: Properties) -> RoleInNetwork:
    told = {key: text(facts, key) or "" for key in ("kind", "contact", "valence", "approach")}
    return RoleInNetwork(
        number=integer(facts, "number") or 0,
        closeness=integer(facts, "closeness"),
        support=words(facts, "support"),
        how=text(facts, "how") or "",
        **told,
    )


def _figures_written(found: Figures) -> Properties:
    facts: dict[str, Value | None] = {
        "size": found.size,
        "close": found.close,
        "groups": found.groups,
        "missing": list(found.missing),
        "single_giver": list(found.single_giver),
        "max_share": found.max_share,
        "stressful": found.stressful,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _figures(facts: Properties) -> Figures:
    return Figures(
        size=integer(facts, "size") or 0,
        close=integer(facts, "close") or 0,
        groups=integer(facts, "groups"),
        missing=words(facts, "missing"),
        single_giver=words(facts, "single_giver"),
        max_share=integer(facts, "max_share"),
        stressful=integer(facts, "stressful") or 0,
    )


def _rows(facts: Properties, key: str) -> list[Properties]:
    stored = facts.get(key)
    rows = stored if isinstance(stored, list | tuple) else ()
    return [row for row in rows if isinstance(row, Mapping)]


def _pair(written: str) -> tuple[int, int]:
    one, _, other = written.partition("-")
    return int(one), int(other)
