"""A new inhabitant, and what is known of them and their question."""

from typing import Any

from flask_babel import gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from netwerk.domain.cases import Safety
from netwerk.usecases.cases import NewCase
from netwerk.web.forms.base import Form, choices, needs_of, only_spaces_is_nothing
from netwerk.web.language import later as _l


class _QuestionFields:
    question = TextAreaField(
        _l("What is the question?"),
        [
            DataRequired(_l("Write down the question, in the inhabitant's own words.")),
            Length(max=2000),
        ],
        description=_l("In the inhabitant's own words."),
        filters=[only_spaces_is_nothing],
    )
    question_behind = TextAreaField(
        _l("And the question behind it?"),
        [Length(max=4000)],
        description=_l("What is it really about? You may leave this for later."),
        filters=[only_spaces_is_nothing],
    )
    safety = RadioField(
        _l("Is it safe?"),
        default=Safety.NONE.value,
        description=_l("With “acutely unsafe” we show the emergency lines, and no one to ask."),
    )


class _PersonFields:
    name = StringField(
        _l("What do you call this inhabitant?"),
        [DataRequired(_l("Fill in what the inhabitant is called.")), Length(max=200)],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    birth_year = IntegerField(
        _l("Year of birth"),
        [Optional(), NumberRange(1890, 2100, _l("Write the year with four digits, like 1948."))],
        description=_l("May be left empty. Then no age limit is looked at."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    area = SelectField(
        _l("In which neighbourhood?"),
        description=_l("For distances we take the middle of it; no address is kept."),
    )


class NewCaseForm(_PersonFields, _QuestionFields, Form):
    """Open a file."""

    def __init__(self, areas: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        """Offer the neighbourhoods."""
        super().__init__(*arguments, **options)
        self.safety.choices = choices("safety")
        self.area.choices = [("", gettext("not known yet")), *areas]

    def command(self, point: tuple[float, float] | None) -> NewCase:
        """Return what was typed."""
        return NewCase(
            name=self.name.data or "",
            question=self.question.data or "",
            birth_year=self.birth_year.data,
            point=point,
            question_behind=self.question_behind.data or "",
            needs=needs_of(),
            safety=Safety(self.safety.data),
        )


class PersonForm(_PersonFields, Form):
    """Change who it is about."""

    version = HiddenField()

    def __init__(self, areas: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        """Offer the neighbourhoods, and leaving it as it is."""
        super().__init__(*arguments, **options)
        self.area.choices = [("", gettext("leave it as it is")), *areas]


class QuestionForm(_QuestionFields, Form):
    """Change the question."""

    version = HiddenField()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the levels of safety."""
        super().__init__(*arguments, **options)
        self.safety.choices = choices("safety")
