"""An inhabitant's file: who they are, their question, their network and talents."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.cases import Case
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import OperationId, RelationshipId
from netwerk.domain.ties import Approach, Tie
from netwerk.graph.advice import advices
from netwerk.graph.file import PersonFile
from netwerk.usecases import areas, cases, directory, matching, needs, network, shortlist
from netwerk.web import access, context
from netwerk.web.forms.base import needs_of, version_of
from netwerk.web.forms.cases import PersonForm, QuestionForm
from netwerk.web.forms.inhabitant import (
    EndForm,
    ParticipationForm,
    TalentsForm,
    TieForm,
    told,
)
from netwerk.web.language import language
from netwerk.web.on_paper import earlier_papers
from netwerk.web.presenters import inhabitant as presenter
from netwerk.web.presenters.advice import of_file as of_advice
from netwerk.web.presenters.matching import of_file
from netwerk.web.presenters.needs import labels, picker

bp = Blueprint("inhabitant", __name__, url_prefix="/inhabitants/<person>")
Page = str | Response


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> Page:
    """Show the file."""
    file, said = _open(person), request.args.get("said", "")[:200]
    every = needs.taxonomy(context.store(), context.scope(person))
    requests = matching.of_file(context.store(), context.scope(person), file)
    groups = presenter.network(file)
    about = file.case.needs if file.case else ()
    return render_template(
        "pages/inhabitant/index.html",
        file=file,
        case=file.case,
        needs=labels(every, about),
        near=[(need.id, need.label(language())) for need in every if need.id in about],
        talents=labels(every, file.talents),
        groups=groups,
        said=said,
        papers=earlier_papers(file, said),
        counts=presenter.counts(groups),
        among=presenter.among(file),
        past=presenter.past(file),
        asks=presenter.asks(file),
        reviews=presenter.reviews(file),
        advices=of_advice(advices(file), file.on),
        listed=shortlist.listed(context.store(), context.scope(person)),
        requests=of_file(requests, {need.id: need for need in every}),
        lines=context.schema().direct_line(language()),
        saved=request.args.get("saved", ""),
    )


@bp.route("/person", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def person_facts(person: str) -> Page:
    """Change what the inhabitant is called, how old they are, where they live."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    places = {each.id: each for each in areas.neighbourhoods(store, scope)}
    known = {
        "name": file.person.name,
        "birth_year": file.person.birth_year,
        "version": file.node.version,
    }
    form = PersonForm([(each.id, each.name) for each in places.values()], data=known)

    def act() -> None:
        changed: dict[str, Any] = {"name": form.name.data, "birth_year": form.birth_year.data}
        place = places.get(form.area.data)
        if place is not None and place.middle is not None:
            changed["point"] = list(place.middle)
        read = replace(file.node, version=version_of(form.version))
        network.change_person(store, scope, context.operation(), read, changed)

    if form.saved(act):
        return _back(person)
    _take_stored(form, file.node.version)
    stored = [file.person.name, file.person.birth_year]
    return render_template("pages/inhabitant/person.html", form=form, file=file, stored=stored)


