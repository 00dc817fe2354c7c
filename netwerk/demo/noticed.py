"""What the demo's teams noticed at places where people are, and what they did about it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from netwerk.demo.draft import Town
from netwerk.demo.municipality import drawn
from netwerk.domain.ids import WorkerId
from netwerk.domain.signals import SignalOutcome
from netwerk.schema import load_schema
from netwerk.usecases.signals import Told

_SEEN: Final = (
    (
        2,
        "Een vader vraagt waar hij heen kan met een stapel brieven. Hij durft ze niet te openen.",
        SignalOutcome.WAITING,
        "",
    ),
    (
        9,
        "Twee kinderen komen zonder brood op school. Een moeder zegt dat het deze maand krap is.",
        SignalOutcome.PARTNER,
        "de school regelt ontbijt; samen gebeld met de voedselbank",
    ),
    (
        16,
        "Een mevrouw drinkt elke week koffie bij ons maar praat met niemand.",
        SignalOutcome.HELPED,
        "voorgesteld aan de mensen van de eettafel, ze schoof aan",
    ),
    (
        30,
        "Een buurman zorgt al maanden voor zijn zieke broer en slaapt slecht.",
        SignalOutcome.CASE,
        "hij wilde graag dat we langskwamen",
    ),
    (
        44,
        "Een meisje wacht elke middag tot het wijkhuis sluit. Thuis is er niemand.",
        SignalOutcome.TALKED,
        "met haar en haar oma gesproken; ze mag blijven eten bij een klasgenoot",
    ),
    (
        170,
        "Een man vraagt elke week of er werk te doen is in de tuin.",
        SignalOutcome.HELPED,
        "hij wiedt nu mee op woensdag",
    ),
    (
        200,
        "Bij de huisarts komt een jonge moeder drie keer met dezelfde klacht.",
        SignalOutcome.CASE,
        "zij wilde graag een gesprek",
    ),
    (
        240,
        "De conciërge ziet een jongen die steeds te laat komt en moe is.",
        SignalOutcome.PARTNER,
        "de mentor praat met hem en zijn vader",
    ),
    (
        290,
        "Een vrouw is haar baan kwijt en zegt het thuis niet.",
        SignalOutcome.TALKED,
        "samen gekeken wie ze het als eerste wil vertellen",
    ),
)
_MINUTES: Final = (90, 120, 60)
_LATELY, _TWO_YEARS, _EVERY = 60, 720, 14


def noticed(*, seed: int, today: date) -> list[tuple[WorkerId, Told]]:
    """Return what each colleague who is to be found somewhere noticed there."""
    draft = drawn(Town(number=0, seed=seed, today=today), load_schema().need_nodes())
    places = {
        link.source: link.target for link in draft.links.values() if link.type == "PRESENT_AT"
    }
    return [
        (WorkerId(who), replace(told, place=places[who], minutes=_MINUTES[number % len(_MINUTES)]))
        for cluster, workers in draft.workers.items()
        for number, told in enumerate(_told(draft.town, cluster))
        if (who := workers[number % 2]) in places
    ]


def _told(town: Town, cluster: str) -> Iterator[Told]:
    """Yield what a team noticed lately, and what it did about what it noticed before that."""
    for days, seen, outcome, done in _SEEN:
        yield Told(on=town.ago(days), noticed=seen, outcome=outcome, done=done, sure=True)
    random = town.random(f"noticed/{cluster}")
    for days in range(_LATELY, _TWO_YEARS, _EVERY):
        _, seen, outcome, done = random.choice(_SEEN[1:])
        on = town.ago(days + random.randrange(_EVERY))
        yield Told(on=on, noticed=seen, outcome=outcome, done=done, sure=True)
