"""The command that tells the figures of the report, as its page does."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from netwerk.cli.context import Context, as_json, language
from netwerk.domain.access import OPERATOR
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.report import SHAPES, Block, Figure, Row
from netwerk.domain.upkeep import FEWEST, ROUNDED
from netwerk.schema import load_schema
from netwerk.usecases import report
from netwerk.usecases.report import Report

Told = dict[str, Any]
_BRIER = ("chances_in_hundredths", "base_rate_in_hundredths")


@click.command("report")
@click.option("--team", default="", metavar="ID", help="One team; all of them unless told.")
@click.option("--period", default="", metavar="DAY", help="The first day of a half year; the last.")
@click.pass_obj
@as_json
def report_(context: Context, team: str, period: str) -> tuple[Told, Iterable[str]]:
    """Does it work? What was published of a half year (netwerk learn counts it)."""
    scope = context.scope(OPERATOR)
    found = report.report(context.store, scope, period, team)
    if found.period is None:
        raise InvalidInputError("Nothing was counted yet. Run netwerk learn.")
    told = _told(found)
    return told, _lines(told)


def _told(found: Report) -> Told:
    start, end = found.period or ("", "")
    return {
        "team": found.team,
        "period": {"from": str(start), "before": str(end)},
        "protection": {"fewest": FEWEST, "rounded_to": ROUNDED, "put_together": True},
        "busiest_tenth": {
            who: {"people": load.people, "share": load.share}
            for who, load in (found.loads[found.period] if found.period else {}).items()
        },
        "minutes_a_week_where_people_are": found.present,
        "figures": {figure.value: _figure(found, figure) for figure in Figure},
    }


def _figure(found: Report, figure: Figure) -> Told:
    schema, of = load_schema(), figure.value
    block = found.figures[found.period][figure].of(found.team) if found.period else None
    words = {
        name: schema.label(f"report_{name}", of, language())
        for name in ("figure", "definition", "numerator", "denominator")
    }
    return {**words, "sides": list(SHAPES[figure].sides), **(_block(block) if block else {})}


def _block(block: Block) -> Told:
    return {
        "teams": list(block.whole.keys),
        "counts": dict(block.whole.counts),
        "share": block.whole.share,
        **({} if block.brier is None else {"brier": dict(zip(_BRIER, block.brier, strict=True))}),
        "ways": {way: [_row(row) for row in rows] for way, rows in block.ways.items()},
    }


def _row(row: Row) -> Told:
    share = {} if row.share is None else {"share": row.share}
    return {"of": list(row.keys), "counts": dict(row.counts), **share}


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['period']['from']} – {told['period']['before']}  {told['team'] or ''}".rstrip()  # noqa: RUF001
    for each in told["figures"].values():
        yield each["figure"]
        counts = each.get("counts")
        if counts is None:
            yield f"  fewer than {FEWEST}: not shown"
            continue
        share = "" if each["share"] is None else f"{each['share']} %  "
        yield "  " + share + ", ".join(f"{side} {counts[side]}" for side in each["sides"])


COMMANDS = (report_,)
