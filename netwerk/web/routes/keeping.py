"""The directory as coordinators keep it: every kind, its past, and what stops."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import (
    ConflictError,
    ElsewhereError,
    InvalidInputError,
    NotVisibleError,
)
from netwerk.domain.ids import OperationId
from netwerk.domain.proposals import ProposalKind
from netwerk.usecases import geocoding, keeping, needs, proposals
from netwerk.usecases.keeping import Place
from netwerk.usecases.proposals import Told
from netwerk.web import access, context
from netwerk.web.forms import entries
from netwerk.web.forms.keeping import EndForm, LocationForm
from netwerk.web.forms.sheets import SheetForm
from netwerk.web.language import language, say
from netwerk.web.presenters import keeping as presenter
from netwerk.web.presenters.history import history
from netwerk.web.presenters.keeping import address
from netwerk.web.presenters.proposals import proposed

bp = Blueprint("keeping", __name__, url_prefix="/keep")
Page = str | Response | tuple[str, int]
_ROWS: Final = 30
"""Entries on a page."""
_NODES = "<any(organizations, services, locations, volunteers, areas, needs):kind>"
_PARTS = "<any(contacts, helps):kind>/<of>"
_MADE = "<any(organizations, services, locations, volunteers, needs, contacts, helps):kind>"
_ENDS = "<any(organizations, services, volunteers):kind>"
_VERIFIED = "<any(organizations, services, locations, volunteers):kind>"
_REMOVED = "<any(organizations, services, locations):kind>"


@bp.get("/", defaults={"kind": "organizations"})
@bp.get(f"/{_NODES}/")
@access.requires(Permission.DIRECTORY_EDIT)
def index(kind: str) -> str:
    """Show all that is kept of a kind, or that in which the words are."""
    typed = "" if kind == "volunteers" else request.args.get("q", "")
    return _listed(kind, typed[:200], request.args.get("page", default=1, type=int))


@bp.post("/volunteers/")
@access.requires(Permission.VOLUNTEER_EDIT)
def search() -> str:
    """Show the volunteers that were searched for: names stay out of addresses and logs."""
    return _listed("volunteers", request.form.get("q", "")[:200], 1)


@bp.get("/gone")
@access.requires(Permission.DIRECTORY_EDIT)
def gone() -> str:
    """Show what was taken away and can be brought back."""
    found = keeping.gone(context.store(), _scope())
    return render_template("pages/keeping/gone.html", gone=found, moment=presenter.moment)


@bp.post("/words")
@access.requires(Permission.DIRECTORY_EDIT)
def words() -> str:
    """Offer the needs that are meant by what was typed, to tick."""
    typed = request.form.get("words", "")[:200]
    every = needs.taxonomy(context.store(), _scope())
    found = [each.need for each in needs.match(every, typed, language())]
    chosen = request.form.getlist("needs")
    return render_template("fragments/ticks.html", typed=typed, matches=found, chosen=chosen)


@bp.route(f"/{_MADE}/new", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
@access.kept
def new(kind: str) -> Page:
    """Add an entry."""
    store, scope = context.store(), _scope()
    made: list[Place] = []
    sheet = entries.blank(store, scope, kind, request.args.get("of"))

    def act() -> None:
        made.append(keeping.make(store, scope, context.operation(), sheet.new()))

    _look_up(sheet.form, secret=False)
    if sheet.form.saved(act):
        return _back(made[0].whole)
    return render_template("pages/keeping/edit.html", sheet=sheet, entry=None, versions=[])


@bp.route(f"/{_NODES}/<key>/edit", methods=["GET", "POST"])
@bp.route(f"/{_PARTS}/<key>/edit", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
@access.kept
def edit(kind: str, key: str, of: str | None = None) -> Page:
    """Change an entry; after a conflict both versions are shown, and one chooses field by field."""
    store, scope, place = context.store(), _scope(), Place(kind=kind, key=key, of=of)
    try:
        stored = keeping.read(store, scope, place)
    except NotVisibleError:
        return _lost(place)
    sheet = entries.filled(store, scope, stored)
    form, told = sheet.form, proposals.waiting(store, scope, request.args.get("proposal", ""))
    _fill_in(form, told)

    def act() -> None:
        keeping.change(store, scope, context.operation(), place, form.filling())
        _taken_over(told)

    _look_up(form, secret=stored.fields.get("masked") is True)
    if form.saved(act):
        return _back(place.whole)
    two = form.versions
    names = {**keeping.terms(store, scope), **stored.seen.nodes} if two else {}
    page = render_template(
        "pages/keeping/edit.html",
        sheet=sheet,
        when=presenter.when,
        called=presenter.called,
        entry=stored,
        warnings=presenter.warnings(stored, context.today()),
        versions=presenter.versions(kind, two, names),
        saved=request.args.get("saved", ""),
        proposed=proposed(told),
    )
    return (page, 409) if form.stored is not None else page


@bp.post(f"/{_VERIFIED}/<key>/verify")
@access.requires(Permission.DIRECTORY_EDIT)
def verify(kind: str, key: str) -> Response:
    """Note that it was asked after today, and is still right."""
    place = Place(kind=kind, key=key)
    keeping.verify(context.store(), _scope(), context.operation(), place)
    return _back(place)


@bp.get(f"/{_NODES}/<key>/history")
@access.requires(Permission.DIRECTORY_EDIT)
def past(kind: str, key: str) -> str:
    """Show who changed what, and the way back."""
    found = keeping.past(context.store(), _scope(), Place(kind=kind, key=key))
    return render_template("pages/keeping/history.html", past=found, steps=history(found))


@bp.post(f"/{_NODES}/<key>/undo")
@access.requires(Permission.DIRECTORY_EDIT)
def undo(kind: str, key: str) -> Response:
    """Bring an entry back to what it was before a step."""
    place, step = Place(kind=kind, key=key), request.form.get("step", "")[:200]
    keeping.undo(context.store(), _scope(), context.operation(), place, step)
    return redirect(url_for("keeping.past", **address(place)), 303)


@bp.route(f"/{_ENDS}/<key>/end", methods=["GET", "POST"])
@bp.route(f"/{_PARTS}/<key>/end", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
def end(kind: str, key: str, of: str | None = None) -> Page:
    """Close an organization or a service from a day on, or let somebody leave a role."""
    store, scope, place = context.store(), _scope(), Place(kind=kind, key=key, of=of)
    stops = kind in {"organizations", "services"}
    ending = keeping.preview(store, scope, place)
    form = EndForm(data={"on": context.today()})
    if not stops:
        del form.on

    def act() -> None:
        if stops:
            keeping.close(store, scope, context.operation(), place, form.on.data)
        else:
            keeping.stop(store, scope, context.operation(), place)

    if form.saved(act):
        if kind == "volunteers":
            return redirect(url_for("keeping.index", kind=kind), 303)
        return _back(place.whole)
    return render_template("pages/keeping/end.html", form=form, ending=ending, stops=stops)


@bp.post(f"/{_REMOVED}/<key>/remove")
@access.requires(Permission.DIRECTORY_EDIT)
def remove(kind: str, key: str) -> Page:
    """Take away what nothing hangs on."""
    store, scope, place = context.store(), _scope(), Place(kind=kind, key=key)
    stored = keeping.read(store, scope, place)
    try:
        keeping.remove(store, scope, context.operation(), place)
    except ConflictError:
        return render_template("pages/keeping/needed.html", entry=stored), 409
    return redirect(url_for("keeping.index", kind=kind), 303)


def _listed(kind: str, typed: str, page: int) -> str:
    every = keeping.listed(context.store(), _scope(), kind)
    found = keeping.searched(every, typed)
    # Who was searched for by name is shown on one page: the name is in no address of a next one.
    rows = len(found) or 1 if typed and kind == "volunteers" else _ROWS
    last = max(1, -(-len(found) // rows))
    page = min(max(page, 1), last)
    return render_template(
        "pages/keeping/index.html",
        kind=kind,
        rows=found[(page - 1) * rows : page * rows],
        total=len(found),
        typed=typed,
        page=page,
        last=last,
        called=presenter.called,
        when=presenter.when,
    )


def _lost(place: Place) -> Page:
    """Show what was typed about what somebody else took away meanwhile; else it is not there."""
    past = keeping.past(context.store(), _scope(), place.whole)
    if place.key not in {t.change.record for s in past.steps for t in s.turns}:
        raise NotVisibleError
    names = place.sheet.fields
    typed = [(presenter.label(place.sheet.label, n), request.form.getlist(n)) for n in names]
    told = [(name, ", ".join(values)) for name, values in typed if any(values)]
    return render_template("pages/keeping/lost.html", past=past, typed=told), 409


def _fill_in(form: SheetForm, told: Told | None) -> None:
    """Fill in what a colleague told, for whoever looks at it to save."""
    moved = told is not None and told.proposal.kind is ProposalKind.MOVED
    if told is not None and moved and isinstance(form, LocationForm) and not form.is_submitted():
        form.move(told.proposal.address())


def _taken_over(told: Told | None) -> None:
    if told is not None:
        operation = OperationId(f"taken-{told.proposal.key}")
        proposals.accept(context.store(), _scope(), operation, told.proposal.key)


def _look_up(form: SheetForm, *, secret: bool) -> None:
    """Look an address up, if that was asked for."""
    geocoder = context.parts().geocoder
    if request.form.get("again") != "address" or geocoder is None:
        return
    if not isinstance(form, LocationForm):
        return
    try:
        form.put(geocoding.locate(context.store(), _scope(), geocoder, form.asked(secret=secret)))
    except (InvalidInputError, ElsewhereError) as error:
        form.form_errors.append(say(error))


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)


def _back(place: Place) -> Response:
    where = url_for("keeping.edit", **address(place), saved="1")
    return redirect(where, 303)
