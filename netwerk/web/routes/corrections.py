"""What the inhabitant says is not right in their file: noted with them, and answered."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.graph.file import PersonFile
from netwerk.usecases import corrections, network, own_file, plan
from netwerk.usecases.corrections import NotRight
from netwerk.web import access, context
from netwerk.web.forms.base import version_of
from netwerk.web.forms.corrections import AnswerForm, CorrectionForm
from netwerk.web.presenters import corrections as presenter
from netwerk.web.subject_pages import called

bp = Blueprint("corrections", __name__, url_prefix="/inhabitants/<person>/corrections")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what waits for an answer, and what was answered."""
    file = _open(person)
    rows = presenter.rows(file, _names(person))
    saved = request.args.get("saved", "")
    return render_template("pages/corrections/index.html", file=file, rows=rows, saved=saved)


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new(person: str) -> Page:
    """Note that something in the file is not right."""
    record = request.args.get("record", "")[:200]
    store, scope = context.store(), context.scope(person)
    file = own_file.own_file(store, scope)
    about, part = called(file, record)
    form = CorrectionForm()

    def act() -> None:
        told = NotRight(record=record, about=about, said=form.said.data or "")
        corrections.note(store, scope, context.operation(), told)

    if form.saved(act):
        return redirect(url_for("corrections.index", person=person, saved="noted"), 303)
    return render_template(
        "pages/corrections/new.html", form=form, file=file, about=about, part=part
    )


@bp.route("/<correction>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def answer(person: str, correction: str) -> Page:
    """Answer the inhabitant."""
    store, scope, file = context.store(), context.scope(person), _open(person)
    read = corrections.correction(file, correction)
    form = AnswerForm.of(read)

    def act() -> None:
        stale = replace(read, node=replace(read.node, version=version_of(form.version)))
        corrections.answer(store, scope, context.operation(), stale, form.command())

    if form.saved(act):
        return redirect(url_for("corrections.index", person=person, saved="answered"), 303)
    form.stale = form.is_submitted() and form.version.data != str(read.node.version)
    if form.stale:  # the next save starts from what is stored now
        form.version.data = str(read.node.version)
    row = presenter.row(read, file, _names(person))
    return render_template(
        "pages/corrections/answer.html",
        form=form,
        file=file,
        row=row,
        stored=[row.outcome, row.answer],
    )


def _open(person: str) -> PersonFile:
    return network.open_file(context.store(), context.scope(person))


def _names(person: str) -> dict[str, str]:
    workers = plan.colleagues(context.store(), context.scope(person))
    return {each.id: each.name for each in workers}
