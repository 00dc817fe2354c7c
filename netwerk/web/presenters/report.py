"""The report as it is read: a sentence first, then bars with their figures, then what they mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask_babel import format_date, format_decimal, gettext

from netwerk.domain.periods import Period
from netwerk.domain.report import ELSEWHERE, SHAPES, Block, Figure, Load, Row, Shape
from netwerk.usecases.report import Report
from netwerk.web.context import schema, schema_label
from netwerk.web.language import language
from netwerk.web.presenters.findings import finding

GOAL: Final = 80
"""The share of needs that is to be met without specialist help, in percent."""
_NAMED: Final = 3
_NAMED_WIJKEN: Final = 6
"""So many things that are told together are named; of more it is said how many they are."""
_ORDERED: Final = frozenset().union(*(shape.ordered for shape in SHAPES.values()))
_SHADES: Final = ("one", "two")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: where it begins and how long it is, of a hundred; and on which line."""

    at: float
    wide: float
    shade: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: what it is of, drawn and in figures."""

    label: str
    told: tuple[str, ...]
    parts: tuple[Part, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars under one heading, with what their columns are; `goal` is drawn over all of them."""

    heading: str
    columns: tuple[str, ...]
    shades: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    goal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A figure with its charts, and how it was counted; no charts where all is too small."""

    key: str
    heading: str
    finding: str
    together: str
    charts: tuple[Chart, ...]
    unsplit: tuple[str, ...]
    brier: tuple[str, str] | None
    definition: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole report of a team and a half year."""

    who: str
    period: str
    share: int | None
    sections: tuple[Section, ...]
    loads: tuple[str, ...]
    present: str
    periods: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]


def page(report: Report) -> Page:
    """Return the report as it is read."""
    chosen = report.period
    sections = [] if chosen is None else [_section(report, chosen, each) for each in Figure]
    needs = None if chosen is None else report.figures[chosen][Figure.NEEDS].of(report.team)
    teams, periods = choices(report)
    return Page(
        who=who(report),
        period="" if chosen is None else spoken(chosen),
        share=None if needs is None else needs.whole.share,
        sections=tuple(sections),
        loads=() if chosen is None else tuple(_loads(report.loads.get(chosen, {}))),
        present=_present(report, chosen),
        periods=periods,
        teams=teams,
    )


