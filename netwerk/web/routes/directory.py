"""The wijk map: the partners of the neighbourhood, and who knows them."""

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.directory import Need
from netwerk.domain.errors import InvalidInputError, NotVisibleError
from netwerk.domain.ids import NeedId, NodeId
from netwerk.domain.records import Point
from netwerk.usecases import areas, doubles, finding, needs, network, partners, shortlist
from netwerk.web import access, context
from netwerk.web.forms.finding import Sought
from netwerk.web.language import day, language, say
from netwerk.web.presenters import finding as presenter
from netwerk.web.presenters import partner as told_of
from netwerk.web.presenters.map import Map, drawn, overview
from netwerk.web.security import KEPT_AN_HOUR

Answer = str | BaseResponse
bp = Blueprint("directory", __name__, url_prefix="/partners")


@bp.get("/")
@access.requires(Permission.DIRECTORY_READ)
def index() -> Answer:
    """Show what is on the map, by filters that say nothing about anybody."""
    return _page(Sought.from_request())


@bp.post("/")
@access.requires(Permission.DIRECTORY_READ)
def search() -> Answer:
    """Find by words, or near an inhabitant; both stay out of addresses and logs."""
    sought = _begun() if "begin" in request.form else Sought.from_request()
    if request.headers.get("HX-Request"):
        return render_template("fragments/found.html", **_found(sought))
    if not sought.private:
        return redirect(url_for("directory.index", **sought.address()), 303)
    return _page(sought)


def _begun() -> Sought:
    """Return what somebody begins to look for: a need, if that is what the words are a name of."""
    sought = Sought.from_request()
    every = needs.taxonomy(context.store(), _scope())
    meant = needs.meant(every, sought.typed, language(), context.schema())
    chosen = sought.chosen("need") or (meant.id if meant else "")
    return sought.by_need(chosen) if chosen else sought


def _page(sought: Sought) -> str:
    who = _inhabitant(sought)
    return render_template("pages/directory/index.html", who=who, **_found(sought))


def _inhabitant(sought: Sought) -> str:
    """Name the inhabitant near whom is looked: only whoever may open the file gets to know."""
    if not sought.person:
        return ""
    file = network.open_file(context.store(), context.scope(sought.person))
    return file.person.name


def _found(sought: Sought) -> dict[str, Any]:
    store, now, told = context.store(), context.parts().clock.now(), ""
    scope = context.scope(sought.person) if sought.person else _scope()
    by_level, point = areas.by_level(store, scope), None
    try:
        point = sought.point or areas.middle_of(by_level, sought.chosen("around"))
        asked = replace(sought.asked(now), point=point)
        seen = scope if sought.near_home else _scope()
        found = finding.find(store, seen, asked, context.schema(), now)
    except InvalidInputError as error:
        found, told = finding.Found.nothing(), say(error)
    every = needs.taxonomy(store, scope)
    panel = presenter.panel(found, sought, every, by_level)
    where = presenter.where(sought, by_level)
    rows = presenter.rows(found, sought, every, now)
    places = [(row.number, row.title, row.place) for row in rows if row.place is not None]
    return {
        "sought": sought,
        "panel": panel,
        "rows": rows,
        "told": told,
        "status": presenter.status(found, sought, where),
        "chosen": presenter.chosen(panel, sought, where),
        "point": point,
        "pages": presenter.pages(found),
        "wider": presenter.wider(sought),
        "experts": _experts(sought, every) if not rows else [],
        "listed": shortlist.listed(store, scope) if sought.person else frozenset(),
        "where": where,
        "map": _drawing(by_level.get("neighbourhood", []), point, sought.radius, places),
        # What may show where an inhabitant lives is drawn without pictures from elsewhere.
        "tiles": None if sought.person or any(sought.spot) else current_app.config["TILES"],
    }


def _drawing(
    every: list[areas.Neighbourhood],
    point: Point | None,
    radius: int,
    places: list[tuple[int, str, Point]],
) -> Map | None:
    return drawn(every, point, radius, places) if point else overview(every, places)


def _experts(sought: Sought, every: list[Need]) -> list[str]:
    """Name the colleagues who know what was looked for."""
    meant = [each.need.id for each in needs.match(every, sought.typed, language(), limit=3)]
    chosen = sought.chosen("need")
    codes = [NeedId(NodeId(chosen))] if chosen else meant
    return needs.experts(context.store(), _scope(), codes)


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)


@bp.get("/areas.geojson")
@access.requires(Permission.DIRECTORY_READ)
def borders() -> Response:
    """Return the borders of wijken and buurten, for the map."""
    answer = jsonify(areas.borders(context.store(), _scope()))
    answer.mimetype = "application/geo+json"
    answer.headers["Cache-Control"] = KEPT_AN_HOUR
    answer.headers["Vary"] = "Cookie"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@bp.get("/<organization>")
@access.requires(Permission.DIRECTORY_READ)
def partner(organization: str) -> Answer:
    """Show one partner; one that was put together with another leads on to that one."""
    store, today = context.store(), context.today()
    scope = _scope()
    try:
        read = partners.partner(store, scope, NodeId(organization))
    except NotVisibleError:
        stayed = doubles.stayed(store, NodeId(organization))
        return redirect(url_for("directory.partner", organization=stayed))
    spots = told_of.spots(read.places)
    placed = [(n, read.organization.name, spot.at) for n, spot in enumerate(spots, 1) if spot.at]
    return render_template(
        "pages/directory/partner.html",
        read=read,
        spots=spots,
        offers=told_of.offers(read, today),
        reaches=told_of.reaches(read.node.properties),
        contacts=[(each, told_of.contact_reaches(each)) for each in read.contacts],
        known=told_of.known(read.known_by, today),
        team=told_of.count_known(read.known_by),
        checked=told_of.verified(read.node, today),
        stopped=day(read.stopped_on(today), today),
        map=overview(areas.neighbourhoods(store, scope), placed) if placed else None,
    )


@bp.get("/volunteers/<volunteer>")
@access.requires(Permission.VOLUNTEER_READ)
def volunteer(volunteer: str) -> Answer:
    """Show one volunteer, without where they live; see `partner` for one that was there twice."""
    scope, today = _scope(), context.today()
    try:
        read = partners.volunteer(context.store(), scope, NodeId(volunteer))
    except NotVisibleError:
        stayed = doubles.stayed(context.store(), NodeId(volunteer))
        return redirect(url_for("directory.volunteer", volunteer=stayed))
    keeps = access.allowed(Permission.VOLUNTEER_EDIT)
    return render_template(
        "pages/directory/volunteer.html",
        read=read,
        facts=told_of.volunteer_facts(read, today, keeps=keeps),
        talents=told_of.need_labels(read.talents),
        checked=told_of.verified(read.node, today),
        waits=day(read.person.ask_again_from, today) if read.person.declined_on(today) else "",
    )
