"""Before a formal decision: the advice, on paper and for programs, and what came of it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.advice import GRANTED, STANDING, Advice
from netwerk.domain.cases import Safety
from netwerk.domain.directory import Need
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId
from netwerk.graph.file import PersonFile
from netwerk.graph.question import Question
from netwerk.usecases import advice as usecase
from netwerk.usecases import needs, support_paths
from netwerk.usecases.advice import Opened
from netwerk.web import access, context, pdf
from netwerk.web.forms.advice import AdviceForm, DecisionForm, FollowForm
from netwerk.web.forms.base import needs_of, version_of
from netwerk.web.language import language, say
from netwerk.web.presenters import advice as presenter
from netwerk.web.presenters.needs import picker

bp = Blueprint("advice", __name__, url_prefix="/inhabitants/<person>/advice")
Page = str | Response
Answer = Page | tuple[str, int]


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show the advices."""
    file, shown = usecase.listed(context.store(), context.scope(person))
    cards = [presenter.card(each, context.today()) for each in shown]
    return render_template("pages/advice/index.html", cards=cards, **_safety(file))


@bp.post("/")
@access.requires(Permission.NETWORK_EDIT)
def start(person: str) -> Response:
    """Begin an advice, or go on with the draft that is there."""
    store, scope = context.store(), context.scope(person)
    key = usecase.start(store, scope, context.operation(), context.account().name)
    return redirect(url_for("advice.draft", person=person, advice=key), 303)


