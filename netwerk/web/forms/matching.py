"""Asking for a volunteer, and saying what came of it."""

from datetime import timedelta
from typing import Any, Final

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from netwerk.usecases.matching import LONGEST_NOTE
from netwerk.web import context
from netwerk.web.forms.base import Day, Form, only_spaces_is_nothing
from netwerk.web.language import later as _l

_LOOK_AGAIN: Final = timedelta(days=14)


class RequestForm(Form):
    """What a volunteer is wanted for."""

    need = SelectField(_l("What for?"), [DataRequired(_l("Choose what it is about."))])
    note = TextAreaField(
        _l("What should a volunteer know?"),
        [Length(max=LONGEST_NOTE)],
        description=_l("No names: the coordinator does not see whom it is for."),
        filters=[only_spaces_is_nothing],
    )

    def __init__(self, needs: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        """Offer the needs."""
        super().__init__(*arguments, **options)
        self.need.choices = needs


class AcceptForm(Form):
    """Who asks, and when to look again."""

    asked_by = StringField(
        _l("Who asks?"),
        [DataRequired(_l("Fill in who asks.")), Length(max=200)],
        filters=[only_spaces_is_nothing],
        render_kw={"autocomplete": "off"},
    )
    look_again_on = Day(_l("When do we look how it went?"), [InputRequired(_l("Choose a day."))])

    @classmethod
    def started(cls) -> "AcceptForm":
        """Return the form as it begins: the worker asks, and looks again in two weeks."""
        return cls(
            data={
                "asked_by": context.account().name,
                "look_again_on": context.today() + _LOOK_AGAIN,
            }
        )
