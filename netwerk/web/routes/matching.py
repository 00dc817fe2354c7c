"""Volunteers for requests: the coordinator's table, and the worker's own requests."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.directory import Need
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId, PersonId
from netwerk.usecases import matching, needs, network
from netwerk.web import access, context
from netwerk.web.forms.matching import AcceptForm, RequestForm
from netwerk.web.language import language
from netwerk.web.presenters import matching as presenter

bp = Blueprint("matching", __name__)
Page = str | Response
_CHOICE = "choice-"
_INHABITANT = "/inhabitants/<person>/requests"


@bp.route("/matching", methods=["GET", "POST"])
@access.requires(Permission.VOLUNTEER_EDIT)
def index() -> Page:
    """Show a proposal, work it out again around choices by hand, or let the workers know."""
    store, scope = context.store(), context.scope(purpose=Purpose.DIRECTORY)
    chosen = _chosen()
    if request.form.get("act") == "confirm":
        done = matching.confirm(store, scope, context.operation(), chosen)
        return redirect(url_for("matching.index", proposed=done), 303)
    board = matching.board(store, scope, chosen)
    known = _needs()
    return render_template(
        "pages/matching/index.html",
        rows=presenter.rows(board, known),
        waiting=presenter.waiting(board, known),
        proposed=request.args.get("proposed", type=int),
    )


@bp.route(f"{_INHABITANT}/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new(person: str) -> Page:
    """Let it be known that a volunteer is wanted."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    known = _needs()
    first = [n for n in (file.case.needs if file.case else ()) if n in known]
    others = sorted(set(known) - set(first), key=lambda n: known[n].label(language()).casefold())
    form = RequestForm([(n, known[n].label(language())) for n in (*first, *others)])

    def act() -> None:
        need = NeedId(NodeId(form.need.data or ""))
        matching.post(store, scope, context.operation(), need, form.note.data or "")

    if form.saved(act):
        return _back(person)
    return render_template("pages/matching/new.html", form=form, file=file)


@bp.route(f"{_INHABITANT}/<key>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def show(person: str, key: str) -> Page:
    """Show who is proposed; take it up as an ask."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    found = [each for each in matching.of_file(store, scope, file) if each.request.key == key]
    if not found:
        raise NotVisibleError
    form = AcceptForm.started()

    def act() -> None:
        matching.accept(store, scope, key, form.asked_by.data or "", form.look_again_on.data)

    if form.saved(act):
        return _back(person)
    (shown,) = presenter.of_file(found, _needs())
    return render_template("pages/matching/show.html", form=form, file=file, shown=shown)


@bp.post(f"{_INHABITANT}/<key>/decline")
@access.requires(Permission.NETWORK_EDIT)
def decline(person: str, key: str) -> Response:
    """Say that who was proposed does not suit."""
    matching.decline(context.store(), context.scope(person), key)
    return _back(person)


@bp.post(f"{_INHABITANT}/<key>/withdraw")
@access.requires(Permission.NETWORK_EDIT)
def withdraw(person: str, key: str) -> Response:
    """Take a request back."""
    matching.withdraw(context.store(), context.scope(person), key)
    return _back(person)


def _chosen() -> dict[str, PersonId]:
    return {
        name.removeprefix(_CHOICE): PersonId(NodeId(value))
        for name, value in request.form.items()
        if name.startswith(_CHOICE) and value
    }


def _needs() -> dict[NeedId, Need]:
    every = needs.taxonomy(context.store(), context.scope())
    return {need.id: need for need in every}


def _back(person: str) -> Response:
    where = url_for("inhabitant.index", person=person, saved="requests")
    return redirect(f"{where}#requests", 303)
