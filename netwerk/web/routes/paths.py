"""Whom could we ask?"""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.domain.cases import Safety
from netwerk.domain.ids import NeedId
from netwerk.graph.file import PersonFile
from netwerk.usecases import areas, needs, network, shortlist, support_paths
from netwerk.web import access, context
from netwerk.web.forms.paths import MOST_NEEDS, Asked, radius_choices, step_choices
from netwerk.web.language import language
from netwerk.web.presenters.map import Map, drawn
from netwerk.web.presenters.paths import Found, PathCard, together

bp = Blueprint("paths", __name__, url_prefix="/inhabitants/<person>/paths")


@bp.get("/")
@access.requires(Permission.NETWORK_READ)
def index(person: str) -> str:
    """Show whom could be asked, for the needs of the case or those that were chosen."""
    return _page(person, typed="")


@bp.post("/")
@access.requires(Permission.NETWORK_READ)
def words(person: str) -> str | Response:
    """Find needs by the words of whoever types; the words stay out of addresses and logs."""
    typed = request.form.get("words", "")[:500].strip()
    if request.headers.get("HX-Request"):
        file, asked = _opened(person)
        return render_template("fragments/needs.html", file=file, asked=asked, **_found(typed))
    if typed:
        return _page(person, typed)
    _, asked = _opened(person)
    return redirect(url_for("paths.index", person=person, **asked.address()), 303)


def _page(person: str, typed: str) -> str:
    file, asked = _opened(person)
    scope, store = context.scope(person), context.store()
    known = {need.id: need for need in needs.taxonomy(store, scope)}
    answers = [
        support_paths.find(store, scope, asked.question(person, code), context.schema().priors)
        for code in asked.needs
        if code in known
    ]
    shown = together(answers, known, context.today())
    return render_template(
        "pages/paths/index.html",
        file=file,
        case=file.case,
        asked=asked,
        chosen=[known[code] for code in asked.needs if code in known],
        cards=[card for card, _ in shown],
        left_out=answers[0].left_out if answers else {},
        listed=shortlist.listed(store, scope),
        map=_map(file, asked, shown) if shown else None,
        experts=_experts(asked.needs),
        acute=file.safety is Safety.ACUTE,
        lines=context.schema().direct_line(language()) if file.safety is not Safety.NONE else (),
        radii=radius_choices(),
        steps=step_choices(),
        full=len(asked.needs) >= MOST_NEEDS,
        **_found(typed),
    )


def _opened(person: str) -> tuple[PersonFile, Asked]:
    file = network.open_file(context.store(), context.scope(person))
    usual = file.case.needs if file.case else ()
    return file, Asked.from_request(usual)


def _found(typed: str) -> dict[str, object]:
    if not typed:
        return {"typed": "", "matches": []}
    every = needs.taxonomy(context.store(), context.scope())
    return {"typed": typed, "matches": needs.match(every, typed, language(), limit=6)}


def _map(file: PersonFile, asked: Asked, shown: Sequence[tuple[PathCard, Found]]) -> Map | None:
    # A supporter's own home is nobody's business: only places of offers are drawn.
    places = [(card.number, card.title, at) for card, found in shown if (at := found.place)]
    every = areas.neighbourhoods(context.store(), context.scope())
    return drawn(every, file.person.point, asked.radius, places)


def _experts(codes: tuple[NeedId, ...]) -> list[str]:
    """Name the colleagues who know about these needs."""
    return needs.experts(context.store(), context.scope(), codes)
