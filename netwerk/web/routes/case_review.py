"""Casuïstiek: sessions, the cases in them without names, what is decided, the minutes."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import ConflictError
from netwerk.domain.reviewing import LETTERS
from netwerk.usecases import case_review
from netwerk.usecases.case_review import Room, Talked
from netwerk.web import access, context, pdf
from netwerk.web.forms.case_review import BringForm, NoteForm, SessionForm
from netwerk.web.presenters import case_review as presenter
from netwerk.web.presenters.earlier import Helped, domains_of, helped

bp = Blueprint("case_review", __name__)
Page = str | Response


@bp.get("/reviews/")
@access.requires(Permission.REVIEW_READ)
def index() -> str:
    """Show the sessions to come, and those that were."""
    every = case_review.sessions(context.store(), context.scope())
    today = context.today().isoformat()
    coming = [each for each in every if not each.closed_on and each.on >= today]
    return render_template(
        "pages/case_review/index.html",
        coming=coming[::-1],
        past=[each for each in every if each not in coming],
        today=context.today(),
    )


@bp.get("/reviews/proposed")
@access.requires(Permission.REVIEW_EDIT)
def proposed() -> str:
    """Show which of one's cases could do with a talk, and why."""
    return render_template(
        "pages/case_review/proposed.html",
        proposed=case_review.proposed(context.store(), context.scope()),
        reasons=presenter.REASONS,
    )


@bp.route("/reviews/new", methods=["GET", "POST"])
@access.requires(Permission.REVIEW_EDIT)
def new() -> Page:
    """Plan a session."""
    store, scope = context.store(), context.scope()
    form = SessionForm(case_review.colleagues(store, scope))
    if not form.is_submitted():
        form.chair.data = scope.viewer
    made: list[str] = []

    def act() -> None:
        made.append(case_review.plan(store, scope, context.operation(), form.command()))

    if form.saved(act):
        return redirect(url_for("case_review.show", key=made[0], saved=1), 303)
    return render_template("pages/case_review/plan.html", form=form, key="", room=None)


@bp.route("/reviews/<key>/change", methods=["GET", "POST"])
@access.requires(Permission.REVIEW_EDIT)
def change(key: str) -> Page:
    """Change when, where, and who sits in it."""
    store, scope = context.store(), context.scope()
    room = case_review.room(store, scope, key)
    seats = case_review.colleagues(store, scope)
    form = SessionForm(seats) if request.method == "POST" else SessionForm.of(seats, room.session)

    def act() -> None:
        case_review.change(store, scope, context.operation(), form.command(key, room.session.team))

    if form.saved(act):
        return redirect(url_for("case_review.show", key=key, saved=1), 303)
    if form.stale:
        form.version.data = str(room.session.version)
    return render_template("pages/case_review/plan.html", form=form, key=key, room=room)


@bp.get("/reviews/<key>")
@access.requires(Permission.REVIEW_READ)
def show(key: str) -> str:
    """Show a session: who, when, and the cases."""
    room = case_review.room(context.store(), context.scope(), key)
    return render_template(
        "pages/case_review/show.html",
        room=room,
        cases=[(each, presenter.on_screen(each)) for each in room.talked],
        names=presenter.names,
        when=presenter.when(room),
        today=context.today(),
        saved="saved" in request.args,
        changed="changed" in request.args,
        kept_here=[each for each in request.args.getlist("kept") if each in LETTERS],
    )


@bp.get("/reviews/<key>/cases/<item>")
@access.requires(Permission.REVIEW_READ)
def case(key: str, item: str) -> str:
    """Show a case, to be read from across the room."""
    room = case_review.room(context.store(), context.scope(), key)
    talked = room.one(item)
    return render_template(
        "pages/case_review/case.html",
        room=room,
        talked=talked,
        shown=presenter.on_screen(talked),
        earlier=_earlier(room, talked),
        around=_around(room, talked),
        prompts=presenter.prompts(),
        names=presenter.names,
        today=context.today(),
        saved="saved" in request.args,
    )


