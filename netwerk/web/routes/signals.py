"""Signals from places where people are: the list, noting one, telling what was done."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.signals import SignalOutcome
from netwerk.usecases import signals
from netwerk.usecases.signals import Shown
from netwerk.web import access, context
from netwerk.web.forms.base import version_of
from netwerk.web.forms.signals import SignalForm
from netwerk.web.presenters import signals as presenter

bp = Blueprint("signals", __name__, url_prefix="/signals")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index() -> str:
    """Show the signals of the team: what waits first."""
    found = signals.listed(context.store(), context.scope())
    return render_template(
        "pages/signals/index.html",
        waiting=presenter.rows(each for each in found if each.signal.waits),
        done=presenter.rows(each for each in found if not each.signal.waits),
        saved="saved" in request.args,
    )


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new() -> Page:
    """Note a signal."""
    store, scope = context.store(), context.scope()
    form = _form(signals.places(store, scope), None)
    noted: list[str] = []

    def act() -> None:
        noted.append(signals.note(store, scope, context.operation(), form.command()))

    if form.saved(act):
        return _onwards(form, noted[0])
    return render_template("pages/signals/form.html", form=form, shown=None)


@bp.route("/<key>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def change(key: str) -> Page:
    """Tell what was done with a signal."""
    store, scope = context.store(), context.scope()
    shown = signals.one(store, scope, key)
    form = _form(signals.places(store, scope), shown)

    def act() -> None:
        read = key, version_of(form.version)
        signals.change(store, scope, context.operation(), read, form.command())

    if form.saved(act):
        return _onwards(form, key)
    if form.stale:
        form.version.data = str(shown.signal.version)
    return render_template("pages/signals/form.html", form=form, shown=shown)


def _form(places: Sequence[tuple[str, str]], shown: Shown | None) -> SignalForm:
    signal = None if shown is None else shown.signal
    known = dict(places)
    if shown is not None and shown.signal.place:
        known.setdefault(shown.signal.place, shown.place)
    every = list(known.items())
    return SignalForm(every) if request.method == "POST" else SignalForm.of(every, signal)


def _onwards(form: SignalForm, key: str) -> Response:
    """Lead on: to a new file where it became a question, else to the list."""
    if form.outcome.data == SignalOutcome.CASE.value:
        return redirect(url_for("cases.new", signal=key), 303)
    return redirect(url_for("signals.index", saved=1), 303)
