"""Which suggestions were followed or overruled and why, as a team looks at it to learn."""

from dataclasses import dataclass

from netwerk.domain.report import Figure
from netwerk.usecases.report import Report
from netwerk.web.presenters.report import Chart, choices, split, together, who

_WAY = "suggested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What is told of a team and a half year; no chart where it is too little."""

    who: str
    period: str
    together: str
    chart: Chart | None
    periods: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]


def followed(report: Report) -> Followed:
    """Return which suggestions a team followed, from what was published of its asks."""
    chosen = report.period
    block = None if chosen is None else report.figures[chosen][Figure.ASKS].of(report.team)
    teams, periods = choices(report)
    return Followed(
        who=who(report),
        period=dict(periods).get("" if chosen is None else chosen[0].isoformat(), ""),
        together="" if block is None else together(report, block),
        chart=None if block is None else split(report, Figure.ASKS, block, _WAY),
        periods=periods,
        teams=teams,
    )
