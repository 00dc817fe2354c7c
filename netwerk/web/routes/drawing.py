"""Drawing the network together: on a tablet by touch, by mouse, by keyboard, or as forms."""

import re
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Scope
from netwerk.domain.errors import ConflictError, InvalidInputError
from netwerk.domain.ids import NodeId, OperationId, OrganizationId, PersonId, RelationshipId
from netwerk.domain.records import Value
from netwerk.domain.ties import Approach
from netwerk.graph.file import PersonFile
from netwerk.graph.spoken import understood
from netwerk.ports.stores import GraphStore
from netwerk.usecases import directory, drawing
from netwerk.web import access, context, device, pdf
from netwerk.web.forms import drawing as forms
from netwerk.web.forms.base import choices
from netwerk.web.language import day, say
from netwerk.web.on_paper import earlier_papers
from netwerk.web.presenters import drawing as presenter
from netwerk.web.presenters import network

bp = Blueprint("drawing", __name__, url_prefix="/inhabitants/<person>/drawing")
Page = str | Response
Answer = Page | tuple[str, int]
Act = Callable[[GraphStore, Scope, OperationId], object]
_ONCE: Final = re.compile(r"[a-f0-9]{32}")
_NEW: Final = "new-"
"""Begins the name of somebody whom the page added and who may not be stored yet."""


@bp.get("/")
@access.requires(Permission.NETWORK_EDIT)
def index(person: str) -> str:
    """Show the drawing, and what can be done with it."""
    return _page(person, said=request.args.get("said", "")[:200])


@bp.post("/add")
@access.requires(Permission.NETWORK_EDIT)
def add(person: str) -> Answer:
    """Add somebody by one line, or by one tap: a tap is a line of one word."""
    told = forms.told_of(understood(forms.line(), context.schema().spoken))
    place = forms.place()
    answer = _done(person, lambda s, who, once: drawing.add(s, who, once, told, place))
    if not _by_script():
        return answer
    # Whom the page knows by the number of its act has a name of their own from now on.
    made = make_response(answer)
    made.headers["Netwerk-Made"] = _named(person, _NEW + request.form.get("operation", ""), "p")
    return made


@bp.post("/understand")
@access.requires(Permission.NETWORK_EDIT)
def understand(person: str) -> str:  # noqa: ARG001 -- nothing of the file is read
    """Say what would be understood of a line; nothing is kept of it."""
    found = understood(forms.line(), context.schema().spoken)
    return render_template(
        "fragments/heard.html",
        found=found,
        heard=presenter.heard(found),
    )


@bp.post("/move/<tie>")
@access.requires(Permission.NETWORK_EDIT)
def move(person: str, tie: str) -> Answer:
    """Put somebody on another ring."""
    to = forms.number("closeness", 1, forms.RINGS), forms.place()
    return _done(
        person, lambda s, who, once: drawing.move(s, who, once, _read(person, tie), to), tie
    )


@bp.post("/tell/<tie>")
@access.requires(Permission.NETWORK_EDIT)
def tell(person: str, tie: str) -> Answer:
    """Change what is told about somebody."""
    form = forms.TellForm()
    if not form.validate():
        return _page(person, told=form.wrong(), chosen=tie), 400
    told = form.command()
    return _done(
        person, lambda s, who, once: drawing.tell(s, who, once, _read(person, tie), told), tie
    )


@bp.post("/gone/<tie>")
@access.requires(Permission.NETWORK_EDIT)
def gone(person: str, tie: str) -> Answer:
    """Note that somebody is no longer there."""
    return _done(person, lambda s, who, once: drawing.gone(s, who, once, _read(person, tie)), tie)


@bp.post("/know/<one>")
@access.requires(Permission.NETWORK_EDIT)
def know(person: str, one: str) -> Answer:
    """Note that two people know each other, or take that off."""
    other = request.form.get("other", "")
    pair = PersonId(NodeId(_named(person, one, "p"))), PersonId(NodeId(_named(person, other, "p")))
    return _done(person, lambda s, who, once: drawing.know(s, who, once, *pair))


