"""Clarifying: one page with the question, the one behind it, and all of life."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.records import text
from netwerk.usecases import clarify, needs, network
from netwerk.web import access, context
from netwerk.web.forms.base import choices, version_of
from netwerk.web.forms.clarify import FACTS, LONGEST, ClarifyForm, told
from netwerk.web.presenters import clarify as presenter
from netwerk.web.presenters.needs import labels

bp = Blueprint("clarify", __name__, url_prefix="/inhabitants/<person>/clarify")
Page = str | Response


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def index(person: str) -> Page:
    """Tell what is asked, and how it goes in each part of life."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    case = file.case
    if case is None:
        raise NotVisibleError
    every = needs.taxonomy(store, scope)
    domains = clarify.domains(file, every)
    form = ClarifyForm.of(case)
    typed = told(domains)

    def act() -> None:
        read = replace(case, node=replace(case.node, version=version_of(form.version)))
        about = (read, form.changed())
        clarify.save(store, scope, context.operation(), about, typed)

    if form.saved(act):
        return redirect(url_for("clarify.index", person=person, saved=1), 303)
    rows = presenter.rows(file, domains, typed)
    _take_stored(form, case.node.version, rows)
    return render_template(
        "pages/clarify/index.html",
        form=form,
        file=file,
        rows=rows,
        goes=choices("domain_goes"),
        longest=LONGEST,
        talents=labels(every, file.talents),
        stored=[text(case.node.properties, name) for name in FACTS],
        saved="saved" in request.args,
    )


def _take_stored(form: ClarifyForm, version: int, rows: Iterable[presenter.DomainRow]) -> None:
    """After a conflict, let the next save start from what is stored now, and show it."""
    changed = form.version.data != str(version) or any(row.stale for row in rows)
    form.stale = form.is_submitted() and changed
    if form.stale:
        form.version.data = str(version)
