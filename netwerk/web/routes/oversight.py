"""The audit log, for the privacy officer."""

from flask import Blueprint, render_template

from netwerk.domain.access import Permission, Purpose
from netwerk.usecases import oversight
from netwerk.web import access, context

bp = Blueprint("oversight", __name__, url_prefix="/oversight")


@bp.get("/")
@access.requires(Permission.AUDIT_READ)
def index() -> str:
    """Show the newest entries, and whether the log is sound."""
    scope = context.scope(purpose=Purpose.OVERSIGHT)
    log = oversight.newest(context.store(), scope, context.parts().audit_key)
    return render_template("pages/oversight/index.html", log=log)