@bp.post("/take-part")
@access.requires(Permission.NETWORK_EDIT)
def take_part(person: str) -> Answer:
    """Note where the inhabitant takes part."""
    where = OrganizationId(NodeId(request.form.get("organization", "")))
    how = request.form.get("how", "visitor")
    known = {each.organization.id for each in _partners(person)}
    if where not in known or how not in context.schema().vocabularies["participation"].values:
        return _page(person, told=say(InvalidInputError("Choose one."))), 400
    return _done(person, lambda s, who, once: drawing.take_part(s, who, once, where, how))


@bp.post("/say/<tie>")
@access.requires(Permission.NETWORK_EDIT)
def say_approach(person: str, tie: str) -> Answer:
    """Note the inhabitant's word on asking somebody."""
    given = request.form.get("approach", "")
    if given not in set(Approach):
        abort(400)
    key, word = RelationshipId(_named(person, tie, "t")), Approach(given)
    return _done(person, lambda s, who, once: drawing.say(s, who, once, key, word), said=key)


@bp.post("/pets")
@access.requires(Permission.NETWORK_EDIT)
def pets(person: str) -> Answer:
    """Note which animals live in the house."""
    version, named = forms.number("version", 0, 10**9), request.form.get("pets", "")[:500]
    return _done(
        person, lambda s, who, once: drawing.keep_pets(s, who, once, version, named.split(","))
    )


@bp.post("/undo")
@access.requires(Permission.NETWORK_EDIT)
def undo(person: str) -> Answer:
    """Take the last step back."""
    return _done(person, drawing.undo)


@bp.get("/paper")
@access.requires(Permission.NETWORK_READ)
def paper(person: str) -> str:
    """Show the drawing as a sheet for the inhabitant to take home."""
    return _paper(person, "print-drawing")


@bp.get("/paper.pdf")
@access.requires(Permission.NETWORK_READ)
def pdf_paper(person: str) -> Page:
    """Return the sheet as a PDF; where the system cannot make one, the page that tells so."""
    if not pdf.possible():
        return redirect(url_for("drawing.paper", person=person), 303)
    made = pdf.rendered(_paper(person, "export-drawing"))
    # The name of a file is seen by whoever sees the folder: it names nobody.
    told = {"Content-Disposition": f"inline; filename=tekening-{context.today().isoformat()}.pdf"}
    return Response(made, mimetype="application/pdf", headers=told)


def _paper(person: str, action: str) -> str:
    file = drawing.open_drawing(context.store(), context.scope(person), action)
    # Whatever language its worker reads: the sheet is for the inhabitant.
    with force_locale("nl"):
        return render_template(
            "pages/drawing/paper.html",
            file=file,
            picture=network.picture(file, bare=True),
            groups=presenter.on_paper(file),
            home=presenter.household(presenter.people(file)),
            letters=network.letters(),
            on=f"{day(context.today())} {context.today().year}",
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )


def _done(person: str, act: Act, tie: str = "", said: str = "") -> Answer:
    """Do it, and answer with the drawing as it is now. `said`: whom a word on asking was about."""
    unit = context.store(), context.scope(person), _operation(person)
    try:
        act(*unit)
    except InvalidInputError as error:
        return _page(person, told=say(error), chosen=tie), 400
    except ConflictError:
        told = (
            ""
            if tie
            else gettext(
                "A colleague changed this in the meantime. Nothing was overwritten or taken back."
            )
        )
        return _page(person, told=told, clash=tie), 409
    if _by_script():
        return _page(person, said=said)
    where = url_for("drawing.index", person=person, said=said or None, **_next())
    return redirect(where, 303)


def _next() -> dict[str, Any]:
    """Return where the page goes on: at the one it was about, or in the round of questions."""
    return {key: request.form[key] for key in ("who", "ask") if request.form.get(key)}


