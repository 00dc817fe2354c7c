"""The coordinator's start page: what keeps the directory true."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.records import parse_day
from netwerk.usecases import keeping, todo
from netwerk.usecases.keeping import Place
from netwerk.web import access, context
from netwerk.web.presenters.todo import page

bp = Blueprint("todo", __name__, url_prefix="/todo")


@bp.get("/")
@access.requires(Permission.DIRECTORY_EDIT)
def index() -> str:
    """Show what there is to do, a week's worth of it."""
    found = todo.to_do(context.store(), context.scope(purpose=Purpose.DIRECTORY))
    whole = request.args.get("all", "")
    return render_template(
        "pages/todo/index.html",
        page=page(found, context.today(), whole),
        counted_on=None if found.counted_on is None else parse_day(found.counted_on),
        saved="saved" in request.args,
    )


@bp.post("/still-right/<any(organizations, services):kind>/<key>")
@access.requires(Permission.DIRECTORY_EDIT)
def still_right(kind: str, key: str) -> Response:
    """Note that somebody asked, and that it is still right."""
    scope, place = context.scope(purpose=Purpose.DIRECTORY), Place(kind=kind, key=key)
    keeping.verify(context.store(), scope, context.operation(), place)
    return redirect(f"{url_for('todo.index', saved=1)}#stale", 303)
