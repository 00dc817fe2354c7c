"""Bringing partners and areas in from a file."""

from typing import cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.drafts import Choice, Standing
from netwerk.domain.errors import (
    ConflictError,
    InvalidInputError,
)
from netwerk.domain.ids import NodeId
from netwerk.domain.staging import State
from netwerk.usecases import importing
from netwerk.web import access, context
from netwerk.web.forms.importing import FileForm, column_choices, plan
from netwerk.web.language import day, say
from netwerk.web.presenters import importing as shown
from netwerk.web.security import accepts_file, limiter

bp = Blueprint("importing", __name__, url_prefix="/exchange")
Page = str | tuple[str, int] | BaseResponse


@bp.route("/import", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
@accepts_file
@limiter.limit("30/minute", methods=["POST"])
def index() -> Page:
    """Take a file, and list those that were brought in."""
    form, store, scope = FileForm(), context.store(), _scope()
    key = context.operation() if request.method == "POST" else ""

    def receive() -> None:
        file = cast("FileStorage", form.file.data)
        new = importing.NewImport(key=key, title=(file.filename or "")[-100:])
        importing.receive(store, scope, context.parts().clock, new, file.stream)

    if form.saved(receive):
        return redirect(url_for("importing.one", key=key), 303)
    return render_template(
        "pages/importing/index.html",
        form=form,
        lines=shown.lines(importing.imports(store, scope)),
    )


@bp.get("/import/<key>")
@access.requires(Permission.DIRECTORY_EDIT)
def one(key: str) -> Page:
    """Show an import: what its columns say, or what it would change."""
    return _shown(key)


@bp.post("/import/<key>/columns")
@access.requires(Permission.DIRECTORY_EDIT)
def columns(key: str) -> Page:
    """Take what the columns say, and compare the rows with what is there."""
    store, scope = context.store(), _scope()
    told = plan(importing.opened(store, scope, key))
    try:
        importing.check_sheet(store, scope, context.parts().clock, context.schema(), told)
    except InvalidInputError as error:
        return _shown(key, say(error), told.mapping), 400
    return redirect(url_for("importing.one", key=key), 303)


@bp.post("/import/<key>/choose")
@access.requires(Permission.DIRECTORY_EDIT)
def choose(key: str) -> BaseResponse:
    """Note what to do with what may be there already: one by one, or all."""
    store, scope = context.store(), _scope()
    whole = request.form.get("all", "")
    if whole:
        importing.choose(store, scope, key, _choice(whole))
    for name, value in request.form.items():
        if name.startswith("choice-") and value and not whole:
            mine = {NodeId(name.removeprefix("choice-"))}
            importing.choose(store, scope, key, _choice(value), mine)
    return redirect(url_for("importing.one", key=key, part=request.form.get("part")), 303)


@bp.post("/import/<key>/enter")
@access.requires(Permission.DIRECTORY_EDIT)
def enter(key: str) -> Page:
    """Bring everything in, or nothing."""
    store, scope, clock = context.store(), _scope(), context.parts().clock
    try:
        importing.enter(store, scope, clock, key)
    except InvalidInputError as error:
        return _shown(key, say(error)), 400
    except ConflictError:
        importing.recheck(store, scope, clock, key)
        told = gettext(
            "Somebody changed the directory in the meantime. Nothing was brought in. It was"
            " compared again: look once more, and bring it in then."
        )
        return _shown(key, told), 409
    return redirect(url_for("importing.one", key=key), 303)


@bp.post("/import/<key>/undo")
@access.requires(Permission.DIRECTORY_EDIT)
def undo(key: str) -> BaseResponse:
    """Take a whole import back."""
    importing.undo(context.store(), _scope(), context.parts().clock, key)
    return redirect(url_for("importing.one", key=key), 303)


@bp.post("/import/<key>/drop")
@access.requires(Permission.DIRECTORY_EDIT)
def drop(key: str) -> BaseResponse:
    """Throw away what was not brought in."""
    importing.drop(context.store(), _scope(), key)
    return redirect(url_for("importing.index"), 303)


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)


def _choice(value: str) -> Choice:
    if value not in {each.value for each in Choice}:
        abort(400)
    return Choice(value)


def _shown(key: str, told: str = "", mapping: object = None) -> str:
    """Return the page of an import in the state that it is in; `told`: what went wrong."""
    store, scope = context.store(), _scope()
    found = importing.opened(store, scope, key)
    again = "columns" in request.args and found.rows > 0
    if found.state is State.MAPPING or (again and found.state is State.CHECKED):
        return render_template(
            "pages/importing/columns.html",
            found=found,
            mapping=mapping or found.mapping,
            choices=column_choices(),
            told=told,
        )
    part = request.args.get("part", request.form.get("part", 0, type=int), type=int)
    part = min(max(part, 0), max(len(found.parts) - 1, 0))
    entries = importing.part(store, scope, key, part)
    return render_template(
        "pages/importing/preview.html",
        found=found,
        state=found.state.value,
        began=day(found.began.date(), context.today()),
        tabs=shown.tabs(found, part),
        part=part,
        cards=shown.cards(entries, context.schema()),
        coming=sum(found.counts[each] for each in (Standing.NEW, Standing.CHANGED)),
        doubles=found.counts[Standing.DOUBLE],
        told=told,
    )
