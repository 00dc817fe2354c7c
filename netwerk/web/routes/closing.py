"""Closing a file."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.usecases import closing, matching, network
from netwerk.web import access, context
from netwerk.web.forms.closing import ClosingForm

bp = Blueprint("closing", __name__)


@bp.route("/inhabitants/<person>/close", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def index(person: str) -> str | Response:
    """Ask why and what helped, tell what is not finished yet, and close the case."""
    store, scope = context.store(), context.scope(person)
    form = ClosingForm()

    def act() -> None:
        closing.close(store, scope, context.operation(), form.command())

    # Before the file is opened: sent twice, it is shut the second time, and the answer is the same.
    if form.saved(act):
        return redirect(url_for("cases.index", closed=1), 303)
    file = network.open_file(store, scope)
    form.take(file.case.node.version if file.case else 0)
    return render_template(
        "pages/closing/index.html",
        form=form,
        file=file,
        left=closing.left(file),
        also=closing.also(store, scope, file),
        requests=len(matching.of_file(store, scope, file)),
        stored=[file.case.question] if file.case else [],
    )
