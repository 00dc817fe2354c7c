"""What was asked of whom before today, and what came of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from netwerk.demo.draft import Draft, File, Offer
from netwerk.demo.suggested import suggested
from netwerk.domain.ids import NodeId
from netwerk.domain.records import Relationship, Value
from netwerk.schema import load_schema

CLOSED, OPEN = 40, 8
_LEAN = 0.6
_NO = ("declined", "no_answer")
_PER_FILE = 1
_OUTCOMES = (
    *["accepted"] * 16,
    *["declined"] * 9,
    *["no_answer"] * 4,
    *["ended"] * 4,
    *["phased_out"] * 5,
    *["withdrawn"] * 2,
)
_REASONS = {
    "declined": (
        "Heeft het zelf te druk.",
        "Wil het liever niet.",
        "Pas na de feestdagen weer.",
    ),
    "ended": ("Doel bereikt, ze redden het samen.", "Verhuisd naar een dochter."),
    "phased_out": ("Gaat nu zelf, zonder begeleiding.", "Eens per maand is genoeg."),
    "withdrawn": ("Verkeerde inwoner aangeklikt.",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One step of a path as it was kept with the ask."""

    step: str
    source: NodeId
    target: NodeId
    kind: str = ""
    via: NodeId | None = None
    record: str | None = None

    @property
    def chance_kind(self) -> str:
        return f"{self.step}.{self.kind}" if self.kind else self.step


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """A path that was tried: for whom, to which offer, by which steps."""

    file: File
    offer: Offer
    supporter: NodeId
    steps: tuple[_Step, ...]


def add_asks(draft: Draft) -> None:
    """Add the closed asks with their outcomes, and those that still wait for an answer."""
    random = draft.town.random("asks")
    ways = [list(way(draft)) for way in (_direct, _acquainted, _part, _tie)]
    tried: list[_Tried] = []
    for way, share in zip(ways, (11, 14, 11, 12), strict=True):
        tried += random.sample(way, min(share, len(way)))
    # Who is called without anybody known there hears no more often.
    tried.sort(key=lambda one: random.random() - _LEAN * (one.steps[0].step == "direct"))
    outcomes = sorted(_OUTCOMES, key=lambda each: random.random() - _LEAN * (each in _NO))
    for number, one in enumerate(islice(tried, CLOSED)):
        _add(draft, random, number, one, outcomes[number])
    waiting = sorted((one for way in ways[1:] for one in way), key=lambda one: _rank(draft, one))
    for number, one in enumerate(_few_per_file(waiting, OPEN)):
        _add(draft, random, CLOSED + number, one, "open")


def _rank(draft: Draft, one: _Tried) -> tuple[bool, bool]:
    """The worker whose account the demo shows first has something to look at."""
    return one.file.worker != draft.town.id("w-samira"), one.file.cluster != "Noord"


def _few_per_file(waiting: Iterable[_Tried], most: int) -> Iterator[_Tried]:
    files: Counter[NodeId] = Counter()
    offers: set[NodeId] = set()
    for one in waiting:
        if most == 0 or files[one.file.person] == _PER_FILE or one.offer.id in offers:
            continue
        files[one.file.person] += 1
        offers.add(one.offer.id)
        most -= 1
        yield one


def _fits(file: File, offer: Offer) -> bool:
    domains = {need.split(".")[0] for need in file.needs}
    wanted = any(need in file.needs or need.split(".")[0] in domains for need in offer.needs)
    return offer.formality != "specialist" and wanted


def _offers(draft: Draft, file: File, partner: NodeId) -> Iterator[Offer]:
    return (o for o in draft.offers if o.partner.id == partner and _fits(file, o))


def _files(draft: Draft) -> list[File]:
    """Return the files in which something was asked; Mrs De Wit has yet to choose."""
    return [f for f in draft.files if f.person != draft.town.id("p-dewit") and f.opened > 25]


def _direct(draft: Draft) -> Iterator[_Tried]:
    for file in _files(draft):
        for offer in draft.offers:
            if _fits(file, offer) and set(offer.needs) & set(file.needs):
                step = _Step(step="direct", source=file.person, target=offer.id)
                yield _Tried(file=file, offer=offer, supporter=offer.partner.id, steps=(step,))


def _acquainted(draft: Draft) -> Iterator[_Tried]:
    team = {worker: cluster for cluster, every in draft.workers.items() for worker in every}
    contact_of = {p.contact: p.id for p in draft.partners.values()}
    for link in _of(draft, "ACQUAINTED"):
        if link.properties["warmth"] != "warm":
            continue
        partner = contact_of.get(link.target, link.target)
        for file in (f for f in _files(draft) if f.cluster == team[link.source]):
            for offer in _offers(draft, file, partner):
                first = _Step(
                    step="acquainted",
                    source=file.person,
                    target=link.target,
                    kind="warm",
                    via=link.source,
                    record=link.id,
                )
                role = (_Step(step="role", source=link.target, target=partner),)
                rest = role if partner != link.target else ()
                yield _provided(file, offer, first, *rest)


