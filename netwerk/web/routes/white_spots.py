"""Where there is nothing yet, and where it was asked for."""

from datetime import timedelta

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission, Purpose
from netwerk.usecases import white_spots
from netwerk.web import access, context
from netwerk.web.language import day, language
from netwerk.web.presenters.white_spots import WIDE, drawing, rows

bp = Blueprint("white_spots", __name__, url_prefix="/white-spots")


@bp.get("/")
@access.requires(Permission.DIRECTORY_EDIT)
def index() -> str:
    """Show what there is by need and wijk, as a table and drawn."""
    scope = context.scope(purpose=Purpose.DIRECTORY)
    found = white_spots.white_spots(context.store(), scope, request.args.get("domain", ""))
    period = found.period
    return render_template(
        "pages/white_spots/index.html",
        rows=rows(found),
        wijken=[name for _, name in found.wijken],
        domain=None if found.domain is None else found.domain.label(language()),
        drawing=drawing(found),
        wide=WIDE,
        period=None if period is None else (day(period[0]), day(period[1] - timedelta(days=1))),
        total=None if found.demand is None else found.demand.total,
    )
