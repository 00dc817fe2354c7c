"""Questionnaires in a file: what was filled in, and filling one in together."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.assessments import Assessment
from netwerk.graph.instruments import INSTRUMENTS
from netwerk.usecases import assessments, network
from netwerk.web import access, context
from netwerk.web.forms.assessments import RemoveForm, SheetForm, sheet_form
from netwerk.web.forms.base import choices, version_of
from netwerk.web.presenters import assessments as presenter

bp = Blueprint("assessments", __name__, url_prefix="/inhabitants/<person>/assessments")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what was filled in, and how it went over time."""
    file = network.open_file(context.store(), context.scope(person))
    every = assessments.every(file)
    return render_template(
        "pages/assessments/index.html",
        file=file,
        rows=presenter.rows(every),
        over_time=presenter.over_time(every, whole="all" in request.args),
        instruments=choices("instrument"),
        saved="saved" in request.args,
    )


@bp.route("/new/<instrument>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new(person: str, instrument: str) -> Page:
    """Fill in a questionnaire."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    if instrument not in INSTRUMENTS:
        abort(404)
    form = sheet_form(instrument, file, None)

    def act() -> None:
        assessments.fill_in(store, scope, context.operation(), instrument, form.command())

    if form.saved(act):
        return _back(person)
    return render_template("pages/assessments/sheet.html", form=form, file=file, sheet=None)


@bp.route("/<sheet>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def change(person: str, sheet: str) -> Page:
    """Show a questionnaire that was filled in, and mend it."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    read = assessments.one(file, sheet)
    form = sheet_form(read.instrument, file, read)

    def act() -> None:
        assessments.fill_in(store, scope, context.operation(), _stale(form, read), form.command())

    if form.saved(act):
        return _back(person)
    form.stale = form.is_submitted() and form.version.data != str(read.node.version)
    if form.stale:
        form.version.data = str(read.node.version)
    stored = presenter.stored(read) if form.stale else []
    return render_template(
        "pages/assessments/sheet.html", form=form, file=file, sheet=read, stored=stored
    )


@bp.route("/<sheet>/remove", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def remove(person: str, sheet: str) -> Page:
    """Ask whether a questionnaire may go, and let it go."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    read = assessments.one(file, sheet)
    form = RemoveForm()

    def act() -> None:
        assessments.take_away(store, scope, context.operation(), _stale(form, read))

    if form.saved(act):
        return _back(person)
    form.version.data = str(read.node.version)
    (row,) = presenter.rows([read])
    return render_template("pages/assessments/remove.html", form=form, file=file, row=row)


def _stale(form: SheetForm | RemoveForm, read: Assessment) -> Assessment:
    return replace(read, node=replace(read.node, version=version_of(form.version)))


def _back(person: str) -> Response:
    return redirect(url_for("assessments.index", person=person, saved=1), 303)
