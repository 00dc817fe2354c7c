"""What the demo's teams agreed to learn, from what they do not know."""

from datetime import date
from typing import Final

from netwerk.demo.draft import Draft, Town
from netwerk.demo.municipality import drawn
from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.knowledge import DO
from netwerk.domain.records import integer
from netwerk.domain.training import Training
from netwerk.schema import load_schema

_HOW: Final = (
    ("Loopt twee keer mee naar een gesprek, en doet het de derde keer zelf.", "", 9),
    ("Een half uur uitleg in het teamoverleg, met een voorbeeld zonder namen.", "", 40),
    ("Doet samen een vraag van begin tot eind.", "", 12),
)
LEARNED: Final = "-2"
"""How the key ends of what was learned by now."""
_OUTSIDE: Final = (
    ("Volgt de cursus en vertelt er in het team over.", "cursus van de gemeente", 70),
    ("Loopt een dag mee bij een partner.", "een partner uit de wijk", 6),
)
"""How, from whom outside, and in how many days."""


def lessons(*, seed: int, today: date) -> list[Training]:
    """Return what each team agrees to learn: from each other, and from outside."""
    draft = drawn(Town(number=0, seed=seed, today=today), load_schema().need_nodes())
    teams = {link.source: link.target for link in draft.links.values() if link.type == "MEMBER_OF"}
    found = []
    for workers in draft.workers.values():
        able = _able(draft, workers)
        alone = [need for need in draft.needs if len(able[need]) == 1]
        nobody = [need for need in draft.needs if not able[need]]
        told = [*zip(alone, _HOW, strict=False), *zip(nobody, _OUTSIDE, strict=False)]
        for number, (need, (how, other, days)) in enumerate(told):
            teacher = "" if other else able[need][0]
            who = next(w for w in (*workers[number:], *workers) if w != teacher)
            found.append(
                Training(
                    key=f"demo-{teams[who]}-{number}",
                    team=teams[who],
                    who=WorkerId(who),
                    need=NeedId(NodeId(need)),
                    level=DO,
                    how=how,
                    by=draft.town.ago(-days),
                    from_whom=teacher,
                    from_other=other,
                )
            )
    return found


def _able(draft: Draft, workers: list[NodeId]) -> dict[str, list[NodeId]]:
    """Return who of a team can do what."""
    found: dict[str, list[NodeId]] = {need: [] for need in draft.needs}
    for link in draft.links.values():
        able = (integer(link.properties, "level") or 0) >= DO
        if able and link.type == "KNOWS_ABOUT" and link.source in workers:
            found[link.target].append(link.source)
    return found
