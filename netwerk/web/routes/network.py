"""An inhabitant's network: the drawing, the table, what stands out, then and now."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission
from netwerk.graph.certainty import certainty
from netwerk.graph.changes import changes
from netwerk.graph.file import PersonFile
from netwerk.usecases import network, strength
from netwerk.web import access, context
from netwerk.web.presenters import household, what_if
from netwerk.web.presenters import network as presenter

bp = Blueprint("network", __name__, url_prefix="/inhabitants/<person>/network")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show the network of today, what if somebody falls away, and two days beside each other."""
    today = network.open_file(context.store(), context.scope(person))
    found = strength.of_file(today)
    return render_template(
        "pages/network/index.html",
        file=today,
        picture=presenter.picture(today),
        days=presenter.days(today)[:12],
        rows=presenter.table(today),
        letters=presenter.letters(),
        household=household.household(today),
        findings=presenter.findings(today, found),
        measures=presenter.measures(found, what_if.sureness(certainty(today, found))),
        givers=what_if.givers(today, found, request.args.get("without", "")),
        support=what_if.support(today, found),
        **_beside(today),
    )


def _beside(today: PersonFile) -> dict[str, Any]:
    """Return two days beside each other if an earlier day is chosen; without a second: today."""
    on = _day(request.args.get("then", ""), today.on)
    if on is None:
        return {"on": None}
    until = _day(request.args.get("now", ""), today.on) or today.on
    days = sorted((on, until))
    then, now = (PersonFile(today.graph, today.person.id, day) for day in days)
    return {
        "on": days[0],
        "until": days[1],
        "then": presenter.picture(then),
        "now": presenter.picture(now),
        "otherwise": what_if.otherwise(then, now, changes(then, now)),
    }


def _day(typed: str, today: date) -> date | None:
    """Return the day that was chosen, if it is one that has been."""
    try:
        chosen = date.fromisoformat(typed)
    except ValueError:
        return None
    return chosen if chosen < today else None