def choices(report: Report) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the teams and the half years that can be chosen, the last one first."""
    every = [("", gettext("All teams together"))] if report.all_teams else []
    periods = tuple((each[0].isoformat(), spoken(each)) for each in reversed(report.periods))
    return (*every, *report.teams), periods


def _loads(loads: Mapping[str, Load]) -> Iterator[str]:
    for who_, load in sorted(loads.items()):
        words = {
            "volunteers": gettext(
                "About %(people)s volunteers help. The busiest tenth of them does %(share)s out "
                "of 100.",
                people=load.people,
                share=load.share,
            ),
            "carers": gettext(
                "About %(people)s people support an inhabitant of ours. The busiest tenth of them "
                "does %(share)s out of 100.",
                people=load.people,
                share=load.share,
            ),
        }
        yield words[who_]


def _present(report: Report, chosen: Period | None) -> str:
    """Return how long a week the team is where people are, beside what it does already."""
    flow = None if chosen is None else report.figures[chosen][Figure.FLOW].of(report.team)
    if flow is None or not report.present:
        return ""
    return gettext(
        "%(hours)s hours a week, beside about %(cases)s cases at the end of the half year.",
        hours=format_decimal(round(report.present / 30) / 2),
        cases=flow.whole.counts["end"],
    )


def who(report: Report) -> str:
    """Return of whom the report is."""
    names = {str(key): name for key, name in report.teams}
    return names.get(report.team or "") or gettext("All teams together")


def spoken(period: Period) -> str:
    """Return a half year in words."""
    start, last = period[0], period[1] - timedelta(days=1)
    return gettext(
        "%(start)s up to and including %(end)s",
        start=format_date(start, "MMMM"),
        end=format_date(last, "MMMM y"),
    )


def sheet(report: Report, figure: Figure) -> Iterator[tuple[str, ...]]:
    """Yield a figure of every half year as the rows of a sheet; what is small is not in it."""
    yield (
        gettext("Period"),
        gettext("Team"),
        gettext("Split"),
        gettext("Of what"),
        gettext("Side"),
        gettext("Count"),
        gettext("Share in %"),
    )
    for period in report.periods:
        block = report.figures[period][figure].of(report.team)
        if block is None:
            continue
        start = f"{period[0].isoformat()}/{period[1] - timedelta(days=1)}"
        teams = _joined(sorted(report.names.get(key, key) for key in block.whole.keys))
        for way, row in _rows(block):
            told = (start, teams, _part(way) if way else "", _joined(_all(report, way, row.keys)))
            share = "" if row.share is None else str(row.share)
            for side, count in row.counts.items():
                yield (*told, _part(side), str(count), share)


def _rows(block: Block) -> Iterator[tuple[str, Row]]:
    yield "", block.whole
    for way, rows in block.ways.items():
        yield from ((way, row) for row in rows if len(rows) > 1)


def _section(report: Report, chosen: Period, figure: Figure) -> Section:
    block = report.figures[chosen][figure].of(report.team)
    ways = {} if block is None else block.ways
    return Section(
        key=figure.value,
        heading=schema_label("report_figure", figure.value),
        finding=finding(figure, block),
        together="" if block is None else together(report, block),
        charts=() if block is None else tuple(_charts(report, figure, block)),
        brier=None if block is None or block.brier is None else _hundredths(block.brier),
        unsplit=tuple(_part(way) for way, rows in ways.items() if len(rows) < 2),
        definition=schema_label("report_definition", figure.value),
        numerator=schema_label("report_numerator", figure.value),
        denominator=schema_label("report_denominator", figure.value),
    )


def together(report: Report, block: Block) -> str:
    """Name the teams that are told together where one of them was asked for; else nothing."""
    keys = () if report.team is None else block.whole.keys
    return _joined(sorted(report.names.get(key, key) for key in keys)) if len(keys) > 1 else ""


def _hundredths(brier: tuple[int, int]) -> tuple[str, str]:
    chances, base = (format_decimal(each / 100) for each in brier)
    return chances, base


def _charts(report: Report, figure: Figure, block: Block) -> Iterator[Chart]:
    shape = SHAPES[figure]
    yield _over_time(report, figure, shape, block.whole.keys)
    for way in shape.ways:
        found = split(report, figure, block, way)
        if found is not None:
            yield found


def split(report: Report, figure: Figure, block: Block, way: str) -> Chart | None:
    """Return the chart of a split; None where nothing can be told apart."""
    rows = block.ways.get(way, ())
    return _split(report, SHAPES[figure], way, rows) if len(rows) > 1 else None


def _over_time(report: Report, figure: Figure, shape: Shape, shown: Sequence[str]) -> Chart:
    """Return the chart of the half years so far."""
    rows = [
        (_when(report, period, found.whole.keys, shown), found.whole)
        for period in report.periods
        if (found := report.figures[period][figure].of(report.team)) is not None
    ]
    sides = ("in", "out") if figure is Figure.FLOW else shape.sides
    longest = max(max(row.counts[side] for side in sides) for _, row in rows)
    bars = [
        Bar(
            label=label,
            told=(),
            parts=_shared(row, sides) if shape.counted else _beside(row, sides, longest),
            cells=_cells(row, shape.sides),
        )
        for label, row in rows
    ]
    return Chart(
        heading=gettext("By half year"),
        columns=_columns(shape, shape.sides),
        shades=_legend(sides),
        bars=tuple(bars),
        goal=GOAL if figure is Figure.NEEDS else None,
    )


def _when(report: Report, period: Period, keys: Sequence[str], shown: Sequence[str]) -> str:
    """Return a half year, with the teams where they are others together than in the one shown."""
    if keys == shown:
        return spoken(period)
    names = _joined(sorted(report.names.get(key, key) for key in keys))
    return gettext("%(period)s (%(teams)s)", period=spoken(period), teams=names)


def _split(report: Report, shape: Shape, way: str, rows: Sequence[Row]) -> Chart:
    sides = shape.ways[way]
    whole = max(sum(row.counts.values()) for row in rows)
    shared = len(sides) > 1
    bars = [
        Bar(
            label=_label(report, way, row.keys),
            told=_told(report, way, row.keys),
            parts=_shared(row, sides) if shared else _beside(row, sides, whole),
            cells=_cells(row, sides),
        )
        for row in _in_order(way, rows)
    ]
    return Chart(
        heading=_part(way),
        columns=_columns(shape, sides),
        shades=_legend(sides) if shared else (),
        bars=tuple(bars),
        goal=GOAL if shared and way in {"domain", "wijk"} else None,
    )


def _in_order(way: str, rows: Iterable[Row]) -> list[Row]:
    """Return what stands alone first, as the vocabulary has it; what is told together last."""
    order = list(_vocabulary_order(way))

    def place(row: Row) -> tuple[bool, int, str]:
        key = row.keys[0]
        last = len(row.keys) > 1 and way not in _ORDERED
        return last, order.index(key) if key in order else len(order), key

    return sorted(rows, key=place)


def _vocabulary_order(way: str) -> Iterator[str]:
    start = f"{way}."
    for key in schema().vocabularies["report_part"].values:
        if key.startswith(start):
            yield key.removeprefix(start)


def _shared(row: Row, sides: Sequence[str]) -> tuple[Part, ...]:
    """Return the sides as parts of a whole."""
    first = float(row.share or 0)
    widths = (first, 100 - first)
    return tuple(
        Part(at=0 if n == 0 else first, wide=wide, shade=_SHADES[n])
        for n, (_, wide) in enumerate(zip(sides, widths, strict=True))
    )


def _beside(row: Row, sides: Sequence[str], longest: int) -> tuple[Part, ...]:
    """Return the sides as bars of their own, one under the other."""
    return tuple(
        Part(at=0, wide=round(100 * row.counts[side] / longest, 1), shade=_SHADES[n], line=n)
        for n, side in enumerate(sides)
    )


def _columns(shape: Shape, sides: Sequence[str]) -> tuple[str, ...]:
    share = (gettext("Share"),) if shape.counted and len(sides) > 1 else ()
    return (*share, *(_part(side) for side in sides))


def _cells(row: Row, sides: Sequence[str]) -> tuple[str, ...]:
    share = () if row.share is None else (gettext("%(share)s %%", share=row.share),)
    return (*share, *(str(row.counts[side]) for side in sides))


def _legend(sides: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((_SHADES[n], _part(side)) for n, side in enumerate(sides))


def _label(report: Report, way: str, keys: Sequence[str]) -> str:
    """Return what a row is of: named, or how many things are told together."""
    if _is_named(way, keys):
        return _joined(_all(report, way, keys))
    return gettext("the other %(count)s together", count=len(keys))


def _told(report: Report, way: str, keys: Sequence[str]) -> tuple[str, ...]:
    return () if _is_named(way, keys) else tuple(_all(report, way, keys))


def _is_named(way: str, keys: Sequence[str]) -> bool:
    most = _NAMED_WIJKEN if way == "wijk" else _NAMED
    return len(keys) <= most or way in _ORDERED


def _all(report: Report, way: str, keys: Sequence[str]) -> list[str]:
    if not way:
        return []
    names = list(dict.fromkeys(_name(report, way, key) for key in keys))
    last = gettext("elsewhere or not known")
    return names if way in _ORDERED else sorted(names, key=lambda n: (n == last, n.casefold()))


def _name(report: Report, way: str, key: str) -> str:
    if way == "domain":
        need = report.needs.get(key)
        return key if need is None else need.label(language())
    if key.startswith(ELSEWHERE):
        return gettext("elsewhere or not known")
    return report.names.get(key) or schema_label("report_part", f"{way}.{key}") or key


def _part(key: str) -> str:
    return schema_label("report_part", key)


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s", names=", ".join(names[:-1]), last=names[-1])
