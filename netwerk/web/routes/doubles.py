"""What may be in the directory twice."""

from dataclasses import replace
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import ConflictError, InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.domain.records import parse_day
from netwerk.usecases import doubles
from netwerk.web import access, context
from netwerk.web.forms.base import Form, version_of
from netwerk.web.forms.doubles import MergeForm
from netwerk.web.language import day, say
from netwerk.web.presenters.doubles import card, choices, name_of

_MOST: Final = 50

bp = Blueprint("doubles", __name__, url_prefix="/doubles")
Page = str | Response


@bp.get("/")
@access.requires(Permission.DIRECTORY_EDIT)
def index() -> str:
    """Show the pairs, and what was put together."""
    return _listed(Form(formdata=None))


@bp.route("/<kept>/<gone>", methods=["GET", "POST"])
@access.requires(Permission.DIRECTORY_EDIT)
def pair(kept: str, gone: str) -> Page:
    """Show two side by side, and put them together."""
    store, scope = context.store(), _scope()
    read = doubles.beside(store, scope, NodeId(kept), NodeId(gone))
    versions = {"version": read.kept.version, "other_version": read.gone.version}
    form = MergeForm(data=versions)

    def act() -> None:
        was = replace(
            read,
            kept=replace(read.kept, version=version_of(form.version)),
            gone=replace(read.gone, version=version_of(form.other_version)),
        )
        doubles.merge(store, scope, context.operation(), was, form.taken())

    if form.saved(act):
        return redirect(url_for("doubles.index", saved=1), 303)
    form.version.data, form.other_version.data = (str(each) for each in versions.values())
    return render_template(
        "pages/doubles/pair.html",
        pair=card(read),
        choices=choices(read),
        form=form,
        taken=form.taken() if form.is_submitted() else None,
    )


@bp.post("/<kept>/<gone>/not-the-same")
@access.requires(Permission.DIRECTORY_EDIT)
def not_same(kept: str, gone: str) -> Response:
    """Remember that two are not the same."""
    both = NodeId(kept), NodeId(gone)
    doubles.not_same(context.store(), _scope(), context.operation(), both)
    return redirect(url_for("doubles.index", saved=1), 303)


@bp.post("/undo/<key>")
@access.requires(Permission.DIRECTORY_EDIT)
def undo(key: str) -> Page:
    """Take apart what was put together."""
    form = Form()
    try:
        doubles.undo(context.store(), _scope(), context.operation(), key)
    except InvalidInputError as error:
        form.form_errors.append(say(error))
        return _listed(form)
    except ConflictError:
        form.form_errors.append(gettext("Somebody changed it just now. Try it again."))
        return _listed(form)
    return redirect(url_for("doubles.index", saved=1), 303)


def _listed(form: Form) -> str:
    store, scope = context.store(), _scope()
    found = doubles.candidates(store, scope)
    done = [
        (
            each.key,
            name_of(each.gone),
            name_of(kept),
            each.by,
            day(parse_day(each.on), context.today()),
        )
        for each, kept in doubles.merged(store, scope)[:_MOST]
    ]
    return render_template(
        "pages/doubles/index.html",
        pairs=[card(each) for each in found[:_MOST]],
        total=len(found),
        done=done,
        form=form,
        saved="saved" in request.args,
    )


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
