"""A questionnaire, filled in together; the texts of its questions only where there is a licence."""

from collections.abc import Mapping
from typing import Any, cast

from flask import current_app
from flask_babel import gettext
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from netwerk.domain.assessments import Assessment
from netwerk.graph.file import PersonFile
from netwerk.graph.instrument_texts import Texts
from netwerk.graph.instruments import INSTRUMENTS, SELF_SUFFICIENCY
from netwerk.usecases.assessments import SheetFacts
from netwerk.web import context
from netwerk.web.forms.base import Day, Form, choices, only_spaces_is_nothing
from netwerk.web.language import later as _l


class SheetForm(Form):
    """What all questionnaires share; `sheet_form` adds the questions of one."""

    version = HiddenField()
    taken_on = Day(_l("Filled in on"), [DataRequired(_l("Write down on which day."))])
    taken_by = StringField(
        _l("Who filled it in together?"),
        [Length(max=200)],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    about = StringField(
        _l("About whom is it?"),
        [Length(max=200)],
        description=_l("Who gives the care: “the daughter” is enough."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        _l("What was said about it?"), [Length(max=2000)], filters=[only_spaces_is_nothing]
    )
    instrument: str

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the answers of each question."""
        super().__init__(*arguments, **options)
        for key in INSTRUMENTS[self.instrument].items:
            self[f"item_{key}"].choices = _answers(self.instrument, key)
        if self.instrument != "ediz_plus":
            del self.about

    @property
    def questions(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [self[f"item_{key}"] for key in INSTRUMENTS[self.instrument].items]

    @property
    def licence(self) -> str:
        """Under which licence the texts are shown; empty where there are none."""
        texts = own_texts(self.instrument)
        return "" if texts is None else texts.licence

    def command(self) -> SheetFacts:
        """Return what was filled in."""
        given = {key: self[f"item_{key}"].data for key in INSTRUMENTS[self.instrument].items}
        return SheetFacts(
            taken_on=self.taken_on.data or context.today(),
            points={key: int(value) for key, value in given.items() if value},
            note=self.note.data or "",
            taken_by=self.taken_by.data or "",
            about=self.about.data or "" if "about" in self else "",
        )


class RemoveForm(Form):
    """Taking away what was read, and not what a colleague has made of it since."""

    version = HiddenField()

    def told_of_conflict(self) -> str:
        """Return what is said when a colleague changed it meanwhile."""
        return gettext("A colleague changed this just now. Look again before you remove it.")


def sheet_form(instrument: str, file: PersonFile, read: Assessment | None) -> SheetForm:
    """Return the form of a questionnaire as it begins."""
    items = INSTRUMENTS[instrument].items
    fields = {f"item_{key}": _question(instrument, key) for key in items}
    made = type("OneSheetForm", (SheetForm,), {**fields, "instrument": instrument})
    both = gettext("%(one)s and %(other)s", one=file.person.name, other=context.account().name)
    data: dict[str, Any] = {"taken_on": context.today(), "taken_by": both}
    if read is not None:
        data = {"taken_on": read.taken_on, "note": read.note, "version": read.node.version}
        data |= {"taken_by": read.taken_by, "about": read.about}
        data |= {f"item_{key}": str(value) for key, value in read.points.items()}
    form: SheetForm = made(data=data)
    return form


def own_texts(instrument: str) -> Texts | None:
    """Return the texts that this installation has a licence for."""
    every = cast("Mapping[str, Texts]", current_app.config["INSTRUMENTS"])
    return every.get(instrument)


def _question(instrument: str, key: str) -> Any:
    texts = own_texts(instrument)
    text = texts.items.get(key, "") if texts else ""
    if instrument == SELF_SUFFICIENCY:
        about = context.schema_label("self_sufficiency_domain", key)
        return RadioField(about, description=text or _about(key), default="")
    numbered = gettext("Question %(number)s", number=key)
    return RadioField(f"{numbered}: {text}" if text else numbered, default="")


def _answers(instrument: str, key: str) -> list[tuple[str, str]]:
    known, texts = INSTRUMENTS[instrument], own_texts(instrument)
    every = range(known.least, known.most + 1)
    words = dict(texts.answers.get(key, {})) if texts else {}
    if instrument == SELF_SUFFICIENCY:
        levels = choices("self_sufficiency_level")
        words = {points: levels[points - 1][1] for points in every} | words
    told = [(str(at), f"{at} · {words[at]}" if at in words else str(at)) for at in every]
    return [*told, ("", gettext("skip"))]


def _about(key: str) -> str:
    """Return what a domain is about, in our own words."""
    words = {
        "finances": gettext("Money coming in, debts, keeping an eye on it"),
        "work_education": gettext("Work, school, a course"),
        "day_activities": gettext("What the day looks like, something to get up for"),
        "housing": gettext("A home that is safe and can stay"),
        "relations_at_home": gettext("How it goes with who lives there"),
        "mental_health": gettext("How one feels, worries, sleep"),
        "physical_health": gettext("The body, pain, illness"),
        "substance_use": gettext("Drink, drugs, medicines"),
        "basic_adl": gettext("Washing, dressing, eating, walking"),
        "instrumental_adl": gettext("Shopping, cooking, cleaning, post"),
        "social_network": gettext("People to be with and to lean on"),
        "participation": gettext("Joining in, in the street or a club"),
        "justice": gettext("Police, fines, court"),
    }
    return words[key]
