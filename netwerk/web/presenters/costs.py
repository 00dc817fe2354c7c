"""The sheet of costs and benefits in words: what is filled in, and what follows by which sum."""

from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from netwerk.domain.costs import EXAMPLES, Range, Sheet
from netwerk.domain.report import Figure
from netwerk.usecases.report import Report
from netwerk.web.forms.costs import CostsForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One assumption as it is filled in."""

    key: str
    label: str
    hint: str
    low: str
    high: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows: between what it lies, and by which sum."""

    label: str
    told: str
    sum: str


def known(report: Report) -> dict[str, Range]:
    """Return what the report knows: needs that were met without a specialist in the last year."""
    blocks = [report.figures[each][Figure.NEEDS].of(report.team) for each in report.periods[-2:]]
    counts = [block.whole.counts["without"] for block in blocks if block is not None]
    return {"needs": Range(min(counts), sum(counts))} if counts else {}


def lines(form: CostsForm) -> list[Line]:
    """Return the assumptions."""
    words = _words()
    return [
        Line(
            key=key,
            label=words[key][0],
            hint=words[key][1],
            low=form.typed[f"{key}_low"],
            high=form.typed[f"{key}_high"],
            error=form.errors.get(key, ""),
        )
        for key in EXAMPLES
    ]


def outcomes(sheet: Sheet) -> list[Outcome]:
    """Return what follows from the assumptions."""
    return [
        Outcome(
            label=gettext("Specialist help that was not needed"),
            told=_between(sheet.avoided.low, sheet.avoided.high),
            sum=gettext("needs times share that would have needed it"),
        ),
        Outcome(
            label=gettext("What that would have cost"),
            told=_euros(sheet.saved),
            sum=gettext("specialist help that was not needed times costs of it"),
        ),
        Outcome(
            label=gettext("What the team costs"),
            told=_euros(sheet.work),
            sum=gettext("needs times hours times costs of an hour"),
        ),
        Outcome(
            label=gettext("What guiding volunteers costs"),
            told=_euros(sheet.guidance),
            sum=gettext("needs times guidance of a volunteer"),
        ),
    ]


def balance(sheet: Sheet) -> tuple[str, str]:
    """Return what comes of it where everything is against us, and where nothing is."""
    worst, best = (_left(each) for each in sheet.balance)
    return (
        gettext("If everything is against us: %(left)s.", left=worst),
        gettext("If nothing is against us: %(left)s.", left=best),
    )


def _left(amount: float) -> str:
    told = f"€\u00a0{_round(abs(amount))}"
    if amount < 0:
        return gettext("it costs %(amount)s a year more than it saves", amount=told)
    return gettext("it saves %(amount)s a year more than it costs", amount=told)


def _words() -> dict[str, tuple[str, str]]:
    return {
        "needs": (
            gettext("Needs in a year that were met without a specialist"),
            gettext("From the report. A need that runs on counts in both halves of a year."),
        ),
        "otherwise": (
            gettext("Of those, the share that would have needed a specialist, in percent"),
            gettext("Nobody knows this. Take it wide, and talk about it."),
        ),
        "specialist": (
            gettext("Specialist help for one need in a year, in euros"),
            gettext("Ask the municipality for its own average."),
        ),
        "hours": (
            gettext("Hours of the team for one need"),
            gettext("Travelling and meetings too."),
        ),
        "rate": (
            gettext("Costs of an hour, in euros"),
            gettext("Wages with all that comes with them."),
        ),
        "volunteers": (
            gettext("Guidance of a volunteer for one need in a year, in euros"),
            gettext("Coordination, training, expenses."),
        ),
    }


def _euros(range_: Range) -> str:
    return _between(range_.low, range_.high, "€\u00a0")


def _between(low: float, high: float, mark: str = "") -> str:
    return gettext("%(low)s to %(high)s", low=mark + _round(low), high=mark + _round(high))


def _round(amount: float) -> str:
    """Return two figures that mean something, and noughts."""
    step = 10 ** max(0, len(str(round(amount))) - 2)
    return str(format_decimal(round(amount / step) * step))
