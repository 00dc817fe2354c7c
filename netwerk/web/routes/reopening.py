"""Closed files of the own team: finding one back, and opening it again."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.ids import OperationId
from netwerk.usecases import reopening
from netwerk.web import access, context
from netwerk.web.forms.reopening import NameForm, ReopeningForm

bp = Blueprint("reopening", __name__, url_prefix="/cases/closed")


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def index() -> str:
    """Show what was closed lately; search by the whole name, which stays out of the address."""
    store, scope, form = context.store(), context.scope(), NameForm()
    found: list[reopening.Found] = []

    def act() -> None:
        found.extend(reopening.search(store, scope, _once(), form.name.data or ""))

    searched = form.saved(act)
    if not searched:
        found = reopening.lately(store, scope, _once())
    return render_template("pages/reopening/index.html", form=form, found=found, searched=searched)


@bp.route("/<case>/open", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def again(case: str) -> str | Response:
    """Ask why, and open the file again."""
    store, scope, form = context.store(), context.scope(), ReopeningForm()

    def act() -> None:
        reopening.reopen(store, scope, context.operation(), case, form.reason.data or "")

    # Before the case is read: sent twice, it is closed no more the second time.
    if form.saved(act):
        return redirect(url_for("cases.index", opened=1), 303)
    found = reopening.one(store, scope, _once(), case)
    return render_template("pages/reopening/again.html", form=form, found=found)


def _once() -> OperationId:
    return OperationId(context.new_operation())
