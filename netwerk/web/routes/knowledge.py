"""Who of us knows what: what I know myself, and what the team knows."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.ids import NodeId
from netwerk.usecases import knowledge
from netwerk.web import access, context
from netwerk.web.forms.knowledge import KnowledgeForm
from netwerk.web.presenters import knowledge as presenter

bp = Blueprint("knowledge", __name__, url_prefix="/knowledge")
Page = str | Response


@bp.get("/")
@access.requires(Permission.KNOWLEDGE_EDIT)
def index() -> str:
    """Show what the team knows, with what is missing and what hangs on one person first."""
    team = knowledge.team(context.store(), _scope())
    domain, gaps = request.args.get("domain", ""), team.gaps()
    return render_template(
        "pages/knowledge/index.html",
        columns=presenter.columns(team),
        parts=presenter.matrix(team, domain),
        nobody=presenter.nobody(gaps),
        alone=presenter.alone(gaps),
        domains=[(part.code, part.label) for part in presenter.matrix(team)],
        domain=domain,
        few=presenter.GAPS_SHOWN,
        levels=presenter.SAID,
        words=dict(presenter.levels()),
        empty=not team.levels,
        together="together" in request.args,
    )


@bp.route("/mine", methods=["GET", "POST"])
@access.requires(Permission.KNOWLEDGE_EDIT)
def mine() -> Page:
    """Show and tell what I know; a script tells each level at once, and asks for no page."""
    store, scope = context.store(), _scope()
    form = KnowledgeForm()
    if form.saved(lambda: knowledge.tell(store, scope, context.operation(), form.command())):
        if request.headers.get("Netwerk-Part") == "level":
            return Response(status=204)
        return redirect(url_for("knowledge.mine", saved=1), 303)
    team = knowledge.team(store, scope)
    return render_template(
        "pages/knowledge/mine.html",
        form=form,
        domains=presenter.own(team, scope.viewer, presenter.names_of(team)),
        choices=presenter.levels(),
        levels=presenter.SAID,
        told=team.told(scope.viewer),
        every=len(team.blocks),
        saved="saved" in request.args,
    )


@bp.get("/colleagues/<who>")
@access.requires(Permission.KNOWLEDGE_EDIT)
def colleague(who: str) -> str:
    """Show what one colleague of the team knows: how broad, and where deep."""
    store, scope = context.store(), _scope()
    team = knowledge.team(store, scope)
    found = knowledge.colleague(team, NodeId(who))
    return render_template(
        "pages/knowledge/colleague.html", shape=presenter.shape(team, found), levels=presenter.SAID
    )


def _scope() -> Scope:
    return context.scope(purpose=Purpose.DIRECTORY)