@bp.route("/<advice>/draft", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def draft(person: str, advice: str) -> Page:
    """Write the draft; it is kept each time."""
    opened = _opened(person, advice)
    read = opened.advice
    if not read.is_draft:
        return redirect(url_for("advice.show", person=person, advice=advice), 303)
    form = AdviceForm.of(read)
    chosen = needs_of() if form.is_submitted() else read.needs

    def act() -> None:
        # Somebody acutely unsafe waits for nobody: then there are no paths.
        paths = _suggested(person, chosen)
        told = form.command(chosen, paths)
        stale = _as_read(read, form)
        usecase.save_draft(context.store(), context.scope(person), context.operation(), stale, told)

    if form.saved(act):
        there = "advice.show" if request.form.get("act") == "look" else "advice.draft"
        return redirect(url_for(there, person=person, advice=advice, saved="advice"), 303)
    _take_stored(form, read)
    return _draft_page(opened, form, chosen)


@bp.get("/<advice>")
@access.requires(Permission.NETWORK_READ)
def show(person: str, advice: str) -> str:
    """Show one advice as it stands."""
    return _show(_opened(person, advice))


@bp.post("/<advice>/give")
@access.requires(Permission.NETWORK_EDIT)
def give(person: str, advice: str) -> Answer:
    """Give the advice: its words are fixed from now on."""
    opened = _opened(person, advice)
    store, scope = context.store(), context.scope(person)
    try:
        usecase.give(
            store, scope, context.operation(), _at_version(opened.advice), context.account().name
        )
    except InvalidInputError as error:
        return _show(opened, say(error)), 400
    return redirect(url_for("advice.show", person=person, advice=advice, saved="advice"), 303)


@bp.post("/<advice>/new-version")
@access.requires(Permission.NETWORK_EDIT)
def renew(person: str, advice: str) -> Answer:
    """Begin the next version."""
    opened = _opened(person, advice)
    store, scope = context.store(), context.scope(person)
    try:
        key = usecase.renew(
            store, scope, context.operation(), opened.advice, context.account().name
        )
    except InvalidInputError as error:
        return _show(opened, say(error)), 400
    return redirect(url_for("advice.draft", person=person, advice=key), 303)


@bp.post("/<advice>/withdraw")
@access.requires(Permission.NETWORK_EDIT)
def withdraw(person: str, advice: str) -> Answer:
    """Withdraw it."""
    opened = _opened(person, advice)
    store, scope = context.store(), context.scope(person)
    try:
        usecase.withdraw(store, scope, context.operation(), _at_version(opened.advice))
    except InvalidInputError as error:
        return _show(opened, say(error)), 400
    return redirect(url_for("advice.index", person=person), 303)


@bp.route("/<advice>/decision", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def decision(person: str, advice: str) -> Page:
    """Note what the municipality decided."""
    opened = _opened(person, advice)
    read = opened.advice
    if read.status not in STANDING:
        raise NotVisibleError
    known = {
        "version": read.node.version,
        "status": read.status.value,
        "on": read.decided_on or context.today(),
        "granted_from": read.granted_from,
        "granted_to": read.granted_to,
        "note": read.decision_note,
    }
    form = DecisionForm(data=known)

    def act() -> None:
        store, scope = context.store(), context.scope(person)
        usecase.decide(store, scope, context.operation(), _as_read(read, form), form.command())

    return _followed(opened, form, act, "pages/advice/decision.html")


@bp.route("/<advice>/follow", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def follow(person: str, advice: str) -> Page:
    """Look whether the network can take over."""
    opened = _opened(person, advice)
    read = opened.advice
    if read.status not in GRANTED:
        raise NotVisibleError
    known = {
        "version": read.node.version,
        "takeover": read.takeover.value if read.takeover else None,
        "note": read.takeover_note,
        "look_again_on": read.look_again_on,
    }
    form = FollowForm(data=known)

    def act() -> None:
        store, scope = context.store(), context.scope(person)
        usecase.follow(store, scope, context.operation(), _as_read(read, form), form.command())

    return _followed(opened, form, act, "pages/advice/follow.html")


@bp.get("/<advice>/paper")
@access.requires(Permission.NETWORK_READ)
def paper(person: str, advice: str) -> str:
    """Show it as it goes on paper."""
    return _paper(person, advice, "print-advice")


@bp.get("/<advice>.pdf")
@access.requires(Permission.NETWORK_READ)
def document(person: str, advice: str) -> Page:
    """Return it as a PDF; where the system cannot make one, the page that tells so."""
    if not pdf.possible():
        return redirect(url_for("advice.paper", person=person, advice=advice), 303)
    made = pdf.rendered(_paper(person, advice, "export-advice"))
    # The name of a file is seen by whoever sees the folder: it names nobody.
    told = {"Content-Disposition": f"inline; filename=advies-{context.today().isoformat()}.pdf"}
    return Response(made, mimetype="application/pdf", headers=told)


@bp.get("/<advice>.json")
@access.requires(Permission.NETWORK_READ)
def data(person: str, advice: str) -> dict[str, Any]:
    """Return what is on paper for the program of the municipality (docs/advice.schema.json)."""
    opened = _opened(person, advice, "export-advice")
    with force_locale("nl"):
        return presenter.data(opened, _known(person))


def _opened(person: str, advice: str, action: str = "open-advice") -> Opened:
    return usecase.opened(context.store(), context.scope(person), advice, action)


def _known(person: str) -> dict[NeedId, Need]:
    return {need.id: need for need in needs.taxonomy(context.store(), context.scope(person))}


def _suggested(person: str, codes: tuple[NeedId, ...]) -> Any:
    known = _known(person)
    scope, priors = context.scope(person), context.schema().priors
    answers = [
        support_paths.find(
            context.store(),
            scope,
            Question(person=_subject(person), need=c, on=scope.as_of),
            priors,
        )
        for c in codes
        if c in known
    ]
    # Kept as Dutch: that is what the advice is written in.
    with force_locale("nl"):
        return presenter.suggestions(answers, known, context.today())


def _subject(person: str) -> Any:
    return context.scope(person).subject


def _as_read(read: Advice, form: Any) -> Advice:
    return replace(read, node=replace(read.node, version=version_of(form.version)))


def _at_version(read: Advice) -> Advice:
    version = request.form.get("version", default=read.node.version, type=int)
    return replace(read, node=replace(read.node, version=version))


def _take_stored(form: Any, read: Advice) -> None:
    form.stale = form.is_submitted() and form.version.data != str(read.node.version)
    if form.stale:
        form.version.data = str(read.node.version)


def _safety(file: PersonFile) -> dict[str, Any]:
    safe = file.safety is Safety.NONE
    return {"file": file, "lines": () if safe else context.schema().direct_line(language())}


def _draft_page(opened: Opened, form: AdviceForm, chosen: tuple[NeedId, ...]) -> str:
    read = opened.advice
    every = needs.taxonomy(context.store(), context.scope(opened.file.person.id))
    return render_template(
        "pages/advice/draft.html",
        form=form,
        advice=read,
        shown=opened.shown,
        needs=picker(every, chosen),
        asked=presenter.asked(read),
        untried=presenter.untried(read),
        stored=[context.schema_label("product", read.product), read.reason, read.keeps_doing],
        **_safety(opened.file),
    )


def _show(opened: Opened, told: str = "") -> str:
    person = opened.file.person.id
    return render_template(
        "pages/advice/show.html",
        advice=opened.advice,
        shown=opened.shown,
        card=presenter.card(opened.shown, context.today()),
        paper=presenter.paper(opened, _known(person), context.today()),
        decided=opened.advice.status in STANDING and opened.advice.decided_on is not None,
        standing=opened.advice.status in STANDING,
        saved=request.args.get("saved", ""),
        told=told,
        **_safety(opened.file),
    )


def _followed(opened: Opened, form: Any, act: Any, template: str) -> Page:
    read, person = opened.advice, opened.file.person.id
    if form.saved(act):
        return redirect(url_for("advice.show", person=person, advice=read.id, saved="advice"), 303)
    _take_stored(form, read)
    stored = [context.schema_label("advice_status", read.status.value), read.decision_note]
    return render_template(template, form=form, advice=read, stored=stored, file=opened.file)


def _paper(person: str, advice: str, action: str) -> str:
    opened = _opened(person, advice, action)
    acute = opened.file.safety is Safety.ACUTE
    # Whatever language its worker reads: the advice is written in Dutch.
    with force_locale("nl"):
        return render_template(
            "pages/advice/paper.html",
            person=person,
            advice=opened.advice,
            paper=presenter.paper(opened, _known(person), context.today()),
            lines=context.schema().direct_line("nl") if acute else (),
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )
