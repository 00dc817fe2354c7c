"""The paper with what is held about somebody: one for the worker, the officer and the export."""

from flask import render_template
from flask_babel import force_locale
from werkzeug.wrappers import Response

from netwerk.domain.access import Purpose
from netwerk.usecases import needs
from netwerk.usecases.subjects import SubjectFile
from netwerk.web import context, pdf
from netwerk.web.presenters import subject as presenter


def own_paper(file: SubjectFile, back: str, paper: str) -> str:
    """Return the page. Whatever language the colleague reads: it is for the inhabitant."""
    schema = context.schema()
    every = needs.taxonomy(context.store(), context.scope(purpose=Purpose.DIRECTORY))
    labels = {str(need.id): need.label_nl for need in every}
    words = presenter.Words(schema, file, labels, "nl")
    with force_locale("nl"):
        return render_template(
            "pages/subjects/paper.html",
            file=file,
            chapters=presenter.chapters(words, file),
            elsewhere=presenter.elsewhere(words, file),
            grounds=presenter.grounds(schema, file.graph, "nl"),
            seen=presenter.seen(file, schema, "nl"),
            on=presenter.written(context.today()),
            by=context.account().name,
            back=back,
            paper=paper,
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )


def as_pdf(page: str) -> Response:
    """Return the page as a PDF whose name names nobody."""
    told = {"Content-Disposition": f"inline; filename=dossier-{context.today().isoformat()}.pdf"}
    return Response(pdf.rendered(page), mimetype="application/pdf", headers=told)
