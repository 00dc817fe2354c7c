"""Tokens for other programs, for who administers accounts."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from netwerk.domain.access import Permission
from netwerk.usecases import tokens
from netwerk.web import access, context
from netwerk.web.forms.tokens import TokenForm

bp = Blueprint("tokens", __name__, url_prefix="/administration/tokens")


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_EDIT)
def index() -> Response | str:
    """Name all tokens, and make one: its text is on the page that answers, and nowhere else."""
    form = TokenForm()
    made: list[str] = []

    def make() -> None:
        actor, today = context.account().worker, context.today()
        made.append(tokens.make(context.store(), actor, today, form.read())[1])

    if form.saved(make):
        form = TokenForm(formdata=None)
    return render_template(
        "pages/tokens/index.html",
        form=form,
        made=made[0] if made else None,
        tokens=tokens.tokens(context.store()),
        today=context.today(),
    )


@bp.post("/<token>/withdraw")
@access.requires(Permission.ACCOUNT_EDIT)
def withdraw(token: str) -> BaseResponse:
    """End a token."""
    tokens.withdraw(context.store(), context.account().worker, token)
    return redirect(url_for("tokens.index"), 303)
