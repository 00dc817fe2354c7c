"""A session of knowing: the block that is talked about, how far it is, what time is left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask_babel import gettext, ngettext

from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId
from netwerk.domain.knowing import MINUTES, Knowing
from netwerk.domain.people import Worker
from netwerk.usecases.knowledge.knowing import Room
from netwerk.web.presenters.knowledge import Block, in_order, label_of, sorted_blocks

_SLACK: Final = 5
"""So many minutes behind is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A part of life in the list of blocks, with how many of it were gone through."""

    label: str
    told: str
    blocks: tuple[tuple[NeedId, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The block that is talked about. `rows`: what each colleague who is there has told of it."""

    code: NeedId
    label: str
    domain: str
    rows: tuple[Block, ...]
    number: int
    every: int
    done: int
    back: NeedId | None
    on: NeedId | None
    left: int
    pace: str


def present(room: Room) -> list[Worker]:
    """Return who is there, by name; who looks is first."""
    return [who for who in room.team.colleagues if who.id in room.session.present]


def stage(room: Room, asked: str, now: datetime) -> Stage:
    """Return the block that was asked for, else the first that was not gone through."""
    order = [
        (domain.need, block) for domain in in_order(room.team) for block in sorted_blocks(domain)
    ]
    codes = [block.id for _, block in order]
    waiting = [code for code in codes if code not in room.session.done]
    code = next((each for each in codes if each == asked), (waiting or codes)[0])
    at = codes.index(code)
    domain, block = order[at]
    left = _left(room.session, now)
    return Stage(
        code=code,
        label=label_of(block),
        domain=label_of(domain),
        rows=tuple(_row(room, who, block) for who in present(room)),
        number=at + 1,
        every=len(codes),
        done=len(codes) - len(waiting),
        back=codes[at - 1] if at else None,
        on=codes[at + 1] if at + 1 < len(codes) else None,
        left=left,
        pace=_pace(len(waiting), len(codes), left),
    )


def turns(room: Room) -> list[Turn]:
    """Return all blocks to go to."""
    return [
        Turn(
            label=label_of(domain.need),
            told=gettext(
                "%(told)s of %(all)s",
                told=sum(block.id in room.session.done for block in domain.blocks),
                all=len(domain.blocks),
            ),
            blocks=tuple(
                (block.id, label_of(block), block.id in room.session.done)
                for block in sorted_blocks(domain)
            ),
        )
        for domain in in_order(room.team)
    ]


def _row(room: Room, who: Worker, block: Need) -> Block:
    level = room.team.level(who.id, block.id)
    return Block(code=NeedId(who.id), label=who.name, level=level, noted="")


def _left(session: Knowing, now: datetime) -> int:
    """Return the minutes that are left of the hour; 0 when it is over."""
    spent = (now - datetime.fromisoformat(session.begun)).total_seconds() / 60
    return max(0, MINUTES - int(spent))


def _pace(waiting: int, every: int, left: int) -> str:
    if not waiting:
        return gettext("All gone through.")
    if not left:
        return gettext("The hour is over. Go on, or do the rest each for yourself.")
    behind = waiting / every * MINUTES - left
    if behind <= _SLACK:
        return gettext("Well on time.")
    seconds = round(left * 60 / waiting)
    return ngettext(
        "A bit faster: %(num)s second for each.", "A bit faster: %(num)s seconds for each.", seconds
    )
