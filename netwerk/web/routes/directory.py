"""The partners of the neighbourhood."""

from typing import Final

from flask import Blueprint, render_template, request

from netwerk.domain.access import Permission, Purpose
from netwerk.usecases import directory
from netwerk.web import access, context

_PAGE: Final = 20
"""Partners on a page: what one can overlook."""

bp = Blueprint("directory", __name__, url_prefix="/partners")


@bp.get("/")
@access.requires(Permission.DIRECTORY_READ)
def index() -> str:
    """Show the partners, or those whose name holds what was typed."""
    typed = request.args.get("q", "")[:200]
    scope = context.scope(purpose=Purpose.DIRECTORY)
    found = directory.search(directory.partners(context.store(), scope), typed)
    page = request.args.get("page", default=1, type=int)
    last = max(1, -(-len(found) // _PAGE))
    page = min(max(page, 1), last)
    return render_template(
        "pages/directory/index.html",
        partners=found[(page - 1) * _PAGE : page * _PAGE],
        total=len(found),
        typed=typed,
        page=page,
        last=last,
    )
