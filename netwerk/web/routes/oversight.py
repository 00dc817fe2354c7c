"""The audit log, for the privacy officer."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose
from netwerk.usecases import emergency, oversight, retaining
from netwerk.web import access, context
from netwerk.web.language import language
from netwerk.web.presenters import oversight as presenter
from netwerk.web.presenters.erasing import coming

bp = Blueprint("oversight", __name__, url_prefix="/oversight")


@bp.get("/")
@access.requires(Permission.AUDIT_READ)
def index() -> str:
    """Show the newest entries, and whether the log is sound."""
    scope = context.scope(purpose=Purpose.OVERSIGHT)
    log = oversight.newest(context.store(), scope, context.parts().audit_key)
    exceptions = emergency.exceptions(context.store(), scope)
    return render_template(
        "pages/oversight/index.html",
        log=log,
        rows=presenter.rows(log.entries, log.names),
        exceptions=presenter.unread_first(exceptions),
    )


@bp.post("/exceptions/seen")
@access.requires(Permission.AUDIT_READ)
def note() -> Response:
    """Note that an exception was read."""
    scope = context.scope(purpose=Purpose.OVERSIGHT)
    emergency.note_seen(context.store(), scope, request.form.get("key", "")[:300])
    return redirect(url_for("oversight.index"), 303)


@bp.get("/retention")
@access.requires(Permission.AUDIT_READ)
def retention() -> str:
    """Show what goes in the coming quarter, as counts."""
    schema = context.schema()
    kept = retaining.coming(context.store(), schema, context.today())
    told = coming(kept, schema, language())
    return render_template("pages/oversight/retention.html", told=told)