def _earlier(room: Room, talked: Talked) -> Helped | None:
    """Return what helped earlier in the team with questions like this one."""
    if talked.sheet is None:
        return None
    domains = domains_of(talked.sheet.needs)
    found = case_review.earlier(context.store(), room.session.team, domains)
    return helped(found, domains, room.names)


@bp.route("/reviews/<key>/cases/<item>/notes", methods=["GET", "POST"])
@access.requires(Permission.REVIEW_EDIT)
def notes(key: str, item: str) -> Page:
    """Note what is decided about a case."""
    store, scope = context.store(), context.scope()
    room = case_review.room(store, scope, key)
    stored = room.one(item).item
    posted = request.method == "POST"
    form = NoteForm(room) if posted else NoteForm.of(room, stored.decided, stored.version)

    def act() -> None:
        case_review.note(store, scope, context.operation(), item, form.command())

    if form.saved(act):
        return redirect(url_for("case_review.case", key=key, item=item, saved=1), 303)
    if form.stale:
        form.version.data = str(stored.version)
    return render_template(
        "pages/case_review/notes.html", form=form, room=room, item=stored, key=key
    )


@bp.post("/reviews/<key>/cases/<item>/withdraw")
@access.requires(Permission.REVIEW_EDIT)
def withdraw(key: str, item: str) -> Response:
    """Take a case back, because the inhabitant does not want it talked over."""
    case_review.withdraw(context.store(), context.scope(), context.operation(), item)
    return redirect(url_for("case_review.show", key=key, saved=1), 303)


@bp.post("/reviews/<key>/close")
@access.requires(Permission.REVIEW_EDIT)
def close(key: str) -> Response:
    """Close a session: the files get its decisions. Changed meanwhile: it is shown again."""
    store, scope = context.store(), context.scope()
    version = request.form.get("version", default=0, type=int)
    try:
        kept = case_review.close(store, scope, context.operation(), key, version)
    except ConflictError:
        return redirect(url_for("case_review.show", key=key, changed=1), 303)
    return redirect(url_for("case_review.show", key=key, saved=1, kept=kept), 303)


@bp.get("/reviews/<key>/minutes")
@access.requires(Permission.REVIEW_READ)
def minutes(key: str) -> str:
    """Show the minutes, to be printed: no name of an inhabitant is in them."""
    return _minutes(key, "print-review")


@bp.get("/reviews/<key>/minutes.pdf")
@access.requires(Permission.REVIEW_READ)
def paper(key: str) -> Page:
    """Return the minutes as a PDF; where the system cannot make one, the page that tells so."""
    if not pdf.possible():
        return redirect(url_for("case_review.minutes", key=key), 303)
    made = pdf.rendered(_minutes(key, "export-review"))
    told = {"Content-Disposition": f"inline; filename=overleg-{context.today().isoformat()}.pdf"}
    return Response(made, mimetype="application/pdf", headers=told)


@bp.route("/inhabitants/<person>/review", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def bring(person: str) -> Page:
    """Bring an inhabitant's case to a session, without names."""
    store, scope = context.store(), context.scope(person)
    prepared = case_review.prepare(store, scope)
    form = BringForm(prepared) if request.method == "POST" else BringForm.started(prepared)

    def act() -> None:
        case_review.bring(store, scope, context.operation(), form.command())

    if form.saved(act):
        return redirect(url_for("case_review.show", key=form.session.data, saved=1), 303)
    return render_template(
        "pages/case_review/bring.html", form=form, file=prepared.file, prepared=prepared
    )


def _around(room: Room, talked: Talked) -> tuple[str, str]:
    """Return the keys of the cases before and after this one; empty at the ends."""
    keys = [each.item.key for each in room.talked]
    at = keys.index(talked.item.key)
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""


def _minutes(key: str, action: str) -> str:
    room = case_review.room(context.store(), context.scope(), key, action)
    return render_template(
        "pages/case_review/minutes.html",
        room=room,
        cases=[(each, presenter.on_screen(each)) for each in room.talked],
        names=presenter.names,
        when=presenter.when(room),
        possible=pdf.possible(),
        packages=pdf.PACKAGES,
    )
