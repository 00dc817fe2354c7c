"""A family's case: from one inhabitant's own picture to another's."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import InvalidInputError
from netwerk.usecases import family, network
from netwerk.web import access, context
from netwerk.web.language import say
from netwerk.web.presenters.household import household

bp = Blueprint("family", __name__, url_prefix="/inhabitants/<person>/family")
Answer = str | Response | tuple[str, int]


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show whom the case concerns, each with their own picture."""
    return _page(person)


@bp.post("/")
@access.requires(Permission.NETWORK_EDIT)
def join(person: str) -> Answer:
    """Let the case concern somebody more."""
    name = request.form.get("name", "")
    unit = context.store(), context.scope(person), context.operation()
    try:
        joined = family.join(*unit, name)
    except InvalidInputError as error:
        return _page(person, told=say(error), typed=name), 400
    return redirect(url_for("drawing.index", person=joined), 303)


def _page(person: str, told: str = "", typed: str = "") -> str:
    store, scope = context.store(), context.scope(person)
    members = family.members(store, scope)
    return render_template(
        "pages/family/index.html",
        members=members,
        household=household(network.open_file(store, scope)),
        told=told,
        typed=typed,
    )
