"""The short list for an inhabitant, and the letter that is made of it."""

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.errors import ConflictError, InvalidInputError
from netwerk.domain.ids import NodeId
from netwerk.usecases import shortlist
from netwerk.usecases.shortlist import Act, Change
from netwerk.web import access, context, pdf
from netwerk.web.language import day, say
from netwerk.web.presenters import shortlist as presenter

bp = Blueprint("shortlist", __name__, url_prefix="/inhabitants/<person>/shortlist")
Page = str | Response
Answer = Page | tuple[str, int]
_ACTS: Final = {"remove": Act.REMOVE, "up": Act.UP, "down": Act.DOWN, "say": Act.SAY}


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show the list."""
    return _page(person)


@bp.post("/")
@access.requires(Permission.NETWORK_EDIT)
def add(person: str) -> Answer:
    """Put something on the list."""
    record = NodeId(request.form.get("record", "")[:200])
    wanted = Change(act=Act.ADD, record=record)
    try:
        shortlist.change(context.store(), context.scope(person), context.operation(), wanted)
    except InvalidInputError as error:
        return _page(person, told=say(error)), 400
    if request.headers.get("HX-Request"):
        return render_template("fragments/listed.html", person=person)
    return redirect(url_for("shortlist.index", person=person), 303)


@bp.post("/<record>")
@access.requires(Permission.NETWORK_EDIT)
def change(person: str, record: str) -> Answer:
    """Order the list, take something off it, or say something about it."""
    act = _ACTS.get(request.form.get("act", ""))
    version = request.form.get("version", default=0, type=int)
    sentence = request.form.get("sentence", "")
    if act is None:
        abort(400)
    wanted = Change(act=act, record=NodeId(record), sentence=sentence, version=version)
    try:
        shortlist.change(context.store(), context.scope(person), context.operation(), wanted)
    except InvalidInputError as error:
        return _page(person, told=say(error), typed={record: sentence}), 400
    except ConflictError:
        told = gettext(
            "Somebody else changed this list in the meantime. What you typed is still here: "
            "save again to keep it."
        )
        return _page(person, told=told, typed={record: sentence}), 409
    where = url_for("shortlist.index", person=person)
    return redirect(where if act is Act.REMOVE else f"{where}#item-{record}", 303)


@bp.get("/letter")
@access.requires(Permission.NETWORK_READ)
def letter(person: str) -> str:
    """Show the list as a letter to the inhabitant, to be printed."""
    return _letter(person, "print-shortlist")


@bp.get("/letter.pdf")
@access.requires(Permission.NETWORK_READ)
def paper(person: str) -> Page:
    """Return the letter as a PDF; where the system cannot make one, the page that tells so."""
    if not pdf.possible():
        return redirect(url_for("shortlist.letter", person=person), 303)
    made = pdf.rendered(_letter(person, "export-shortlist"))
    # The name of a file is seen by whoever sees the folder: it names nobody.
    told = {"Content-Disposition": f"inline; filename=lijstje-{context.today().isoformat()}.pdf"}
    return Response(made, mimetype="application/pdf", headers=told)


def _page(person: str, told: str = "", typed: dict[str, str] | None = None) -> str:
    listed = shortlist.opened(context.store(), context.scope(person))
    return render_template(
        "pages/shortlist/index.html",
        listed=listed,
        items=presenter.told(listed),
        told=told,
        typed=typed or {},
    )


def _letter(person: str, action: str) -> str:
    listed = shortlist.opened(context.store(), context.scope(person), action)
    # Whatever language its worker reads: the letter is for the inhabitant.
    with force_locale("nl"):
        return render_template(
            "pages/shortlist/letter.html",
            listed=listed,
            items=presenter.letter(listed),
            on=day(context.today()) + f" {context.today().year}",
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )
