"""The team's own effort: who gives how much, how it goes down; more help or less, and why."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.graph.file import PersonFile
from netwerk.usecases import directory, effort, network, plan
from netwerk.web import access, context
from netwerk.web.forms.base import version_of
from netwerk.web.forms.effort import EffortForm, ScalingForm
from netwerk.web.language import day
from netwerk.web.presenters import effort as presenter
from netwerk.web.presenters import plan as people

bp = Blueprint("effort", __name__, url_prefix="/inhabitants/<person>/effort")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what the team gives, how it goes down, and where there was more help or less."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    known = people.names(plan.colleagues(store, scope), _partners(person))
    return render_template(
        "pages/effort/index.html",
        file=file,
        given=presenter.given(file, known),
        drawing=presenter.drawing(file),
        scalings=presenter.scalings(file),
        saved="saved" in request.args,
    )


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new(person: str) -> Page:
    """Note what a colleague begins to give."""
    file = network.open_file(context.store(), context.scope(person))
    begun = {"worker": context.scope().viewer, "since": context.today()}
    form = EffortForm(_workers(person), _takers(file, person), data=begun)

    def act() -> None:
        effort.start(context.store(), context.scope(person), context.operation(), form.command())

    if form.saved(act):
        return _back(person)
    return render_template("pages/effort/edit.html", form=form, file=file, known=None)


@bp.route("/of/<worker>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def change(person: str, worker: str) -> Page:
    """Change what a colleague gives, and how it goes down."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    found = effort.of_worker(file, worker)
    known = people.names(plan.colleagues(store, scope), _partners(person))
    named = presenter.colleague(file, found.worker, known)
    form = EffortForm.of(found, [(found.worker, named)], _takers(file, person))

    def act() -> None:
        version = version_of(form.version)
        effort.change(store, scope, context.operation(), version, form.command())

    if form.saved(act):
        return _back(person)
    now = found.now
    _take_stored(form, now.node.version if now else 0)
    stored = presenter.stored(file, found)
    return render_template(
        "pages/effort/edit.html", form=form, file=file, known=named, stored=stored
    )


@bp.post("/steps/<step>")
@access.requires(Permission.NETWORK_EDIT)
def step_back(person: str, step: str) -> Response:
    """Note that a step that did not come is so as of today."""
    effort.step_back(context.store(), context.scope(person), context.operation(), step)
    return _back(person)


@bp.route("/scaling/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new_scaling(person: str) -> Page:
    """Note that there is more help or less."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    form = ScalingForm.of(None, context.today())

    def act() -> None:
        effort.set_scaling(store, scope, context.operation(), None, form.command())

    if form.saved(act):
        return _back(person)
    return render_template("pages/effort/scaling.html", form=form, file=file, scaling=None)


@bp.route("/scaling/<scaling>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def scaling(person: str, scaling: str) -> Page:
    """Change what was noted of more help or less."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    read = effort.scaling(file, scaling)
    form = ScalingForm.of(read, context.today())

    def act() -> None:
        stale = replace(read, node=replace(read.node, version=version_of(form.version)))
        effort.set_scaling(store, scope, context.operation(), stale, form.command())

    if form.saved(act):
        return _back(person)
    _take_stored(form, read.node.version)
    stored = [day(read.on), read.reason, read.to_whom, read.change]
    return render_template(
        "pages/effort/scaling.html", form=form, file=file, scaling=read, stored=stored
    )


def _workers(person: str) -> list[tuple[str, str]]:
    every = plan.colleagues(context.store(), context.scope(person))
    return [(each.id, each.name) for each in every]


def _partners(person: str) -> list[tuple[str, str]]:
    every = directory.partners(context.store(), context.scope(person))
    return [(each.organization.id, each.organization.name) for each in every]


def _takers(file: PersonFile, person: str) -> dict[str, list[tuple[str, str]]]:
    return people.who(file, [], _partners(person))


def _take_stored(form: EffortForm | ScalingForm, version: int) -> None:
    """After a conflict, let the next save start from what is stored now, and show it."""
    form.stale = form.is_submitted() and form.version.data != str(version)
    if form.stale:
        form.version.data = str(version)


def _back(person: str) -> Response:
    return redirect(url_for("effort.index", person=person, saved=1), 303)
