"""The partners of the neighbourhood."""

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission, Purpose
from netwerk.usecases import directory
from netwerk.web import access, context

bp = Blueprint("directory", __name__, url_prefix="/partners")


@bp.get("/")
@access.requires(Permission.DIRECTORY_READ)
def index() -> str:
    """Show the partners, or those whose name holds what was typed."""
    typed = request.args.get("q", "")[:200]
    scope = context.scope(purpose=Purpose.DIRECTORY)
    every = directory.partners(context.store(), scope)
    return render_template(
        "pages/directory/index.html",
        partners=directory.search(every, typed),
        total=len(every),
        typed=typed,
        today=context.today(),
    )
