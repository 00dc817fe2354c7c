"""The plan: goals, who does what by when, and on paper for the inhabitant."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import NotVisibleError
from netwerk.graph.file import PersonFile
from netwerk.usecases import directory, network, plan
from netwerk.usecases.plan import Close
from netwerk.web import access, context, pdf
from netwerk.web.forms.base import version_of
from netwerk.web.forms.plan import ActionForm, GoalForm, begun, known
from netwerk.web.language import day
from netwerk.web.presenters import plan as presenter

bp = Blueprint("plan", __name__, url_prefix="/inhabitants/<person>/plan")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show what is wanted, who does what, and what runs."""
    file = network.open_file(context.store(), context.scope(person))
    cards = presenter.goals(file, _names(person))
    return render_template(
        "pages/plan/index.html",
        file=file,
        goals=[card for card in cards if not card.ended],
        ended=[card for card in cards if card.ended],
        loose=presenter.loose(file, _names(person)),
        running=presenter.running(file),
        saved="saved" in request.args,
    )


@bp.route("/goals/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new_goal(person: str) -> Page:
    """Write down what the inhabitant wants."""
    file = network.open_file(context.store(), context.scope(person))
    form = GoalForm.of(None)

    def act() -> None:
        scope = context.scope(person)
        plan.set_goal(context.store(), scope, context.operation(), None, form.command())

    if form.saved(act):
        return _back(person)
    return render_template("pages/plan/goal.html", form=form, file=file, goal=None)


@bp.route("/goals/<goal>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def goal(person: str, goal: str) -> Page:
    """Change a goal, or tell how it went."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    read = plan.goal(file, goal)
    form = GoalForm.of(read)

    def act() -> None:
        stale = replace(read, node=replace(read.node, version=version_of(form.version)))
        plan.set_goal(store, scope, context.operation(), stale, form.command())

    if form.saved(act):
        return _back(person)
    _take_stored(form, read.node.version)
    stored = [read.text, day(read.look_back_on), read.note]
    return render_template("pages/plan/goal.html", form=form, file=file, goal=read, stored=stored)


@bp.route("/actions/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new_action(person: str) -> Page:
    """Agree on who does what."""
    file = network.open_file(context.store(), context.scope(person))
    form = _action_form(file, person, begun(request.args))

    def act() -> None:
        scope = context.scope(person)
        plan.set_action(context.store(), scope, context.operation(), None, form.command())

    if form.saved(act):
        return _back(person)
    return render_template("pages/plan/action.html", form=form, file=file, action=None)


@bp.route("/actions/<action>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def action(person: str, action: str) -> Page:
    """Change what was agreed."""
    store, scope = context.store(), context.scope(person)
    file = network.open_file(store, scope)
    found = plan.action(file, action)
    read = found.action
    if found.closed_off:  # of who is left alone nothing is shown again, not in a form either
        raise NotVisibleError
    form = _action_form(file, person, known(read))

    def act() -> None:
        stale = replace(read, node=replace(read.node, version=version_of(form.version)))
        plan.set_action(store, scope, context.operation(), stale, form.command())

    if form.saved(act):
        return _back(person)
    _take_stored(form, read.node.version)
    stored = [read.text, day(read.due_on), read.note]
    return render_template(
        "pages/plan/action.html", form=form, file=file, action=read, stored=stored
    )


@bp.post("/actions/<action>/close")
@access.requires(Permission.NETWORK_EDIT)
def close(person: str, action: str) -> Response:
    """Note that it was done, or is no longer needed: one tap, and one to take it back."""
    how = request.form.get("how", "")
    if how not in set(Close):
        abort(400)
    scope = context.scope(person)
    plan.close_action(context.store(), scope, context.operation(), action, Close(how))
    return redirect(f"{url_for('plan.index', person=person)}#action-{action}", 303)


@bp.get("/letter")
@access.requires(Permission.NETWORK_READ)
def letter(person: str) -> str:
    """Show the plan as a letter to the inhabitant, to be printed."""
    return _letter(person, "print-plan")


@bp.get("/letter.pdf")
@access.requires(Permission.NETWORK_READ)
def paper(person: str) -> Page:
    """Return the plan as a PDF; where the system cannot make one, the page that tells so."""
    if not pdf.possible():
        return redirect(url_for("plan.letter", person=person), 303)
    made = pdf.rendered(_letter(person, "export-plan"))
    # The name of a file is seen by whoever sees the folder: it names nobody.
    told = {"Content-Disposition": f"inline; filename=plan-{context.today().isoformat()}.pdf"}
    return Response(made, mimetype="application/pdf", headers=told)


def _letter(person: str, action: str) -> str:
    file = plan.on_paper(context.store(), context.scope(person), action)
    # Whatever language its worker reads: the letter is for the inhabitant.
    with force_locale("nl"):
        cards = presenter.goals(file, _names(person))
        return render_template(
            "pages/plan/letter.html",
            file=file,
            goals=[card for card in cards if not card.ended],
            loose=[row for row in presenter.loose(file, _names(person)) if row.is_open],
            worker=context.account().name,
            on=day(context.today()) + f" {context.today().year}",
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )


def _action_form(file: PersonFile, person: str, data: dict[str, str]) -> ActionForm:
    workers = plan.colleagues(context.store(), context.scope(person))
    every = presenter.goals(file, {})
    goals = [(card.id, card.text) for card in every if not card.ended or card.id == data["goal"]]
    return ActionForm(presenter.who(file, workers, _partners(person)), goals, data=data)


def _partners(person: str) -> list[tuple[str, str]]:
    every = directory.partners(context.store(), context.scope(person))
    return [(each.organization.id, each.organization.name) for each in every]


def _names(person: str) -> presenter.Names:
    workers = plan.colleagues(context.store(), context.scope(person))
    return presenter.names(workers, _partners(person))


def _take_stored(form: GoalForm | ActionForm, version: int) -> None:
    """After a conflict, let the next save start from what is stored now, and show it."""
    form.stale = form.is_submitted() and form.version.data != str(version)
    if form.stale:
        form.version.data = str(version)


def _back(person: str) -> Response:
    return redirect(url_for("plan.index", person=person, saved=1), 303)
