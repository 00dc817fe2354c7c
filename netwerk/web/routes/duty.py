"""On duty: one page that tells a colleague what they need of one case."""

from flask import Blueprint, render_template

from netwerk.domain.access import Permission
from netwerk.usecases import directory, duty, network, plan
from netwerk.web import access, context
from netwerk.web.language import language
from netwerk.web.presenters import effort as given
from netwerk.web.presenters import plan as presenter

bp = Blueprint("duty", __name__, url_prefix="/inhabitants/<person>/duty")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what matters today, safety first."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    found = duty.of_file(file)
    partners = [each.organization for each in directory.partners(store, scope)]
    named = [(each.id, each.name) for each in partners]
    known = presenter.names(plan.colleagues(store, scope), named)
    return render_template(
        "pages/duty/index.html",
        file=file,
        case=file.case,
        duty=found,
        week=[presenter.row(file, each, known) for each in found.week],
        given=given.given(file, known),
        scalings=given.scalings(file)[:2],
        lines=context.schema().direct_line(language()),
    )
