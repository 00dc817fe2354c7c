"""Does it work? The figures of a team and a half year."""

import io

from flask import Blueprint, Response, abort, render_template, request

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.report import Figure
from netwerk.exchange import delimited
from netwerk.usecases import report, stories
from netwerk.web import access, context
from netwerk.web.forms.costs import CostsForm
from netwerk.web.presenters import costs as presenter
from netwerk.web.presenters.report import GOAL, page, sheet

bp = Blueprint("report", __name__, url_prefix="/report")


@bp.get("/")
@access.requires(Permission.REPORT_READ)
def index() -> str:
    """Show the report of a team and a half year: the own team and the last one unless told."""
    found = _found()
    may_read = access.allowed(Permission.STORY_READ)
    told = stories.shared(context.store(), context.scope()) if may_read else []
    return render_template(
        "pages/report/index.html",
        page=page(found),
        found=found,
        goal=GOAL,
        stories=told,
        unfolded="all" in request.args,
    )


@bp.get("/<figure>.csv")
@access.requires(Permission.REPORT_READ)
def table(figure: str) -> Response:
    """Give the table of a figure, every half year of it."""
    if figure not in set(Figure):
        abort(404)
    text = io.StringIO()
    delimited.write(text, sheet(_found(), Figure(figure)))
    answer = Response(text.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"netwerk-{figure}.csv")
    return answer


@bp.get("/costs")
@access.requires(Permission.REPORT_READ)
def costs() -> str:
    """Show the open sheet of costs and benefits; nothing of it is kept."""
    found = _found()
    form = CostsForm(request.args, presenter.known(found))
    sheet = form.sheet()
    return render_template(
        "pages/report/costs.html",
        lines=presenter.lines(form),
        team=found.team or "",
        wrong=bool(form.errors),
        outcomes=[] if sheet is None else presenter.outcomes(sheet),
        balance=None if sheet is None else presenter.balance(sheet),
    )


def _found() -> report.Report:
    scope = context.scope(purpose=Purpose.OVERSIGHT)
    asked = {name: request.args.get(name, "") for name in ("start", "team")}
    return report.report(context.store(), scope, **asked)
