"""Asking partners; and the one page for whoever has a link."""

from typing import Final

from flask import (
    Blueprint,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, OperationId
from netwerk.domain.partner_links import LinkState
from netwerk.domain.records import text
from netwerk.ports.mail import Mailer
from netwerk.usecases import partner_link
from netwerk.usecases.partner_link import Sent
from netwerk.web import access, context
from netwerk.web.forms.base import Form
from netwerk.web.forms.partner_link import AnswerForm, ticked
from netwerk.web.language import day
from netwerk.web.presenters.partner_link import Letter, changes, letter, parts, roles
from netwerk.web.security import limiter

_SALT: Final = "partner-link"
_LIMIT: Final = "30/minute"

bp = Blueprint("partner_link", __name__)
Page = str | Response


@bp.get("/ask-partners/")
@access.requires(Permission.DIRECTORY_EDIT)
def index() -> str:
    """Show what was asked, with the letters, and what came back."""
    store, scope = context.store(), _scope()
    every = partner_link.sent(store, scope)
    open_ones = [each for each in every if each.link.state is LinkState.OPEN]
    return render_template(
        "pages/partner_link/index.html",
        answered=[each for each in every if each.link.state is LinkState.ANSWERED],
        letters=[(e, _letter(e), day(e.link.expires_on, context.today())) for e in open_ones],
        waiting=len(partner_link.stale(store, scope)),
        most=partner_link.MOST,
        mails=_mailer() is not None,
        saved="saved" in request.args,
    )


@bp.post("/ask-partners/")
@access.requires(Permission.DIRECTORY_EDIT)
def invite() -> Response:
    """Make a link for one organization, or for all that nobody asked for a year."""
    store, scope, key = context.store(), _scope(), request.form.get("organization", "")
    asked = [NodeId(key)] if key else partner_link.stale(store, scope)
    partner_link.invite(store, scope, context.operation(), asked)
    return redirect(url_for("partner_link.index", saved=1), 303)


@bp.post("/ask-partners/<key>/withdraw")
@access.requires(Permission.DIRECTORY_EDIT)
def withdraw(key: str) -> Response:
    """Let a link open nothing any more."""
    partner_link.withdraw(context.store(), _scope(), context.operation(), key)
    return redirect(url_for("partner_link.index", saved=1), 303)


@bp.post("/ask-partners/send")
@access.requires(Permission.DIRECTORY_EDIT)
def send() -> Response:
    """Send the letters that were not sent yet, one of them or all; each is noted when it is out."""
    store, scope, wanted = context.store(), _scope(), request.form.get("link", "")
    mailer = _mailer()
    if mailer is None:
        abort(404)
    for each in partner_link.sent(store, scope):
        to = text(each.organization.properties, "email")
        waits = each.link.state is LinkState.OPEN and not each.link.sent_on
        if to and waits and wanted in {"", each.link.key}:
            told = _letter(each)
            mailer.send(to, told.subject, told.body)
            # A letter that is out is noted at once, whatever happens to the next.
            key = OperationId(f"sent-{each.link.key}")
            partner_link.note_sent(store, scope, key, each.link.key)
    return redirect(url_for("partner_link.index", saved=1), 303)


@bp.route("/ask-partners/<key>", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
def decide(key: str) -> Page:
    """Show an answer beside what is stored, and take over what is ticked."""
    store, scope = context.store(), _scope()
    form = Form()

    def act() -> None:
        partner_link.decide(store, scope, context.operation(), key, ticked())

    if form.saved(act):
        return redirect(url_for("partner_link.index", saved=1), 303)
    found = partner_link.answered(store, scope, key)
    listed = found.listing
    return render_template(
        "pages/partner_link/decide.html",
        sent=found,
        changes=[] if listed is None else changes(found.link, listed),
        form=form,
    )


@bp.get("/partner/thanks")
@access.public
def thanks() -> str:
    """Thank whoever answered."""
    return render_template("pages/partner_link/thanks.html")


@bp.route("/partner/<token>", methods=["GET", "POST"])
@access.public
@limiter.limit(_LIMIT)
def partner(token: str) -> Page:
    """Show a partner its own listing, and keep what it says about it."""
    store, today, key = context.store(), context.today(), _key(token)
    form = AnswerForm()

    def act() -> None:
        partner_link.answer(store, today, key, form.told())

    if form.saved(act):
        return redirect(url_for("partner_link.thanks"), 303)
    shown = partner_link.listing(store, today, key)
    page = render_template(
        "pages/partner_link/partner.html",
        token=token,
        name=text(shown.organization.properties, "name"),
        parts=parts(shown),
        places=shown.places,
        roles=roles(shown),
        form=form,
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _letter(each: Sent) -> Letter:
    token = _signer().dumps(each.link.key)
    address = url_for("partner_link.partner", token=token, _external=True)
    to = text(each.organization.properties, "email") or ""
    return letter(each.name, address, to, context.account().name)


def _key(token: str) -> str:
    """Return which link a token names. One that is none looks like one that was used."""
    try:
        return str(_signer().loads(token))
    except BadData:
        raise NotVisibleError from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)


def _mailer() -> Mailer | None:
    found: Mailer | None = current_app.config["MAILER"]
    return found


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
