"""The inhabitant's own file, opened together with them: on the screen, on paper, as a PDF."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.usecases import own_file
from netwerk.web import access, context, pdf
from netwerk.web.subject_pages import Ways, as_pdf, own_paper

bp = Blueprint("own_file", __name__, url_prefix="/inhabitants/<person>/own-file")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show the file as the inhabitant may read it, and say what is not right."""
    file = own_file.own_file(context.store(), context.scope(person))
    return own_paper(
        file,
        Ways(
            back=url_for("inhabitant.index", person=person),
            letter=url_for("own_file.letter", person=person),
            correct=url_for("corrections.new", person=person),
        ),
    )


@bp.get("/letter")
@access.requires(Permission.NETWORK_READ)
def letter(person: str) -> str:
    """Show the same to be printed."""
    file = own_file.own_file(context.store(), context.scope(person), "print-own-file")
    back = url_for("own_file.index", person=person)
    return own_paper(file, Ways(back=back, paper=url_for("own_file.paper", person=person)))


@bp.get("/file.pdf")
@access.requires(Permission.NETWORK_READ)
def paper(person: str) -> Response:
    """Return the same as a PDF."""
    if not pdf.possible():
        return redirect(url_for("own_file.index", person=person), 303)
    file = own_file.own_file(context.store(), context.scope(person), "export-own-file")
    return as_pdf(own_paper(file, Ways()))
