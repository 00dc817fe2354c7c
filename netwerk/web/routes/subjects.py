"""The privacy officer's desk: who asks what is held about them."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import InvalidInputError
from netwerk.domain.grants import LONGEST
from netwerk.domain.ids import OperationId
from netwerk.domain.stories import Story
from netwerk.graph.names import NamesInTextError
from netwerk.usecases import erasing, own_file, stories, subjects
from netwerk.web import access, context, pdf
from netwerk.web.forms.subjects import ConfirmForm, SearchForm
from netwerk.web.language import language, say
from netwerk.web.presenters.erasing import going
from netwerk.web.security import limiter
from netwerk.web.subject_pages import Ways, as_pdf, as_zip, confirmed, own_paper

bp = Blueprint("subjects", __name__, url_prefix="/subjects")
Page = str | tuple[str, int] | Response


@bp.get("/")
@access.requires(Permission.SUBJECT_READ)
def index() -> str:
    """Show where to begin a request."""
    return render_template("pages/subjects/index.html", form=SearchForm(), found=None)


@bp.post("/")
@access.requires(Permission.SUBJECT_READ)
def search() -> Page:
    """Find somebody by their whole name: names stay out of addresses and logs."""
    form, found = SearchForm(), None
    if form.validate_on_submit():
        try:
            found = subjects.search(
                context.store(),
                _scope(),
                context.operation(),
                form.name.data or "",
                form.reason.data or "",
            )
        except InvalidInputError as error:
            form.form_errors.append(say(error))
    return render_template("pages/subjects/index.html", form=form, found=found)


@bp.post("/<person>/open")
@access.requires(Permission.SUBJECT_READ)
def open_request(person: str) -> Page:
    """Open somebody's file for their request."""
    reason = request.form.get("reason", "")[:LONGEST]
    subjects.open_request(
        context.store(), context.parts().clock, _scope(person), context.operation(), reason
    )
    return redirect(url_for("subjects.show", person=person), 303)


@bp.get("/<person>/")
@access.requires(Permission.SUBJECT_READ)
def show(person: str) -> str:
    """Show what can be done for a request that is open."""
    file = own_file.requested_file(context.store(), _scope(person), _once())
    told = [Story.from_node(node) for node in file.graph.labelled("Story")]
    return render_template(
        "pages/subjects/show.html",
        file=file,
        stories=[each for each in told if each.is_shared],
        saved="saved" in request.args,
    )


@bp.post("/<person>/stories/<story>/take-back")
@access.requires(Permission.SUBJECT_ERASE)
def take_back(person: str, story: str) -> Response:
    """Take back a story that was told of somebody, at their request."""
    stories.take_back(context.store(), _scope(person), context.operation(), story)
    return redirect(url_for("subjects.show", person=person, saved=1), 303)


@bp.get("/<person>/file")
@access.requires(Permission.SUBJECT_READ)
def paper(person: str) -> str:
    """Show the file as the person may read it, to be printed."""
    file = own_file.requested_file(context.store(), _scope(person), _once(), "print-own-file")
    back = url_for("subjects.show", person=person)
    return own_paper(file, Ways(back=back, paper=url_for("subjects.as_file", person=person)))


@bp.get("/<person>/file.pdf")
@access.requires(Permission.SUBJECT_READ)
def as_file(person: str) -> Response:
    """Return the same as a PDF."""
    if not pdf.possible():
        return redirect(url_for("subjects.paper", person=person), 303)
    file = own_file.requested_file(context.store(), _scope(person), _once(), "export-own-file")
    return as_pdf(own_paper(file, Ways()))


@bp.route("/<person>/export", methods=["GET", "POST"])
@access.requires(Permission.SUBJECT_EXPORT)
@limiter.limit("20/minute", methods=["POST"])
def export(person: str) -> Page:
    """Give a file to take along, for a reason, by whom their password shows to be themselves."""
    form, file = ConfirmForm(), _opened(person)
    if not form.validate_on_submit() or not confirmed(form):
        form.reason.data = form.reason.data or file.reason
        return render_template("pages/subjects/export.html", form=form, file=file), form.status
    try:
        taken, mark = own_file.export(
            context.store(), context.parts().clock, _scope(person), _once(), form.reason.data or ""
        )
    except NamesInTextError as error:
        form.reason.errors = (say(error),)
        return render_template("pages/subjects/export.html", form=form, file=file), 400
    name = f"dossier-{context.parts().clock.now():%Y%m%d-%H%M}-{context.account().username}.zip"
    answer = Response(as_zip(taken, mark), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.route("/<person>/erase", methods=["GET", "POST"])
@access.requires(Permission.SUBJECT_ERASE)
@limiter.limit("20/minute", methods=["POST"])
def erase(person: str) -> Page:
    """Show what erasing comes to, and do it."""
    form, file = ConfirmForm(), _opened(person)
    store, schema = context.store(), context.schema()
    if form.validate_on_submit() and confirmed(form):
        try:
            why = form.reason.data or ""
            erasing.erase(store, _scope(person), context.operation(), schema, why)
        except NamesInTextError as error:
            form.reason.errors, form.status = (say(error),), 400
        else:
            return redirect(url_for("subjects.index", erased=1), 303)
    form.reason.data = form.reason.data or file.reason
    found = erasing.preview(store, _scope(person), _once(), schema)
    told = going(found, schema, language())
    page = render_template("pages/subjects/erase.html", form=form, file=file, told=told)
    return page, form.status


def _opened(person: str) -> own_file.SubjectFile:
    return own_file.requested_file(context.store(), _scope(person), _once())


def _scope(person: str | None = None) -> Scope:
    return context.scope(person, Purpose.DATA_SUBJECT)


def _once() -> OperationId:
    return OperationId(context.new_operation())
