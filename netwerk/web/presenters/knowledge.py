"""Blocks of knowledge as they are told, and who of the team knows what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from netwerk.domain.directory import Need
from netwerk.domain.ids import NeedId, NodeId, WorkerId
from netwerk.domain.knowledge import DO, LEVELS
from netwerk.domain.people import Worker
from netwerk.graph.knowledge import Domain, Gap, TeamKnowledge
from netwerk.web.context import schema_label
from netwerk.web.language import language
from netwerk.web.language import later as _l

SAID = {
    1: _l("I have heard of it"),
    2: _l("I can help to make the question clear"),
    3: _l("I can do it myself"),
    4: _l("I can teach it to somebody else"),
}
"""The levels as somebody says them."""
GAPS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block that somebody tells their level in; `noted`: who typed in what they said."""

    code: NeedId
    label: str
    level: int
    noted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A life domain with its blocks, and in how many of them a level was told."""

    code: str
    label: str
    blocks: tuple[Block, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing was told in it yet."""
        return not any(block.level for block in self.blocks)

    @property
    def told(self) -> str:
        """How many of the blocks were told."""
        told = sum(block.level > 0 for block in self.blocks)
        return gettext("%(told)s of %(all)s", told=told, all=len(self.blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A level of one colleague in one block: a number and a word, or nothing."""

    level: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A block of the matrix, with whoever can do it."""

    label: str
    cells: tuple[Cell, ...]
    can: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A life domain of the matrix."""

    code: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """Something nobody can do, or one alone; `asked` says how many inhabitants have it."""

    code: NeedId
    label: str
    only: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A colleague in the matrix; `told`: whether they told anything yet."""

    id: WorkerId
    name: str
    mine: bool
    told: bool


def levels() -> list[tuple[int, str]]:
    """Return the choices of one block: nothing, then the levels by their short names."""
    return [(0, gettext("nothing yet")), *((each, word(each)) for each in LEVELS)]


def word(level: int) -> str:
    """Return what a level is called in one or two words."""
    return schema_label("knowledge_level", str(level)) if level else ""


def own(team: TeamKnowledge, who: WorkerId, names: Mapping[WorkerId, str]) -> list[Own]:
    """Return the blocks with one colleague's own levels."""
    return [
        Own(
            code=domain.need.id,
            label=label_of(domain.need),
            blocks=tuple(_block(team, who, block, names) for block in sorted_blocks(domain)),
        )
        for domain in in_order(team)
    ]


def columns(team: TeamKnowledge) -> list[Column]:
    """Return the colleagues of the matrix, who looks first."""
    return [
        Column(id=who.id, name=who.name, mine=number == 0, told=team.told(who.id) > 0)
        for number, who in enumerate(team.colleagues)
    ]


def matrix(team: TeamKnowledge, domain: str = "") -> list[Part]:
    """Return the blocks with everybody's levels; of one life domain alone where it is named."""
    return [
        Part(
            code=each.need.id,
            label=label_of(each.need),
            rows=tuple(_row(team, block) for block in sorted_blocks(each)),
        )
        for each in in_order(team)
        if domain in {"", each.need.id}
    ]


def nobody(gaps: Iterable[Gap]) -> list[GapLine]:
    """Return what nobody can do."""
    return [gap_line(each) for each in gaps if each.only is None]


def alone(gaps: Iterable[Gap]) -> list[GapLine]:
    """Return what one colleague alone can do."""
    return [gap_line(each) for each in gaps if each.only is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one colleague knows: broad over the life domains, and deep in some.

    `columns` are (life domain, highest level), the deepest in the middle: together a T.
    """

    name: str
    mine: bool
    columns: tuple[tuple[str, int], ...]
    broad: str
    deep: tuple[tuple[str, int, str], ...]


def shape(team: TeamKnowledge, who: Worker) -> Shape:
    """Return what one colleague of the team knows."""
    depths = {
        label_of(each.need): max(team.level(who.id, block.id) for block in each.blocks)
        for each in in_order(team)
    }
    ranked = sorted(depths.items(), key=lambda item: -item[1])
    known = sum(depth > 0 for depth in depths.values())
    blocks = sorted(team.blocks, key=lambda b: (-team.level(who.id, b.id), label_of(b)))
    levels = [(label_of(b), team.level(who.id, b.id)) for b in blocks]
    return Shape(
        name=who.name,
        mine=who == team.colleagues[0],
        columns=(*ranked[1::2][::-1], *ranked[0::2]),
        broad=gettext("%(known)s of %(all)s parts of life", known=known, all=len(depths)),
        deep=tuple((label, level, word(level)) for label, level in levels if level >= DO),
    )


def in_order(team: TeamKnowledge) -> list[Domain]:
    """Return the life domains by what they are called."""
    return sorted(team.domains, key=lambda each: label_of(each.need).casefold())


def names_of(team: TeamKnowledge) -> dict[WorkerId, str]:
    """Return what the colleagues are called."""
    return {who.id: who.name for who in team.colleagues}


def sorted_blocks(domain: Domain) -> list[Need]:
    """Return the blocks of a life domain by what they are called."""
    return sorted(domain.blocks, key=lambda each: label_of(each).casefold())


def label_of(need: Need) -> str:
    """Return what a block or domain is called, as it begins a line."""
    label = need.label(language())
    return label[:1].upper() + label[1:]


def _block(team: TeamKnowledge, who: WorkerId, block: Need, names: Mapping[WorkerId, str]) -> Block:
    known = team.levels.get((who, block.id))
    return Block(
        code=block.id,
        label=label_of(block),
        level=0 if known is None else known.level,
        noted="" if known is None else names.get(WorkerId(NodeId(known.noted_by)), ""),
    )


def _row(team: TeamKnowledge, block: Need) -> Row:
    can = len(team.who_can(block.id))
    marks = {0: gettext("nobody can do this"), 1: gettext("one alone")}
    return Row(
        label=label_of(block),
        cells=tuple(_cell(team.level(who.id, block.id)) for who in team.colleagues),
        can=can,
        mark=marks.get(can, ""),
    )


def _cell(level: int) -> Cell:
    return Cell(level=level, word=word(level))


def gap_line(gap: Gap) -> GapLine:
    """Return a gap as it is shown."""
    asked = (
        ngettext("%(num)s inhabitant asks it now", "%(num)s inhabitants ask it now", gap.asked)
        if gap.asked
        else ""
    )
    only = "" if gap.only is None else gap.only.name
    return GapLine(code=gap.block.id, label=label_of(gap.block), only=only, asked=asked)
