"""Who of us knows which partner, and whom nobody knows yet."""

from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import NotVisibleError
from netwerk.domain.ids import NodeId, WorkerId
from netwerk.domain.introductions import Introduction
from netwerk.domain.records import parse_day
from netwerk.usecases import acquaintances
from netwerk.usecases.acquaintances import Overview, Partner
from netwerk.web import access, context
from netwerk.web.forms.acquaintances import PlanForm, PresentForm
from netwerk.web.language import day, language
from netwerk.web.presenters.acquaintances import row, week, within

_FEW: Final = 10
_MOST: Final = 300

bp = Blueprint("acquaintances", __name__, url_prefix="/acquaintances")
Page = str | Response


@bp.get("/")
@access.requires(Permission.ACQUAINTANCE_EDIT)
def index() -> str:
    """Show whom nobody knows yet, whom we know, and where we can be found."""
    found, today = acquaintances.overview(context.store(), _scope()), context.today()
    wijk, domain = request.args.get("wijk", ""), request.args.get("domain", "")
    shown = within(found.partners, wijk, domain)
    unknown = [row(each, today) for each in shown if not each.known]
    known = [row(each, today) for each in shown if each.known]
    most = _MOST if "all" in request.args else _FEW
    return render_template(
        "pages/acquaintances/index.html",
        unknown=unknown[:most],
        unknown_total=len(unknown),
        known=known[:most],
        known_total=len(known),
        planned=[(plan, name, day(parse_day(plan.on), today)) for plan, name in found.planned],
        week=week(found),
        wijken=found.wijken,
        domains=[(each.id, each.label(language())) for each in found.domains],
        wijk=wijk,
        domain=domain,
        viewer=context.account().worker,
        keeps=access.allowed(Permission.DIRECTORY_EDIT),
        saved="saved" in request.args,
    )


@bp.post("/spoke/<organization>")
@access.requires(Permission.ACQUAINTANCE_EDIT)
def spoke(organization: str) -> Response:
    """Note that one spoke a partner today."""
    warmth = "warm" if request.form.get("warmth") == "warm" else ""
    key = NodeId(organization)
    acquaintances.spoke(context.store(), _scope(), context.operation(), key, warmth)
    return _back()


@bp.route("/plan/<organization>", methods=["GET", "POST"])
@access.requires(Permission.ACQUAINTANCE_EDIT)
def plan(organization: str) -> Page:
    """Plan to meet a partner."""
    store, scope = context.store(), _scope()
    found = acquaintances.overview(store, scope)
    partner = _partner(found, organization)
    form = PlanForm(list(found.colleagues), data={"who": scope.viewer, "on": scope.as_of})

    def act() -> None:
        operation = context.operation()
        new = Introduction(
            key=f"introduction-{operation}",
            organization=partner.organization.id,
            who=WorkerId(NodeId(form.who.data)),
            who_name=dict(found.colleagues)[form.who.data],
            on=form.on.data.isoformat(),
            note=form.note.data or "",
        )
        acquaintances.plan(store, scope, operation, new)

    if form.saved(act):
        return _back()
    shown = row(partner, context.today())
    return render_template("pages/acquaintances/plan.html", form=form, partner=shown)


@bp.post("/plans/<key>/<act>")
@access.requires(Permission.ACQUAINTANCE_EDIT)
def answer(key: str, act: str) -> Response:
    """Note that a planned introduction took place, or let it be."""
    if act not in {"met", "drop"}:
        raise NotVisibleError
    done = acquaintances.met if act == "met" else acquaintances.drop
    done(context.store(), _scope(), context.operation(), key)
    return _back()


@bp.route("/present/<organization>", methods=["GET", "POST"])
@access.requires(Permission.ACQUAINTANCE_EDIT)
def present(organization: str) -> Page:
    """Tell when one can be found at a partner."""
    store, scope = context.store(), _scope()
    found = acquaintances.overview(store, scope)
    partner = _partner(found, organization)
    mine = [e for e in found.present if e.mine and e.organization_id == organization]
    lines = "\n".join(mine[0].schedule.written()) if mine else ""
    form = PresentForm(data={"hours": lines, "note": mine[0].note if mine else ""})

    def act() -> None:
        key = partner.organization.id
        acquaintances.be_present(store, scope, context.operation(), key, form.told())

    if form.saved(act):
        return _back()
    shown = row(partner, context.today())
    return render_template("pages/acquaintances/present.html", form=form, partner=shown)


def _partner(found: Overview, key: str) -> Partner:
    partner = next((each for each in found.partners if each.organization.id == key), None)
    if partner is None:
        raise NotVisibleError
    return partner


def _back() -> Response:
    return redirect(url_for("acquaintances.index", saved=1), 303)


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
