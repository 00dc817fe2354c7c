"""Breaking the glass: an hour in a file that is not yours, with a reason that is read."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.usecases import emergency
from netwerk.web import access, context
from netwerk.web.forms.subjects import EmergencyForm
from netwerk.web.language import say
from netwerk.web.security import limiter

bp = Blueprint("emergency", __name__, url_prefix="/emergency")
Page = str | tuple[str, int] | Response


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_READ)
@limiter.limit("10/minute", methods=["POST"])
def index() -> Page:
    """Open somebody's file when it cannot wait."""
    form = EmergencyForm()
    if not form.validate_on_submit():
        return render_template("pages/emergency/index.html", form=form)
    try:
        person = emergency.break_glass(
            context.store(),
            context.parts().clock,
            context.scope(),
            context.operation(),
            form.told(),
        )
    except InvalidInputError as error:
        form.form_errors.append(say(error))
    except NotVisibleError:
        form.found_nobody()
    else:
        return redirect(url_for("inhabitant.index", person=person), 303)
    return render_template("pages/emergency/index.html", form=form)
