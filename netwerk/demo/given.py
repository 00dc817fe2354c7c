"""What the teams give of themselves: hours a week, steps back, and more help or less with its why.

De Wit's is written by hand: a step back that did not come, and two that are to come.
"""

from random import Random
from typing import Final

from netwerk.demo.draft import Draft, File
from netwerk.domain.records import Value

_NO_STEP_TAKEN: Final = 0.06
"""Of how many cases a step back did not come."""
_SCALED: Final = 0.12
_REASONS: Final = {
    "up": ("De huisarts kijkt mee: het gaat al weken minder.", "de praktijkondersteuner"),
    "down": ("Het lukt weer samen met de buren.", "de buren"),
}


def add_effort(draft: Draft) -> None:
    """Add the hours of the teams in every open case."""
    for file in draft.files:
        if file.person == draft.town.id("p-dewit"):
            _of_de_wit(draft, file)
        else:
            _invent(draft, draft.town.random(f"given/{file.person}"), file)


def _of_de_wit(draft: Draft, file: File) -> None:
    tom, ans = draft.town.id("w-tom"), draft.town.id("p-ans")
    _give(draft, file, (300, 40), to=21, note="Twee keer per week langs, en bellen met de dochter.")
    _give(draft, file, (180, 21), note="Elke week langs, en samen naar de eettafel.")
    _plan(draft, file, (60, 6), takes_over="network", person=ans, note="de wekelijkse koffie")
    _plan(draft, file, (0, -50), takes_over="inhabitant", note="belt zelf als het niet gaat")
    _give(draft, file, (60, 21), worker=tom, note="De kaartclub en het vervoer.")
    _plan(
        draft,
        file,
        (0, -22),
        worker=tom,
        takes_over="partner",
        organization=draft.town.id("terp"),
        note="het vervoer naar de kaartclub",
    )
    _scale(draft, file, "down", 21, "Ze komt de deur weer uit en eet twee keer per week mee.", "")


def _invent(draft: Draft, random: Random, file: File) -> None:
    begun = min(file.opened, random.randint(8, 200))
    minutes = random.choice((60, 60, 90, 120, 180))
    _give(draft, file, (minutes, begun))
    less = minutes // 2
    ahead = -random.randint(7, 80)
    forgotten = random.random() < _NO_STEP_TAKEN
    _plan(draft, file, (less, random.randint(1, begun - 1) if forgotten else ahead))
    _plan(draft, file, (0, ahead - 60))
    if random.random() < _SCALED:
        way = random.choice(tuple(_REASONS))
        reason, whom = _REASONS[way]
        _scale(draft, file, way, random.randint(1, begun), reason, whom)


def _give(
    draft: Draft, file: File, what: tuple[int, int], to: int | None = None, **facts: Value
) -> None:
    """Add so many minutes a week from so many days ago on."""
    minutes, ago = what
    _keep(
        draft,
        file,
        "Effort",
        **{"worker": file.worker, **facts},
        minutes_a_week=minutes,
        valid_from=draft.town.ago(ago),
        valid_to=None if to is None else draft.town.ago(to),
    )


def _plan(draft: Draft, file: File, what: tuple[int, int], **facts: Value) -> None:
    _give(draft, file, what, None, planned=True, **facts)


def _scale(  # noqa: PLR0913 -- what is told of it
    draft: Draft, file: File, direction: str, ago: int, reason: str, to_whom: str
) -> None:
    _keep(
        draft,
        file,
        "Scaling",
        direction=direction,
        scaled_on=draft.town.ago(ago),
        scaled_by=file.worker,
        reason=reason,
        to_whom=to_whom or None,
    )


def _keep(draft: Draft, file: File, label: str, **facts: Value | None) -> None:
    key = file.case.removeprefix(draft.town.prefix)
    # The number of nodes so far goes up with each, and is the same in every run.
    made = draft.node(label, f"{key}-{label.lower()}-{len(draft.nodes)}", **facts)
    draft.link("KEPT_IN", made, file.case)
