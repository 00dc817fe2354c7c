"""The paper with what is held about somebody: one for the worker, the officer and the export."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from netwerk.domain.access import Purpose
from netwerk.domain.corrections import corrections
from netwerk.domain.errors import NotVisibleError, SignInError, TooManyAttemptsError
from netwerk.exchange import subject_file
from netwerk.graph.subject import records_of
from netwerk.usecases import accounts, needs
from netwerk.usecases.own_file import SubjectFile
from netwerk.web import context, pdf
from netwerk.web.forms.subjects import ConfirmForm
from netwerk.web.language import say
from netwerk.web.presenters import subject as presenter
from netwerk.web.presenters.in_words import Part, Words, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where one goes from the paper: none of it is on the PDF.

    `letter` is the page to print, `paper` the PDF, `correct` where what is not right is noted.
    """

    back: str = ""
    letter: str = ""
    paper: str = ""
    correct: str = ""


def own_paper(file: SubjectFile, ways: Ways) -> str:
    """Return the page. Whatever language the colleague reads: it is for the inhabitant."""
    schema, words = context.schema(), _words(file)
    with force_locale("nl"):
        return render_template(
            "pages/own_file/paper.html",
            file=file,
            chapters=presenter.chapters(words, file),
            elsewhere=presenter.elsewhere(words, file),
            beside=presenter.beside(file),
            grounds=presenter.grounds(schema, file.graph, "nl"),
            seen=presenter.seen(file, schema, "nl"),
            on=written(context.today()),
            by=context.account().name,
            said={each.record: each for each in reversed(corrections(file.graph))},
            ways=ways,
            possible=pdf.possible(),
            packages=pdf.PACKAGES,
        )


def called(file: SubjectFile, key: str) -> tuple[str, Part]:
    """Return a thing as the inhabitant reads it, and what it is called. Raises NotVisibleError."""
    with force_locale("nl"):
        for chapter in presenter.chapters(_words(file), file):
            for part in chapter.parts:
                if part.key == key:
                    title = f"{chapter.title}: {part.title}" if part.title else chapter.title
                    return title, part
    raise NotVisibleError


def confirmed(form: ConfirmForm) -> bool:
    """Whether the password that was filled in is theirs; else the form says so."""
    account, clock = context.account(), context.parts().clock
    try:
        accounts.confirm(context.store(), clock, account.username, form.password.data or "")
    except SignInError:
        form.password.errors = (gettext("This is not your password."),)
        form.status = 401
    except TooManyAttemptsError as error:
        form.password.errors = (say(error),)
        form.status = 429
    return form.status == 200


def as_zip(file: SubjectFile, mark: Mapping[str, str]) -> bytes:
    """Return the file to take along: for programs, for any browser, and as a PDF if possible."""
    told = records_of(file.graph)
    every: dict[str, str | bytes] = {
        "dossier.json": subject_file.document(
            file.person.id, told, file.elsewhere, mark, file.beside
        ),
        "dossier.html": subject_file.page(
            [*told, *file.elsewhere], context.schema(), mark, "nl", file.beside
        ),
    }
    if pdf.possible():
        every["dossier.pdf"] = pdf.rendered(own_paper(file, Ways()))
    return subject_file.packed(every)


def as_pdf(page: str) -> Response:
    """Return the page as a PDF whose name names nobody."""
    told = {"Content-Disposition": f"inline; filename=dossier-{context.today().isoformat()}.pdf"}
    return Response(pdf.rendered(page), mimetype="application/pdf", headers=told)


def _words(file: SubjectFile) -> Words:
    every = needs.taxonomy(context.store(), context.scope(purpose=Purpose.DIRECTORY))
    labels = {str(need.id): need.label_nl for need in every}
    return Words(context.schema(), file, labels, "nl")
