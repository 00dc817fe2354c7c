"""An inhabitant's network: the drawing, the table, what stands out, then and now."""

from datetime import date

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission
from netwerk.graph.file import PersonFile
from netwerk.usecases import network, strength
from netwerk.web import access, context
from netwerk.web.presenters import network as presenter

bp = Blueprint("network", __name__, url_prefix="/inhabitants/<person>/network")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show the network as it is now, beside what it was on an earlier day if one is chosen."""
    now = network.open_file(context.store(), context.scope(person))
    chosen = _day(request.args.get("then", ""), now.on)
    then = None if chosen is None else PersonFile(now.graph, now.person.id, chosen)
    found = strength.of_file(now)
    came, went = ([], []) if then is None else presenter.came_and_went(then, now)
    return render_template(
        "pages/network/index.html",
        file=now,
        picture=presenter.picture(now),
        then=None if then is None else presenter.picture(then),
        on=chosen,
        days=presenter.days(now)[:12],
        rows=presenter.table(now),
        letters=presenter.letters(),
        findings=presenter.findings(now, found),
        measures=presenter.measures(found),
        came=came,
        went=went,
    )


def _day(typed: str, today: date) -> date | None:
    """Return the day that was chosen, if it is one that has been."""
    try:
        chosen = date.fromisoformat(typed)
    except ValueError:
        return None
    return chosen if chosen < today else None
