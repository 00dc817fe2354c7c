"""Signing in and out, one's own password and sessions, and how pages are set."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import SignInError, TooManyAttemptsError
from netwerk.usecases import accounts
from netwerk.web import access, context
from netwerk.web.forms.account import PasswordForm, SignInForm
from netwerk.web.kept import Kept, inside
from netwerk.web.language import LANGUAGES, SIZES, SPACINGS, say
from netwerk.web.security import limiter

bp = Blueprint("account", __name__)
Page = str | tuple[str, int] | Response
_SETTINGS = {"language": LANGUAGES, "size": SIZES, "spacing": SPACINGS}


@bp.get("/")
@access.public
def start() -> Response:
    """Lead everybody to their own first page."""
    if access.user() is None:
        return redirect(url_for("account.sign_in"), 303)
    for permission, endpoint in (
        (Permission.NETWORK_READ, "cases.index"),
        (Permission.DIRECTORY_EDIT, "todo.index"),
        (Permission.DIRECTORY_READ, "directory.index"),
        (Permission.ACCOUNT_EDIT, "administration.index"),
        (Permission.AUDIT_READ, "oversight.index"),
    ):
        if access.allowed(permission):
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("account.own"), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
@access.public
@limiter.limit("60/minute", methods=["POST"])
def sign_in() -> Page:
    """Ask for name and password."""
    form, kept = SignInForm(), Kept.of_sign_in()
    if not form.validate_on_submit():
        return render_template("pages/account/sign_in.html", form=form, kept=kept)
    time = context.parts().clock
    try:
        token = accounts.sign_in(
            context.store(), time, form.username.data or "", form.password.data or ""
        )
    except (SignInError, TooManyAttemptsError) as error:
        form.form_errors.append(say(error))
        status = 401 if isinstance(error, SignInError) else 429
        return render_template("pages/account/sign_in.html", form=form, kept=kept), status
    access.begin(token)
    if kept is not None:
        return render_template("pages/account/kept.html", kept=kept)
    return redirect(_own_page(request.args.get("next")), 303)


@bp.post("/sign-out")
@access.requires(Permission.ACCOUNT_OWN)
def sign_out() -> Response:
    """End this session."""
    access.end()
    answer = redirect(url_for("account.sign_in"), 303)
    # What a drawing kept on this device goes too; nobody could read it any more.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@bp.route("/account", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_OWN)
def own() -> Page:
    """Show one's own account: password, and where one is signed in."""
    form, mine = PasswordForm(), context.account()
    store, time = context.store(), context.parts().clock

    def change() -> None:
        accounts.sign_in(store, time, mine.username, form.old.data or "")
        accounts.set_password(store, mine.worker, mine.username, form.new.data or "")

    try:
        changed = form.saved(change)
    except (SignInError, TooManyAttemptsError):
        form.old.errors = (gettext("This is not your password now."),)
        changed = False
    if changed:
        access.begin(accounts.sign_in(store, time, mine.username, form.new.data or ""))
        return redirect(url_for("account.own", saved=1), 303)
    signed_in = access.user()
    token = "" if signed_in is None else signed_in.token
    open_sessions = [
        (key, each, accounts.is_own_key(token, key))
        for key, each in accounts.sessions(store, mine.username).items()
    ]
    return render_template(
        "pages/account/own.html",
        form=form,
        sessions=sorted(open_sessions, key=lambda each: each[1].began, reverse=True),
        saved="saved" in request.args,
    )


@bp.post("/account/sessions/<key>/end")
@access.requires(Permission.ACCOUNT_OWN)
def end_session(key: str) -> Response:
    """End one of one's own sessions elsewhere."""
    accounts.end_session(context.store(), context.account().username, key)
    return redirect(url_for("account.own"), 303)


@bp.post("/setting/<name>/<value>")
@access.public
def set_page(name: str, value: str) -> Response:
    """Set the language, the size of the text or the space between letters."""
    if value in _SETTINGS.get(name, ()):
        session[name] = value
        if name == "language" and access.user() is not None:
            accounts.set_language(context.store(), context.account().username, value)
    return redirect(_own_page(request.form.get("back")), 303)


def _own_page(wanted: str | None) -> str:
    return wanted if wanted and inside(wanted) else url_for("account.start")
