"""Accounts, for who administers them."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.usecases import accounts
from netwerk.web import access, context

bp = Blueprint("administration", __name__, url_prefix="/administration")


@bp.get("/")
@access.requires(Permission.ACCOUNT_EDIT)
def index() -> str:
    """Name all accounts."""
    return render_template(
        "pages/administration/index.html",
        accounts=accounts.accounts(context.store()),
        mine=context.account().username,
    )


@bp.post("/accounts/<username>/<change>")
@access.requires(Permission.ACCOUNT_EDIT)
def change(username: str, change: str) -> Response:
    """Shut an account, or open it again."""
    mine = context.account()
    if change not in {"disable", "enable"} or username == mine.username:
        abort(400)
    accounts.disable(context.store(), mine.worker, username, disabled=change == "disable")
    return redirect(url_for("administration.index"), 303)
