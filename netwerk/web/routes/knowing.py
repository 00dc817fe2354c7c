"""Telling together what everybody knows, block by block."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.ids import NeedId, NodeId
from netwerk.usecases import knowledge
from netwerk.usecases.knowledge import knowing
from netwerk.web import access, context
from netwerk.web.forms.knowing import SaidForm, SeatsForm
from netwerk.web.presenters import knowing as presenter
from netwerk.web.presenters.knowledge import SAID, levels

bp = Blueprint("knowing", __name__, url_prefix="/knowledge/together")
Page = str | Response


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.KNOWLEDGE_EDIT)
def new() -> Page:
    """Begin a session: who is there?"""
    store, scope = context.store(), _scope()
    team = knowledge.team(store, scope)
    form = SeatsForm(team, data={"present": [who.id for who in team.colleagues[1:]]})
    begun: list[str] = []

    def act() -> None:
        clock, operation = context.parts().clock, context.operation()
        begun.append(knowing.begin(store, scope, clock, operation, form.seats()))

    if form.saved(act):
        return redirect(url_for("knowing.show", key=begun[0]), 303)
    running = knowing.running(store, scope)
    return render_template("pages/knowing/new.html", form=form, levels=SAID, running=running)


@bp.route("/<key>", methods=["GET", "POST"])
@access.requires(Permission.KNOWLEDGE_EDIT)
def show(key: str) -> Page:
    """Show one block with everybody who is there, and take what they say of it."""
    store, scope = context.store(), _scope()
    room = knowing.room(store, scope, key)
    asked = request.values.get("block", "")
    stage = presenter.stage(room, asked, context.parts().clock.now())
    form = SaidForm()

    def act() -> None:
        told = form.told(presenter.present(room))
        where = (key, NeedId(NodeId(stage.code)))
        knowing.note(store, scope, context.operation(), where, told)

    if form.saved(act):
        return redirect(url_for("knowing.show", key=key, block=stage.on), 303)
    seats = SeatsForm(room.team, formdata=None, data={"present": list(room.session.present)})
    return render_template(
        "pages/knowing/show.html",
        form=form,
        seats=seats,
        room=room,
        stage=stage,
        turns=presenter.turns(room),
        choices=levels(),
        levels=SAID,
    )


@bp.post("/<key>/seats")
@access.requires(Permission.KNOWLEDGE_EDIT)
def seats(key: str) -> Page:
    """Change who is there."""
    store, scope = context.store(), _scope()
    room = knowing.room(store, scope, key)
    form = SeatsForm(room.team)
    form.saved(lambda: knowing.seat(store, scope, context.operation(), key, form.seats()))
    return redirect(url_for("knowing.show", key=key, block=request.form.get("block")), 303)


@bp.post("/<key>/close")
@access.requires(Permission.KNOWLEDGE_EDIT)
def close(key: str) -> Response:
    """End the session, and show what the team knows."""
    knowing.close(context.store(), _scope(), context.operation(), key)
    return redirect(url_for("knowledge.index", together=1), 303)


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
