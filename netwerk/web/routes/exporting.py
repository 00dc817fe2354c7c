"""Taking the directory out."""

import io
from typing import Final

from flask import Blueprint, Response, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.errors import SignInError, TooManyAttemptsError
from netwerk.exchange import delimited, sheets
from netwerk.exchange.hsds import files
from netwerk.usecases import accounts, exporting, publishing
from netwerk.web import access, context
from netwerk.web.forms.exporting import ExportForm
from netwerk.web.language import say
from netwerk.web.security import limiter

bp = Blueprint("exporting", __name__, url_prefix="/exchange")
Page = str | tuple[str, int] | BaseResponse
_STANDARDS: Final = {"hsds", "oruk", publishing.TABLES}
_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}


@bp.route("/export", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EXPORT)
@limiter.limit("20/minute", methods=["POST"])
def index() -> Page:
    """Take the directory out, for a reason, by whom their password shows to be themselves."""
    form, clock = ExportForm(), context.parts().clock
    if not form.validate_on_submit():
        return render_template("pages/exporting/index.html", form=form)
    try:
        accounts.confirm(
            context.store(), clock, context.account().username, form.password.data or ""
        )
    except (SignInError, TooManyAttemptsError) as error:
        wrong = isinstance(error, SignInError)
        form.password.errors = (gettext("This is not your password.") if wrong else say(error),)
        return render_template("pages/exporting/index.html", form=form), 401 if wrong else 429
    wish = form.wish()
    return _published(wish) if wish.kind in _STANDARDS else _file(wish)


def _published(wish: exporting.Wish) -> Response:
    account, now = context.account(), context.parts().clock.now()
    told = publishing.Wish(
        kind=wish.kind, reason=wish.reason.strip(), mark=f"{account.name}, {now:%Y-%m-%d %H:%M} UTC"
    )
    scope = context.scope(purpose=Purpose.DIRECTORY)
    taken = publishing.taken_out(context.store(), context.schema(), scope, told)
    packed = wish.kind == publishing.TABLES
    body = files.zipped(taken) if packed else next(iter(taken.values())).encode()
    answer = Response(body, mimetype="application/zip" if packed else "application/json")
    name = f"netwerk-{wish.kind}-{now:%Y%m%d-%H%M}-{account.username}.{'zip' if packed else 'json'}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _file(wish: exporting.Wish) -> Response:
    store, scope, clock = (
        context.store(),
        context.scope(purpose=Purpose.DIRECTORY),
        context.parts().clock,
    )
    to = io.BytesIO()
    if wish.kind == "geojson":
        to.write(exporting.places(store, scope, wish).encode())
    elif wish.kind == "xlsx":
        sheets.write(to, exporting.partners(store, scope, clock, wish))
    else:
        text = io.StringIO()
        delimited.write(text, exporting.partners(store, scope, clock, wish))
        to.write(text.getvalue().encode("utf-8-sig"))
    name = f"netwerk-{clock.now():%Y%m%d-%H%M}-{context.account().username}.{wish.kind}"
    answer = Response(to.getvalue(), mimetype=_MEDIA[wish.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