def _page(person: str, told: str = "", clash: str = "", chosen: str = "", said: str = "") -> str:
    file = drawing.open_drawing(context.store(), context.scope(person))
    everybody = presenter.people(file)
    done = drawing.steps(context.store(), context.scope(person))
    shown = {
        "file": file,
        "picture": network.picture(file, whole=True),
        "people": everybody,
        "to_ask": presenter.to_ask(everybody),
        "home": presenter.household(everybody),
        "back": presenter.step_back(done[-1] if done else None),
        "told": told,
        "papers": earlier_papers(file, said),
        "clash": _clash(file, clash) if clash else None,
        "ring_names": dict(forms.rings()),
    }
    if _by_script():
        return render_template("fragments/drawing.html", **shown)
    return render_template(
        "pages/drawing/index.html",
        **shown,
        **_around(person, everybody, chosen),
        legend=network.letters(),
        key=device.key(),
    )


def _around(person: str, everybody: dict[str, Any], chosen: str) -> dict[str, Any]:
    """Return what stands around the drawing: the words to tap, and who is being told about."""
    wanted = {key for key, each in everybody.items() if each["tie"] == chosen}
    who = next(iter(wanted), request.args.get("who", ""))
    ask = request.args.get("ask", "")
    known = everybody.get(who, {})
    form = forms.TellForm(formdata=request.form if wanted and request.form else None, data=known)
    return {
        "form": form,
        "who": who if "person" in known else "",
        "ask": ask if ask in everybody else "",
        "chips": context.schema().spoken.chips,
        "kind_words": presenter.kind_words(context.schema().spoken),
        "letters": network.letter_of(),
        "partners": [(each.organization.id, each.organization.name) for each in _partners(person)],
        "parts": choices("participation"),
    }


def _partners(person: str) -> Any:
    return directory.partners(context.store(), context.scope(person))


def _clash(file: PersonFile, tie: str) -> presenter.Clash | None:
    """Return both versions of what a colleague changed meanwhile."""
    account = file.tie(RelationshipId(_named(file.person.id, tie, "t")))
    if account is None:
        return None
    alter = file.graph.nodes[account.other(file.person.id)]
    now = {"version": str(account.record.version), "person_version": str(alter.version)}
    kept = request.form.to_dict(flat=False)
    for name in ("csrf_token", "operation", *now):
        kept.pop(name, None)
    mine = {name: given if name.startswith("support") else given[0] for name, given in kept.items()}
    rings: dict[str, Value] = {"closeness": request.form.get("closeness", 0, type=int)}
    fields = [(name, each) for name, given in kept.items() for each in given]
    return presenter.Clash(
        name=file.name(alter.id),
        mine=presenter.sentences({**mine, **rings}),
        stored=presenter.sentences(account.record.properties),
        address=request.path,
        fields=(*fields, *now.items()),
    )


def _read(person: str, tie: str) -> drawing.Read:
    key = RelationshipId(_named(person, tie, "t"))
    person_version = request.form.get("person_version", default=0, type=int)
    version = forms.number("version", 0, 10**9)
    return drawing.Read(tie=key, version=version, person_version=person_version)


def _by_script() -> bool:
    return request.headers.get("Netwerk-Part") == "drawing"


def _operation(person: str) -> OperationId:
    """Return the id of what is done.

    The script names every act itself, once and for all; a form may be filled in anew.
    """
    if not _by_script():
        return context.operation()
    given = request.form.get("operation", "")
    if not _ONCE.fullmatch(given):
        abort(400)
    return OperationId(_derived(person, given))


def _named(person: str, key: str, prefix: str) -> str:
    """Return the id of somebody: of who was added by the script it follows from that act."""
    if not key.startswith(_NEW):
        return key
    return f"{prefix}-{_derived(person, key.removeprefix(_NEW))}"


def _derived(person: str, given: str) -> str:
    # Not as it came: nobody can find out by choosing an id whether it exists in another file.
    made = f"{person}/{context.account().worker}/{given}"
    return blake2b(made.encode(), digest_size=16).hexdigest()
