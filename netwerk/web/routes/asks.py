"""Asking somebody, and what came of it."""

import json
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.cases import Ask, Safety
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import text
from netwerk.graph.file import AskInFile, PersonFile
from netwerk.graph.question import Answer, SupportPath
from netwerk.usecases import asks, needs, network, support_paths
from netwerk.web import access, context
from netwerk.web.forms.asks import NewAskForm, OwnIdeaForm, ResultForm
from netwerk.web.forms.base import version_of
from netwerk.web.forms.paths import Asked
from netwerk.web.presenters.paths import Cards

bp = Blueprint("asks", __name__, url_prefix="/inhabitants/<person>/asks")
Page = str | Response


@bp.route("/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new(person: str) -> Page:
    """Record that a path is being tried."""
    store, scope = context.store(), context.scope(person)
    asked, answer, path = _chosen(person)
    known = {need.id: need for need in needs.taxonomy(store, scope)}
    cards = Cards(answer, known, context.today())
    place = asks.suggested(answer, path, asked.question(person, asked.needs[0]).k)
    form = NewAskForm.started()

    def act() -> None:
        told = form.command(answer.question.need, cards.title(path), cards.first_step(path), place)
        asks.record_ask(store, scope, context.operation(), path, told)

    if form.saved(act):
        where = url_for("inhabitant.index", person=person, saved="asks")
        return redirect(f"{where}#asks", 303)
    file = network.open_file(store, scope)
    card = cards.card(1, path)
    return render_template(
        "pages/asks/new.html",
        form=form,
        file=file,
        card=card,
        asked=asked,
        first=None if place.is_first else cards.title(answer.paths[0]),
    )


@bp.route("/own", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def own(person: str) -> Page:
    """Record that somebody is asked whom no proposal named."""
    store, scope = context.store(), context.scope(person)
    file, asked = network.open_file(store, scope), Asked.from_request(())
    if file.case is None or file.safety is Safety.ACUTE:
        abort(404)
    known = {need.id: need for need in needs.taxonomy(store, scope)}
    wanted = [code for code in (*asked.needs, *file.case.needs) if code in known]
    if not wanted:
        return redirect(url_for("paths.index", person=person))
    form = OwnIdeaForm.for_file(file, [known[code] for code in dict.fromkeys(wanted)])

    def act() -> None:
        answer = _answer(person, asked, NeedId(NodeId(form.need.data)))
        path = asks.own_idea(answer, file, form.tie.data or "")
        place = asks.suggested(answer, path, asked.question(person, answer.question.need).k)
        told = form.told(answer.question.need, place)
        asks.record_ask(store, scope, context.operation(), path, told)

    if form.saved(act):
        where = url_for("inhabitant.index", person=person, saved="asks")
        return redirect(f"{where}#asks", 303)
    return render_template("pages/asks/own.html", form=form, file=file, asked=asked)


@bp.route("/<ask>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def result(person: str, ask: str) -> Page:
    """Note what came of an ask."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    shown = _shown(file, ask)
    read = shown.ask
    known = {
        "version": read.node.version,
        "outcome": read.outcome.value,
        "on": read.outcome_on or context.today(),
        "phase_out_on": read.phase_out_on,
        "declined_step": "" if read.declined_step is None else str(read.declined_step),
        "reason": read.reason,
    }
    form = ResultForm([] if shown.closed_off else _steps(file, read), data=known)

    def act() -> None:
        node = replace(read.node, version=version_of(form.version))
        stale = replace(read, node=node)
        asks.set_result(store, scope, context.operation(), stale, form.command())

    if form.saved(act):
        where = url_for("inhabitant.index", person=person, saved="asks")
        return redirect(f"{where}#asks", 303)
    form.stale = form.is_submitted() and form.version.data != str(read.node.version)
    if form.stale:
        form.version.data = str(read.node.version)
    stored = [context.schema_label("outcome", read.outcome.value), read.reason]
    return render_template(
        "pages/asks/result.html", form=form, file=file, shown=shown, stored=stored
    )


@bp.post("/<ask>/take-back")
@access.requires(Permission.NETWORK_EDIT)
def take_back(person: str, ask: str) -> Response:
    """Take an ask back: it was a mistake, and counts for nothing."""
    store, scope = context.store(), context.scope(person)
    read = _shown(network.open_file(store, scope), ask).ask
    asks.take_back(store, scope, context.operation(), read)
    where = url_for("inhabitant.index", person=person, saved="asks")
    return redirect(f"{where}#asks", 303)


def _chosen(person: str) -> tuple[Asked, Answer, SupportPath]:
    """Return the path that was chosen, as today's answer has it."""
    asked = Asked.from_request(())
    nodes = request.values.get("path", "").split(",")
    if len(asked.needs) != 1:
        abort(400)
    answer = _answer(person, asked, asked.needs[0])
    return asked, answer, asks.path_of(answer, nodes)


def _answer(person: str, asked: Asked, need: NeedId) -> Answer:
    # The list may have held fewer or more paths than this one question gives.
    question = replace(asked.question(person, need), k=50)
    priors = context.schema().priors
    return support_paths.find(context.store(), context.scope(person), question, priors)


def _shown(file: PersonFile, key: str) -> AskInFile:
    found = next((each for each in file.asks if each.ask.id == key), None)
    if found is None:
        raise NotVisibleError
    return found


def _steps(file: PersonFile, ask: Ask) -> list[str]:
    """Name who could have said no at each step."""
    steps = json.loads(text(ask.node.properties, "path") or "[]")
    return [
        file.name(NodeId(step.get("to") or (step["from"] if step["step"] != "direct" else "")))
        or gettext("step %(number)s", number=number)
        for number, step in enumerate(steps, 1)
    ]
