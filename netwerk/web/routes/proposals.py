"""Telling that something in the directory is not right, and what came of it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.ids import NodeId
from netwerk.domain.records import parse_day
from netwerk.usecases import proposals
from netwerk.web import access, context
from netwerk.web.forms.proposals import DeclineForm, ProposalForm
from netwerk.web.language import day
from netwerk.web.presenters import proposals as presenter
from netwerk.web.presenters.todo import KINDS, name_of

bp = Blueprint("proposals", __name__, url_prefix="/proposals")
Page = str | Response


@bp.get("/")
@access.requires(Permission.DIRECTORY_PROPOSE)
def index() -> str:
    """Show what one told oneself, and what came of it."""
    scope = context.scope(purpose=Purpose.DIRECTORY)
    return render_template(
        "pages/proposals/index.html",
        told=proposals.mine(context.store(), scope),
        kinds=KINDS,
        name_of=name_of,
        parse_day=parse_day,
        today=context.today(),
        saved="saved" in request.args,
    )


@bp.route("/about/<key>", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_PROPOSE)
def new(key: str) -> Page:
    """Tell what is not right about an organization or a service."""
    store, scope = context.store(), context.scope(purpose=Purpose.DIRECTORY)
    node = proposals.about(store, scope, NodeId(key))
    form = ProposalForm()

    def act() -> None:
        proposals.propose(store, scope, context.operation(), node.id, form.command())

    if form.saved(act):
        return redirect(url_for("proposals.index", saved=1), 303)
    return render_template("pages/proposals/new.html", form=form, key=key, name=name_of(node))


@bp.get("/<key>")
@access.requires(Permission.DIRECTORY_EDIT)
def one(key: str) -> str:
    """Show a proposal beside what it is about."""
    return _shown(key, DeclineForm(formdata=None))


@bp.post("/<key>/accept")
@access.requires(Permission.DIRECTORY_EDIT)
def accept(key: str) -> Response:
    """Take a proposal over."""
    scope = context.scope(purpose=Purpose.DIRECTORY)
    proposals.accept(context.store(), scope, context.operation(), key)
    return redirect(url_for("proposals.one", key=key, saved=1), 303)


@bp.post("/<key>/decline")
@access.requires(Permission.DIRECTORY_EDIT)
def decline(key: str) -> Page:
    """Leave it as it is, and say why."""
    store, scope = context.store(), context.scope(purpose=Purpose.DIRECTORY)
    form = DeclineForm()

    def act() -> None:
        answer = form.answer.data or ""
        proposals.decline(store, scope, context.operation(), key, answer)

    if form.saved(act):
        return redirect(f"{url_for('todo.index', saved=1)}#proposals", 303)
    return _shown(key, form)


def _shown(key: str, form: DeclineForm) -> str:
    told = proposals.one(context.store(), context.scope(purpose=Purpose.DIRECTORY), key)
    becomes = presenter.becoming(told, context.today())
    return render_template(
        "pages/proposals/one.html",
        told=told,
        form=form,
        becomes=becomes,
        change=presenter.form_of(told),
        kinds=KINDS,
        name=name_of(told.node),
        said=lambda written: day(parse_day(written), context.today()),
        said_on=parse_day(told.proposal.on),
        today=context.today(),
        saved="saved" in request.args,
    )
