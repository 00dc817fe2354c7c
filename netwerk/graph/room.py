"""Who has room now: what each colleague carries, beside what the others of the team do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from netwerk.domain.effort import minutes_on
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.records import Subgraph, text


class Room(StrEnum):
    """Whether somebody has room: more than most, as others have, or less than most."""

    ROOM = "room"
    AS_OTHERS = "as_others"
    BUSY = "busy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many open cases somebody leads, and the minutes a week that are noted for them."""

    cases: int
    minutes: int
    room: Room


def loads(caseload: Subgraph, workers: Collection[WorkerId], on: date) -> Mapping[WorkerId, Load]:
    """Return what each of these carries on a day, as far as the viewer's caseload shows it.

    Who has no more cases and no more minutes than the middle of the team, and less of one of the
    two, has room; who has no less of both, and more of one, is busy.
    """
    cases, minutes = dict.fromkeys(workers, 0), dict.fromkeys(workers, 0)
    for link in caseload.of_type("LEADS"):
        if link.source in cases:
            cases[WorkerId(link.source)] += 1
    for node in caseload.labelled("Effort"):
        who = WorkerId(NodeId(text(node.properties, "worker") or ""))
        if who in minutes:
            minutes[who] += minutes_on(node, on)
    middle = (_middle(cases), _middle(minutes))
    return {
        who: Load(
            cases=cases[who], minutes=minutes[who], room=_room((cases[who], minutes[who]), middle)
        )
        for who in workers
    }


def _middle(counts: Mapping[WorkerId, int]) -> float:
    return median(counts.values()) if counts else 0.0


def _room(carried: tuple[int, int], middle: tuple[float, float]) -> Room:
    differences = [own - usual for own, usual in zip(carried, middle, strict=True)]
    if not any(differences):
        return Room.AS_OTHERS
    if all(each <= 0 for each in differences):
        return Room.ROOM
    return Room.BUSY if all(each >= 0 for each in differences) else Room.AS_OTHERS
