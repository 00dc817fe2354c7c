"""What helped: stories of a file, for others to learn from."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission
from netwerk.graph.names import NamesInTextError
from netwerk.usecases import network, stories
from netwerk.web import access, context
from netwerk.web.forms.stories import StoryForm

bp = Blueprint("stories", __name__)


@bp.route("/inhabitants/<person>/stories/", methods=["GET", "POST"])
@access.requires(Permission.NETWORK_EDIT)
def index(person: str) -> str | Response:
    """Show the stories of a file, and tell one."""
    store, scope, form = context.store(), context.scope(person), StoryForm()

    def act() -> None:
        try:
            stories.tell(store, scope, context.operation(), form.command())
        except NamesInTextError as error:
            form.doubt(error)
            raise

    if form.saved(act):
        return redirect(url_for("stories.index", person=person, saved=1), 303)
    file = network.open_file(store, scope)
    return render_template(
        "pages/stories/index.html",
        file=file,
        form=form,
        told=stories.of_file(store, file),
        saved="saved" in request.args,
    )


@bp.post("/inhabitants/<person>/stories/<story>/take-back")
@access.requires(Permission.NETWORK_EDIT)
def take_back(person: str, story: str) -> Response:
    """Take a story back for the inhabitant."""
    stories.take_back(context.store(), context.scope(person), context.operation(), story)
    return redirect(url_for("stories.index", person=person, saved=1), 303)


@bp.get("/stories/")
@access.requires(Permission.STORY_READ)
def team() -> str:
    """Show what helped, as the own team told it."""
    told = stories.shared(context.store(), context.scope())
    return render_template("pages/stories/team.html", told=told, saved="saved" in request.args)


@bp.post("/stories/<story>/take-back")
@access.requires(Permission.STORY_WITHDRAW)
def take_back_shared(story: str) -> Response:
    """Take back a story of the team for an inhabitant whose file is closed."""
    stories.take_back_shared(context.store(), context.scope(), context.operation(), story)
    return redirect(url_for("stories.team", saved=1), 303)