def _part(draft: Draft) -> Iterator[_Tried]:
    files = {f.person: f for f in _files(draft)}
    for link in _of(draft, "TAKES_PART"):
        file = files.get(link.source)
        if file is None or link.properties["approach"] != "may_ask":
            continue
        for offer in _offers(draft, file, link.target):
            kind = str(link.properties["how"])
            first = _Step(
                step="takes_part",
                source=file.person,
                target=link.target,
                kind=kind,
                record=link.id,
            )
            yield _provided(file, offer, first)


def _tie(draft: Draft) -> Iterator[_Tried]:
    files = {f.person: f for f in _files(draft)}
    offers = {o.id: o for o in draft.offers}
    helps = [(r.source, offers[r.target]) for r in _of(draft, "VOLUNTEERS_FOR")]
    for link in _of(draft, "TIE"):
        file = files.get(link.source)
        if (
            file is None
            or link.properties["approach"] != "may_ask"
            or "valid_to" in link.properties
        ):
            continue
        for offer in (offer for who, offer in helps if who == link.target):
            kind = str(link.properties["kind"])
            first = _Step(
                step="tie",
                source=file.person,
                target=link.target,
                kind=kind,
                record=link.id,
            )
            end = _Step(step="volunteers", source=link.target, target=offer.id)
            yield _Tried(file=file, offer=offer, supporter=link.target, steps=(first, end))


def _provided(file: File, offer: Offer, *steps: _Step) -> _Tried:
    end = _Step(step="provides", source=offer.partner.id, target=offer.id)
    return _Tried(file=file, offer=offer, supporter=offer.partner.id, steps=(*steps, end))


def _of(draft: Draft, kind: str) -> list[Relationship]:
    return [r for r in draft.links.values() if r.type == kind]


def _add(draft: Draft, random: Random, number: int, tried: _Tried, outcome: str) -> None:
    asked = random.randint(12, max(13, tried.file.opened - 2))
    need = next((n for n in tried.offer.needs if n in tried.file.needs), tried.offer.needs[0])
    ask = draft.node(
        "Ask",
        f"ask-{number:02d}",
        need=need,
        title=_title(draft, tried),
        first_step=_first_step(draft, tried),
        step_kinds=[step.chance_kind for step in tried.steps],
        path=json.dumps([_told(step) for step in tried.steps], ensure_ascii=False),
        supporter=tried.supporter,
        service=tried.offer.id,
        asked_on=draft.town.ago(asked),
        asked_by=_name(draft, tried.file.worker),
        look_again_on=draft.town.ago(asked - 14 if outcome != "open" else random.randint(-4, 9)),
        outcome=outcome,
        reason=random.choice(_REASONS[outcome]) if outcome in _REASONS else None,
        **_came_of_it(draft, random, tried, outcome, asked),
        **suggested(draft.town.random(f"suggested/{number}"), said_yes=outcome not in _NO),
    )
    draft.link("ASKED_IN", ask, tried.file.case)


def _came_of_it(
    draft: Draft, random: Random, tried: _Tried, outcome: str, asked: int
) -> dict[str, Value | None]:
    if outcome == "open":
        return {}
    declined = random.randrange(len(tried.steps)) if outcome == "declined" else None
    soon = draft.town.ago(random.choice([3, -2, -5, -30, -75])) if outcome == "accepted" else None
    return {
        "outcome_on": draft.town.ago(asked - random.randint(1, 10)),
        "declined_step": declined,
        "phase_out_on": soon,
    }


def _name(draft: Draft, node: NodeId) -> str:
    return str(draft.nodes[node].properties["name"]).removesuffix(" (verzonnen)")


def _title(draft: Draft, tried: _Tried) -> str:
    first = tried.steps[0]
    by = "" if first.step == "direct" else f", via {_name(draft, first.target)}"
    return tried.offer.name + by


def _first_step(draft: Draft, tried: _Tried) -> str:
    first = tried.steps[0]
    target = _name(draft, first.target)
    if first.via:
        return f"{_name(draft, first.via)} belt {target}"
    if first.step == "direct":
        return f"Loop samen binnen bij {_name(draft, tried.supporter)}"
    return f"Vraag {target} of het samen kan"


def _told(step: _Step) -> dict[str, Value]:
    facts: dict[str, Value | None] = {
        "step": step.step,
        "from": step.source,
        "to": step.target,
        "kind": step.kind or step.step,
        "p": _prior(step.chance_kind),
        "via": step.via,
        "record": step.record,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _prior(kind: str) -> float:
    """Return the chance as the expert defaults had it on the day."""
    a, b = load_schema().priors.beta[kind]
    return round(a / (a + b), 4)
