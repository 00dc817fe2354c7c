"""Through time: all that happened in a case."""

from datetime import date

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission
from netwerk.domain.ids import NodeId
from netwerk.graph.timeline import Kind
from netwerk.usecases import needs, network, plan, timeline
from netwerk.web import access, context
from netwerk.web.language import language
from netwerk.web.presenters import timeline as presenter

bp = Blueprint("timeline", __name__, url_prefix="/inhabitants/<person>/timeline")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what happened, newest first; one kind of it if that is chosen."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    kind = _kind(request.args.get("kind", ""))
    found = timeline.of_file(file, kind, _day(request.args.get("until", ""), file.on))
    known: dict[NodeId, str] = {each.id: each.name for each in plan.colleagues(store, scope)}
    known |= {need.id: need.label(language()) for need in needs.taxonomy(store, scope)}
    return render_template(
        "pages/timeline/index.html",
        file=file,
        months=presenter.months(file, found.months, known),
        earlier=found.earlier,
        kinds=presenter.kinds(),
        kind=kind,
    )


def _kind(typed: str) -> Kind | None:
    return Kind(typed) if typed in list(Kind) else None


def _day(typed: str, today: date) -> date | None:
    """Return the day that was chosen, if it is one that has been."""
    try:
        chosen = date.fromisoformat(typed)
    except ValueError:
        return None
    return chosen if chosen < today else None
