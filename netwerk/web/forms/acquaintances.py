"""Planning to meet a partner, and where a colleague can be found."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from netwerk.web.forms.base import Day, Form, only_spaces_is_nothing
from netwerk.web.language import later as _l


class PlanForm(Form):
    """Who meets a partner, and when."""

    who = SelectField(_l("Who goes?"))
    on = Day(_l("When?"), [InputRequired(_l("Choose a day."))])
    note = StringField(
        _l("What is it about?"),
        [Length(max=300)],
        description=_l("Do not write about an inhabitant here. May be left empty."),
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, colleagues: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        """Offer the colleagues."""
        super().__init__(*arguments, **options)
        self.who.choices = colleagues


class PresentForm(Form):
    """When a colleague can be found at a partner."""

    hours = TextAreaField(
        _l("When can people find you there?"),
        [Length(max=600)],
        description=_l(
            "One line for each time, like “tu 10:00-12:00”, or “mo[1] 14:00-16:00” for the first "
            "Monday of the month. Leave it empty when you are no longer there."
        ),
        filters=[only_spaces_is_nothing],
    )
    note = StringField(
        _l("Where exactly, or what for?"),
        [Length(max=300)],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )

    def told(self) -> tuple[list[str], str]:
        """Return the lines of hours and the note."""
        return (self.hours.data or "").splitlines(), self.note.data or ""
