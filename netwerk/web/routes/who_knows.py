"""Who knows about the question of an inhabitant."""

from flask import Blueprint, render_template

from netwerk.domain.access import Permission
from netwerk.usecases import who_knows
from netwerk.web import access, context
from netwerk.web.presenters import who_knows as presenter

bp = Blueprint("who_knows", __name__, url_prefix="/inhabitants/<person>/who-knows")


@bp.get("")
@access.requires(Permission.KNOWLEDGE_EDIT)
def index(person: str) -> str:
    """Show for each need of the case who knows about it, and the three ways on."""
    found = who_knows.for_case(context.store(), context.scope(person))
    return render_template(
        "pages/who_knows/index.html",
        file=found.file,
        cards=[presenter.card(each) for each in found.needs],
    )
