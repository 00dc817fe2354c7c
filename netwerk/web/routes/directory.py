"""The wijk map: the partners of the neighbourhood, and who knows them."""

from typing import Final

from flask import Blueprint, Response, jsonify, render_template, request

from netwerk.domain.access import Permission, Purpose
from netwerk.domain.ids import NodeId
from netwerk.usecases import areas, directory, partners
from netwerk.web import access, context
from netwerk.web.language import day
from netwerk.web.presenters import partner as presenter
from netwerk.web.presenters.map import overview
from netwerk.web.security import KEPT_AN_HOUR

_PAGE: Final = 20
"""Partners on a page: what one can overlook."""

bp = Blueprint("directory", __name__, url_prefix="/partners")


@bp.get("/")
@access.requires(Permission.DIRECTORY_READ)
def index() -> str:
    """Show the partners, or those whose name holds what was typed."""
    typed = request.args.get("q", "")[:200]
    scope = context.scope(purpose=Purpose.DIRECTORY)
    found = directory.search(directory.partners(context.store(), scope), typed)
    page = request.args.get("page", default=1, type=int)
    last = max(1, -(-len(found) // _PAGE))
    page = min(max(page, 1), last)
    return render_template(
        "pages/directory/index.html",
        partners=found[(page - 1) * _PAGE : page * _PAGE],
        total=len(found),
        typed=typed,
        page=page,
        last=last,
    )


@bp.get("/areas.geojson")
@access.requires(Permission.DIRECTORY_READ)
def borders() -> Response:
    """Return the borders of wijken and buurten, for the map."""
    scope = context.scope(purpose=Purpose.DIRECTORY)
    answer = jsonify(areas.borders(context.store(), scope))
    answer.mimetype = "application/geo+json"
    answer.headers["Cache-Control"] = KEPT_AN_HOUR
    answer.headers["Vary"] = "Cookie"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@bp.get("/<organization>")
@access.requires(Permission.DIRECTORY_READ)
def partner(organization: str) -> str:
    """Show one partner."""
    store, today = context.store(), context.today()
    scope = context.scope(purpose=Purpose.DIRECTORY)
    read = partners.partner(store, scope, NodeId(organization))
    spots = presenter.spots(read.places)
    drawn = [(n, read.organization.name, spot.at) for n, spot in enumerate(spots, 1) if spot.at]
    return render_template(
        "pages/directory/partner.html",
        read=read,
        spots=spots,
        offers=presenter.offers(read, today),
        reaches=presenter.reaches(read.node.properties),
        contacts=[(each, presenter.contact_reaches(each)) for each in read.contacts],
        known=presenter.known(read.known_by, today),
        team=presenter.count_known(read.known_by),
        checked=presenter.verified(read.node, today),
        stopped=day(read.stopped_on(today), today),
        map=overview(areas.neighbourhoods(store, scope), drawn) if drawn else None,
    )


@bp.get("/volunteers/<volunteer>")
@access.requires(Permission.VOLUNTEER_READ)
def volunteer(volunteer: str) -> str:
    """Show one volunteer, without where they live."""
    scope, today = context.scope(purpose=Purpose.DIRECTORY), context.today()
    read = partners.volunteer(context.store(), scope, NodeId(volunteer))
    keeps = access.allowed(Permission.VOLUNTEER_EDIT)
    return render_template(
        "pages/directory/volunteer.html",
        read=read,
        facts=presenter.volunteer_facts(read, today, keeps=keeps),
        talents=presenter.need_labels(read.talents),
        checked=presenter.verified(read.node, today),
        waits=day(read.person.ask_again_from, today) if read.person.declined_on(today) else "",
    )
