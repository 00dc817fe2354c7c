"""Requests for a volunteer, as the demo's workers let them go out."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from netwerk.demo.draft import Town
from netwerk.demo.municipality import drawn
from netwerk.domain.ids import NeedId, NodeId, PersonId, WorkerId
from netwerk.schema import load_schema

_MOST: Final = 9
_NOTES: Final = (
    "Op een vaste ochtend in de week.",
    "Liefst iemand die van een praatje houdt.",
    "",
    "Er is een trap; tillen hoeft niet.",
    "Het begint klein: één keer kennismaken.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who asks, for whom, and what for."""

    worker: WorkerId
    person: PersonId
    need: NeedId
    note: str


def wanted(*, seed: int, today: date) -> list[Wanted]:
    """Return a handful of requests for inhabitants of the demo, De Wit's first."""
    draft = drawn(Town(number=0, seed=seed, today=today), load_schema().need_nodes())
    done = {need for offer in draft.offers if offer.formality == "informal" for need in offer.needs}
    files = sorted(draft.files, key=lambda file: (file.person != "p-dewit", file.opened))
    found = [(file, need) for file in files if (need := _first(file.needs, done)) is not None]
    return [
        Wanted(
            worker=WorkerId(file.worker),
            person=PersonId(file.person),
            need=NeedId(NodeId(need)),
            note=_NOTES[number % len(_NOTES)],
        )
        for number, (file, need) in enumerate(found[:_MOST])
    ]


def _first(needs: tuple[str, ...], done: set[str]) -> str | None:
    return next((need for need in needs if need in done), None)
