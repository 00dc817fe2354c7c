"""A questionnaire, filled in from the paper form."""

from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from netwerk.domain.assessments import Assessment
from netwerk.graph.instruments import INSTRUMENTS, SELF_SUFFICIENCY
from netwerk.usecases.assessments import SheetFacts
from netwerk.web import context
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l


class SheetForm(Form):
    """What all questionnaires share; `sheet_form` adds the questions of one."""

    version = HiddenField()
    taken_on = Day(_l("Filled in on"), [DataRequired(_l("Write down on which day."))])
    note = TextAreaField(
        _l("What was said about it?"), [Length(max=2000)], filters=[only_spaces_is_nothing]
    )
    instrument: str

    def questions(self) -> list[Any]:
        """Return the fields of the questions, in their order."""
        return [self[f"item_{key}"] for key in INSTRUMENTS[self.instrument].items]

    def command(self) -> SheetFacts:
        """Return what was filled in."""
        given = {key: self[f"item_{key}"].data for key in INSTRUMENTS[self.instrument].items}
        return SheetFacts(
            taken_on=self.taken_on.data or context.today(),
            points={key: int(value) for key, value in given.items() if value},
            note=self.note.data or "",
        )


def sheet_form(instrument: str, read: Assessment | None) -> SheetForm:
    """Return the form of a questionnaire as it begins."""
    offered = [("", gettext("no answer")), *_answers(instrument)]
    fields = {
        f"item_{key}": SelectField(label(instrument, key), choices=offered)
        for key in INSTRUMENTS[instrument].items
    }
    made = type("OneSheetForm", (SheetForm,), {**fields, "instrument": instrument})
    data: dict[str, Any] = {"taken_on": context.today()}
    if read is not None:
        data = {"taken_on": read.taken_on, "note": read.note, "version": read.node.version}
        data |= {f"item_{key}": str(value) for key, value in read.points.items()}
    form: SheetForm = made(data=data)
    return form


def label(instrument: str, key: str) -> str:
    """Return what a question is called: a domain, or its number on the paper form."""
    if instrument == SELF_SUFFICIENCY:
        return context.schema_label("self_sufficiency_domain", key)
    return gettext("Question %(number)s", number=key)


def _answers(instrument: str) -> list[tuple[str, str]]:
    known = INSTRUMENTS[instrument]
    if instrument == SELF_SUFFICIENCY:
        levels = choices("self_sufficiency_level")
        return [(str(at), name) for at, (_, name) in enumerate(levels, known.least)]
    return [(str(points), str(points)) for points in range(known.least, known.most + 1)]
