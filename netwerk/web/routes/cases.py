"""The worker's cases, and opening a new one."""

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.usecases import areas, cases, matching, needs, signals
from netwerk.usecases.knowledge import training as plans
from netwerk.web import access, context
from netwerk.web.forms.base import needs_of
from netwerk.web.forms.cases import NewCaseForm
from netwerk.web.presenters import training
from netwerk.web.presenters.cases import cards
from netwerk.web.presenters.knowledge import label_of
from netwerk.web.presenters.matching import FileRequest, of_cases
from netwerk.web.presenters.needs import picker
from netwerk.web.presenters.training import Line

bp = Blueprint("cases", __name__, url_prefix="/cases")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index() -> str:
    """Show the cases: what asks for attention, then the rest."""
    return _listed("")


@bp.post("/")
@access.requires(Permission.NETWORK_READ)
def search() -> str:
    """Show the cases that were searched for: names stay out of addresses and logs."""
    return _listed(request.form.get("q", "")[:200])


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new() -> str | Response:
    """Open a file for an inhabitant who is new here; `signal` may be what it began with."""
    store, scope = context.store(), context.scope()
    places = {each.id: each for each in areas.neighbourhoods(store, scope)}
    form = NewCaseForm([(each.id, each.name) for each in places.values()])
    if request.method == "GET" and "signal" in request.args:
        form.question.data = signals.one(store, scope, request.args["signal"]).signal.noticed
    opened: list[str] = []

    def act() -> None:
        place = places.get(form.area.data)
        command = form.command(None if place is None else place.middle)
        opened.append(cases.open_case(store, scope, context.operation(), command))

    if form.saved(act):
        return redirect(url_for("inhabitant.index", person=opened[0]), 303)
    every = picker(needs.taxonomy(store, scope), needs_of())
    return render_template("pages/cases/new.html", form=form, needs=every)


def _listed(typed: str) -> str:
    every = cases.caseload(context.store(), context.scope())
    found = cards(cases.search(every, typed), context.today())
    return render_template(
        "pages/cases/index.html",
        first=[each for each in found if each.first],
        others=[each for each in found if not each.first],
        total=len(every),
        proposed=_proposed(every),
        learning=_learning(),
        typed=typed,
        closed="closed" in request.args,
        opened="opened" in request.args,
    )


def _learning() -> list[Line]:
    """Return what the worker said they would learn, as far as its day is near."""
    store, scope = context.store(), context.scope()
    known = {need.id: label_of(need) for need in needs.taxonomy(store, scope)}
    return training.own(plans.mine(store, scope), known, scope.viewer, scope.as_of)


def _proposed(every: Iterable[cases.CaseSummary]) -> list[tuple[str, FileRequest]]:
    """Return the requests for which somebody is proposed, with whom they are for."""
    store, scope = context.store(), context.scope()
    known = {need.id: need for need in needs.taxonomy(store, scope)}
    names: dict[str, str] = {case.person.id: case.person.name for case in every}
    return of_cases(matching.proposed(store, scope), names, known)
