"""Once a year: were the chances right, and what is to count from now on?"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from netwerk.domain.access import Permission, Purpose, Scope
from netwerk.domain.errors import ConflictError
from netwerk.usecases import learning, report
from netwerk.web import access, context
from netwerk.web.forms.learning import DecisionForm
from netwerk.web.presenters import learning as presenter
from netwerk.web.presenters.followed import followed

bp = Blueprint("learning", __name__, url_prefix="/learning")


@bp.get("/")
@access.requires(Permission.REPORT_READ)
def index() -> str:
    """Show every chance, then and now, and what was decided."""
    store, scope = context.store(), _scope()
    review = learning.review(store, scope, context.schema().priors)
    asked = {name: request.args.get(name, "") for name in ("start", "team")}
    found = report.report(store, scope, **asked)
    return render_template(
        "pages/learning/index.html",
        kinds=presenter.kinds(review),
        review=review,
        label=presenter.label,
        decided=presenter.decided,
        found=found,
        followed=followed(found),
    )


@bp.route("/<kind>", methods=["GET", "POST"])
@access.requires(Permission.LEARNING_EDIT)
def decide(kind: str) -> str | Response:
    """Decide what counts for one kind of step."""
    store, scope, form = context.store(), _scope(), DecisionForm()
    review = learning.review(store, scope, context.schema().priors)
    looked = review.of(kind)

    def act() -> None:
        try:
            learning.decide(store, scope, context.operation(), form.command(kind), form.seen)
        except ConflictError:
            form.stale = True
            raise

    if form.saved(act):
        return redirect(url_for("learning.index"), 303)
    form.version.data = str(review.seen)
    return render_template("pages/learning/decide.html", form=form, kind=presenter.kind(looked))


def _scope() -> Scope:
    return context.scope(purpose=Purpose.OVERSIGHT)
