"""The training plan of a team."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.training import Training
from netwerk.usecases.knowledge import training
from netwerk.usecases.knowledge.training import Ending
from netwerk.web import access, context
from netwerk.web.forms.training import TrainingForm
from netwerk.web.presenters import training as presenter

bp = Blueprint("training", __name__, url_prefix="/knowledge/training")
Page = str | Response


@bp.get("/")
@access.requires(Permission.KNOWLEDGE_EDIT)
def index() -> str:
    """Show who learns what, and what nobody learns yet."""
    plan, viewer, today = _plan(), context.account().worker, context.today()
    return render_template(
        "pages/training/index.html",
        open=presenter.lines(plan, plan.open, viewer, today),
        ended=presenter.lines(plan, plan.ended, viewer, today),
        gaps=presenter.open_gaps(plan),
        saved="saved" in request.args,
        learned="learned" in request.args,
    )


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.KNOWLEDGE_EDIT)
def new() -> Page:
    """Agree on who learns something."""
    plan, asked = _plan(), request.values
    form = TrainingForm.begun(plan.team, asked.get("need", ""), asked.get("who", ""))
    if form.saved(lambda: _agree(form)):
        return _back()
    return render_template("pages/training/one.html", form=form, training=None)


@bp.route("/<key>", methods=["GET", "POST"])
@access.requires(Permission.KNOWLEDGE_EDIT)
def one(key: str) -> Page:
    """Change what was agreed."""
    plan = _plan()
    read = plan.one(key)
    form = TrainingForm.of(plan.team, read)
    if form.saved(lambda: _agree(form, read)):
        return _back()
    form.stale = form.is_submitted() and form.version.data != str(read.version)
    if form.stale:
        form.version.data = str(read.version)
    return render_template(
        "pages/training/one.html", form=form, training=read, stored=[read.how, read.from_other]
    )


@bp.post("/<key>/end")
@access.requires(Permission.KNOWLEDGE_EDIT)
def end(key: str) -> Response:
    """Note that it was learned, let it be, or take that back."""
    how = request.form.get("how", "")
    if how not in set(Ending):
        abort(400)
    training.end(context.store(), _scope(), context.operation(), key, Ending(how))
    told = "learned" if how == Ending.LEARNED else "saved"
    return redirect(f"{url_for('training.index')}?{told}=1", 303)


def _agree(form: TrainingForm, read: Training | None = None) -> None:
    training.agree(context.store(), _scope(), context.operation(), form.command(), read)


def _plan() -> training.Plan:
    return training.plan(context.store(), _scope())


def _back() -> Response:
    return redirect(url_for("training.index", saved=1), 303)


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