@bp.route("/question", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def question(person: str) -> Page:
    """Change the question, what it is about, and how safe it is."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    case = _case(file)
    known = {
        "question": case.question,
        "question_behind": case.question_behind,
        "safety": case.safety.value,
        "version": case.node.version,
    }
    form = QuestionForm(data=known)
    chosen = needs_of() if form.is_submitted() else case.needs

    def act() -> None:
        changed: dict[str, Any] = {
            "question": form.question.data,
            "question_behind": form.question_behind.data or None,
            "safety": form.safety.data,
            "needs": list(chosen),
        }
        node = replace(case.node, version=version_of(form.version))
        cases.change_case(store, scope, context.operation(), replace(case, node=node), changed)

    if form.saved(act):
        return _back(person)
    _take_stored(form, case.node.version)
    return render_template(
        "pages/inhabitant/question.html",
        form=form,
        file=file,
        needs=picker(needs.taxonomy(store, scope), chosen),
        stored=[case.question, case.question_behind, context.schema_label("safety", case.safety)],
    )


@bp.route("/ties/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new_tie(person: str) -> Page:
    """Add somebody to the network."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    form = TieForm()

    def act() -> None:
        network.add_tie(store, scope, context.operation(), form.name.data or "", form.command())

    if form.saved(act):
        return _back(person, "network")
    return render_template("pages/inhabitant/tie.html", form=form, file=file, tie=None)


@bp.route("/ties/<tie>", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def change_tie(person: str, tie: str) -> Page:
    """Change what was told about somebody."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    read = _tie(file, tie)
    form = TieForm(data=told(read))

    def act() -> None:
        record = replace(read.record, version=version_of(form.version))
        facts = form.command()
        network.change_tie(store, scope, context.operation(), replace(read, record=record), facts)

    if form.saved(act):
        return _back(person, "network")
    _take_stored(form, read.record.version)
    row = presenter.tie_row(file, read)
    stored = [row.name, row.kind, *row.facts, context.schema_label("approach", row.approach)]
    return render_template(
        "pages/inhabitant/tie.html",
        form=form,
        file=file,
        tie=row,
        stored=stored,
        papers=earlier_papers(file, tie),
    )


@bp.route("/ties/<tie>/end", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def end_tie(person: str, tie: str) -> Page:
    """Note that somebody is no longer in the picture."""
    return _ended(person, tie, participation=False)


@bp.route("/participations/new", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def new_participation(person: str) -> Page:
    """Note where the inhabitant takes part."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    known = [each.organization for each in directory.partners(store, scope)]
    form = ParticipationForm([(each.id, each.name) for each in known])

    def act() -> None:
        network.add_participation(store, scope, context.operation(), form.command())

    if form.saved(act):
        return _back(person, "network")
    return render_template("pages/inhabitant/participation.html", form=form, file=file)


@bp.route("/participations/<tie>/end", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def end_participation(person: str, tie: str) -> Page:
    """Note that the inhabitant no longer takes part."""
    return _ended(person, tie, participation=True)


@bp.post("/approach/<record>")
@access.requires(Permission.NETWORK_EDIT)
def approach(person: str, record: str) -> Page:
    """Note the inhabitant's word on asking somebody: one tap."""
    store, scope = context.store(), context.scope(person)
    given = request.form.get("approach", "")
    if given not in set(Approach):
        abort(400)
    # Each tap counts, also one on a page that was left and came back: saying it twice is no harm.
    tap = OperationId(context.new_operation())
    network.set_approach(store, scope, tap, RelationshipId(record), Approach(given))
    if not request.headers.get("Netwerk-Part"):
        return _back(person, f"tie-{record}", said=record)
    file = _open(person)
    return render_template(
        "fragments/tie_row.html",
        file=file,
        row=presenter.row(file, record),
        papers=earlier_papers(file, record),
        counts=presenter.counts(presenter.network(file)),
        said=True,
    )


@bp.route("/talents", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def talents(person: str) -> Page:
    """Note what the inhabitant could mean for somebody else."""
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    willing = file.person.willing_to_help is True
    form = TalentsForm(data={"willing": "yes" if willing else "no"})
    chosen = needs_of() if form.is_submitted() else file.talents

    def act() -> None:
        wants = form.willing.data == "yes"
        if wants and not chosen:
            raise InvalidInputError("Choose what the inhabitant could mean for someone else.")
        network.set_talents(store, scope, context.operation(), chosen, willing=wants)

    if form.saved(act):
        return _back(person, "talents")
    every = picker(needs.taxonomy(store, scope), chosen)
    return render_template("pages/inhabitant/talents.html", form=form, file=file, needs=every)


def _ended(person: str, key: str, *, participation: bool) -> Page:
    store, scope = context.store(), context.scope(person)
    file = _open(person)
    record = RelationshipId(key)
    account = file.participation(record) if participation else file.tie(record)
    if account is None:
        raise NotVisibleError
    form = EndForm(data={"on": context.today()})

    def act() -> None:
        end = network.end_participation if participation else network.end_tie
        end(store, scope, context.operation(), record, form.on.data)

    if form.saved(act):
        return _back(person, "network")
    row = presenter.row(file, key)
    return render_template("pages/inhabitant/end.html", form=form, file=file, row=row)


def _open(person: str) -> PersonFile:
    return network.open_file(context.store(), context.scope(person))


def _back(person: str, anchor: str = "top", said: str | None = None) -> Response:
    saved = anchor.partition("-")[0]
    where = url_for("inhabitant.index", person=person, saved=saved, said=said)
    return redirect(f"{where}#{anchor}", 303)


def _case(file: PersonFile) -> Case:
    if file.case is None:
        raise NotVisibleError
    return file.case


def _tie(file: PersonFile, key: str) -> Tie:
    tie = file.tie(RelationshipId(key))
    if tie is None:
        raise NotVisibleError
    return tie


def _take_stored(form: PersonForm | QuestionForm | TieForm, version: int) -> None:
    """After a conflict, let the next save start from what is stored now, and show it."""
    form.stale = form.is_submitted() and form.version.data != str(version)
    if form.stale:
        form.version.data = str(version)
